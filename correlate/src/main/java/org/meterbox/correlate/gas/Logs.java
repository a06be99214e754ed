// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.gas;

import static org.meterbox.correlate.content.GbzAnswers.needed;
import static org.meterbox.correlate.content.GbzAnswers.rows;

import java.util.List;
import java.util.Optional;
import org.meterbox.correlate.content.GbzAnswers;
import org.meterbox.correlate.content.LogMeanings;
import org.meterbox.correlate.content.Timestamps;
import org.meterbox.correlate.content.UnexpectedContentException;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.gbz.Cluster;
import org.meterbox.gbcs.gbz.ZclFields;
import org.meterbox.kernel.Octets;

/** Logs of gas devices: snapshots, samples, payments, events. */
public final class Logs {
  private static final int PUBLISH_SNAPSHOT = 0x06;
  private static final int PUBLISH_PREPAY_SNAPSHOT = 0x01;
  private static final int PUBLISH_TOP_UP_LOG = 0x05;
  private static final int PUBLISH_DEBT_LOG = 0x06;
  private static final int SAMPLED_DATA = 0x07;
  private static final int PUBLISH_EVENT_LOG = 0x01;
  private static final int TOU_AND_BLOCK_REGISTERS = 6;
  private static final int DEBT_AND_CREDIT = 0;

  /** All bits of the interval: here a day, although ZCL says that it is no value. */
  private static final int DAILY = 0xFFFF;

  private static final int SECONDS_A_DAY = 86_400;

  private Logs() {}

  /** The daily read log (GCS16a). */
  public static void dailyRead(GbzAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    for (ZclFields fields : answers.published(Cluster.METERING, PUBLISH_SNAPSHOT)) {
      Snapshot snapshot = Snapshot.of(answers, fields);
      out.open("LogEntry");
      snapshot.time("Timestamp", out);
      out.open("Gas");
      snapshot.consumption("GasActiveImportRegisterConsumption", out);
      snapshot.blocks("TariffBlockCounterMatrix", out);
      snapshot.tiers("TariffTOURegisterMatrix", out);
      out.close().close();
    }
  }

  /** The billing data log of the calendar (GCS15c). */
  public static void billingCalendar(GbzAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    out.open("Gas");
    for (ZclFields fields : answers.published(Cluster.METERING, PUBLISH_SNAPSHOT)) {
      out.open("GSMEBillingDataLogEntry");
      billingEntry(answers, fields, out);
      out.close();
    }
    prepayment(answers, "GSMEBillingPrepaymentDataLogEntry", out);
    out.close();
  }

  /** Writes the content of a GSMEBillingDataLogType. */
  public static void billingEntry(GbzAnswers answers, ZclFields fields, MmcWriter out)
      throws UnexpectedContentException {
    Snapshot snapshot = Snapshot.of(answers, fields);
    snapshot.time("Timestamp", out);
    snapshot.consumption("ActiveImportRegisterValueConsumption", out);
    snapshot.blocks("BlockRegisterMatrixValue", out);
    snapshot.tiers("TariffTOURegisterMatrixValue", out);
  }

  /** The billing data log of changes of mode or tariff (GCS15b). */
  public static void billingOnChange(GbzAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    out.open("Gas");
    for (ZclFields fields : answers.published(Cluster.METERING, PUBLISH_SNAPSHOT)) {
      Snapshot snapshot = Snapshot.of(answers, fields);
      out.open("LogEntryConsumptionRegister");
      snapshot.consumption("ConsumptionRegister", out);
      snapshot.time("Timestamp", out);
      snapshot.tiers("TariffTOURegisterMatrixValue", out);
      snapshot.blocks("BlockRegisterMatrixValue", out);
      out.close();
    }
    prepayment(answers, "LogEntryPrepaymentData", out);
    out.close();
  }

  /** The daily read log of prepayment balances (GCS16b). */
  public static void prepaymentDaily(GbzAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    out.open("Gas");
    prepayment(answers, "LogEntry", out);
    out.close();
  }

  private static void prepayment(GbzAnswers answers, String element, MmcWriter out)
      throws UnexpectedContentException {
    for (ZclFields fields : answers.published(Cluster.PREPAYMENT, PUBLISH_PREPAY_SNAPSHOT)) {
      if (needed(fields, "Snapshot Payload Type") != DEBT_AND_CREDIT) {
        throw new UnexpectedContentException("expected a snapshot of debt and credit");
      }
      out.open(element);
      money(answers, fields, "Accumulated Debt", "AccumulatedDebtRegister", out);
      money(answers, fields, "Emergency Credit Remaining", "EmergencyCreditBalance", out);
      money(answers, fields, "Credit Remaining", "MeterBalance", out);
      money(answers, fields, "Type 3 Debt Remaining", "PaymentDebtRegister", out);
      money(answers, fields, "Type 1 Debt Remaining", "TimeDebtRegisters1", out);
      money(answers, fields, "Type 2 Debt Remaining", "TimeDebtRegisters2", out);
      time(answers, fields, "Snapshot Time", out);
      out.close();
    }
  }

  private static void money(
      GbzAnswers answers, ZclFields fields, String field, String element, MmcWriter out)
      throws UnexpectedContentException {
    answers.number(fields, field).ifPresent(amount -> out.leaf(element, amount));
  }

  private static void time(GbzAnswers answers, ZclFields fields, String field, MmcWriter out)
      throws UnexpectedContentException {
    answers.time(fields, field).ifPresent(time -> out.leaf("Timestamp", time));
  }

  /** Payments to debts (GCS15d). */
  public static void debtPayments(GbzAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    out.open("PaymentBasedDebtRepayment");
    for (ZclFields fields : answers.published(Cluster.PREPAYMENT, PUBLISH_DEBT_LOG)) {
      for (ZclFields row : rows(fields, "Repayments")) {
        out.open("LogEntry");
        money(answers, row, "Amount Collected", "Amount", out);
        time(answers, row, "Collection Time", out);
        out.close();
      }
    }
    out.close();
  }

  /** Top-ups (GCS15e). */
  public static void topUps(GbzAnswers answers, MmcWriter out) throws UnexpectedContentException {
    out.open("PrepaymentCredits");
    for (ZclFields fields : answers.published(Cluster.PREPAYMENT, PUBLISH_TOP_UP_LOG)) {
      for (ZclFields row : rows(fields, "Top Ups")) {
        out.open("LogEntry");
        money(answers, row, "Top Up Amount", "Amount", out);
        time(answers, row, "Top Up Time", out);
        out.close();
      }
    }
    out.close();
  }

  /** The profile of half hours (GCS17). */
  public static void profile(GbzAnswers answers, MmcWriter out) throws UnexpectedContentException {
    for (ZclFields fields : answers.published(Cluster.METERING, SAMPLED_DATA)) {
      samples(
          answers,
          fields,
          (time, value) -> {
            out.open("LogEntry").leaf("Timestamp", time);
            out.open("Gas").leaf("PrimaryValue", value).close().close();
          });
    }
  }

  /** The network data log of six-minute samples (GCS18). */
  public static void networkData(GbzAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    out.open("Gas").open("NetworkDataLog");
    for (ZclFields fields : answers.published(Cluster.METERING, SAMPLED_DATA)) {
      samples(
          answers,
          fields,
          (time, value) ->
              out.open("LogEntry").leaf("Value", value).leaf("Timestamp", time).close());
    }
    out.close().close();
  }

  /** The daily consumption log (GCS61). */
  public static void dailyConsumption(GbzAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    out.open("Gas");
    for (ZclFields fields : answers.published(Cluster.METERING, SAMPLED_DATA)) {
      samples(
          answers,
          fields,
          (time, value) ->
              out.open("LogEntry").leaf("Value", value).leaf("Timestamp", time).close());
    }
    out.close();
  }

  @FunctionalInterface
  private interface Sample {
    void write(String time, String value);
  }

  /** Samples at even intervals from the start on; where there is none, there is no entry. */
  private static void samples(GbzAnswers answers, ZclFields fields, Sample sample)
      throws UnexpectedContentException {
    long start = needed(fields, "Sample Start Time");
    long interval = fields.number("Sample Request Interval");
    long step = interval == DAILY ? SECONDS_A_DAY : interval;
    List<ZclFields> rows = rows(fields, "Samples");
    for (int i = 0; i < rows.size(); i++) {
      Optional<Long> value = answers.number(rows.get(i), "Sample");
      if (value.isPresent()) {
        sample.write(Timestamps.ofSeconds(start + i * step), Volumes.thousandths(value.get()));
      }
    }
  }

  /** Event logs (CS10a, CS10b). */
  public static void events(GbzAnswers answers, MmcWriter out) throws UnexpectedContentException {
    out.open("Log");
    for (ZclFields fields : answers.published(Cluster.EVENTS, PUBLISH_EVENT_LOG)) {
      for (ZclFields row : rows(fields, "Events")) {
        int code = (int) needed(row, "Event Id");
        out.open("LogEntry");
        time(answers, row, "Event Time", out);
        out.hexLeaf("LogCode", code);
        LogMeanings.event(code).ifPresent(meaning -> out.leaf("LogMeaning", meaning));
        Octets data = answers.octets(row, "Event Data").orElse(Octets.EMPTY);
        if (!data.isEmpty()) {
          out.hexLeaf("OtherInformation", data);
          LogMeanings.other(data).ifPresent(text -> out.leaf("OtherInformationLogMeaning", text));
        }
        out.close();
      }
    }
    out.close();
  }

  /** A metering snapshot: consumption, four time-of-use registers, four block counters. */
  private record Snapshot(GbzAnswers answers, ZclFields fields) {
    static Snapshot of(GbzAnswers answers, ZclFields fields) throws UnexpectedContentException {
      if (needed(fields, "Snapshot Payload Type") != TOU_AND_BLOCK_REGISTERS) {
        throw new UnexpectedContentException("expected a snapshot with registers and counters");
      }
      return new Snapshot(answers, fields);
    }

    void time(String element, MmcWriter out) throws UnexpectedContentException {
      answers.time(fields, "Snapshot Time").ifPresent(time -> out.leaf(element, time));
    }

    void consumption(String element, MmcWriter out) throws UnexpectedContentException {
      answers
          .number(fields, "Current Summation Delivered")
          .map(Volumes::thousandths)
          .ifPresent(volume -> out.leaf(element, volume));
    }

    void tiers(String element, MmcWriter out) throws UnexpectedContentException {
      List<ZclFields> rows = rows(fields, "Tier Summations");
      Volumes.indexed(answers, rows, "Tier Summation Delivered", element, out);
    }

    void blocks(String element, MmcWriter out) throws UnexpectedContentException {
      List<ZclFields> rows = rows(fields, "Block Summations");
      Volumes.indexed(answers, rows, "Block Summation Delivered", element, out);
    }
  }
}
