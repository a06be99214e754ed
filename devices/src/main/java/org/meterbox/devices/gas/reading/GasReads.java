// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.reading;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.meterbox.devices.gas.billing.GasBillingFunction;
import org.meterbox.devices.gas.metering.NetworkLog;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.devices.gas.tariff.GasCalendars;
import org.meterbox.devices.gbz.GbzUseCase;
import org.meterbox.devices.gbz.ZclAnswer;
import org.meterbox.devices.gbz.ZclCall;
import org.meterbox.devices.gbz.ZclInvocation;
import org.meterbox.devices.gbz.ZclRead;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.gbcs.catalogue.UseCase;
import org.meterbox.gbcs.gbz.Cluster;
import org.meterbox.gbcs.gbz.TypedValue;
import org.meterbox.gbcs.gbz.ZclAttribute;

/**
 * The reads of a gas meter (GCS13a to GCS18, GCS21a to GCS21m, GCS33, GCS38, GCS46, GCS60, GCS60a,
 * GCS61): the same for the meter and for its mirror in the hub, each of its own view.
 *
 * @param <F> the state of the device's function
 */
public final class GasReads<F> {
  private static final int PLAIN = 0x08;
  private static final int WITHOUT_DEFAULT_RESPONSE = 0x18;

  /** Snapshots that one command asks for (GBCS use cases GCS15b, GCS15c, GCS16a, GCS16b). */
  private static final int BILLING_SNAPSHOTS = 12;

  private static final int DAILY_SNAPSHOTS = 31;
  private static final long MODE_OR_TARIFF = 0x0000_6008;
  private static final long BILLING_DATE = 0x0000_0002;
  private static final long MIDNIGHT = 0x0000_0001;
  private static final int PROFILE = 0;
  private static final int DAILY = 1;
  private static final int NETWORK = 2;

  /** Reads whose answers say how far their time is to be trusted. */
  private static final Set<String> TIMED = Set.of("GCS13a", "GCS13b", "GCS13c", "GCS14", "GCS60a");

  private final GasView<F> view;
  private final SnapshotReads<F> snapshots;
  private final PaymentLogReads<F> paymentLogs;
  private final CalendarReads<F> calendars;

  /** The reads of what a device knows of a gas meter. */
  public GasReads(GasView<F> view) {
    this.view = view;
    this.snapshots = new SnapshotReads<>(view);
    this.paymentLogs = new PaymentLogReads<>(view);
    this.calendars = new CalendarReads<>(view);
  }

  /** Whether the time in the header of a response carries the status of the clock. */
  public static boolean saysHowFarTimeIsTrusted(UseCase useCase) {
    return TIMED.contains(useCase.name());
  }

  /** The use cases that meter and mirror both answer, by name. */
  public Map<String, GbzUseCase<F>> ofBoth() {
    Map<String, GbzUseCase<F>> useCases = new LinkedHashMap<>();
    registers(useCases);
    useCases.put(
        "GCS15b",
        snapshots(snapshots.balances(MODE_OR_TARIFF), snapshots.registers(MODE_OR_TARIFF)));
    useCases.put(
        "GCS15c", snapshots(snapshots.registers(BILLING_DATE), snapshots.balances(BILLING_DATE)));
    useCases.put("GCS15d", GbzUseCase.of(paymentLogs.debtPayments()));
    useCases.put("GCS15e", GbzUseCase.of(paymentLogs.topUps()));
    useCases.put(
        "GCS16a", GbzUseCase.of(DAILY_SNAPSHOTS, DAILY_SNAPSHOTS, snapshots.registers(MIDNIGHT)));
    useCases.put(
        "GCS16b", GbzUseCase.of(DAILY_SNAPSHOTS, DAILY_SNAPSHOTS, snapshots.balances(MIDNIGHT)));
    useCases.put(
        "GCS17",
        GbzUseCase.of(
            ZclInvocation.<F>of(
                    "Get Sampled Data",
                    (transition, call) ->
                        SampleReads.halfHours(view.profile(transition.state()), call))
                .only("Sample Id", PROFILE)
                .only("Sample Type", 0)));
    configuration(useCases);
    return useCases;
  }

  private GbzUseCase<F> snapshots(ZclInvocation<F> first, ZclInvocation<F> second) {
    return GbzUseCase.of(BILLING_SNAPSHOTS, BILLING_SNAPSHOTS, first)
        .then(BILLING_SNAPSHOTS, BILLING_SNAPSHOTS, second);
  }

  private void registers(Map<String, GbzUseCase<F>> useCases) {
    useCases.put(
        "GCS13a",
        GbzUseCase.of(
            sensitive(Cluster.METERING, WITHOUT_DEFAULT_RESPONSE, 0x0302, 0x0301, 0x0300, 0x0000)));
    useCases.put(
        "GCS13b",
        GbzUseCase.of(
            sensitive(
                Cluster.METERING,
                WITHOUT_DEFAULT_RESPONSE,
                0x0700,
                0x0701,
                0x0702,
                0x0703,
                0x0302,
                0x0301,
                0x0300)));
    useCases.put(
        "GCS13c",
        GbzUseCase.of(
            sensitive(
                Cluster.METERING,
                WITHOUT_DEFAULT_RESPONSE,
                0x0302,
                0x0301,
                0x0300,
                0x0100,
                0x0102,
                0x0104,
                0x0106)));
    useCases.put(
        "GCS14",
        GbzUseCase.<F>of(plain(Cluster.PRICE, PLAIN, 0x0617, 0x0616))
            .then(
                sensitive(
                    Cluster.PREPAYMENT, PLAIN, 0x0005, 0x0002, 0x0001, 0x0231, 0x0211, 0x0221)));
    GbzUseCase<F> balance =
        GbzUseCase.<F>of(plain(Cluster.METERING, PLAIN, 0x0A00))
            .then(plain(Cluster.PREPAYMENT, PLAIN, 0x0001));
    useCases.put("GCS60", balance);
    useCases.put("GCS60a", balance);
    useCases.put("GCS33", GbzUseCase.of(plain(Cluster.METERING, PLAIN, 0x0205, 0x0014)));
    useCases.put("GCS46", GbzUseCase.of(plain(Cluster.METERING, PLAIN, 0x0307)));
  }

  private void configuration(Map<String, GbzUseCase<F>> useCases) {
    useCases.put(
        "GCS21b",
        calendars.readBy(
            GbzUseCase.<F>of(
                    plain(
                        Cluster.PREPAYMENT,
                        PLAIN,
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
                        0x0227))
                .then(plain(Cluster.PRICE, PLAIN, 0x0617)),
            GasCalendars.NON_DISABLEMENT));
    useCases.put(
        "GCS21f",
        calendars
            .readBy(
                GbzUseCase.of(
                    plain(
                        Cluster.PRICE,
                        WITHOUT_DEFAULT_RESPONSE,
                        0x0203,
                        0x0202,
                        0x0100,
                        0x0101,
                        0x0102,
                        0x0615,
                        0x0400,
                        0x0401,
                        0x0402,
                        0x0403,
                        0x0410,
                        0x0420,
                        0x0430,
                        0x0440,
                        0x0616,
                        0x0617,
                        0x0301)),
                GasCalendars.TARIFF)
            .then(calendars.currentPrice()));
    useCases.put("GCS21j", GbzUseCase.of(plain(Cluster.PREPAYMENT, PLAIN, 0x0000)));
    useCases.put("GCS21k", GbzUseCase.of(billingPeriod()));
  }

  /** The use cases that only the meter answers, by name. */
  public Map<String, GbzUseCase<F>> ofMeter() {
    Map<String, GbzUseCase<F>> useCases = new LinkedHashMap<>();
    useCases.put(
        "GCS18",
        GbzUseCase.of(
            ofMeter(
                    "Get Sampled Data",
                    (gsme, call) -> SampleReads.network(gsme.part(NetworkLog.class), call))
                .only("Sample Id", NETWORK)
                .only("Sample Type", 0)));
    useCases.put(
        "GCS21a",
        GbzUseCase.<F>of(plain(Cluster.PRICE, PLAIN, 0x0306, 0x0305, 0x0304, 0x0303, 0x0302))
            .then(plain(Cluster.METERING, PLAIN, 0x0B13, 0x0B12, 0x0B11, 0x0B10, 0x0B14, 0x0B15)));
    useCases.put("GCS21d", GbzUseCase.of(billingPeriod()));
    useCases.put(
        "GCS21e",
        GbzUseCase.<F>of(plain(Cluster.BASIC, PLAIN, 0x0004, 0x0005, 0x0003))
            .then(plain(Cluster.METERING, PLAIN, 0x0608, 0x0607)));
    useCases.put(
        "GCS21m",
        GbzUseCase.<F>of(plain(Cluster.BASIC, PLAIN, 0x0004, 0x0005))
            .then(plain(Cluster.METERING, PLAIN, 0x0608, 0x0607)));
    useCases.put("GCS38", GbzUseCase.of(plain(Cluster.METERING, PLAIN, 0x0206)));
    return useCases;
  }

  /** The use cases that only the mirror answers, by name. */
  public Map<String, GbzUseCase<F>> ofMirror() {
    return Map.of(
        "GCS61",
        GbzUseCase.of(
            ZclInvocation.<F>of(
                    "Get Sampled Data",
                    (transition, call) ->
                        view.daily(transition.state())
                            .map(log -> SampleReads.days(log, call))
                            .orElse(ZclAnswer.nothing()))
                .only("Sample Id", DAILY)
                .only("Sample Type", 0)));
  }

  private ZclInvocation<F> billingPeriod() {
    return ofMeter("Get Billing Period", GasBillingFunction::publish).only("Number of Commands", 1);
  }

  private ZclInvocation<F> ofMeter(String name, BiFunction<GsmeState, ZclCall, ZclAnswer> answer) {
    return ZclInvocation.of(
        name,
        (transition, call) -> {
          Optional<GsmeState> meter = view.meter(transition.state());
          return meter.isPresent() ? answer.apply(meter.get(), call) : ZclAnswer.nothing();
        });
  }

  private ZclRead<F> plain(Cluster cluster, int frameControl, Integer... ids) {
    return new ZclRead<>(cluster, frameControl, false, Arrays.asList(ids), this::read);
  }

  private ZclRead<F> sensitive(Cluster cluster, int frameControl, Integer... ids) {
    return new ZclRead<>(cluster, frameControl, true, Arrays.asList(ids), this::read);
  }

  private Optional<TypedValue> read(DeviceState<F> state, ZclAttribute attribute) {
    return view.meter(state).flatMap(meter -> GasReadings.read(meter, attribute));
  }
}
