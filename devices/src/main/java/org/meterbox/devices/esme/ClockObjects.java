// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.meterbox.devices.cosem.Change;
import org.meterbox.devices.cosem.CosemObjects;
import org.meterbox.devices.cosem.Reading;
import org.meterbox.devices.esme.ClockState.Status;
import org.meterbox.devices.machine.DeviceEvent;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.devices.machine.LogEntry;
import org.meterbox.gbcs.dlms.AccessResult;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.kernel.Octets;

/**
 * The clock as a COSEM object (class 8). Setting it names a span of time; where the hub's time lies
 * in it, the meter believes the hub.
 */
final class ClockObjects {
  private static final String CLOCK = "0-0:1.0.0.255";
  private static final CosemAttribute TIME = CosemAttribute.of(8, CLOCK, 2);
  private static final CosemAttribute STATUS = CosemAttribute.of(8, CLOCK, 4);
  private static final CosemAttribute CLOCK_BASE = CosemAttribute.of(8, CLOCK, 9);
  private static final CosemAttribute ADJUST_TO_PRESET = CosemAttribute.of(8, CLOCK, 4);
  private static final CosemAttribute PRESET = CosemAttribute.of(8, CLOCK, 5);

  private static final DlmsValue RADIO_CONTROLLED = new DlmsValue.Enumerated(5);
  private static final int NOT_ADJUSTED = 0x81C6;

  private ClockObjects() {}

  static void addTo(CosemObjects<EsmeState> objects) {
    objects.reads(TIME, (_, query) -> new Reading.Value(DlmsDateTime.of(query.now()).toValue()));
    objects.reads(
        STATUS,
        (state, _) ->
            new Reading.Value(new DlmsValue.UInt8(state.function().clock().status().number())));
    objects.writes(CLOCK_BASE, (state, value, _) -> setBase(state, value));
    objects.acts(PRESET, (state, span, _) -> preset(state, span));
    objects.acts(ADJUST_TO_PRESET, (state, _, now) -> adjust(state, now));
  }

  /** The clock's base is the hub's time and nothing else. */
  private static Change<EsmeState> setBase(DeviceState<EsmeState> state, DlmsValue base) {
    return base.equals(RADIO_CONTROLLED)
        ? Change.done(state, List.of())
        : Change.denied(state, AccessResult.SCOPE_OF_ACCESS_VIOLATED);
  }

  /** {preset time, which GBCS leaves at "never", start and end of the span}. */
  private static Change<EsmeState> preset(DeviceState<EsmeState> state, DlmsValue span) {
    if (span instanceof DlmsValue.Structure(List<DlmsValue> parts) && parts.size() == 3) {
      Optional<Instant> from = DlmsDateTime.of(parts.get(1)).flatMap(DlmsDateTime::instant);
      Optional<Instant> to = DlmsDateTime.of(parts.get(2)).flatMap(DlmsDateTime::instant);
      if (from.isPresent() && to.isPresent() && !to.get().isBefore(from.get())) {
        ClockState clock = new ClockState(state.function().clock().status(), from.get(), to.get());
        return Change.done(state.withFunction(state.function().withClock(clock)), List.of());
      }
    }
    return Change.denied(state, AccessResult.TYPE_UNMATCHED);
  }

  /** Done either way; the status that is read next tells what came of it. */
  private static Change<EsmeState> adjust(DeviceState<EsmeState> state, Instant now) {
    ClockState clock = state.function().clock();
    if (clock.covers(now)) {
      return Change.done(withStatus(state, Status.RELIABLE), List.of());
    }
    return Change.done(
        withStatus(state, Status.UNRELIABLE)
            .withEventEntry(new LogEntry(now, NOT_ADJUSTED, Octets.EMPTY)),
        List.of(new DeviceEvent.Logged(NOT_ADJUSTED)));
  }

  private static DeviceState<EsmeState> withStatus(DeviceState<EsmeState> state, Status status) {
    ClockState clock = state.function().clock();
    return state.withFunction(
        state.function().withClock(new ClockState(status, clock.validFrom(), clock.validTo())));
  }
}
