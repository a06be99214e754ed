// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.supply;

import java.util.List;
import org.meterbox.devices.esme.supply.SupplyState.Cause;
import org.meterbox.devices.esme.supply.SupplyState.Position;

/** How the load switch moves (SMETS supply control). */
public final class SupplySwitch {
  /** Supply armed. */
  public static final int SUPPLY_ARMED = 0x8F32;

  /** Load limit triggered: load above the limit. */
  public static final int LOAD_ABOVE_LIMIT = 0x8F01;

  /** Supply disabled, then armed by the load limit. */
  public static final int DISABLED_THEN_ARMED = 0x8F33;

  /** Supply enabled after the restoration period. */
  public static final int ENABLED_AFTER_RESTORATION = 0x8F34;

  /** Supply disabled, then locked by tampering. */
  public static final int DISABLED_THEN_LOCKED = 0x81BE;

  /** A command at the meter's user interface was carried out. */
  public static final int USER_COMMAND_DONE = 0x8161;

  /** A command at the meter's user interface was refused. */
  public static final int USER_COMMAND_REFUSED = 0x8162;

  private SupplySwitch() {}

  /**
   * What comes of an event.
   *
   * @param accepted whether it was carried out; where not, the switch stays as it was
   * @param codes what goes into the event log
   */
  public record Outcome(SupplyState state, boolean accepted, List<Integer> codes) {
    /** Copies the list. */
    public Outcome {
      codes = List.copyOf(codes);
    }
  }

  /** What the event makes of the switch. */
  public static Outcome apply(SupplyState state, SupplyEvent event) {
    return switch (event) {
      case DISABLED_REMOTELY -> done(state.with(Position.DISABLED, Cause.REMOTE));
      case ENABLED_REMOTELY -> mayEnable(state) ? done(SupplyState.ENABLED) : refused(state);
      case ARMED_REMOTELY -> arm(state);
      case ENABLED_AT_METER ->
          state.position() == Position.ARMED
              ? done(SupplyState.ENABLED, USER_COMMAND_DONE)
              : new Outcome(state, false, List.of(USER_COMMAND_REFUSED));
      case CREDIT_USED_UP -> done(state.with(Position.DISABLED, Cause.CREDIT));
      case CREDIT_RESTORED -> restoreCredit(state);
      case LOAD_ABOVE_LIMIT ->
          state.isEnabled()
              ? done(
                  state.with(Position.ARMED, Cause.LOAD_LIMIT),
                  LOAD_ABOVE_LIMIT,
                  DISABLED_THEN_ARMED)
              : refused(state);
      case RESTORATION_PERIOD_OVER ->
          state.equals(SupplyState.ENABLED.with(Position.ARMED, Cause.LOAD_LIMIT))
              ? done(SupplyState.ENABLED, ENABLED_AFTER_RESTORATION)
              : refused(state);
      case TAMPERED_WHILE_LOCKED ->
          done(state.with(Position.DISABLED, Cause.TAMPER_LOCK), DISABLED_THEN_LOCKED);
      case TAMPER_LOCK_RELEASED -> releaseLock(state);
    };
  }

  /** No remote command closes or arms over a lock or missing credit. */
  private static boolean mayClose(SupplyState state) {
    return !state.causes().contains(Cause.TAMPER_LOCK)
        && !state.causes().contains(Cause.DEPLETION_LOCK)
        && !state.causes().contains(Cause.CREDIT);
  }

  /** What is armed may be closed at the meter, and so it may from afar. */
  private static boolean mayEnable(SupplyState state) {
    return state.position() == Position.ARMED || mayClose(state);
  }

  private static Outcome arm(SupplyState state) {
    return switch (state.position()) {
      case ENABLED -> refused(state);
      case ARMED -> done(state);
      case DISABLED ->
          mayClose(state)
              ? done(new SupplyState(Position.ARMED, state.causes()), SUPPLY_ARMED)
              : refused(state);
    };
  }

  private static Outcome restoreCredit(SupplyState state) {
    if (!state.causes().contains(Cause.CREDIT)) {
      return refused(state);
    }
    SupplyState rest = state.without(Cause.CREDIT);
    boolean stays =
        rest.causes().contains(Cause.REMOTE)
            || rest.causes().contains(Cause.TAMPER_LOCK)
            || rest.causes().contains(Cause.DEPLETION_LOCK);
    return stays ? done(rest) : done(new SupplyState(Position.ARMED, rest.causes()), SUPPLY_ARMED);
  }

  /** Without the lock the switch stays open, as after a supplier's command. */
  private static Outcome releaseLock(SupplyState state) {
    return state.causes().contains(Cause.TAMPER_LOCK)
        ? done(state.with(Position.DISABLED, Cause.REMOTE).without(Cause.TAMPER_LOCK))
        : refused(state);
  }

  private static Outcome done(SupplyState state, Integer... codes) {
    return new Outcome(state, true, List.of(codes));
  }

  private static Outcome refused(SupplyState state) {
    return new Outcome(state, false, List.of());
  }
}
