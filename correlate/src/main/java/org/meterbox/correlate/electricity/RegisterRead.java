// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.electricity;

import static org.meterbox.correlate.content.DlmsContent.array;
import static org.meterbox.correlate.content.DlmsContent.integer;

import java.util.List;
import java.util.Optional;
import org.meterbox.correlate.content.Timestamps;
import org.meterbox.correlate.content.UnexpectedContentException;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.dlms.DlmsValue;

/**
 * An entry of a register read log (GBCS, log entry structures): time, active import, time-of-use
 * registers and four blocks of eight; a twin element meter puts the secondary element's register
 * behind the first and its time-of-use registers behind the others.
 *
 * @param time seconds since 2000
 */
public record RegisterRead(
    long time,
    DlmsValue activeImport,
    Optional<SecondaryElement> secondary,
    DlmsValue tou,
    List<DlmsValue> blocks) {
  private static final int SINGLE_PARTS = 7;
  private static final int TWIN_PARTS = 9;
  private static final int TOU_REGISTERS = 48;
  private static final int SECONDARY_TOU_REGISTERS = 4;
  private static final int BLOCK_TOU_REGISTERS = 8;
  private static final List<String> BLOCK_NAMES =
      List.of(
          "TariffTOUBlock1RegisterMatrixValue",
          "TariffTOUBlock2RegisterMatrixValue",
          "TariffTOUBlock3RegisterMatrixValue",
          "TariffTOUBlock4RegisterMatrixValue");

  /** The secondary element's part of an entry. */
  public record SecondaryElement(DlmsValue activeImport, DlmsValue tou) {}

  /** The entry in the parts of a structure. */
  public static RegisterRead of(List<DlmsValue> parts) throws UnexpectedContentException {
    boolean twin = parts.size() == TWIN_PARTS;
    if (!twin && parts.size() != SINGLE_PARTS) {
      throw new UnexpectedContentException("expected a register read of 7 or 9 parts");
    }
    Optional<SecondaryElement> secondary =
        twin ? Optional.of(new SecondaryElement(parts.get(2), parts.get(4))) : Optional.empty();
    return new RegisterRead(
        integer(parts.get(0)),
        parts.get(1),
        secondary,
        parts.get(twin ? 3 : 2),
        parts.subList(parts.size() - BLOCK_NAMES.size(), parts.size()));
  }

  /** Writes the content of an ESMEBillingDataLogType. */
  public void billingEntry(MmcWriter out) throws UnexpectedContentException {
    out.leaf("Timestamp", Timestamps.ofSeconds(time));
    out.leaf("ActiveImportRegisterValueConsumption", integer(activeImport));
    if (secondary.isPresent()) {
      long import2 = integer(secondary.get().activeImport());
      out.leaf("SecondaryActiveImportRegisterValueConsumption", import2);
    }
    tou(out);
    secondaryTou("SecondaryTariffTOURegisterMatrixValue", out);
    blocks(out);
  }

  void tou(MmcWriter out) throws UnexpectedContentException {
    Indexed.write(out, "TariffTOURegisterMatrixValue", array(tou, TOU_REGISTERS));
  }

  void secondaryTou(String name, MmcWriter out) throws UnexpectedContentException {
    if (secondary.isPresent()) {
      Indexed.write(out, name, secondary.get().tou(), SECONDARY_TOU_REGISTERS);
    }
  }

  void blocks(MmcWriter out) throws UnexpectedContentException {
    for (int i = 0; i < BLOCK_NAMES.size(); i++) {
      Indexed.write(out, BLOCK_NAMES.get(i), blocks.get(i), BLOCK_TOU_REGISTERS);
    }
  }
}
