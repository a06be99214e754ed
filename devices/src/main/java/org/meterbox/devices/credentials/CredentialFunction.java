// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.credentials;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.meterbox.devices.machine.AlertDraft;
import org.meterbox.devices.machine.Asn1Handler;
import org.meterbox.devices.machine.Call;
import org.meterbox.devices.machine.CommandContext;
import org.meterbox.devices.machine.DeviceEvent;
import org.meterbox.devices.machine.DeviceFunction;
import org.meterbox.devices.machine.DeviceModel;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.devices.machine.EventRecorder;
import org.meterbox.devices.machine.Execution;
import org.meterbox.devices.machine.Transition;
import org.meterbox.devices.security.CertificationPath;
import org.meterbox.devices.security.PendingCredentialUpdate;
import org.meterbox.devices.security.TrustAnchorCell;
import org.meterbox.devices.security.TrustAnchors;
import org.meterbox.gbcs.alert.FutureDatedOutcome;
import org.meterbox.gbcs.asn1.Asn1Payload;
import org.meterbox.gbcs.asn1.CredentialContent.ProvideCredentials;
import org.meterbox.gbcs.asn1.CredentialContent.UpdateCredentials;
import org.meterbox.gbcs.asn1.CredentialContent.UpdateCredentialsAlert;
import org.meterbox.gbcs.asn1.CredentialContent.UpdateCredentialsResult;
import org.meterbox.gbcs.asn1.CredentialControl;
import org.meterbox.gbcs.asn1.DeviceCertificateContent.IssueCredentials;
import org.meterbox.gbcs.asn1.DeviceCertificateContent.ProvideDeviceCertificate;
import org.meterbox.gbcs.asn1.DeviceCertificateContent.UpdateDeviceCertificate;
import org.meterbox.gbcs.asn1.GeneralizedTime;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.RemotePartyRole;

/**
 * A device's credentials as commands read and replace them (GBCS CS02a to CS02g).
 *
 * @param <F> the state of the device's function
 */
public final class CredentialFunction<F> implements DeviceFunction<F> {
  private static final int CREDENTIALS_UPDATED = 0x8F70;
  private static final MessageCode ALERT = new MessageCode(0x00CB);
  private static final MessageCode LOAD_CONTROLLER_ALERT = new MessageCode(0x0124);

  private final EventRecorder<F> events;
  private final PartyChange<F> change;
  private final CredentialRead<F> read = new CredentialRead<>();
  private final OwnCredentials<F> own;

  /**
   * What a kind of device does when another party has taken a role.
   *
   * @param <F> the state of the device's function
   */
  @FunctionalInterface
  public interface PartyChange<F> {
    /** Another party's certificates stand in the role's cells from now on. */
    void changed(Transition<F> transition, RemotePartyRole role);
  }

  /** The function of a kind of device. */
  public CredentialFunction(EventRecorder<F> events, PartyChange<F> change) {
    this.events = events;
    this.change = change;
    this.own = new OwnCredentials<>(events);
  }

  @Override
  public Map<String, DeviceModel.Handler<F>> handlers() {
    DeviceModel.Handler<F> provide = Asn1Handler.of(ProvideCredentials.class, read::provide);
    DeviceModel.Handler<F> update = Asn1Handler.of(UpdateCredentials.class, this::update);
    return Map.of(
        "CS02a", provide,
        "CS02b", update,
        "CS02c", Asn1Handler.of(IssueCredentials.class, own::issue),
        "CS02d", Asn1Handler.of(UpdateDeviceCertificate.class, own::update),
        "CS02e", Asn1Handler.of(ProvideDeviceCertificate.class, own::provide),
        "CS02f", provide,
        "CS02g", update);
  }

  @Override
  public Instant next(DeviceState<F> state) {
    return state.credentials().pending().stream()
        .map(PendingCredentialUpdate::at)
        .min(Instant::compareTo)
        .orElse(Instant.MAX);
  }

  /** By their times, each on what the one before has left. */
  @Override
  public void due(Transition<F> transition) {
    Optional<PendingCredentialUpdate> first = firstDue(transition);
    while (first.isPresent()) {
      PendingCredentialUpdate pending = first.get();
      transition.update(state -> state.withCredentials(held -> held.without(pending.code())));
      carryOutPending(transition, pending);
      first = firstDue(transition);
    }
  }

  private Optional<PendingCredentialUpdate> firstDue(Transition<F> transition) {
    return transition.state().credentials().pending().stream()
        .filter(pending -> !pending.at().isAfter(transition.now()))
        .min((one, other) -> one.at().compareTo(other.at()));
  }

  private Execution update(Transition<F> transition, Call call, UpdateCredentials command) {
    CredentialControl control = command.control();
    Optional<ReplacementMode> mode =
        ReplacementMode.of(control.mode(), call.command().messageCode());
    boolean isWellFormed =
        mode.isPresent()
            && control.authorisingCounter().equals(call.command().messageId().counter())
            && !command.replacements().isEmpty()
            && command.replacements().size() <= TrustAnchors.MAX_CELLS
            && command.certificationPath().size() <= CertificationPath.MAX_CERTIFICATES
            && eachCellOnce(command);
    if (!isWellFormed) {
      return new Execution.Malformed();
    }
    if (!isAuthorised(transition, call, mode.get(), command)) {
      return new Execution.Unauthorised();
    }
    return schedule(transition, call, mode.get(), command);
  }

  /** A cell named twice would leave open which certificate it ends with. */
  private static boolean eachCellOnce(UpdateCredentials command) {
    List<Optional<TrustAnchorCell>> cells =
        command.replacements().stream()
            .map(replacement -> Cells.named(replacement.target()))
            .filter(Optional::isPresent)
            .toList();
    return Set.copyOf(cells).size() == cells.size();
  }

  /** The mode's own authority has proved the command, and replaces nothing beyond the mode. */
  private boolean isAuthorised(
      Transition<F> transition, Call call, ReplacementMode mode, UpdateCredentials command) {
    CommandContext context = transition.command().orElseThrow();
    boolean namesItsCell =
        command
            .control()
            .authorisingCell()
            .map(cell -> Cells.named(cell).filter(mode.authorisingCell()::equals).isPresent())
            .orElse(
                mode == ReplacementMode.BROKER_BY_BROKER
                    || mode == ReplacementMode.ANY_BY_CONTINGENCY);
    // The contingency key stands in no cell; the checks before execution have found it.
    boolean hasProof =
        mode == ReplacementMode.ANY_BY_CONTINGENCY
            || Cells.isAuthority(
                transition.state(), mode.authorisingCell(), context.sender(), call);
    return namesItsCell
        && hasProof
        && context.sender() == mode.authority()
        && command.replacements().stream()
            .allMatch(
                replacement -> replacement.target().role().filter(mode::mayReplace).isPresent());
  }

  private Execution schedule(
      Transition<F> transition, Call call, ReplacementMode mode, UpdateCredentials command) {
    MessageCode code = call.command().messageCode();
    Optional<GeneralizedTime> time = command.executionDateTime();
    if (time.filter(GeneralizedTime.NEVER::equals).isPresent()) {
      transition.update(state -> state.withCredentials(held -> held.without(code)));
      return Asn1Handler.answer(new UpdateCredentialsResult(Optional.empty()));
    }
    Optional<Instant> at = time.flatMap(GeneralizedTime::instant);
    if (time.isPresent() && at.isEmpty()) {
      return new Execution.Malformed();
    }
    if (at.filter(later -> later.isAfter(transition.now())).isEmpty()) {
      CredentialUpdate.Result result = carryOut(transition, mode, command);
      return Asn1Handler.answer(new UpdateCredentialsResult(Optional.of(result.outcome())));
    }
    PendingCredentialUpdate pending =
        new PendingCredentialUpdate(
            at.get(),
            code,
            call.command().messageId().originator(),
            transition.command().orElseThrow().sender(),
            call.payload());
    transition.update(state -> state.withCredentials(held -> held.withPending(pending)));
    return Asn1Handler.answer(new UpdateCredentialsResult(Optional.empty()));
  }

  private CredentialUpdate.Result carryOut(
      Transition<F> transition, ReplacementMode mode, UpdateCredentials command) {
    TrustAnchors before = transition.state().anchors();
    CredentialUpdate.Result result =
        CredentialUpdate.carryOut(
            mode, command, transition.now(), transition.state().credentials());
    transition.update(state -> state.withCredentials(_ -> result.credentials()));
    if (!result.replaced().isEmpty()) {
      events.record(transition, CREDENTIALS_UPDATED);
    }
    for (RemotePartyRole role : result.replaced()) {
      TrustAnchors after = transition.state().anchors();
      if (!before.partiesOf(role).equals(after.partiesOf(role))) {
        transition.update(state -> state.withCredentials(held -> held.withoutPendingOf(role)));
        change.changed(transition, role);
      }
    }
    return result;
  }

  private void carryOutPending(Transition<F> transition, PendingCredentialUpdate pending) {
    UpdateCredentials command = read(pending);
    ReplacementMode mode =
        ReplacementMode.of(command.control().mode(), pending.code()).orElseThrow();
    CredentialUpdate.Result result = carryOut(transition, mode, command);
    int code = result.isComplete() ? FutureDatedOutcome.SUCCEEDED : FutureDatedOutcome.FAILED;
    UpdateCredentialsAlert alert =
        new UpdateCredentialsAlert(code, GeneralizedTime.of(transition.now()), result.outcome());
    transition.alert(
        AlertDraft.toOriginator(
            mode.isOfLoadController() ? LOAD_CONTROLLER_ALERT : ALERT,
            pending.sender(),
            pending.originator(),
            (_, _) -> Asn1Payload.of(alert).encode()));
    transition.happened(new DeviceEvent.Logged(code));
  }

  private static UpdateCredentials read(PendingCredentialUpdate pending) {
    try {
      return (UpdateCredentials)
          Asn1Payload.decode(pending.payload(), pending.code(), CraFlag.COMMAND).content();
    } catch (DecodeException notAsReceived) {
      throw new IllegalStateException("the device keeps what it did not accept", notAsReceived);
    }
  }
}
