// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.valve;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.meterbox.devices.esme.supply.SupplyEvent;
import org.meterbox.devices.esme.supply.SupplyState;
import org.meterbox.devices.esme.supply.SupplyState.Cause;
import org.meterbox.devices.esme.supply.SupplyState.Position;
import org.meterbox.devices.esme.supply.SupplySwitch;
import org.meterbox.devices.gas.event.GasEvents;
import org.meterbox.devices.gas.register.Volumes;
import org.meterbox.devices.gas.state.GasAttribute;
import org.meterbox.devices.gas.state.GasFunction;
import org.meterbox.devices.gas.state.GasPartCodec;
import org.meterbox.devices.gas.state.GasSettings;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.devices.gas.valve.ValveState.LeakTest;
import org.meterbox.devices.gbz.GbzUseCase;
import org.meterbox.devices.gbz.ZclAnswer;
import org.meterbox.devices.gbz.ZclCall;
import org.meterbox.devices.gbz.ZclInvocation;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.gbz.ZclStatus;

/**
 * The valve: closed and armed from afar, opened at the meter only, and closed again where gas flows
 * although nothing should burn (GCS24, GCS24a, GCS32, GCS39).
 */
public final class ValveFunction implements GasFunction {
  private static final int USER_COMMAND_DONE = 0x8161;
  private static final int USER_COMMAND_REFUSED = 0x8162;
  private static final int VALVE_TESTED = 0x8184;
  private static final int UNCONTROLLED_FLOW = 0x81BF;
  private static final int ENABLE_AT_METER = 0x000E;
  private static final int TEST_AT_METER = 0x0018;

  /** Change Supply: closed, armed. */
  private static final int CLOSED = 0;

  private static final int ARMED = 1;

  /** A state that says to lock the supply, and one that leaves it. */
  private static final long LOCK = 0;

  private static final long UNCHANGED = 3;
  private static final ZclStatus ACTION_DENIED = new ZclStatus(0x93);
  private static final int REPLY = 0x09;

  /** A tenth of a second, the unit of the stabilisation period. */
  private static final long TENTH_MILLIS = 100;

  private static final long LITRES_PER_CUBIC_METRE = 1_000;

  @Override
  public List<GasPartCodec<?>> parts() {
    return List.of(ValveState.CODEC, Battery.CODEC);
  }

  @Override
  public Map<String, GbzUseCase<GsmeState>> useCases() {
    return Map.of(
        "GCS32", change(CLOSED, SupplyEvent.DISABLED_REMOTELY),
        "GCS39", change(ARMED, SupplyEvent.ARMED_REMOTELY),
        "GCS24", settings(1),
        "GCS24a", settings(10_000));
  }

  private static GbzUseCase<GsmeState> change(int status, SupplyEvent event) {
    return GbzUseCase.of(
        ZclInvocation.<GsmeState>of(
                "Change Supply", (transition, call) -> change(transition, call, event))
            .only("Implementation Date/Time", 0)
            .only("Proposed Supply Status", status));
  }

  private static ZclAnswer change(
      Transition<GsmeState> transition, ZclCall call, SupplyEvent event) {
    if (!move(transition, event)) {
      return ZclAnswer.refused(ACTION_DENIED);
    }
    return new ZclAnswer.Frames(
        List.of(
            call.answer(
                REPLY,
                "Supply Status Response",
                fields ->
                    fields
                        .number("Provider Id", call.number("Provider Id"))
                        .number("Issuer Event Id", call.number("Issuer Event Id"))
                        .number("Implementation Date/Time", call.number("Implementation Date/Time"))
                        .number(
                            "Supply Status after Implementation",
                            ValveState.of(transition.function()).status()))));
  }

  private static GbzUseCase<GsmeState> settings(long divisor) {
    return GbzUseCase.of(
            ZclInvocation.<GsmeState>of(
                    "Set Uncontrolled Flow Threshold", ValveFunction::setFlowThreshold)
                .only("Unit of Measure", 1)
                .only("Multiplier", 1)
                .only("Divisor", divisor))
        .then(ZclInvocation.of("Set Supply Status", ValveFunction::setSupplyStatus));
  }

  private static ZclAnswer setFlowThreshold(Transition<GsmeState> transition, ZclCall call) {
    set(
        transition,
        Map.of(
            GasAttribute.FLOW_THRESHOLD, call.number("Uncontrolled Flow Threshold"),
            GasAttribute.FLOW_MULTIPLIER, call.number("Multiplier"),
            GasAttribute.FLOW_DIVISOR, call.number("Divisor"),
            GasAttribute.FLOW_STABILISATION, call.number("Stabilisation Period"),
            GasAttribute.FLOW_MEASUREMENT, call.number("Measurement Period")));
    return ZclAnswer.done();
  }

  private static ZclAnswer setSupplyStatus(Transition<GsmeState> transition, ZclCall call) {
    long tamper = call.number("Supply Tamper State");
    long depletion = call.number("Supply Depletion State");
    if (!isState(tamper) || !isState(depletion)) {
      return ZclAnswer.refused(ZclStatus.INVALID_VALUE);
    }
    set(
        transition,
        Map.of(
            GasAttribute.SUPPLY_TAMPER_STATE, tamper,
            GasAttribute.SUPPLY_DEPLETION_STATE, depletion));
    if (tamper == UNCHANGED) {
      move(transition, SupplyEvent.TAMPER_LOCK_RELEASED);
    }
    if (depletion == UNCHANGED) {
      releaseDepletionLock(transition);
    }
    return ZclAnswer.done();
  }

  private static boolean isState(long state) {
    return state == LOCK || state == UNCHANGED;
  }

  private static void set(
      Transition<GsmeState> transition, Map<org.meterbox.gbcs.gbz.ZclAttribute, Long> changes) {
    transition.updateFunction(gsme -> gsme.with(GasSettings.of(gsme).with(changes)));
  }

  /**
   * Moves the valve, and raises what there is to say of it.
   *
   * @return whether the event was accepted; where not, the valve stays as it was
   */
  public static boolean move(Transition<GsmeState> transition, SupplyEvent event) {
    SupplySwitch.Outcome outcome =
        SupplySwitch.apply(ValveState.of(transition.function()).supply(), event);
    put(transition, outcome.state());
    outcome.codes().forEach(code -> GasEvents.raise(transition, code));
    return outcome.accepted();
  }

  private static void put(Transition<GsmeState> transition, SupplyState supply) {
    transition.updateFunction(gsme -> {
      ValveState valve = ValveState.of(gsme);
      Optional<LeakTest> test = supply.isEnabled() ? valve.leakTest() : Optional.empty();
      return gsme.with(new ValveState(supply, test));
    });
  }

  /**
   * The consumer opens the valve at the meter, with all appliances off; what flows then is a leak.
   *
   * @return whether the valve was armed and is open now
   */
  public static boolean openAtMeter(Transition<GsmeState> transition) {
    GsmeState gsme = transition.function();
    if (ValveState.of(gsme).supply().position() != Position.ARMED) {
      GasEvents.raiseUserCommand(transition, USER_COMMAND_REFUSED, ENABLE_AT_METER);
      return false;
    }
    GasSettings settings = GasSettings.of(gsme);
    long settling =
        Math.ceilDiv(settings.number(GasAttribute.FLOW_STABILISATION) * TENTH_MILLIS, 1_000L);
    Instant from = transition.now().plus(Duration.ofSeconds(settling));
    Instant until = from.plusSeconds(settings.number(GasAttribute.FLOW_MEASUREMENT));
    LeakTest test = new LeakTest(from, until, OptionalLong.empty());
    transition.updateFunction(
        before -> before.with(new ValveState(SupplyState.ENABLED, Optional.of(test))));
    GasEvents.raiseUserCommand(transition, USER_COMMAND_DONE, ENABLE_AT_METER);
    return true;
  }

  /** The fitter has the meter test its valve. */
  public static void testAtMeter(Transition<GsmeState> transition) {
    GasEvents.raise(transition, VALVE_TESTED);
    GasEvents.raiseUserCommand(transition, USER_COMMAND_DONE, TEST_AT_METER);
  }

  @Override
  public Instant next(GsmeState state, Instant after) {
    Instant battery = Battery.of(state).countedUntil().plus(Battery.DAY);
    Instant test =
        ValveState.of(state)
            .leakTest()
            .map(t -> t.total().isEmpty() ? t.measureFrom() : t.until())
            .orElse(Instant.MAX);
    Instant next = test.isBefore(battery) ? test : battery;
    return next.isAfter(after) ? next : after.plusSeconds(1);
  }

  @Override
  public void due(Transition<GsmeState> transition) {
    Battery.countDays(transition);
    ValveState valve = ValveState.of(transition.function());
    valve.leakTest().ifPresent(test -> testLeak(transition, valve, test));
  }

  private static void testLeak(Transition<GsmeState> transition, ValveState valve, LeakTest test) {
    long total = Volumes.of(transition.function()).total();
    Instant now = transition.now();
    LeakTest begun = test;
    if (test.total().isEmpty() && !test.measureFrom().isAfter(now)) {
      begun = new LeakTest(test.measureFrom(), test.until(), OptionalLong.of(total));
    }
    if (begun.total().isEmpty() || begun.until().isAfter(now)) {
      LeakTest going = begun;
      transition.updateFunction(
          gsme -> gsme.with(new ValveState(valve.supply(), Optional.of(going))));
      return;
    }
    boolean leaks = isAboveThreshold(transition.function(), begun, total);
    if (leaks) {
      Set<Cause> causes = EnumSet.of(Cause.UNCONTROLLED_FLOW);
      put(transition, new SupplyState(Position.ARMED, causes));
      GasEvents.raise(transition, UNCONTROLLED_FLOW);
      GasEvents.raise(transition, SupplySwitch.SUPPLY_ARMED);
    } else {
      transition.updateFunction(
          gsme -> gsme.with(new ValveState(SupplyState.ENABLED, Optional.empty())));
    }
  }

  /** Whether more flowed in the measurement than the threshold, m3 an hour, lets pass. */
  private static boolean isAboveThreshold(GsmeState gsme, LeakTest test, long total) {
    GasSettings settings = GasSettings.of(gsme);
    long seconds = Duration.between(test.measureFrom(), test.until()).toSeconds();
    long parts = total - test.total().orElse(total);
    long allowed =
        settings.number(GasAttribute.FLOW_THRESHOLD)
            * settings.number(GasAttribute.FLOW_MULTIPLIER)
            * LITRES_PER_CUBIC_METRE
            * seconds;
    return parts * Math.max(1, settings.number(GasAttribute.FLOW_DIVISOR)) > allowed;
  }

  /** The battery is empty: the valve closes where the supply depletion state says so. */
  static void depleted(Transition<GsmeState> transition) {
    long state = GasSettings.of(transition.function()).number(GasAttribute.SUPPLY_DEPLETION_STATE);
    if (state == LOCK) {
      Set<Cause> causes = EnumSet.of(Cause.DEPLETION_LOCK);
      causes.addAll(ValveState.of(transition.function()).supply().causes());
      put(transition, new SupplyState(Position.DISABLED, causes));
    }
  }

  /** Without the lock the valve stays closed, as after a supplier's command. */
  static void releaseDepletionLock(Transition<GsmeState> transition) {
    SupplyState supply = ValveState.of(transition.function()).supply();
    if (supply.causes().contains(Cause.DEPLETION_LOCK)) {
      Set<Cause> causes = EnumSet.of(Cause.REMOTE);
      causes.addAll(supply.causes());
      causes.remove(Cause.DEPLETION_LOCK);
      put(transition, new SupplyState(Position.DISABLED, causes));
    }
  }
}
