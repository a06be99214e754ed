// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.clock;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterbox.devices.esme.clock.ClockState.Status;
import org.meterbox.devices.gas.event.GasEvents;
import org.meterbox.devices.gas.state.GasFunction;
import org.meterbox.devices.gas.state.GasPartCodec;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.devices.machine.Asn1Handler;
import org.meterbox.devices.machine.Call;
import org.meterbox.devices.machine.DeviceModel;
import org.meterbox.devices.machine.Execution;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.asn1.ClockContent.ClockReading;
import org.meterbox.gbcs.asn1.ClockContent.SetClock;
import org.meterbox.gbcs.asn1.GeneralizedTime;

/**
 * Sets the clock (GCS28): the command names a span of time; where the hub's time lies in it, the
 * meter believes the hub.
 */
public final class GasClockFunction implements GasFunction {
  private static final int NOT_ADJUSTED = 0x81C6;

  @Override
  public List<GasPartCodec<?>> parts() {
    return List.of(GasClock.CODEC);
  }

  @Override
  public Map<String, DeviceModel.Handler<GsmeState>> handlers() {
    return Map.of("GCS28", Asn1Handler.of(SetClock.class, GasClockFunction::set));
  }

  private static Execution set(Transition<GsmeState> transition, Call call, SetClock command) {
    Optional<Instant> from = command.validityStart().instant();
    Optional<Instant> to = command.validityEnd().instant();
    if (from.isEmpty() || to.isEmpty() || to.get().isBefore(from.get())) {
      return new Execution.Malformed();
    }
    Instant now = transition.now();
    boolean believed = !now.isBefore(from.get()) && !now.isAfter(to.get());
    Status status = believed ? Status.RELIABLE : Status.UNRELIABLE;
    transition.updateFunction(gsme -> gsme.with(new GasClock(status)));
    if (!believed) {
      GasEvents.raise(transition, NOT_ADJUSTED);
    }
    return Asn1Handler.answer(new ClockReading(GeneralizedTime.of(now), status.number()));
  }
}
