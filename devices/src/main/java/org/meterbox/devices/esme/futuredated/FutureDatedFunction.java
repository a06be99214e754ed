// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.futuredated;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterbox.devices.cosem.CosemObjects;
import org.meterbox.devices.esme.event.EsmeEvents;
import org.meterbox.devices.esme.futuredated.FutureDated.Pending;
import org.meterbox.devices.esme.state.EsmeFunction;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.PartCodec;
import org.meterbox.devices.esme.state.SettingsChanges;
import org.meterbox.devices.machine.CommandContext;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.alert.DlmsDetail;
import org.meterbox.gbcs.alert.FutureDatedOutcome;
import org.meterbox.gbcs.dlms.AccessResult;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsAlert;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.RemotePartyRole;

/**
 * Settings with a time. A command writes passive values and then, for each group of them, when they
 * are to take effect: at once, at a time, or never, which cancels what waits. A newer command takes
 * the place of one that waits. At the time the sender is told of each group (GBCS section 9.2.2),
 * also where the meter was off then.
 */
public final class FutureDatedFunction implements EsmeFunction {
  private static final MessageCode ALERT = new MessageCode(0x00CC);

  private final SettingsChanges changes;

  /** Changes that take effect later and of which others are told. */
  public FutureDatedFunction(SettingsChanges changes) {
    this.changes = changes;
  }

  @Override
  public List<PartCodec<?>> parts() {
    return List.of(FutureDated.CODEC);
  }

  @Override
  public void addTo(CosemObjects<EsmeState> objects) {
    Activations.ALL.forEach((activation, moves) -> {
      moves.forEach((passive, active) ->
          objects.writes(
              passive, (transition, value) -> writePassive(transition, passive, active, value)));
      objects.writes(activation, (transition, time) -> activate(transition, activation, time));
    });
  }

  @Override
  public Instant next(EsmeState state, Instant after) {
    Instant next = Instant.MAX;
    for (Pending pending : state.part(FutureDated.class).pending()) {
      next = pending.at().isBefore(next) ? pending.at() : next;
    }
    return next.isAfter(after) ? next : after.plusSeconds(1);
  }

  @Override
  public void due(Transition<EsmeState> transition) {
    for (Pending pending : transition.function().part(FutureDated.class).pending()) {
      if (!pending.at().isAfter(transition.now())) {
        carryOut(transition, pending);
      }
    }
  }

  /** Forgets what a party in this role has sent ahead: another has taken its place. */
  public static void forget(Transition<EsmeState> transition, RemotePartyRole sender) {
    transition.updateFunction(esme -> esme.with(esme.part(FutureDated.class).without(sender)));
  }

  /** A passive value must be one that may stand where it will stand. */
  private AccessResult writePassive(
      Transition<EsmeState> transition,
      CosemAttribute passive,
      CosemAttribute active,
      DlmsValue value) {
    AccessResult result = changes.check(transition.function(), active, value);
    if (result == AccessResult.SUCCESS) {
      transition.updateFunction(
          esme -> esme.with(esme.part(FutureDated.class).withPassive(passive, value)));
    }
    return result;
  }

  private AccessResult activate(
      Transition<EsmeState> transition, CosemAttribute activation, DlmsValue value) {
    Optional<DlmsDateTime> time = DlmsDateTime.of(value);
    if (time.isEmpty()) {
      return AccessResult.TYPE_UNMATCHED;
    }
    Map<CosemAttribute, DlmsValue> values = taken(transition, activation);
    if (values.isEmpty()) {
      return AccessResult.OBJECT_UNDEFINED;
    }
    if (!changes.checkTogether(transition.function(), values)) {
      return AccessResult.OTHER_REASON;
    }
    transition.updateFunction(esme -> esme.with(esme.part(FutureDated.class).without(activation)));
    if (time.get().isNever()) {
      return AccessResult.SUCCESS;
    }
    if (time.get().isNow()) {
      changes.apply(transition, values);
      return AccessResult.SUCCESS;
    }
    Optional<Instant> at = time.get().instant();
    Optional<CommandContext> command = transition.command();
    if (at.isEmpty() || command.isEmpty()) {
      return AccessResult.SCOPE_OF_ACCESS_VIOLATED;
    }
    Pending pending =
        new Pending(
            activation,
            at.get(),
            command.get().header().messageCode(),
            command.get().header().messageId().counter(),
            command.get().sender(),
            values);
    transition.updateFunction(esme -> esme.with(esme.part(FutureDated.class).with(pending)));
    return AccessResult.SUCCESS;
  }

  /** The passive values under an activation, which are passive no longer. */
  private static Map<CosemAttribute, DlmsValue> taken(
      Transition<EsmeState> transition, CosemAttribute activation) {
    FutureDated part = transition.function().part(FutureDated.class);
    Map<CosemAttribute, DlmsValue> left = new HashMap<>(part.passive());
    Map<CosemAttribute, DlmsValue> values = new HashMap<>();
    Map<CosemAttribute, CosemAttribute> moves = Activations.ALL.getOrDefault(activation, Map.of());
    moves.forEach((passive, active) ->
        Optional.ofNullable(left.remove(passive)).ifPresent(value -> values.put(active, value)));
    transition.updateFunction(esme -> esme.with(new FutureDated(left, part.pending())));
    return values;
  }

  private void carryOut(Transition<EsmeState> transition, Pending pending) {
    transition.updateFunction(
        before -> before.with(before.part(FutureDated.class).without(pending.activation())));
    EsmeState esme = transition.function();
    boolean possible =
        changes.checkTogether(esme, pending.values())
            && pending.values().entrySet().stream()
                .allMatch(entry ->
                    changes.check(esme, entry.getKey(), entry.getValue()) == AccessResult.SUCCESS);
    if (possible) {
      changes.apply(transition, pending.values());
    }
    DlmsDetail detail =
        new DlmsDetail.FutureDated(
            new DlmsAlert.FutureDatedExecution(
                pending.command(), pending.counter(), pending.activation()));
    EsmeEvents.send(
        transition,
        possible ? FutureDatedOutcome.SUCCEEDED : FutureDatedOutcome.FAILED,
        ALERT,
        pending.sender(),
        detail.items().toArray(DlmsValue[]::new));
  }
}
