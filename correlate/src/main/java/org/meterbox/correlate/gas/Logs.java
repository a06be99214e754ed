// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.gas;

import static org.meterbox.correlate.content.GbzAnswers.number;
import static org.meterbox.correlate.content.GbzAnswers.octets;
import static org.meterbox.correlate.content.GbzAnswers.rows;

import java.util.List;
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
  private static final int DAILY = 0xFFFF;
  private static final int SECONDS_A_DAY = 86_400;
  private static final int NO_SAMPLE = 0xFF_FFFF;

  private Logs() {}

  /** The daily read log (GCS16a). */
  public static void dailyRead(GbzAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    for (ZclFields fields : answers.published(Cluster.METERING, PUBLISH_SNAPSHOT)) {
      Snapshot snapshot = Snapshot.of(fields);
      out.open("LogEntry").leaf("Timestamp", snapshot.time()).open("Gas");
      out.leaf("GasActiveImportRegisterConsumption", snapshot.consumption());
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
      billingEntry(fields, out);
      out.close();
    }
    prepayment(answers, "GSMEBillingPrepaymentDataLogEntry", out);
    out.close();
  }

  /** Writes the content of a GSMEBillingDataLogType. */
  public static void billingEntry(ZclFields fields, MmcWriter out)
      throws UnexpectedContentException {
    Snapshot snapshot = Snapshot.of(fields);
    out.leaf("Timestamp", snapshot.time());
    out.leaf("ActiveImportRegisterValueConsumption", snapshot.consumption());
    snapshot.blocks("BlockRegisterMatrixValue", out);
    snapshot.tiers("TariffTOURegisterMatrixValue", out);
  }

  /** The billing data log of changes of mode or tariff (GCS15b). */
  public static void billingOnChange(GbzAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    out.open("Gas");
    for (ZclFields fields : answers.published(Cluster.METERING, PUBLISH_SNAPSHOT)) {
      Snapshot snapshot = Snapshot.of(fields);
      out.open("LogEntryConsumptionRegister");
      out.leaf("ConsumptionRegister", snapshot.consumption()).leaf("Timestamp", snapshot.time());
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
      if (number(fields, "Snapshot Payload Type") != DEBT_AND_CREDIT) {
        throw new UnexpectedContentException("a snapshot of debt and credit is due");
      }
      out.open(element);
      out.leaf("AccumulatedDebtRegister", number(fields, "Accumulated Debt"));
      out.leaf("EmergencyCreditBalance", number(fields, "Emergency Credit Remaining"));
      out.leaf("MeterBalance", number(fields, "Credit Remaining"));
      out.leaf("PaymentDebtRegister", number(fields, "Type 3 Debt Remaining"));
      out.leaf("TimeDebtRegisters1", number(fields, "Type 1 Debt Remaining"));
      out.leaf("TimeDebtRegisters2", number(fields, "Type 2 Debt Remaining"));
      out.leaf("Timestamp", Timestamps.ofSeconds(number(fields, "Snapshot Time"))).close();
    }
  }

  /** Payments to debts (GCS15d). */
  public static void debtPayments(GbzAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    out.open("PaymentBasedDebtRepayment");
    for (ZclFields fields : answers.published(Cluster.PREPAYMENT, PUBLISH_DEBT_LOG)) {
      for (ZclFields row : rows(fields, "Repayments")) {
        out.open("LogEntry").leaf("Amount", number(row, "Amount Collected"));
        out.leaf("Timestamp", Timestamps.ofSeconds(number(row, "Collection Time"))).close();
      }
    }
    out.close();
  }

  /** Top-ups (GCS15e). */
  public static void topUps(GbzAnswers answers, MmcWriter out) throws UnexpectedContentException {
    out.open("PrepaymentCredits");
    for (ZclFields fields : answers.published(Cluster.PREPAYMENT, PUBLISH_TOP_UP_LOG)) {
      for (ZclFields row : rows(fields, "Top Ups")) {
        out.open("LogEntry").leaf("Amount", number(row, "Top Up Amount"));
        out.leaf("Timestamp", Timestamps.ofSeconds(number(row, "Top Up Time"))).close();
      }
    }
    out.close();
  }

  /** The profile of half hours (GCS17). */
  public static void profile(GbzAnswers answers, MmcWriter out) throws UnexpectedContentException {
    for (ZclFields fields : answers.published(Cluster.METERING, SAMPLED_DATA)) {
      samples(
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

  /**
   * Samples at even intervals from the start on. The longest interval that the field can say stands
   * for a day; all bits set is no sample.
   */
  private static void samples(ZclFields fields, Sample sample) throws UnexpectedContentException {
    long start = number(fields, "Sample Start Time");
    long interval = number(fields, "Sample Request Interval");
    long step = interval == DAILY ? SECONDS_A_DAY : interval;
    List<ZclFields> rows = rows(fields, "Samples");
    for (int i = 0; i < rows.size(); i++) {
      long value = number(rows.get(i), "Sample");
      if (value != NO_SAMPLE) {
        sample.write(Timestamps.ofSeconds(start + i * step), Volumes.thousandths(value));
      }
    }
  }

  /** Event logs (CS10a, CS10b). */
  public static void events(GbzAnswers answers, MmcWriter out) throws UnexpectedContentException {
    out.open("Log");
    for (ZclFields fields : answers.published(Cluster.EVENTS, PUBLISH_EVENT_LOG)) {
      for (ZclFields row : rows(fields, "Events")) {
        int code = (int) number(row, "Event Id");
        out.open("LogEntry").leaf("Timestamp", Timestamps.ofSeconds(number(row, "Event Time")));
        out.hexLeaf("LogCode", code);
        LogMeanings.event(code).ifPresent(meaning -> out.leaf("LogMeaning", meaning));
        Octets data = octets(row, "Event Data");
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
  private record Snapshot(ZclFields fields) {
    static Snapshot of(ZclFields fields) throws UnexpectedContentException {
      if (number(fields, "Snapshot Payload Type") != TOU_AND_BLOCK_REGISTERS) {
        throw new UnexpectedContentException("a snapshot with registers and counters is due");
      }
      return new Snapshot(fields);
    }

    String time() throws UnexpectedContentException {
      return Timestamps.ofSeconds(number(fields, "Snapshot Time"));
    }

    String consumption() throws UnexpectedContentException {
      return Volumes.thousandths(number(fields, "Current Summation Delivered"));
    }

    void tiers(String element, MmcWriter out) throws UnexpectedContentException {
      Volumes.indexed(out, element, rows(fields, "Tier Summations"), "Tier Summation Delivered");
    }

    void blocks(String element, MmcWriter out) throws UnexpectedContentException {
      Volumes.indexed(out, element, rows(fields, "Block Summations"), "Block Summation Delivered");
    }
  }
}
