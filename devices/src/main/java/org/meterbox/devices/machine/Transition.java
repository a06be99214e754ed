// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.machine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A device on its way from one state to the next: the state so far, the time that it has reached,
 * what happened and which alerts are to be sent. It lives for one call of {@link DeviceMachine} and
 * never leaves its thread; states themselves do not change.
 *
 * @param <F> the state of the device's function
 */
public final class Transition<F> {
  private final List<DeviceEvent> events = new ArrayList<>();
  private final List<AlertDraft> alerts = new ArrayList<>();
  private DeviceState<F> state;
  private Instant now;
  private Optional<CommandContext> command = Optional.empty();

  /** A device that has not moved yet. */
  public Transition(DeviceState<F> state, Instant now) {
    this.state = state;
    this.now = now;
  }

  /** The state so far. */
  public DeviceState<F> state() {
    return state;
  }

  /** The state of the device's function so far. */
  public F function() {
    return state.function();
  }

  /** The time that the device has reached. */
  public Instant now() {
    return now;
  }

  /** The command that is being carried out; empty where time passes or somebody touches it. */
  public Optional<CommandContext> command() {
    return command;
  }

  /** What has happened so far. */
  public List<DeviceEvent> events() {
    return List.copyOf(events);
  }

  /** Whether anything happened that somebody outside the device could notice. */
  public boolean isNoticeable() {
    return !events.isEmpty() || !alerts.isEmpty();
  }

  /** The time moves on. */
  public void moveTo(Instant time) {
    now = time;
  }

  /** Replaces the state. */
  public void update(UnaryOperator<DeviceState<F>> change) {
    state = change.apply(state);
  }

  /** Replaces the state of the function. */
  public void updateFunction(UnaryOperator<F> change) {
    state = state.withFunction(change.apply(state.function()));
  }

  /** Tells whoever watches the home. */
  public void happened(DeviceEvent event) {
    events.add(event);
  }

  /** An alert that is to be sent. */
  public void alert(AlertDraft draft) {
    alerts.add(draft);
  }

  /** Where this transition stands, to come back to. */
  public Savepoint<F> savepoint() {
    return new Savepoint<>(state, events.size(), alerts.size());
  }

  /** Undoes what happened since. */
  public void rollBack(Savepoint<F> to) {
    state = to.state();
    events.subList(to.events(), events.size()).clear();
    alerts.subList(to.alerts(), alerts.size()).clear();
  }

  void carryingOut(CommandContext context) {
    command = Optional.of(context);
  }

  /** Makes messages of the alerts, in their order, and keeps them. */
  void sendAlerts() {
    for (AlertDraft draft : alerts) {
      state = Alerting.raise(state, draft, Alerting.MAX_KEPT);
    }
    alerts.clear();
  }

  /**
   * Where a transition stood.
   *
   * @param <F> the state of the device's function
   */
  public record Savepoint<F>(DeviceState<F> state, int events, int alerts) {}
}
