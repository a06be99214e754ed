// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.electricity;

import static org.meterbox.correlate.content.DlmsContent.scaled;
import static org.meterbox.correlate.content.DlmsContent.structure;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.meterbox.correlate.content.DlmsAnswers;
import org.meterbox.correlate.content.UnexpectedContentException;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.dlms.DlmsValue;

/** Registers read at an instant. */
public final class Registers {
  private static final int UNIT_WH = 30;
  private static final int UNIT_VARH = 32;

  private Registers() {}

  /**
   * Active and reactive import (ECS17b): one protected structure of active value, its scaler and
   * unit, reactive value, its scaler and unit, and on a twin element meter the secondary element's
   * active value, which shares the first scaler.
   */
  public static void energyImport(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(1);
    out.open("Electricity");
    Optional<List<DlmsValue>> read = answers.sensitive(0, 1);
    if (read.isPresent()) {
      List<DlmsValue> parts = structure(read.get().getFirst());
      if (parts.size() != 4 && parts.size() != 5) {
        throw new UnexpectedContentException(
            "an import register collection of 4 or 5 parts is due");
      }
      active(out, "ActiveImportRegister", parts.get(0), parts.get(1));
      reactive(out, "ReactiveImportRegister", parts.get(2), parts.get(3));
      if (parts.size() == 5) {
        active(out, "SecondaryActiveImportRegister", parts.get(4), parts.get(1));
      }
    }
    out.close();
  }

  private static void active(MmcWriter out, String name, DlmsValue value, DlmsValue scalerAndUnit)
      throws UnexpectedContentException {
    out.open(name).leaf("Value", whole(scaled(value, scalerAndUnit, UNIT_WH)));
    out.leaf("ActiveEnergyUnit", "Wh").close();
  }

  private static void reactive(MmcWriter out, String name, DlmsValue value, DlmsValue scalerAndUnit)
      throws UnexpectedContentException {
    out.open(name).leaf("Value", whole(scaled(value, scalerAndUnit, UNIT_VARH)));
    out.leaf("ReactiveEnergyUnit", "varh").close();
  }

  /** MMC has whole numbers here: a scaler that leaves a fraction cannot be shown. */
  static String whole(BigDecimal number) throws UnexpectedContentException {
    if (number.stripTrailingZeros().scale() > 0) {
      throw new UnexpectedContentException("a scaler that leaves whole numbers is due");
    }
    return number.toBigInteger().toString();
  }
}
