// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.home;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.devices.esme.home.Home;
import org.meterbox.devices.esme.home.Power;
import org.meterbox.devices.esme.log.SampleLog;
import org.meterbox.devices.esme.metering.Profiles;
import org.meterbox.devices.esme.metering.Registers;
import org.meterbox.devices.esme.payment.PrepaymentRead;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.supply.SupplyState;
import org.meterbox.devices.esme.tariff.RateInForce;
import org.meterbox.kernel.Eui64;

/**
 * What an electricity meter shows, as one standing before it would read it.
 *
 * @param meter the meter
 * @param asOf up to when the time has passed in it
 * @param importWattHours active import
 * @param exportWattHours active export
 * @param reactiveImportVarHours reactive import
 * @param reactiveExportVarHours reactive export
 * @param rates the registers of the rates that have counted
 * @param rateInForce the rate that counts now
 * @param balances the balances in thousandths of a penny
 * @param supply whether current can flow, and why not
 * @param importWatts what the home draws now
 * @param exportWatts what it feeds in now
 * @param volts the voltage of the first phase
 * @param day the day of the half hours, in UTC
 * @param halfHours the half hours of the day that are over
 */
public record MeterReading(
    Eui64 meter,
    Instant asOf,
    long importWattHours,
    long exportWattHours,
    long reactiveImportVarHours,
    long reactiveExportVarHours,
    List<Rate> rates,
    String rateInForce,
    List<Balance> balances,
    Supply supply,
    int importWatts,
    int exportWatts,
    int volts,
    LocalDate day,
    List<HalfHour> halfHours) {
  private static final Duration HALF_HOUR = Duration.ofMinutes(30);

  /** In the order of the meter's prepayment read entry. */
  private static final List<String> BALANCES =
      List.of(
          "Emergency credit",
          "Meter balance",
          "Payment debt",
          "Time debt 1",
          "Time debt 2",
          "Accumulated debt");

  /** The register of a rate. */
  public record Rate(String name, long wattHours) {}

  /** A balance in thousandths of a penny. */
  public record Balance(String name, int milliPence) {
    /** In pounds. */
    public String text() {
      return String.format(
          Locale.ROOT,
          "%s£%,.2f",
          milliPence < 0 ? "-" : "",
          Math.abs((long) milliPence) / 100_000.0);
    }
  }

  /**
   * The load switch.
   *
   * @param causes why it is open
   */
  public record Supply(String position, List<String> causes, boolean enabled) {}

  /** The energy of a half hour, Wh. */
  public record HalfHour(Instant begin, long importWattHours) {}

  /** Copies the lists. */
  public MeterReading {
    rates = List.copyOf(rates);
    balances = List.copyOf(balances);
    halfHours = List.copyOf(halfHours);
  }

  /** Reads a meter, with the half hours of a day of UTC. */
  static MeterReading of(Eui64 meter, EsmeState esme, LocalDate day) {
    Registers registers = Registers.of(esme);
    Home home = esme.part(Home.class);
    SupplyState supply = esme.part(SupplyState.class);
    boolean flows = supply.isEnabled() && home.outage().isEmpty();
    Power power = flows ? home.power(esme.variant(), esme.asOf()) : Power.NONE;
    return new MeterReading(
        meter,
        esme.asOf(),
        registers.importWattHours(),
        registers.exportWattHours(),
        registers.reactiveImportVarHours(),
        registers.reactiveExportVarHours(),
        rates(registers),
        rate(esme.part(RateInForce.class)),
        balances(esme),
        new Supply(
            words(supply.position()),
            supply.causes().stream().map(MeterReading::words).sorted().toList(),
            supply.isEnabled()),
        power.activeImport(),
        power.activeExport(),
        home.volts(esme.variant(), 1, esme.asOf()),
        day,
        halfHours(esme.part(Profiles.class).activeImport(), day));
  }

  private static List<Rate> rates(Registers registers) {
    List<Rate> rates = new ArrayList<>();
    for (int i = 0; i < registers.tou().size(); i++) {
      if (registers.tou().get(i) > 0) {
        rates.add(new Rate("Time of use " + (i + 1), registers.tou().get(i)));
      }
    }
    int perBlock = registers.blocks().size() / 4;
    for (int i = 0; i < registers.blocks().size(); i++) {
      if (registers.blocks().get(i) > 0) {
        String name =
            String.format(Locale.ROOT, "Block %d rate %d", i / perBlock + 1, i % perBlock + 1);
        rates.add(new Rate(name, registers.blocks().get(i)));
      }
    }
    for (int i = 0; i < registers.secondaryTou().size(); i++) {
      if (registers.secondaryTou().get(i) > 0) {
        rates.add(new Rate("Secondary time of use " + (i + 1), registers.secondaryTou().get(i)));
      }
    }
    return rates;
  }

  private static String rate(RateInForce rate) {
    return (rate.hasBlocks() ? "Block rate " : "Time of use ") + rate.rate();
  }

  private static List<Balance> balances(EsmeState esme) {
    List<Integer> amounts = PrepaymentRead.of(esme).accounts();
    List<Balance> balances = new ArrayList<>();
    for (int i = 0; i < amounts.size(); i++) {
      balances.add(new Balance(BALANCES.get(i), amounts.get(i)));
    }
    return balances;
  }

  /** Times in the log only rise and stamp the end of a half hour. */
  private static List<HalfHour> halfHours(SampleLog log, LocalDate day) {
    Instant begin = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    List<HalfHour> halfHours = new ArrayList<>();
    for (int entry = log.size() - 1; entry >= 0 && log.at(entry).isAfter(begin); entry--) {
      if (!log.at(entry).isAfter(end)) {
        long wattHours = 0;
        for (int column = 0; column < log.columns(); column++) {
          wattHours += log.number(entry, column);
        }
        halfHours.add(new HalfHour(log.at(entry).minus(HALF_HOUR), wattHours));
      }
    }
    return halfHours.reversed();
  }

  private static String words(Enum<?> constant) {
    String words = constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /** Energy as people read it. */
  public static String kilowattHours(long wattHours) {
    return String.format(Locale.ROOT, "%,.3f", wattHours / 1000.0);
  }

  /** The import of the whole day so far, Wh. */
  public long dayWattHours() {
    return halfHours.stream().mapToLong(HalfHour::importWattHours).sum();
  }

  /** Whether all of the day lies behind the meter. */
  public boolean dayIsOver() {
    return day.isBefore(LocalDate.ofInstant(asOf, ZoneOffset.UTC));
  }

  /** The picture of the half hours. */
  public LoadPlot plot() {
    return LoadPlot.of(day, halfHours);
  }

  /** The balance that keeps the supply on. */
  public Optional<Balance> meterBalance() {
    return balances.stream().filter(each -> each.name().equals("Meter balance")).findFirst();
  }
}
