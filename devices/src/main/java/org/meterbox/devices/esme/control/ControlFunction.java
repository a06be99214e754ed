// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.control;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.devices.cosem.CosemObjects;
import org.meterbox.devices.esme.condition.Condition;
import org.meterbox.devices.esme.condition.MeterCondition;
import org.meterbox.devices.esme.control.ControlState.Period;
import org.meterbox.devices.esme.control.ControlState.Port;
import org.meterbox.devices.esme.event.EsmeEvents;
import org.meterbox.devices.esme.state.EsmeFunction;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.PartCodec;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.LogTimestamp;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/**
 * The auxiliary controllers: a limit caps everything; below it a set period goes before the boost,
 * and the boost before the calendar (SMETS 5.7.5.37 and 5.7.5.38; the order is ours where the
 * published facts are silent).
 */
public final class ControlFunction implements EsmeFunction {
  private static final int STATE_CHANGED = 0x8131;
  private static final int NOT_CHANGED = 0x811A;
  private static final int SUCCESS = 1;
  private static final int FAILURE = 2;
  private static final int USER_COMMAND_DONE = 0x8161;

  /** Commands of the user interface, as their event names them. */
  private static final int ACTIVATE_BOOST = 0x0001;

  private static final int CANCEL_BOOST = 0x000A;
  private static final int EXTEND_BOOST = 0x000F;
  private static final int LIMIT_ENDED = 0x8F87;
  private static final MessageCode LIMIT_ENDED_ALERT = new MessageCode(0x0122);
  private static final int EVENT_OCTETS = 7;
  private static final int SWITCHED_ON = 0x11;
  private static final int SWITCHED_OFF = 0x12;
  private static final Duration LONGEST_BOOST = Duration.ofMinutes(60);

  static final List<ControllerPort> PORTS = ports();

  private static List<ControllerPort> ports() {
    List<ControllerPort> ports = new ArrayList<>();
    for (boolean output : new boolean[] {true, false}) {
      for (int number = 1; number <= ControllerPort.CONTROLLERS; number++) {
        ports.add(new ControllerPort(number, output));
      }
    }
    return List.copyOf(ports);
  }

  @Override
  public List<PartCodec<?>> parts() {
    return List.of(ControlState.CODEC);
  }

  @Override
  public List<String> useCases() {
    return List.of(
        "ECS46a", "ECS46c", "ECS46d", "ECS47", "ECS47a", "ECS47e", "ECS61a", "ECS61c", "ECS61d",
        "ECS61e", "ECS62");
  }

  @Override
  public void addTo(CosemObjects<EsmeState> objects) {
    ControlObjects.addTo(objects);
  }

  @Override
  public Instant next(EsmeState state, Instant after) {
    Instant next = ControllerCalendar.of(state.settings()).next(after);
    ControlState control = state.part(ControlState.class);
    for (Port port : control.ports()) {
      next = earlier(next, port.setting(), after);
      next = earlier(next, port.limit(), after);
    }
    return earlier(next, control.boost(), after);
  }

  private static Instant earlier(Instant next, Optional<Period> period, Instant after) {
    if (period.isEmpty()) {
      return next;
    }
    Instant edge = period.get().from().isAfter(after) ? period.get().from() : period.get().until();
    Instant possible = edge.isAfter(after) ? edge : after.plusSeconds(1);
    return possible.isBefore(next) ? possible : next;
  }

  @Override
  public void due(Transition<EsmeState> transition) {
    endBoost(transition);
    for (ControllerPort port : PORTS) {
      adjust(transition, port);
    }
  }

  /**
   * Presses the boost button. A boost that goes on is made longer, to an hour in all.
   *
   * @param time how long, at most an hour
   */
  public static void boost(Transition<EsmeState> transition, Duration time) {
    boolean goesOn = transition.function().part(ControlState.class).boost().isPresent();
    tellUser(transition, goesOn ? EXTEND_BOOST : ACTIVATE_BOOST);
    Instant now = transition.now();
    transition.updateFunction(esme -> {
      ControlState control = esme.part(ControlState.class);
      Instant from = control.boost().map(Period::from).orElse(now);
      Instant wanted = control.boost().map(Period::until).orElse(now).plus(time);
      Instant latest = from.plus(LONGEST_BOOST);
      Instant until = wanted.isAfter(latest) ? latest : wanted;
      return esme.with(
          control.withBoost(
              Optional.of(new Period(ControllerPort.MAX_LEVEL, from, until)), control.boosts()));
    });
  }

  /**
   * The consumer ends the boost that goes on.
   *
   * @return whether there was one
   */
  public static boolean cancelBoostAtMeter(Transition<EsmeState> transition) {
    boolean goesOn = transition.function().part(ControlState.class).boost().isPresent();
    if (goesOn) {
      cancelBoost(transition);
      tellUser(transition, CANCEL_BOOST);
    }
    return goesOn;
  }

  private static void tellUser(Transition<EsmeState> transition, int command) {
    EsmeEvents.raise(transition, USER_COMMAND_DONE, new OctetWriter(2).u16(command).toOctets());
  }

  /** Ends the boost that goes on. */
  public static void cancelBoost(Transition<EsmeState> transition) {
    transition.updateFunction(esme -> {
      ControlState control = esme.part(ControlState.class);
      return control
          .boost()
          .map(boost ->
              esme.with(
                  control.withBoost(
                      Optional.empty(),
                      control
                          .boosts()
                          .with(boost.from(), LogTimestamp.of(transition.now()).seconds()))))
          .orElse(esme);
    });
  }

  private static void endBoost(Transition<EsmeState> transition) {
    boolean over =
        transition
            .function()
            .part(ControlState.class)
            .boost()
            .filter(boost -> !boost.until().isAfter(transition.now()))
            .isPresent();
    if (over) {
      cancelBoost(transition);
    }
  }

  private static void adjust(Transition<EsmeState> transition, ControllerPort which) {
    Instant now = transition.now();
    ControlState control = transition.function().part(ControlState.class);
    Port before = control.port(which);
    Optional<Period> setting = before.setting().filter(p -> p.until().isAfter(now));
    Optional<Period> limit = before.limit().filter(p -> p.until().isAfter(now));
    int wanted = level(transition.function(), which, setting, limit, now);
    boolean stuck =
        wanted != before.level()
            && MeterCondition.of(transition.function()).has(Condition.CONTROLLERS_STUCK);
    int level = stuck ? before.level() : wanted;
    if (stuck) {
      tellFailure(transition, which, wanted);
    }
    Port after = new Port(setting, limit, level);
    if (after.equals(before)) {
      return;
    }
    transition.updateFunction(esme -> esme.with(esme.part(ControlState.class).with(which, after)));
    if (level != before.level()) {
      EsmeEvents.raise(transition, STATE_CHANGED, entry(which, level, SUCCESS));
    }
    if (before.limit().isPresent() && limit.isEmpty()) {
      EsmeEvents.raise(
          transition,
          LIMIT_ENDED,
          LIMIT_ENDED_ALERT,
          new DlmsValue.UInt8(which.code()),
          new DlmsValue.UInt8(level));
    }
  }

  /** What the log of the controllers carries of a change: which, to what, and its outcome. */
  private static Octets entry(ControllerPort which, int level, int outcome) {
    return new OctetWriter(EVENT_OCTETS)
        .u16(which.number() << 8 | (level > 0 ? SWITCHED_ON : SWITCHED_OFF))
        .u8(outcome)
        .u32(0)
        .toOctets();
  }

  private static void tellFailure(
      Transition<EsmeState> transition, ControllerPort which, int wanted) {
    MeterCondition condition = MeterCondition.of(transition.function());
    if (!condition.has(Condition.CONTROLLER_FAILURE_TOLD)) {
      transition.updateFunction(
          esme -> esme.with(condition.with(Condition.CONTROLLER_FAILURE_TOLD)));
      EsmeEvents.raise(transition, NOT_CHANGED, entry(which, wanted, FAILURE));
    }
  }

  /** What holds for an output or input at an instant. */
  static int level(
      EsmeState esme,
      ControllerPort port,
      Optional<Period> setting,
      Optional<Period> limit,
      Instant now) {
    int level =
        setting
            .filter(p -> p.covers(now))
            .map(Period::level)
            .orElseGet(() -> unset(esme, port, now));
    return limit.filter(p -> p.covers(now)).map(p -> Math.min(p.level(), level)).orElse(level);
  }

  private static CosemAttribute boosted(ControllerPort port) {
    return CosemAttribute.of(1, String.format(Locale.ROOT, "0-0:94.44.6.%d", port.number()), 2);
  }

  private static int unset(EsmeState esme, ControllerPort port, Instant now) {
    boolean boost =
        port.output()
            && esme.part(ControlState.class).boost().filter(p -> p.covers(now)).isPresent()
            && esme.settings().isTrue(boosted(port));
    return boost
        ? ControllerPort.MAX_LEVEL
        : ControllerCalendar.of(esme.settings()).level(port, now).orElse(0);
  }
}
