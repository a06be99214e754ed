// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.machine;

import java.time.Instant;
import java.util.Optional;
import org.meterbox.devices.command.Admission;
import org.meterbox.devices.command.CommandChecks;
import org.meterbox.devices.command.SecurityEvent;
import org.meterbox.devices.security.DeviceKeys;
import org.meterbox.gbcs.catalogue.UseCase;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/**
 * Turns (state, message, now) into (new state, events, answer), and (state, later) into what time
 * makes of it. Has no memory and no clock of its own; what it computes depends on its arguments
 * alone, but for the randomness of signatures.
 */
public final class DeviceMachine<F> {
  /** The alert for a command that the device does not support (ECS100). */
  public static final MessageCode UNSUPPORTED_ALERT = new MessageCode(0x0120);

  /** The event code in that alert. */
  public static final int COMMAND_NOT_SUPPORTED = 0x8F85;

  private final DeviceModel<F> model;

  /** The machine of one kind of device. */
  public DeviceMachine(DeviceModel<F> model) {
    this.model = model;
  }

  /** Lets time pass: everything set for a time up to an instant happens, in order. */
  public Step<F> advance(DeviceState<F> state, Instant until) {
    Transition<F> transition = new Transition<>(state, until);
    advance(transition, until);
    boolean noticeable = transition.isNoticeable();
    transition.sendAlerts();
    return new Step<>(transition.state(), transition.events(), Optional.empty(), noticeable);
  }

  /** Lets something happen at the device itself, at an instant. */
  public Step<F> locally(DeviceState<F> state, LocalEvent<F> event, Instant now) {
    Transition<F> transition = new Transition<>(state, now);
    advance(transition, now);
    boolean noticeable = transition.isNoticeable();
    DeviceState<F> advanced = transition.state();
    event.happen(transition);
    model.settle(transition);
    transition.sendAlerts();
    boolean durable = noticeable || !transition.state().equals(advanced);
    return new Step<>(transition.state(), transition.events(), Optional.empty(), durable);
  }

  /**
   * The next moment at which the device does something that somebody could notice, if nobody
   * touches it before.
   *
   * @param horizon how far to look
   * @return the horizon where nothing happens before
   */
  public Instant nextNoticeable(DeviceState<F> state, Instant horizon) {
    Transition<F> transition = new Transition<>(state, horizon);
    boolean arrived = false;
    while (!arrived && !transition.isNoticeable()) {
      arrived = model.proceed(transition, horizon);
    }
    return transition.now();
  }

  private void advance(Transition<F> transition, Instant until) {
    boolean arrived = false;
    while (!arrived) {
      arrived = model.proceed(transition, until);
    }
    // Also where the clock was set back: the device's past does not come again.
    transition.moveTo(until);
  }

  /** What a message makes of the device, after the time up to now has passed. */
  public Step<F> receive(DeviceState<F> before, Octets message, Instant now) {
    Transition<F> transition = new Transition<>(before, now);
    advance(transition, now);
    boolean noticeable = transition.isNoticeable();
    DeviceState<F> advanced = transition.state();
    CommandChecks checks =
        new CommandChecks(
            advanced.id(),
            advanced.anchors(),
            advanced.keys().secrets(),
            advanced.executed(),
            code -> model.supported(code).map(DeviceModel.Supported::useCase));
    Optional<Octets> answer =
        switch (checks.check(message)) {
          case Admission.Rejected(SecurityEvent reason) -> refuse(transition, reason);
          case Admission.CounterUsed(GroupedContent command) ->
              UnacknowledgedAnswers.hold(advanced, command.header())
                  ? sentAgain(transition, command.header())
                  : refuse(transition, SecurityEvent.NOT_COVERED_BY_OTHER_CODES);
          case Admission.Unsupported(GroupedContent command) -> unsupported(transition, command);
          case Admission.Admitted admitted -> carryOut(transition, admitted);
        };
    boolean durable = noticeable || !transition.state().equals(advanced);
    return new Step<>(transition.state(), transition.events(), answer, durable);
  }

  /** Not a replay: its sender does not have the answer, which waits here to be sent. */
  private Optional<Octets> sentAgain(Transition<F> transition, GroupingHeader command) {
    transition.happened(new DeviceEvent.SentAgain(command.messageCode(), command.messageId()));
    return Optional.empty();
  }

  /** No answer, which would tell a forger something; the party in charge is told by an alert. */
  private Optional<Octets> refuse(Transition<F> transition, SecurityEvent reason) {
    transition.sendAlerts();
    tell(transition, reason.code());
    transition.happened(new DeviceEvent.Refused(reason));
    if (UnusualCommands.shows(transition.state().securityLog(), transition.now())) {
      tell(transition, UnusualCommands.CODE);
      transition.happened(new DeviceEvent.Logged(UnusualCommands.CODE));
    }
    return Optional.empty();
  }

  /** Into the security log, and to the party in charge. */
  private void tell(Transition<F> transition, int code) {
    Instant now = transition.now();
    AlertDraft alert =
        new AlertDraft(
            AlertDraft.GENERIC_CRITICAL,
            model.securityAlertsTo(),
            true,
            (header, _) -> model.plainAlert(code, now, header.messageId().counter()));
    transition.update(
        state -> Alerting.raise(state.withSecurityEntry(now, code), alert, Alerting.MAX_WAITING));
  }

  private Optional<Octets> carryOut(Transition<F> transition, Admission.Admitted admitted) {
    UseCase useCase = admitted.useCase();
    GroupingHeader command = admitted.command().header();
    boolean token = useCase.replayProtection().holds() && !CommandChecks.sharesCounter(useCase);
    if (token && UnacknowledgedAnswers.hold(transition.state(), command)) {
      return sentAgain(transition, command);
    }
    Transition.Savepoint<F> untouched = transition.savepoint();
    if (CommandChecks.sharesCounter(useCase)) {
      transition.update(
          state -> state.withExecuted(admitted.role(), command.messageId().counter()));
    }
    transition.carryingOut(new CommandContext(command, admitted.role()));
    DeviceState<F> state = transition.state();
    Call call =
        new Call(
            command,
            admitted.command().payload(),
            responseHeader(
                command, sensitive(command, state), timeFor(useCase, state, transition.now())),
            admitted.reader().map(key -> state.keys().secrets().with(key)),
            transition.now());
    return switch (model
        .supported(useCase.code())
        .orElseThrow()
        .handler()
        .execute(transition, call)) {
      case Execution.Malformed _ -> {
        transition.rollBack(untouched);
        yield refuse(transition, SecurityEvent.INTEGRITY_CHECK_FAILED);
      }
      case Execution.Unauthorised _ -> {
        transition.rollBack(untouched);
        yield refuse(transition, SecurityEvent.NO_AUTHORITY);
      }
      case Execution.Answered answered ->
          Optional.of(answer(transition, admitted, call, answered, state.keys()));
    };
  }

  /**
   * The answer is protected with the keys that the device had when it received the command: its
   * receiver learns from it that the device has new ones.
   */
  private Octets answer(
      Transition<F> transition,
      Admission.Admitted admitted,
      Call call,
      Execution.Answered answered,
      DeviceKeys keys) {
    GroupingHeader command = call.command();
    GroupingHeader header = call.sensitiveResponse();
    if (!answered.sensitive()) {
      header = responseHeader(command, echoed(command), header.dateTime());
    } else if (header.otherInformation() instanceof OtherInformation.EncryptedFor) {
      transition.update(DeviceState::withNextOwnCounter);
    }
    GbcsMessage.Response response =
        admitted.signedAnswer()
            ? MessageProtection.signedResponse(header, answered.payload(), keys.signing())
            : MessageProtection.macedResponse(
                header, answered.payload(), keys.secrets().with(admitted.answerTo().orElseThrow()));
    model.settle(transition);
    transition.sendAlerts();
    transition.happened(
        new DeviceEvent.CarriedOut(
            admitted.useCase().name(), command.messageCode(), command.messageId()));
    return response.encode();
  }

  private Optional<Octets> timeFor(UseCase useCase, DeviceState<F> state, Instant now) {
    return useCase.responseTime().holds()
        ? Optional.of(model.responseTime(state.function(), useCase, now).octets())
        : Optional.empty();
  }

  private static GroupingHeader responseHeader(
      GroupingHeader command, OtherInformation information, Optional<Octets> dateTime) {
    return new GroupingHeader(
        CraFlag.RESPONSE, command.messageId().answered(), dateTime, information);
  }

  /** The supplementary party and counter come back; a certificate does not. */
  private static OtherInformation echoed(GroupingHeader command) {
    return switch (command.otherInformation()) {
      case OtherInformation.WithAgreementCertificate c ->
          new OtherInformation.OnBehalfOf(c.messageCode(), c.party(), c.partyCounter());
      case OtherInformation other -> other;
    };
  }

  /** Encrypted content for an Unknown Remote Party goes under the device's own next counter. */
  private static OtherInformation sensitive(GroupingHeader command, DeviceState<?> state) {
    return switch (command.otherInformation()) {
      case OtherInformation.WithAgreementCertificate c ->
          new OtherInformation.EncryptedFor(
              c.messageCode(),
              c.party(),
              c.partyCounter(),
              state.withNextOwnCounter().lastOwnCounter());
      case OtherInformation other -> other;
    };
  }

  private Optional<Octets> unsupported(Transition<F> transition, GroupedContent command) {
    GroupingHeader header = command.header();
    if (!model.alertsUnsupported()) {
      return refuse(transition, SecurityEvent.INTEGRITY_CHECK_FAILED);
    }
    Instant now = transition.now();
    transition.sendAlerts();
    transition.update(
        state -> state.withNextOwnCounter().withSecurityEntry(now, COMMAND_NOT_SUPPORTED));
    DeviceState<F> state = transition.state();
    OriginatorCounter counter = state.lastOwnCounter();
    OtherInformation information =
        switch (echoed(header)) {
          case OtherInformation.OnBehalfOf o ->
              new OtherInformation.OnBehalfOf(UNSUPPORTED_ALERT, o.party(), o.partyCounter());
          case OtherInformation _ -> new OtherInformation.CodeOnly(UNSUPPORTED_ALERT);
        };
    GroupingHeader alertHeader =
        GroupingHeader.of(
            CraFlag.ALERT,
            new MessageId(state.id(), header.messageId().originator(), counter),
            information);
    Octets unsupported =
        new OctetWriter(10)
            .u16(header.messageCode().value())
            .u64(header.messageId().counter().value())
            .toOctets();
    Octets payload =
        CosemAlerts.with(
            COMMAND_NOT_SUPPORTED, now, counter, new DlmsValue.OctetString(unsupported));
    transition.happened(new DeviceEvent.Unsupported(header.messageCode(), header.messageId()));
    return Optional.of(
        MessageProtection.signedAlert(alertHeader, payload, state.keys().signing()).encode());
  }
}
