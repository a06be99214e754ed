// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.futuredated;

import java.time.Instant;
import java.util.List;
import org.meterbox.devices.gas.futuredated.PendingCommands.Pending;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.devices.gbz.ZclCall;
import org.meterbox.devices.machine.CommandContext;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.dlms.LogTimestamp;
import org.meterbox.gbcs.gbz.GbzMessage;
import org.meterbox.gbcs.gbz.ZclStatus;
import org.meterbox.kernel.RemotePartyRole;

/**
 * Commands that name when they take effect: at once, at a time, or never, which cancels what waits
 * (GBCS section 10). A newer command of the same kind takes the place of one that waits.
 */
public final class DatedCommands {
  /** All times from here on mean never. */
  private static final long NEVER = 0xFFFF_FFFEL;

  private DatedCommands() {}

  /** What a command, or the commands of a unit, do when their time has come. */
  @FunctionalInterface
  public interface Application {
    /** Applies them; where the result is not success, the caller undoes what this changed. */
    ZclStatus apply(Transition<GsmeState> transition, List<ZclCall> calls);
  }

  /**
   * Does what a command says about its time. What is to be done later is tried now, so that what
   * cannot be done is refused at once.
   *
   * @param time seconds since 2000; 0 now
   * @param calls one command, or those of a unit, the one that names the time first
   */
  public static ZclStatus carryOut(
      Transition<GsmeState> transition, long time, List<ZclCall> calls, Application application) {
    String kind = kind(calls.getFirst());
    if (time >= NEVER) {
      transition.updateFunction(gsme -> gsme.with(PendingCommands.of(gsme).without(kind)));
      return ZclStatus.SUCCESS;
    }
    Transition.Savepoint<GsmeState> before = transition.savepoint();
    ZclStatus status = application.apply(transition, calls);
    if (time == 0) {
      transition.updateFunction(gsme -> gsme.with(PendingCommands.of(gsme).without(kind)));
      return status;
    }
    transition.rollBack(before);
    if (status.equals(ZclStatus.SUCCESS)) {
      CommandContext command = transition.command().orElseThrow();
      Instant at = new LogTimestamp(time).instant();
      Pending pending =
          new Pending(
              kind,
              at,
              command.header().messageCode(),
              command.header().messageId().counter(),
              command.sender(),
              new GbzMessage(
                      calls.stream()
                          .<org.meterbox.gbcs.gbz.Component>map(ZclCall::component)
                          .toList())
                  .encode());
      transition.updateFunction(gsme -> gsme.with(PendingCommands.of(gsme).with(pending)));
    }
    return status;
  }

  /** The command's name, and of calendars which one. */
  private static String kind(ZclCall first) {
    return first.fields().find("Calendar Type").isPresent()
        ? first.frame().name() + " " + first.number("Calendar Type")
        : first.frame().name();
  }

  /** Forgets what a party in this role has sent ahead: another has taken its place. */
  public static void forget(Transition<GsmeState> transition, RemotePartyRole sender) {
    transition.updateFunction(gsme -> gsme.with(PendingCommands.of(gsme).without(sender)));
  }
}
