// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.control;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.devices.cosem.CosemObjects;
import org.meterbox.devices.cosem.Reading;
import org.meterbox.devices.esme.control.ControlState.Period;
import org.meterbox.devices.esme.control.ControlState.Port;
import org.meterbox.devices.esme.event.EsmeEvents;
import org.meterbox.devices.esme.state.EsmeOption;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.dlms.AccessResult;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.DlmsValue.OctetString;
import org.meterbox.gbcs.dlms.DlmsValue.UInt16;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.Octets;

/** Auxiliary controllers and boost as COSEM objects: periods, scripts, states. */
final class ControlObjects {
  private static final CosemAttribute SET_SCRIPT = CosemAttribute.of(9, "0-0:10.0.103.255", 1);
  private static final CosemAttribute LIMIT_SCRIPT = CosemAttribute.of(9, "0-0:10.0.107.255", 1);
  private static final CosemAttribute BOOST_AVAILABLE = CosemAttribute.of(1, "0-0:94.44.7.255", 2);
  private static final CosemAttribute BOOSTS = CosemAttribute.of(7, "0-0:99.98.20.255", 2);

  private static final int LIMIT_PROCESSED = 0x8F86;
  private static final MessageCode LIMIT_PROCESSED_ALERT = new MessageCode(0x0121);

  private static final int LEGACY_ACTIVATE = 0x11;
  private static final int LEGACY_DEACTIVATE = 0x12;
  private static final int LEGACY_RESET = 0x20;
  private static final long SECONDS_PER_MINUTE = 60;

  private ControlObjects() {}

  static void addTo(CosemObjects<EsmeState> objects) {
    for (int number = 1; number <= ControllerPort.CONTROLLERS; number++) {
      for (int part = 1; part <= 4; part++) {
        CosemAttribute period = period(number, part);
        objects.writes(period, (transition, value) -> write(transition, period, value));
      }
      addState(objects, number);
    }
    objects.acts(SET_SCRIPT, ControlObjects::set);
    objects.acts(LIMIT_SCRIPT, ControlObjects::limit);
    objects.reads(
        BOOST_AVAILABLE,
        (state, _) -> new Reading.Value(DlmsValue.Bool.of(canBoost(state.function()))));
    objects.reads(
        BOOSTS,
        (state, query) ->
            canBoost(state.function())
                ? state.function().part(ControlState.class).boosts().reading(query)
                : new Reading.Denied(AccessResult.OBJECT_UNDEFINED));
  }

  private static boolean canBoost(EsmeState esme) {
    return esme.options().contains(EsmeOption.BOOST_BUTTON);
  }

  /** Start and end of a set period, then of a limit. */
  private static CosemAttribute period(int number, int part) {
    return CosemAttribute.of(
        1, String.format(Locale.ROOT, "0-0:94.44.%d.%d", 116 + number, part), 2);
  }

  private static CosemAttribute type(int number) {
    return CosemAttribute.of(1, String.format(Locale.ROOT, "0-0:94.44.0.%d", 20 + number), 2);
  }

  private static void addState(CosemObjects<EsmeState> objects, int number) {
    objects.reads(
        CosemAttribute.of(70, String.format(Locale.ROOT, "0-%d:96.3.10.255", number), 2),
        (state, _) ->
            exists(state.function(), number)
                ? new Reading.Value(DlmsValue.Bool.of(level(state.function(), number, true) > 0))
                : new Reading.Denied(AccessResult.OBJECT_UNDEFINED));
    objects.reads(
        CosemAttribute.of(1, String.format(Locale.ROOT, "0-0:94.44.0.%d", 30 + number), 2),
        (state, _) -> new Reading.Value(operation(state.function(), number)));
  }

  /** The state in JSON; an empty object where there is no such controller. */
  private static DlmsValue operation(EsmeState esme, int number) {
    String json =
        exists(esme, number)
            ? String.format(
                Locale.ROOT,
                "{\"outputState\": %d, \"inputState\": %d}",
                level(esme, number, true),
                level(esme, number, false))
            : "{}";
    return new DlmsValue.Utf8String(Octets.of(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static int level(EsmeState esme, int number, boolean output) {
    return esme.part(ControlState.class).port(new ControllerPort(number, output)).level();
  }

  /** A controller is there where its type has octets: zero, the device's, or FF. */
  private static boolean exists(EsmeState esme, int number) {
    return esme.settings()
        .get(type(number))
        .filter(value -> value instanceof OctetString(Octets octets) && octets.length() > 0)
        .isPresent();
  }

  private static boolean isProportional(EsmeState esme, int number) {
    return esme.settings()
        .get(type(number))
        .filter(value -> value instanceof OctetString(Octets octets) && octets.length() == 1)
        .isPresent();
  }

  private static AccessResult write(
      Transition<EsmeState> transition, CosemAttribute attribute, DlmsValue value) {
    boolean time = DlmsDateTime.of(value).isPresent();
    if (!time && !(value instanceof UInt16)) {
      return AccessResult.TYPE_UNMATCHED;
    }
    transition.updateFunction(
        esme -> esme.with(esme.part(ControlState.class).withWritten(attribute, value)));
    return AccessResult.SUCCESS;
  }

  /** A level with its period, or before there were levels: on or off for minutes, or reset. */
  private static AccessResult set(Transition<EsmeState> transition, DlmsValue data) {
    if (!(data instanceof UInt16(int selector))) {
      return AccessResult.TYPE_UNMATCHED;
    }
    int high = selector >>> 8;
    int low = selector & 0xFF;
    if (high >= 1 && high <= ControllerPort.CONTROLLERS) {
      return setForMinutes(transition, high, low);
    }
    Optional<ControllerPort> port = port(high);
    if (port.isEmpty() || !exists(transition.function(), port.get().number())) {
      return AccessResult.OBJECT_UNDEFINED;
    }
    Optional<Period> period = written(transition.function(), port.get().number(), 1, low);
    if (period.isEmpty() || !mayTake(transition.function(), port.get(), low)) {
      return AccessResult.SCOPE_OF_ACCESS_VIOLATED;
    }
    put(transition, port.get(), period, false);
    return AccessResult.SUCCESS;
  }

  /** A switch is on or off and has no input. */
  private static boolean mayTake(EsmeState esme, ControllerPort port, int level) {
    return isProportional(esme, port.number())
        ? level <= ControllerPort.MAX_LEVEL
        : port.output() && (level == 0 || level == ControllerPort.MAX_LEVEL);
  }

  private static AccessResult setForMinutes(
      Transition<EsmeState> transition, int number, int action) {
    ControllerPort port = new ControllerPort(number, true);
    EsmeState esme = transition.function();
    if (!exists(esme, number)) {
      return AccessResult.OBJECT_UNDEFINED;
    }
    if (action == LEGACY_RESET) {
      put(transition, port, Optional.empty(), false);
      return AccessResult.SUCCESS;
    }
    if (action != LEGACY_ACTIVATE && action != LEGACY_DEACTIVATE) {
      return AccessResult.SCOPE_OF_ACCESS_VIOLATED;
    }
    boolean on = action == LEGACY_ACTIVATE;
    Instant now = transition.now();
    DlmsValue minutes =
        esme.part(ControlState.class)
            .written()
            .getOrDefault(period(number, on ? 1 : 2), DlmsValue.NullData.VALUE);
    if (!(minutes instanceof UInt16(int duration))) {
      return AccessResult.SCOPE_OF_ACCESS_VIOLATED;
    }
    Period period =
        new Period(
            on ? ControllerPort.MAX_LEVEL : 0, now, now.plusSeconds(duration * SECONDS_PER_MINUTE));
    put(transition, port, Optional.of(period), false);
    return AccessResult.SUCCESS;
  }

  /** A cap on a proportional controller; the supplier is told what came of it (ECS101). */
  private static AccessResult limit(Transition<EsmeState> transition, DlmsValue data) {
    if (!(data instanceof UInt16(int selector))) {
      return AccessResult.TYPE_UNMATCHED;
    }
    Optional<ControllerPort> port = port(selector >>> 8);
    int level = selector & 0xFF;
    if (port.isEmpty() || !isProportional(transition.function(), port.get().number())) {
      return AccessResult.OBJECT_UNDEFINED;
    }
    Optional<Period> period = written(transition.function(), port.get().number(), 3, level);
    if (period.isEmpty() || level > ControllerPort.MAX_LEVEL) {
      return AccessResult.SCOPE_OF_ACCESS_VIOLATED;
    }
    put(transition, port.get(), period, true);
    Port changed = transition.function().part(ControlState.class).port(port.get());
    int resulting =
        ControlFunction.level(
            transition.function(),
            port.get(),
            changed.setting(),
            changed.limit(),
            transition.now());
    EsmeEvents.raise(
        transition,
        LIMIT_PROCESSED,
        LIMIT_PROCESSED_ALERT,
        new DlmsValue.UInt8(port.get().code()),
        DlmsDateTime.of(period.get().from()).toValue(),
        DlmsDateTime.of(period.get().until()).toValue(),
        new DlmsValue.UInt8(resulting));
    return AccessResult.SUCCESS;
  }

  private static Optional<ControllerPort> port(int code) {
    return ControlFunction.PORTS.stream().filter(port -> port.code() == code).findFirst();
  }

  private static Optional<Period> written(EsmeState esme, int number, int first, int level) {
    ControlState control = esme.part(ControlState.class);
    Optional<Instant> from = time(control, period(number, first));
    Optional<Instant> until = time(control, period(number, first + 1));
    return from.flatMap(f -> until.filter(u -> !u.isBefore(f)).map(u -> new Period(level, f, u)));
  }

  private static Optional<Instant> time(ControlState control, CosemAttribute attribute) {
    return DlmsDateTime.of(control.written().getOrDefault(attribute, DlmsValue.NullData.VALUE))
        .flatMap(DlmsDateTime::instant);
  }

  private static void put(
      Transition<EsmeState> transition,
      ControllerPort which,
      Optional<Period> period,
      boolean isLimit) {
    transition.updateFunction(esme -> {
      ControlState control = esme.part(ControlState.class);
      Port port = control.port(which);
      return esme.with(
          control.with(
              which,
              isLimit
                  ? new Port(port.setting(), period, port.level())
                  : new Port(period, port.limit(), port.level())));
    });
  }
}
