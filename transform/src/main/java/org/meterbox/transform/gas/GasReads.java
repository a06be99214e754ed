// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform.gas;

import static org.meterbox.gbcs.gbz.Cluster.BASIC;
import static org.meterbox.gbcs.gbz.Cluster.METERING;
import static org.meterbox.gbcs.gbz.Cluster.PREPAYMENT;
import static org.meterbox.gbcs.gbz.Cluster.PRICE;
import static org.meterbox.kernel.DeviceType.GPF;
import static org.meterbox.kernel.DeviceType.GSME;
import static org.meterbox.transform.gas.GbzCommands.logTime;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Octets;
import org.meterbox.transform.Mapping;
import org.meterbox.transform.Translation;

/** Reading a gas meter and the gas proxy (service requests 4.x, 6.2.x, 6.13, 7.4 and 11.2). */
public final class GasReads {
  private static final Set<DeviceType> GAS = Set.of(GSME, GPF);

  /** Both calendar identifiers that mean: whatever is in force. */
  private static final long TARIFF_CALENDAR = 0xFFFF_FFFFL;

  private static final long NON_DISABLEMENT_CALENDAR = 0xFFFF_FFFEL;
  private static final int TARIFF = 0;
  private static final int NON_DISABLEMENT = 3;

  private static final int BILLING_SNAPSHOTS = 12;
  private static final int DAILY_SNAPSHOTS = 31;
  private static final int DAILY = 0x01;
  private static final int BILLING_PERIOD = 0x02;
  private static final int MODE_OR_TARIFF_CHANGE = 0x6008;
  private static final Duration HALF_HOUR = Duration.ofMinutes(30);
  private static final Duration DAY = Duration.ofDays(1);

  private static final int EVENT_LOG = 0x13;
  private static final int SECURITY_LOG = 0x04;

  /** The mappings of this family. */
  public static final List<Mapping> MAPPINGS =
      Stream.of(registers(), settings(), logs()).flatMap(List::stream).toList();

  private GasReads() {}

  private static List<Mapping> registers() {
    return List.of(
        gas(
            "4.1.1",
            "GCS13a",
            0x0074,
            t -> new GbzCommands().read(METERING, 0x0302, 0x0301, 0x0300, 0x0000).encode()),
        gas(
            "4.1.4",
            "GCS13b",
            0x00B8,
            t ->
                new GbzCommands()
                    .read(METERING, 0x0700, 0x0701, 0x0702, 0x0703, 0x0302, 0x0301, 0x0300)
                    .encode()),
        gas(
            "4.1.2",
            "GCS13c",
            0x00B6,
            t ->
                new GbzCommands()
                    .read(METERING, 0x0302, 0x0301, 0x0300, 0x0100, 0x0102, 0x0104, 0x0106)
                    .encode()),
        gas(
            "4.3",
            "GCS14",
            0x0075,
            t ->
                new GbzCommands()
                    .read(PRICE, 0x0617, 0x0616)
                    .read(PREPAYMENT, 0x0005, 0x0002, 0x0001, 0x0231, 0x0211, 0x0221)
                    .encode()),
        gas("4.18", "GCS60", 0x008D, t -> balance()).forEarlierDevices(),
        gas("4.18", "GCS60a", 0x012A, t -> balance()),
        gas("7.4", "GCS33", 0x0082, t -> new GbzCommands().read(METERING, 0x0205, 0x0014).encode()),
        gas("11.2", "GCS38", 0x0084, t -> new GbzCommands().read(METERING, 0x0206).encode()),
        gas("6.2.7", "GCS46", 0x0089, t -> new GbzCommands().read(METERING, 0x0307).encode()));
  }

  private static Octets balance() {
    return new GbzCommands().read(METERING, 0x0A00).read(PREPAYMENT, 0x0001).encode();
  }

  private static List<Mapping> settings() {
    return List.of(
        gas("6.2.3", "GCS21d", 0x009D, t -> billingPeriod()).forEarlierDevices(),
        gas("6.2.3", "GCS21k", 0x00DA, t -> billingPeriod()),
        gas(
                "6.2.4",
                "GCS21e",
                0x009E,
                t ->
                    new GbzCommands()
                        .read(BASIC, 0x0004, 0x0005, 0x0003)
                        .read(METERING, 0x0608, 0x0607)
                        .encode())
            .forEarlierDevices(),
        gas(
            "6.2.4",
            "GCS21m",
            0x00FB,
            t ->
                new GbzCommands()
                    .read(BASIC, 0x0004, 0x0005)
                    .read(METERING, 0x0608, 0x0607)
                    .encode()),
        gas(
            "6.2.8",
            "GCS21a",
            0x007B,
            t ->
                new GbzCommands()
                    .read(PRICE, 0x0306, 0x0305, 0x0304, 0x0303, 0x0302)
                    .read(METERING, 0x0B13, 0x0B12, 0x0B11, 0x0B10, 0x0B14, 0x0B15)
                    .encode()),
        gas("6.2.9", "GCS21j", 0x00BF, t -> new GbzCommands().read(PREPAYMENT, 0x0000).encode()),
        gas(
            "6.2.10",
            "GCS20r",
            0x00F1,
            t ->
                new GbzCommands()
                    .send("Get Event Configuration", f -> f.number("Event Id", 0x81FF))
                    .encode()),
        gas("4.11.1", "GCS21f", 0x009F, GasReads::tariff),
        gas("4.13", "GCS21b", 0x00B5, GasReads::prepayment));
  }

  private static Octets billingPeriod() throws ElementException {
    return new GbzCommands()
        .send(
            "Get Billing Period",
            f ->
                f.number("Earliest Start Time", 0)
                    .number("Min Issuer Event Id", 0xFFFF_FFFFL)
                    .number("Number of Commands", 1)
                    .number("Tariff Type", 0))
        .encode();
  }

  private static Octets tariff(Translation translation) throws ElementException {
    GbzCommands commands =
        new GbzCommands()
            .read(
                PRICE, 0x0203, 0x0202, 0x0100, 0x0101, 0x0102, 0x0615, 0x0400, 0x0401, 0x0402,
                0x0403, 0x0410, 0x0420, 0x0430, 0x0440, 0x0616, 0x0617, 0x0301);
    return calendar(commands, TARIFF_CALENDAR, TARIFF)
        .send("Get Current Price", f -> f.number("Command Options", 0))
        .encode();
  }

  private static Octets prepayment(Translation translation) throws ElementException {
    GbzCommands commands =
        new GbzCommands()
            .read(
                PREPAYMENT,
                0x0239,
                0x0006,
                0x0216,
                0x0226,
                0x0040,
                0x0010,
                0x0011,
                0x0031,
                0x0021,
                0x0022,
                0x0217,
                0x0227)
            .read(PRICE, 0x0617);
    return calendar(commands, NON_DISABLEMENT_CALENDAR, NON_DISABLEMENT).encode();
  }

  private static GbzCommands calendar(GbzCommands commands, long calendar, int type)
      throws ElementException {
    return commands
        .send(
            "Get Day Profiles",
            f ->
                f.number("Provider Id", 0)
                    .number("Issuer Calendar Id", calendar)
                    .number("Start Day Id", 1)
                    .number("Number of Days", 0))
        .send(
            "Get Week Profiles",
            f ->
                f.number("Provider Id", 0)
                    .number("Issuer Calendar Id", calendar)
                    .number("Start Week Id", 1)
                    .number("Number of Weeks", 0))
        .send("Get Seasons", f -> f.number("Provider Id", 0).number("Issuer Calendar Id", calendar))
        .send(
            "Get Special Days",
            f ->
                f.number("Start Time", 0)
                    .number("Number of Events", 0)
                    .number("Calendar Type", type)
                    .number("Provider Id", 0)
                    .number("Issuer Calendar Id", calendar));
  }

  private static List<Mapping> logs() {
    return List.of(
        gas(
            "4.4.2",
            "GCS15b",
            0x00C3,
            t -> {
              GbzCommands commands = new GbzCommands();
              snapshots(
                  t, commands, "Get Prepay Snapshot", BILLING_SNAPSHOTS, MODE_OR_TARIFF_CHANGE);
              snapshots(t, commands, "Get Snapshot", BILLING_SNAPSHOTS, MODE_OR_TARIFF_CHANGE);
              return commands.encode();
            }),
        gas(
            "4.4.3",
            "GCS15c",
            0x0076,
            t -> {
              GbzCommands commands = new GbzCommands();
              snapshots(t, commands, "Get Snapshot", BILLING_SNAPSHOTS, BILLING_PERIOD);
              snapshots(t, commands, "Get Prepay Snapshot", BILLING_SNAPSHOTS, BILLING_PERIOD);
              return commands.encode();
            }),
        gas("4.4.4", "GCS15d", 0x00C4, GasReads::debtRepayments),
        gas("4.4.5", "GCS15e", 0x00C5, GasReads::topUps),
        gas(
            "4.6.1",
            "GCS16a",
            0x0077,
            t -> {
              GbzCommands commands = new GbzCommands();
              snapshots(t, commands, "Get Snapshot", DAILY_SNAPSHOTS, DAILY);
              return commands.encode();
            }),
        gas(
            "4.14",
            "GCS16b",
            0x0096,
            t -> {
              GbzCommands commands = new GbzCommands();
              snapshots(t, commands, "Get Prepay Snapshot", DAILY_SNAPSHOTS, DAILY);
              return commands.encode();
            }),
        gas("4.8.1", "GCS17", 0x0078, GasReads::profile),
        gas("4.10", "GCS18", 0x0079, GasReads::networkData),
        gas("4.17", "GCS61", 0x00A0, GasReads::dailyConsumption),
        gas("6.13", "CS10a", 0x0014, t -> log(t, EVENT_LOG))
            .when(subject ->
                subject.request().body().find("LogToRead").stream()
                    .anyMatch(log -> log.token().equals("Event"))),
        gas("6.13", "CS10b", 0x00A1, t -> log(t, SECURITY_LOG))
            .when(subject ->
                subject.request().body().find("LogToRead").stream()
                    .anyMatch(log -> log.token().equals("Security"))));
  }

  private static XmlElement period(Translation translation) throws ElementException {
    return translation.body().child("ReadLogPeriod");
  }

  /** As many offsets as the log has entries: the device answers those that it holds. */
  private static void snapshots(
      Translation translation, GbzCommands commands, String name, int count, int cause)
      throws ElementException {
    long start = logTime(period(translation).child("StartDateTime"));
    long end = logTime(period(translation).child("EndDateTime"));
    for (int number = 0; number < count; number++) {
      int offset = number;
      commands.send(
          name,
          f ->
              f.number("Earliest Start Time", start)
                  .number("Latest End Time", end)
                  .number("Snapshot Offset", offset)
                  .number("Snapshot Cause", cause));
    }
  }

  private static Octets debtRepayments(Translation translation) throws ElementException {
    long end = logTime(period(translation).child("EndDateTime"));
    return new GbzCommands()
        .send(
            OptionalLong.of(logTime(period(translation).child("StartDateTime"))),
            "Get Debt Repayment Log",
            f ->
                f.number("Latest End Time", end)
                    .number("Number of Debts", 10)
                    .number("Debt Type", 2))
        .encode();
  }

  private static Octets topUps(Translation translation) throws ElementException {
    long end = logTime(period(translation).child("EndDateTime"));
    return new GbzCommands()
        .send(
            OptionalLong.of(logTime(period(translation).child("StartDateTime"))),
            "Get Top Up Log",
            f -> f.number("Latest End Time", end).number("Number of Records", 5))
        .encode();
  }

  /** All of the network data log, whose length is fixed: four hours of six minutes. */
  private static Octets networkData(Translation translation) throws ElementException {
    return sampled(2, 1, 41);
  }

  /** Days from the start to the end, both counted. */
  private static Octets dailyConsumption(Translation translation) throws ElementException {
    return samples(translation, 1, DAY);
  }

  /** Half hours from the start to the end, both counted. */
  private static Octets profile(Translation translation) throws ElementException {
    return samples(translation, 0, HALF_HOUR);
  }

  private static Octets samples(Translation translation, int log, Duration interval)
      throws ElementException {
    XmlElement last = period(translation).child("EndDateTime");
    long start = logTime(period(translation).child("StartDateTime"));
    long samples = (logTime(last) - start) / interval.toSeconds() + 1;
    if (samples < 1) {
      throw last.fault("lies before the start");
    }
    return sampled(log, start, Math.min(samples, 0xFFFF));
  }

  private static Octets sampled(int log, long start, long samples) throws ElementException {
    return new GbzCommands()
        .send(
            "Get Sampled Data",
            f ->
                f.number("Sample Id", log)
                    .number("Earliest Sample Time", start)
                    .number("Sample Type", 0)
                    .number("Number of Samples", samples))
        .encode();
  }

  private static Octets log(Translation translation, int log) throws ElementException {
    long start = logTime(period(translation).child("StartDateTime"));
    long end = logTime(period(translation).child("EndDateTime"));
    return new GbzCommands()
        .send(
            "Get Event Log",
            f ->
                f.number("Event Control/Log Id", log)
                    .number("Event Id", 0)
                    .number("Start Time", start)
                    .number("End Time", end)
                    .number("Number of Events", 0)
                    .number("Event Offset", 0))
        .encode();
  }

  private static Mapping gas(String variant, String useCase, int code, Mapping.Payload payload) {
    return Mapping.of(variant, GAS, useCase, code, payload);
  }
}
