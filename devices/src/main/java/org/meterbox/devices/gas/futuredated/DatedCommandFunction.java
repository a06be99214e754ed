// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.futuredated;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.meterbox.devices.gas.event.GasEvents;
import org.meterbox.devices.gas.futuredated.DatedCommands.Application;
import org.meterbox.devices.gas.futuredated.PendingCommands.Pending;
import org.meterbox.devices.gas.state.GasFunction;
import org.meterbox.devices.gas.state.GasPartCodec;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.devices.gbz.ZclCall;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.alert.FutureDatedOutcome;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.gbz.Component;
import org.meterbox.gbcs.gbz.GbzAlert;
import org.meterbox.gbcs.gbz.GbzMessage;
import org.meterbox.gbcs.gbz.ZclFrame;
import org.meterbox.gbcs.gbz.ZclStatus;
import org.meterbox.kernel.DecodeException;

/** Does what waits when its time has come, and tells its sender of each command. */
public final class DatedCommandFunction implements GasFunction {
  private static final MessageCode ALERT = new MessageCode(0x00CD);

  private final Map<String, Application> applications;

  /**
   * A function that carries out these commands.
   *
   * @param applications by the name of the command that names the time
   */
  public DatedCommandFunction(Map<String, Application> applications) {
    this.applications = Map.copyOf(applications);
  }

  @Override
  public List<GasPartCodec<?>> parts() {
    return List.of(PendingCommands.CODEC);
  }

  @Override
  public Instant next(GsmeState state, Instant after) {
    Instant next = Instant.MAX;
    for (Pending pending : PendingCommands.of(state).pending()) {
      next = pending.at().isBefore(next) ? pending.at() : next;
    }
    return next.isAfter(after) ? next : after.plusSeconds(1);
  }

  @Override
  public void due(Transition<GsmeState> transition) {
    for (Pending pending : PendingCommands.of(transition.function()).pending()) {
      if (!pending.at().isAfter(transition.now())) {
        carryOut(transition, pending);
      }
    }
  }

  private void carryOut(Transition<GsmeState> transition, Pending pending) {
    transition.updateFunction(gsme -> gsme.with(PendingCommands.of(gsme).without(pending.kind())));
    List<ZclCall> calls = calls(pending);
    ZclFrame first = calls.getFirst().frame();
    Application application = applications.get(first.name());
    if (application == null) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "nothing carries out %s when it is due", first.name()));
    }
    Transition.Savepoint<GsmeState> before = transition.savepoint();
    boolean done = application.apply(transition, calls).equals(ZclStatus.SUCCESS);
    if (!done) {
      transition.rollBack(before);
    }
    GasEvents.sendOutcome(
        transition,
        done ? FutureDatedOutcome.SUCCEEDED : FutureDatedOutcome.FAILED,
        ALERT,
        pending.sender(),
        new GbzAlert.FutureDated(
            pending.code(),
            pending.counter(),
            first.cluster(),
            first.header().frameControl(),
            first.header().commandId()));
  }

  private static List<ZclCall> calls(Pending pending) {
    try {
      List<ZclCall> calls = new ArrayList<>();
      for (Component component : GbzMessage.decode(pending.payload()).components()) {
        calls.add(new ZclCall((Component.Plain) component));
      }
      return calls;
    } catch (DecodeException notAsReceived) {
      throw new IllegalStateException("the meter keeps what it did not accept", notAsReceived);
    }
  }
}
