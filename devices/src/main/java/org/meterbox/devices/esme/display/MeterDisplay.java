// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.display;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.meterbox.devices.esme.clock.ClockFunction;
import org.meterbox.devices.esme.clock.ClockState;
import org.meterbox.devices.esme.condition.MeterCondition;
import org.meterbox.devices.esme.event.HomeNotices;
import org.meterbox.devices.esme.home.Home;
import org.meterbox.devices.esme.home.Mains;
import org.meterbox.devices.esme.home.Power;
import org.meterbox.devices.esme.metering.MeteredPower;
import org.meterbox.devices.esme.metering.Registers;
import org.meterbox.devices.esme.payment.CreditShown;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.EsmeVariant;
import org.meterbox.devices.esme.state.Settings;
import org.meterbox.devices.esme.supply.SupplyState;
import org.meterbox.devices.esme.tariff.RateInForce;
import org.meterbox.devices.esme.tariff.TariffPlan;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.devices.machine.LogEntry;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.kernel.Octets;

/**
 * What a meter shows to whoever stands before it (SMETS 5.5.5), and what only its simulation knows.
 *
 * @param time what its clock shows
 * @param clockStatus how far the time can be trusted
 * @param powered whether the network supplies
 * @param supply the load switch
 * @param causes why the supply is not enabled
 * @param credit mode, balances and debts
 * @param rate which rate holds, in words
 * @param price of a kWh now, in pence
 * @param power what flows
 * @param volts of each phase; empty where it is dead
 * @param registers what it has counted
 * @param message from the supplier; empty where there is none
 * @param conditions what is the matter with it
 * @param shared events that it has shared in the home lately
 * @param alarms events for which it has sounded its alarm lately
 * @param waiting messages that the DSP has not acknowledged
 */
public record MeterDisplay(
    Instant time,
    ClockState.Status clockStatus,
    boolean powered,
    SupplyState.Position supply,
    List<SupplyState.Cause> causes,
    CreditShown credit,
    String rate,
    BigDecimal price,
    Power power,
    List<OptionalInt> volts,
    Counted registers,
    Optional<String> message,
    List<String> conditions,
    List<LogEntry> shared,
    List<LogEntry> alarms,
    int waiting) {
  private static final CosemAttribute MESSAGE = CosemAttribute.of(1, "0-2:96.13.1.255", 2);
  private static final int PENCE = 2;

  /**
   * Registers.
   *
   * @param activeImport Wh
   * @param activeExport Wh
   * @param reactiveImport varh
   * @param reactiveExport varh
   */
  public record Counted(
      long activeImport, long activeExport, long reactiveImport, long reactiveExport) {}

  /** Copies the lists. */
  public MeterDisplay {
    causes = List.copyOf(causes);
    volts = List.copyOf(volts);
    conditions = List.copyOf(conditions);
    shared = List.copyOf(shared);
    alarms = List.copyOf(alarms);
  }

  /** What a meter shows at the time up to which its state has come. */
  public static MeterDisplay of(DeviceState<EsmeState> device) {
    EsmeState esme = device.function();
    Instant now = esme.asOf();
    SupplyState supply = esme.part(SupplyState.class);
    RateInForce rate = esme.part(RateInForce.class);
    Registers registers = Registers.of(esme);
    return new MeterDisplay(
        ClockFunction.shown(esme, now),
        esme.part(ClockState.class).status(),
        esme.part(Home.class).outage().isEmpty(),
        supply.position(),
        List.copyOf(supply.causes()),
        CreditShown.of(esme, now),
        rateInWords(esme, rate),
        price(esme, rate),
        MeteredPower.of(esme, now),
        volts(esme, now),
        new Counted(
            registers.importWattHours(),
            registers.exportWattHours(),
            registers.reactiveImportVarHours(),
            registers.reactiveExportVarHours()),
        message(esme.settings()),
        MeterCondition.of(esme).holding().stream()
            .map(condition -> condition.name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .toList(),
        HomeNotices.of(esme).shared(),
        HomeNotices.of(esme).sounded(),
        device.unacknowledged().size());
  }

  private static List<OptionalInt> volts(EsmeState esme, Instant now) {
    List<OptionalInt> volts = new ArrayList<>();
    for (int phase = 1; phase <= esme.variant().phases(); phase++) {
      volts.add(Mains.volts(esme, phase, now));
    }
    return volts;
  }

  private static String rateInWords(EsmeState esme, RateInForce rate) {
    TariffPlan plan = TariffPlan.of(esme.settings());
    String primary =
        rate.hasBlocks()
            ? String.format(
                Locale.ROOT,
                "%d, block %d",
                rate.rate(),
                Registers.of(esme).block(plan, rate.rate()))
            : Integer.toString(rate.rate());
    return esme.variant() == EsmeVariant.TWIN_ELEMENT
        ? String.format(Locale.ROOT, "%s; secondary %d", primary, rate.secondaryRate())
        : primary;
  }

  private static BigDecimal price(EsmeState esme, RateInForce rate) {
    TariffPlan plan = TariffPlan.of(esme.settings());
    int price =
        rate.hasBlocks()
            ? plan.blockPrice(rate.rate(), Registers.of(esme).block(plan, rate.rate()))
            : plan.price(rate.rate());
    return BigDecimal.valueOf(price).scaleByPowerOfTen(plan.prices().scale() + PENCE);
  }

  private static Optional<String> message(Settings settings) {
    return settings
        .get(MESSAGE)
        .flatMap(value ->
            value instanceof DlmsValue.OctetString(Octets text) && !text.isEmpty()
                ? Optional.of(new String(text.toArray(), StandardCharsets.UTF_8))
                : Optional.empty());
  }
}
