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

/** Logs of registers, balances and consumption (GBCS, log entry structures). */
public final class ReadLogs {
  private ReadLogs() {}

  /** The daily read log without export (ECS21a): one protected log of register reads. */
  public static void dailyRead(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(1);
    for (DlmsValue entry : protectedLog(answers, 0, 1)) {
      RegisterRead read = RegisterRead.of(structure(entry));
      out.open("LogEntry").leaf("Timestamp", Timestamps.ofSeconds(read.time()));
      out.open("Electricity");
      out.leaf("ElecActiveImportRegisterConsumption", integer(read.activeImport()));
      if (read.secondary().isPresent()) {
        DlmsValue secondary = read.secondary().get().activeImport();
        out.leaf("SecondaryActiveImportRegisterConsumption", integer(secondary));
      }
      read.secondaryTou("SecondaryTariffTOURegisterMatrixValue", out);
      read.tou(out);
      read.blocks(out);
      out.close().close();
    }
  }

  /**
   * The billing data log of the calendar (ECS20c): a protected log of register reads and one of
   * prepayment balances.
   */
  public static void billingCalendar(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(1);
    out.open("Electricity");
    Optional<List<DlmsValue>> read = answers.sensitive(0, 2);
    if (read.isPresent()) {
      for (DlmsValue entry : array(read.get().get(0))) {
        out.open("ESMEBillingDataLogEntry");
        RegisterRead.of(structure(entry)).billingEntry(out);
        out.close();
      }
      for (DlmsValue entry : array(read.get().get(1))) {
        prepayment(structure(entry, 7), "ESMEBillingPrepaymentDataLogEntry", out);
      }
    }
    out.close();
  }

  /**
   * The billing data log of changes of mode or tariff (ECS20b): a protected log whose entries are a
   * register read followed by six balances. MMC shows first all register reads, then all balances.
   */
  public static void billingOnChange(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(1);
    out.open("Electricity");
    List<DlmsValue> log = protectedLog(answers, 0, 1);
    for (DlmsValue entry : log) {
      List<DlmsValue> parts = structure(entry);
      RegisterRead read = RegisterRead.of(withoutBalances(parts));
      out.open("LogEntryConsumptionAndTariffRegistersData");
      out.leaf("ActiveImportRegisterConsumption", integer(read.activeImport()));
      read.tou(out);
      read.blocks(out);
      if (read.secondary().isPresent()) {
        DlmsValue secondary = read.secondary().get().activeImport();
        out.leaf("SecondaryActiveImportRegisterConsumption", integer(secondary));
      }
      read.secondaryTou("SecondaryTariffTOURegisterMatrixValue", out);
      out.leaf("Timestamp", Timestamps.ofSeconds(read.time())).close();
    }
    for (DlmsValue entry : log) {
      List<DlmsValue> parts = structure(entry);
      List<DlmsValue> balances = parts.subList(withoutBalances(parts).size(), parts.size());
      balances(balances, integer(parts.get(0)), "LogEntryPrepaymentData", out);
    }
    out.close();
  }

  private static List<DlmsValue> withoutBalances(List<DlmsValue> parts)
      throws UnexpectedContentException {
    if (parts.size() <= Balances.COUNT) {
      throw new UnexpectedContentException("expected a register read with six balances");
    }
    return parts.subList(0, parts.size() - Balances.COUNT);
  }

  /** Payments to debts (ECS20a): a log of amounts. */
  public static void debtPayments(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(1);
    out.open("PaymentBasedDebtRepayment");
    for (DlmsValue entry : plainLog(answers, 0)) {
      List<DlmsValue> parts = structure(entry, 2);
      out.open("LogEntry").leaf("Amount", integer(parts.get(1)));
      out.leaf("Timestamp", Timestamps.ofSeconds(integer(parts.get(0)))).close();
    }
    out.close();
  }

  /** Credits added (ECS20d): a log of amounts. */
  public static void prepaymentCredits(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(1);
    out.open("PrepaymentCredits");
    for (DlmsValue entry : plainLog(answers, 0)) {
      List<DlmsValue> parts = structure(entry, 2);
      out.open("LogEntry").leaf("Amount", integer(parts.get(1)));
      out.leaf("Timestamp", Timestamps.ofSeconds(integer(parts.get(0)))).close();
    }
    out.close();
  }

  /** The daily read log of prepayment balances (ECS21b), protected. */
  public static void prepaymentDaily(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(1);
    out.open("Electricity");
    for (DlmsValue entry : protectedLog(answers, 0, 1)) {
      prepayment(structure(entry, 7), "LogEntry", out);
    }
    out.close();
  }

  /** The daily read log of export (ECS21c). */
  public static void exportDaily(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(1);
    for (DlmsValue entry : plainLog(answers, 0)) {
      List<DlmsValue> parts = structure(entry, 2);
      out.open("LogEntry").leaf("ActiveExportRegisterValue", integer(parts.get(1)));
      out.leaf("TimeStamp", Timestamps.ofSeconds(integer(parts.get(0)))).close();
    }
  }

  /** The profile of export (ECS22a): active and reactive energy of each half hour. */
  public static void exportProfile(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(1);
    for (DlmsValue entry : plainLog(answers, 0)) {
      List<DlmsValue> parts = structure(entry, 3);
      out.open("LogEntry").leaf("ActiveEnergyExportedValue", integer(parts.get(1)));
      out.leaf("ReactiveEnergyExportedValue", integer(parts.get(2)));
      out.leaf("Timestamp", Timestamps.ofSeconds(integer(parts.get(0)))).close();
    }
  }

  /** The profile of active import (ECS22b), protected: one or two elements of each half hour. */
  public static void importProfile(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(1);
    for (DlmsValue entry : protectedLog(answers, 0, 1)) {
      List<DlmsValue> parts = structure(entry);
      if (parts.size() != 2 && parts.size() != 3) {
        throw new UnexpectedContentException("expected a time and one or two values");
      }
      out.open("LogEntry").leaf("Timestamp", Timestamps.ofSeconds(integer(parts.get(0))));
      out.open("Electricity").leaf("PrimaryValue", integer(parts.get(1)));
      if (parts.size() == 3) {
        out.leaf("SecondaryValue", integer(parts.get(2)));
      }
      out.close().close();
    }
  }

  /** The profile of reactive import (ECS22c). */
  public static void reactiveProfile(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(1);
    for (DlmsValue entry : plainLog(answers, 0)) {
      List<DlmsValue> parts = structure(entry, 2);
      out.open("LogEntry").leaf("ReactiveEnergyImportedValue", integer(parts.get(1)));
      out.leaf("Timestamp", Timestamps.ofSeconds(integer(parts.get(0)))).close();
    }
  }

  /** The daily consumption log (ECS66), protected. */
  public static void dailyConsumption(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(1);
    out.open("Electricity");
    for (DlmsValue entry : protectedLog(answers, 0, 1)) {
      List<DlmsValue> parts = structure(entry, 2);
      out.open("LogEntry").leaf("Value", integer(parts.get(1)));
      out.leaf("Timestamp", Timestamps.ofSeconds(integer(parts.get(0)))).close();
    }
    out.close();
  }

  static List<DlmsValue> plainLog(DlmsAnswers answers, int position)
      throws UnexpectedContentException {
    Optional<DlmsValue> log = answers.value(position);
    return log.isPresent() ? array(log.get()) : List.of();
  }

  private static List<DlmsValue> protectedLog(DlmsAnswers answers, int position, int attributes)
      throws UnexpectedContentException {
    Optional<List<DlmsValue>> read = answers.sensitive(position, attributes);
    return read.isPresent() ? array(read.get().getFirst()) : List.of();
  }

  private static void prepayment(List<DlmsValue> parts, String element, MmcWriter out)
      throws UnexpectedContentException {
    balances(parts.subList(1, parts.size()), integer(parts.get(0)), element, out);
  }

  private static void balances(List<DlmsValue> values, long time, String element, MmcWriter out)
      throws UnexpectedContentException {
    Balances balances = Balances.of(values);
    out.open(element);
    out.leaf("AccumulatedDebtRegister", balances.accumulatedDebt());
    out.leaf("EmergencyCreditBalance", balances.emergencyCredit());
    out.leaf("MeterBalance", balances.meterBalance());
    out.leaf("PaymentDebtRegister", balances.paymentDebt());
    out.leaf("TimeDebtRegisters1", balances.timeDebt1());
    out.leaf("TimeDebtRegisters2", balances.timeDebt2());
    out.leaf("Timestamp", Timestamps.ofSeconds(time)).close();
  }

  /** The six balances of a prepayment log entry, in millipence, in the order of the wire. */
  private record Balances(
      long emergencyCredit,
      long meterBalance,
      long paymentDebt,
      long timeDebt1,
      long timeDebt2,
      long accumulatedDebt) {
    static final int COUNT = 6;

    static Balances of(List<DlmsValue> values) throws UnexpectedContentException {
      return new Balances(
          integer(values.get(0)),
          integer(values.get(1)),
          integer(values.get(2)),
          integer(values.get(3)),
          integer(values.get(4)),
          integer(values.get(5)));
    }
  }
}
