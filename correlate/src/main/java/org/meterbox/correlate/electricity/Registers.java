// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.electricity;

import static org.meterbox.correlate.content.DlmsContent.array;
import static org.meterbox.correlate.content.DlmsContent.integer;
import static org.meterbox.correlate.content.DlmsContent.structure;
import static org.meterbox.correlate.content.DlmsContent.whole;
import static org.meterbox.correlate.content.DlmsTimes.dateTime;

import java.util.List;
import java.util.Optional;
import org.meterbox.correlate.content.DlmsAnswers;
import org.meterbox.correlate.content.DlmsTimes;
import org.meterbox.correlate.content.UnexpectedContentException;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.dlms.DlmsValue;

/** Registers read at an instant. */
public final class Registers {
  private static final int UNIT_W = 27;
  private static final int UNIT_WH = 30;
  private static final int UNIT_VARH = 32;
  private static final int BLOCKS = 4;
  private static final int TOU_WITHIN_BLOCK = 8;
  private static final int BLOCK_STRIDE = 16;
  private static final int SCRIPT_START = 1;
  private static final int SCRIPT_END = 2;

  private Registers() {}

  /** Active and reactive export (ECS17a): value, then scaler and unit, of each. */
  public static void energyExport(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(4);
    if (answers.has(0, 2)) {
      active(out, "ActiveExportRegister", answers.given(0), answers.given(1));
    }
    if (answers.has(2, 2)) {
      reactive(out, "ReactiveExportRegister", answers.given(2), answers.given(3));
    }
  }

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
            "expected an import register collection of 4 or 5 parts");
      }
      active(out, "ActiveImportRegister", parts.get(0), parts.get(1));
      reactive(out, "ReactiveImportRegister", parts.get(2), parts.get(3));
      if (parts.size() == 5) {
        active(out, "SecondaryActiveImportRegister", parts.get(4), parts.get(1));
      }
    }
    out.close();
  }

  /** Active power import (ECS17c): value, scaler and unit, and the primary element's value. */
  public static void powerImport(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(1);
    Optional<DlmsValue> read = answers.value(0);
    if (read.isPresent()) {
      List<DlmsValue> parts = structure(read.get(), 3);
      out.open("ActivePowerImport");
      out.leaf("Value", whole(parts.get(0), parts.get(1), UNIT_W)).leaf("Unit", "W").close();
      out.leaf("PrimaryActivePowerImportValue", whole(parts.get(2), parts.get(1), UNIT_W));
    }
  }

  /** Time-of-use registers (ECS17d): 48, and on a twin element meter four of the secondary. */
  public static void timeOfUse(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(1);
    out.open("Electricity");
    Optional<List<DlmsValue>> read = answers.sensitive(0, 1);
    if (read.isPresent()) {
      List<DlmsValue> parts = structure(read.get().getFirst());
      out.open("TariffTOURegisterCollection");
      Indexed.write(out, "TOUPrimaryRegisterValue", parts.get(0), 48);
      if (parts.size() == 2) {
        Indexed.write(out, "TOUSecondRegisterValue", parts.get(1), 4);
      } else if (parts.size() != 1) {
        throw new UnexpectedContentException("expected one or two register sets");
      }
      out.close();
    }
    out.close();
  }

  /**
   * Registers of tariffs with blocks (ECS17e): 64 values, sixteen a block; in each the first eight
   * are registers, the others counters.
   */
  public static void blocks(DlmsAnswers answers, MmcWriter out) throws UnexpectedContentException {
    answers.expectSize(1);
    Optional<List<DlmsValue>> read = answers.sensitive(0, 1);
    if (read.isEmpty()) {
      return;
    }
    DlmsValue all = structure(read.get().getFirst(), 1).getFirst();
    List<DlmsValue> values = array(all, BLOCKS * BLOCK_STRIDE);
    out.open("TariffBlockTOURegisterCollection");
    for (int block = 0; block < BLOCKS; block++) {
      out.open("TariffBlock").attribute("index", block + 1);
      int first = block * BLOCK_STRIDE;
      Indexed.write(out, "RegisterMatrixTOUValue", values.subList(first, first + TOU_WITHIN_BLOCK));
      Indexed.write(
          out,
          "CounterMatrixTOUValue",
          values.subList(first + TOU_WITHIN_BLOCK, first + BLOCK_STRIDE));
      out.close();
    }
    out.close();
  }

  /** Maximum demand of export (ECS18a): time of reset; value, scaler and unit, capture time. */
  public static void maximumDemandExport(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(4);
    maximumDemand(answers, 0, 1, "MaxDemandActiveEnergyExport", out);
  }

  /**
   * Maximum demand of import (ECS18b): times of reset of the configurable and the plain register,
   * then the plain register, the configurable one and its schedule.
   */
  public static void maximumDemandImport(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(9);
    maximumDemand(answers, 0, 5, "MaxDemandConfigurableTimeActivePowerImport", out);
    maximumDemand(answers, 1, 2, "MaxDemandActiveEnergyImport", out);
    Optional<DlmsValue> schedule = answers.value(8);
    if (schedule.isPresent()) {
      timePeriod(schedule.get(), out);
    }
  }

  private static void maximumDemand(
      DlmsAnswers answers, int reset, int value, String element, MmcWriter out)
      throws UnexpectedContentException {
    out.open(element);
    if (answers.has(value, 2)) {
      out.leaf("Value", whole(answers.given(value), answers.given(value + 1), UNIT_W));
    }
    answers.with(value + 2, time -> out.leaf("CaptureTime", dateTime(time)));
    answers.with(reset, time -> out.leaf("LastResetDateTime", dateTime(time)));
    out.close();
  }

  /** Two schedule entries: script 1 starts the period, script 2 ends it. */
  private static void timePeriod(DlmsValue schedule, MmcWriter out)
      throws UnexpectedContentException {
    Optional<String> start = Optional.empty();
    Optional<String> end = Optional.empty();
    for (DlmsValue value : array(schedule, 2)) {
      ScheduleEntry entry = ScheduleEntry.of(value);
      String time = DlmsTimes.time(entry.switchTime());
      switch (entry.selector()) {
        case SCRIPT_START -> start = Optional.of(time);
        case SCRIPT_END -> end = Optional.of(time);
        default -> throw new UnexpectedContentException("expected script 1 or 2");
      }
    }
    if (start.isEmpty() || end.isEmpty()) {
      throw new UnexpectedContentException("expected a start and an end");
    }
    out.open("MaxDemandConfigurableTimePeriod");
    out.leaf("StartTime", start.get()).leaf("EndTime", end.get()).close();
  }

  /**
   * Prepayment balances (ECS19): meter balance, emergency credit, accumulated debt, time debts 1
   * and 2, payment debt, in millipence.
   */
  public static void prepaymentValues(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(1);
    Optional<List<DlmsValue>> read = answers.sensitive(0, 1);
    if (read.isPresent()) {
      List<DlmsValue> parts = structure(read.get().getFirst(), 6);
      out.leaf("EmergencyCreditBalance", integer(parts.get(1)));
      out.leaf("AccumulatedDebtRegister", integer(parts.get(2)));
      out.leaf("PaymentDebtRegister", integer(parts.get(5)));
      out.leaf("TimeDebtRegister1", integer(parts.get(3)));
      out.leaf("TimeDebtRegister2", integer(parts.get(4)));
      out.leaf("MeterBalance", integer(parts.get(0)));
    }
  }

  /** The meter balance (ECS82) in millipence. */
  public static void meterBalance(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(1);
    answers.with(0, balance -> out.leaf("MeterBalance", integer(balance)));
  }

  private static void active(MmcWriter out, String name, DlmsValue value, DlmsValue scalerAndUnit)
      throws UnexpectedContentException {
    out.open(name).leaf("Value", whole(value, scalerAndUnit, UNIT_WH));
    out.leaf("ActiveEnergyUnit", "Wh").close();
  }

  private static void reactive(MmcWriter out, String name, DlmsValue value, DlmsValue scalerAndUnit)
      throws UnexpectedContentException {
    out.open(name).leaf("Value", whole(value, scalerAndUnit, UNIT_VARH));
    out.leaf("ReactiveEnergyUnit", "varh").close();
  }
}
