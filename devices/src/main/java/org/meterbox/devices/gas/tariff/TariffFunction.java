// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.tariff;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.meterbox.devices.gas.futuredated.DatedCommands;
import org.meterbox.devices.gas.futuredated.DatedCommands.Application;
import org.meterbox.devices.gas.register.GasLogs;
import org.meterbox.devices.gas.register.Snapshot;
import org.meterbox.devices.gas.state.GasAttribute;
import org.meterbox.devices.gas.state.GasFunction;
import org.meterbox.devices.gas.state.GasPartCodec;
import org.meterbox.devices.gas.state.GasSettings;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.devices.gbz.GbzUseCase;
import org.meterbox.devices.gbz.ZclAnswer;
import org.meterbox.devices.gbz.ZclCall;
import org.meterbox.devices.gbz.ZclInvocation;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.gbz.ZclAttribute;
import org.meterbox.gbcs.gbz.ZclFields;
import org.meterbox.gbcs.gbz.ZclStatus;

/** Takes tariffs and prices, at once or at a later time (GCS01a, GCS01b). */
public final class TariffFunction implements GasFunction {
  private static final String INFORMATION = "Publish Tariff Information";
  private static final String THRESHOLDS = "Publish Block Thresholds";
  private static final String PRICES = "Publish Price Matrix";
  private static final int MAX_DAYS = 4;
  private static final int MAX_THRESHOLDS = 3;

  /** The threshold above a block that is not used: it is never reached. */
  private static final long NO_THRESHOLD = 0xFFFF_FFFF_FFFFL;

  private static final int BY_TIME_OF_USE = 1;
  private static final int FIVE_DECIMALS = 0x50;

  /** What carries out each command of these use cases that may wait, by its name. */
  public static final Map<String, Application> DATED =
      Map.of(
          CalendarCommands.CALENDAR,
          CalendarCommands::applyCalendar,
          CalendarCommands.SPECIAL_DAYS,
          CalendarCommands::applySpecialDays,
          INFORMATION,
          TariffFunction::applyInformation,
          THRESHOLDS,
          TariffFunction::applyThresholds,
          PRICES,
          TariffFunction::applyPrices);

  @Override
  public List<GasPartCodec<?>> parts() {
    return List.of(GasCalendars.CODEC, ChargingScheme.CODEC);
  }

  @Override
  public Map<String, GbzUseCase<GsmeState>> useCases() {
    ZclInvocation<GsmeState> information =
        dated(INFORMATION, TariffFunction::applyInformation)
            .only("Unit of Measure", 0)
            .only("Price Trailing Digit", FIVE_DECIMALS)
            .only("Block Threshold Multiplier", 1)
            .only("Block Threshold Divisor", 1_000);
    ZclInvocation<GsmeState> prices = dated(PRICES, TariffFunction::applyPrices);
    return Map.of(
        "GCS01a",
            GbzUseCase.of(CalendarCommands.calendar(GasCalendars.TARIFF, MAX_DAYS, 1))
                .then(CalendarCommands.specialDays(GasCalendars.TARIFF))
                .then(information)
                .then(0, 1, dated(THRESHOLDS, TariffFunction::applyThresholds))
                .then(prices),
        "GCS01b", GbzUseCase.<GsmeState>of(information).then(prices));
  }

  private static ZclInvocation<GsmeState> dated(String name, Application application) {
    return ZclInvocation.of(
        name,
        (transition, call) ->
            new ZclAnswer.Status(
                DatedCommands.carryOut(
                    transition, call.number("Start Time"), List.of(call), application)));
  }

  @Override
  public Instant next(GsmeState state, Instant after) {
    return GasTariff.of(state).timetable().nextSwitch(after);
  }

  private static ZclStatus applyInformation(Transition<GsmeState> transition, List<ZclCall> calls) {
    ZclFields fields = calls.getFirst().fields();
    long scheme = fields.number("Tariff Type/Charging Scheme");
    if (!ChargingScheme.isValid(scheme)) {
      return ZclStatus.INVALID_VALUE;
    }
    transition.updateFunction(gsme -> gsme.with(ChargingScheme.of(scheme)));
    set(
        transition,
        Map.of(
            GasAttribute.STANDING_CHARGE, fields.number("Standing Charge"),
            GasAttribute.CURRENCY, fields.number("Currency")));
    return ZclStatus.SUCCESS;
  }

  private static ZclStatus applyThresholds(Transition<GsmeState> transition, List<ZclCall> calls) {
    List<ZclFields> tiers = calls.getFirst().fields().rows("Tiers");
    if (tiers.size() != 1) {
      return ZclStatus.INVALID_VALUE;
    }
    List<Long> thresholds =
        tiers.getFirst().rows("Thresholds").stream()
            .map(row -> row.number("Block Threshold"))
            .toList();
    boolean rises = !thresholds.isEmpty() && thresholds.size() <= MAX_THRESHOLDS;
    for (int i = 1; i < thresholds.size(); i++) {
      rises &= thresholds.get(i - 1) <= thresholds.get(i);
    }
    if (!rises) {
      return ZclStatus.INVALID_VALUE;
    }
    Map<ZclAttribute, Long> changes = new HashMap<>();
    for (int block = 1; block <= MAX_THRESHOLDS; block++) {
      long threshold = block <= thresholds.size() ? thresholds.get(block - 1) : NO_THRESHOLD;
      changes.put(GasAttribute.blockThreshold(block), threshold);
    }
    set(transition, changes);
    return ZclStatus.SUCCESS;
  }

  /** The identifiers of tiers count from one, those of blocks from zero; what is not named is 0. */
  private static ZclStatus applyPrices(Transition<GsmeState> transition, List<ZclCall> calls) {
    ZclFields fields = calls.getFirst().fields();
    boolean byTime = fields.number("Sub-payload Control") == BY_TIME_OF_USE;
    Map<ZclAttribute, Long> changes = new HashMap<>();
    for (int number = 1; number <= GasAttribute.tiers(); number++) {
      changes.put(price(byTime, number), 0L);
    }
    for (ZclFields row : fields.rows("Prices")) {
      int number = (int) row.number("Tier/Block Id") + (byTime ? 0 : 1);
      if (number < 1 || number > GasAttribute.tiers()) {
        return ZclStatus.INVALID_VALUE;
      }
      changes.put(price(byTime, number), row.number("Price"));
    }
    set(transition, changes);
    return ZclStatus.SUCCESS;
  }

  private static ZclAttribute price(boolean byTime, int number) {
    return byTime ? GasAttribute.tierPrice(number) : GasAttribute.blockPrice(number);
  }

  private static void set(Transition<GsmeState> transition, Map<ZclAttribute, Long> changes) {
    transition.updateFunction(gsme -> gsme.with(GasSettings.of(gsme).with(changes)));
    changed(transition, GasCalendars.TARIFF);
  }

  /** One snapshot, however many parts of the tariff change in the same moment. */
  static void changed(Transition<GsmeState> transition, int calendarType) {
    List<Snapshot> before = GasLogs.of(transition.function()).changes();
    boolean taken = !before.isEmpty() && before.getLast().at().equals(transition.now());
    if (calendarType == GasCalendars.TARIFF && !taken) {
      GasLogs.takeSnapshot(transition, Snapshot.CHANGE_OF_TARIFF);
    }
  }
}
