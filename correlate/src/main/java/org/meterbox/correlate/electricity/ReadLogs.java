// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.electricity;

import static org.meterbox.correlate.content.DlmsContent.array;
import static org.meterbox.correlate.content.DlmsContent.integer;
import static org.meterbox.correlate.content.DlmsContent.structure;

import java.util.List;
import java.util.Optional;
import org.meterbox.correlate.content.DlmsAnswers;
import org.meterbox.correlate.content.Timestamps;
import org.meterbox.correlate.content.UnexpectedContentException;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.dlms.DlmsValue;

/** Logs of register reads. */
public final class ReadLogs {
  private static final int TOU_REGISTERS = 48;
  private static final int SECONDARY_TOU_REGISTERS = 4;
  private static final int BLOCKS = 4;
  private static final int BLOCK_TOU_REGISTERS = 8;

  private ReadLogs() {}

  /**
   * The daily read log without export (ECS21a): one protected log of up to 31 register read
   * entries.
   */
  public static void dailyRead(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(1);
    Optional<List<DlmsValue>> read = answers.sensitive(0, 1);
    if (read.isEmpty()) {
      return;
    }
    for (DlmsValue entry : array(read.get().getFirst())) {
      RegisterRead registers = RegisterRead.of(structure(entry));
      out.open("LogEntry").leaf("Timestamp", Timestamps.ofSeconds(registers.time()));
      out.open("Electricity");
      out.leaf("ElecActiveImportRegisterConsumption", integer(registers.activeImport()));
      if (registers.twin().isPresent()) {
        TwinElement twin = registers.twin().get();
        out.leaf("SecondaryActiveImportRegisterConsumption", integer(twin.activeImport()));
        indexed(out, "SecondaryTariffTOURegisterMatrixValue", twin.tou());
      }
      tariffRegisters(out, registers);
      out.close().close();
    }
  }

  private static void tariffRegisters(MmcWriter out, RegisterRead registers)
      throws UnexpectedContentException {
    indexed(out, "TariffTOURegisterMatrixValue", registers.tou());
    for (int block = 1; block <= BLOCKS; block++) {
      indexed(
          out,
          "TariffTOUBlock%dRegisterMatrixValue".formatted(block),
          registers.blocks().get(block - 1));
    }
  }

  private static void indexed(MmcWriter out, String name, DlmsValue values)
      throws UnexpectedContentException {
    int index = 1;
    for (DlmsValue value : array(values)) {
      out.open(name).attribute("index", index++).text(integer(value)).close();
    }
  }

  /**
   * An entry of a register read log (GBCS, log entries): time, active import, time-of-use registers
   * and four blocks of eight; a twin element meter adds its secondary element behind the first and
   * the second register set.
   */
  record RegisterRead(
      long time,
      DlmsValue activeImport,
      Optional<TwinElement> twin,
      DlmsValue tou,
      List<DlmsValue> blocks) {
    private static final int SINGLE_PARTS = 7;
    private static final int TWIN_PARTS = 9;

    static RegisterRead of(List<DlmsValue> parts) throws UnexpectedContentException {
      boolean twin = parts.size() == TWIN_PARTS;
      if (!twin && parts.size() != SINGLE_PARTS) {
        throw new UnexpectedContentException("a register read of 7 or 9 parts is due");
      }
      DlmsValue tou = parts.get(twin ? 3 : 2);
      array(tou, TOU_REGISTERS);
      List<DlmsValue> blocks = parts.subList(parts.size() - BLOCKS, parts.size());
      for (DlmsValue block : blocks) {
        array(block, BLOCK_TOU_REGISTERS);
      }
      return new RegisterRead(
          integer(parts.get(0)),
          parts.get(1),
          twin ? Optional.of(TwinElement.of(parts.get(2), parts.get(4))) : Optional.empty(),
          tou,
          blocks);
    }
  }

  /** The secondary element's part of an entry. */
  record TwinElement(DlmsValue activeImport, DlmsValue tou) {
    static TwinElement of(DlmsValue activeImport, DlmsValue tou) throws UnexpectedContentException {
      array(tou, SECONDARY_TOU_REGISTERS);
      return new TwinElement(activeImport, tou);
    }
  }
}
