// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.machine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.devices.command.Admission;
import org.meterbox.devices.command.CommandChecks;
import org.meterbox.devices.command.SecurityEvent;
import org.meterbox.gbcs.catalogue.UseCase;
import org.meterbox.gbcs.catalogue.UseCase.Weight;
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
 * Turns (state, message, now) into (new state, events, answer). Has no memory and no clock of its
 * own; what it computes depends on its arguments alone, but for the randomness of signatures.
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

  /** What a message makes of the device. */
  public Step<F> receive(DeviceState<F> state, Octets message, Instant now) {
    CommandChecks checks =
        new CommandChecks(
            state.id(),
            state.anchors(),
            state.keys().secrets(),
            state.executed(),
            code -> model.supported(code).map(DeviceModel.Supported::useCase));
    return switch (checks.check(message)) {
      case Admission.Rejected(SecurityEvent reason) -> refuse(state, reason, now);
      case Admission.Unsupported(GroupedContent command) -> unsupported(state, command, now);
      case Admission.Admitted admitted -> carryOut(state, admitted, now);
    };
  }

  /** No answer, which would tell a forger something; the party in charge is told by an alert. */
  private Step<F> refuse(DeviceState<F> state, SecurityEvent reason, Instant now) {
    AlertDraft alert =
        new AlertDraft(
            AlertDraft.GENERIC_CRITICAL,
            model.securityAlertsTo(),
            true,
            counter -> model.plainAlert(reason.code(), now, counter));
    return new Step<>(
        Alerting.raise(state.withSecurityEntry(now, reason.code()), alert),
        List.of(new DeviceEvent.Refused(reason)),
        Optional.empty());
  }

  private Step<F> carryOut(DeviceState<F> state, Admission.Admitted admitted, Instant now) {
    UseCase useCase = admitted.useCase();
    GroupingHeader command = admitted.command().header();
    DeviceState<F> counted =
        useCase.replayProtection().holds()
            ? state.withExecuted(admitted.role(), command.messageId().counter())
            : state;
    Call call =
        new Call(
            command,
            admitted.command().payload(),
            responseHeader(command, sensitive(command, state), timeFor(useCase, state, now)),
            admitted.reader().map(key -> state.keys().secrets().with(key)),
            now);
    Execution<F> execution =
        model.supported(useCase.code()).orElseThrow().handler().execute(counted, call);
    return switch (execution) {
      case Execution.Malformed<F> _ -> refuse(state, SecurityEvent.INTEGRITY_CHECK_FAILED, now);
      case Execution.Answered<F> answered -> answer(admitted, call, answered);
    };
  }

  private Step<F> answer(Admission.Admitted admitted, Call call, Execution.Answered<F> answered) {
    GroupingHeader command = call.command();
    DeviceState<F> state = answered.state();
    GroupingHeader header = call.sensitiveResponse();
    if (!answered.sensitive()) {
      header = responseHeader(command, echoed(command), header.dateTime());
    } else if (header.otherInformation() instanceof OtherInformation.EncryptedFor) {
      state = state.withNextOwnCounter();
    }
    GbcsMessage.Response response =
        admitted.useCase().weight() == Weight.CRITICAL
            ? MessageProtection.signedResponse(header, answered.payload(), state.keys().signing())
            : MessageProtection.macedResponse(
                header, answered.payload(), macSecret(state, admitted));
    List<DeviceEvent> events = new ArrayList<>(answered.events());
    events.add(
        new DeviceEvent.CarriedOut(
            admitted.useCase().name(), command.messageCode(), command.messageId()));
    return new Step<>(state, events, Optional.of(response.encode()));
  }

  private static SharedSecret macSecret(DeviceState<?> state, Admission.Admitted admitted) {
    return state.keys().secrets().with(admitted.answerTo().orElseThrow());
  }

  private Optional<Octets> timeFor(UseCase useCase, DeviceState<F> state, Instant now) {
    return useCase.responseTime().holds()
        ? Optional.of(model.clock(state.function(), now).octets())
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

  private Step<F> unsupported(DeviceState<F> state, GroupedContent command, Instant now) {
    GroupingHeader header = command.header();
    if (!model.alertsUnsupported()) {
      return refuse(state, SecurityEvent.INTEGRITY_CHECK_FAILED, now);
    }
    DeviceState<F> counted =
        state.withNextOwnCounter().withSecurityEntry(now, COMMAND_NOT_SUPPORTED);
    OriginatorCounter counter = counted.lastOwnCounter();
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
    return new Step<>(
        counted,
        List.of(new DeviceEvent.Unsupported(header.messageCode(), header.messageId())),
        Optional.of(
            MessageProtection.signedAlert(alertHeader, payload, state.keys().signing()).encode()));
  }
}
