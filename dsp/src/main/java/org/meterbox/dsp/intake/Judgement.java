// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.intake;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.meterbox.dsp.access.AccessControl;
import org.meterbox.dsp.access.AccessControl.Admission;
import org.meterbox.dsp.access.AccessDecision;
import org.meterbox.dsp.access.AccessQuestion;
import org.meterbox.dsp.access.AccessQuestion.Body;
import org.meterbox.dsp.access.Target;
import org.meterbox.dsp.access.Targets;
import org.meterbox.dsp.access.WebService;
import org.meterbox.dsp.answers.AnswerWriter;
import org.meterbox.dsp.commands.CommandPolicy;
import org.meterbox.dsp.commands.CommandResult;
import org.meterbox.dsp.delivery.Notice;
import org.meterbox.dsp.intake.Outcome.Accepted;
import org.meterbox.dsp.intake.Outcome.Refused;
import org.meterbox.dsp.inventory.Device;
import org.meterbox.dsp.requests.CommandForDevice;
import org.meterbox.dsp.requests.RequestLedger;
import org.meterbox.dsp.requests.RequestState;
import org.meterbox.dsp.requests.RetryPlan;
import org.meterbox.dsp.users.UserDirectory;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.request.SignedPreCommand;
import org.meterbox.duis.response.ResponseData;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.kernel.UserRole;
import org.meterbox.kernel.catalogue.FutureDating;
import org.meterbox.kernel.catalogue.ResponseCode;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;

/** Decides what becomes of an authentic request and makes what it takes. Stores nothing. */
public final class Judgement {
  /** The GBCS version named with a Pre-Command where the inventory has none for the device. */
  private static final String GBCS_VERSION = "4.2";

  private final UserDirectory users;
  private final Targets targets;
  private final CommandPolicy commands;
  private final RequestLedger ledger;
  private final DataServices dataServices;
  private final AnswerWriter answers;
  private final RetryPlan retryPlan;

  /** A judgement. */
  public Judgement(
      UserDirectory users,
      Targets targets,
      CommandPolicy commands,
      RequestLedger ledger,
      DataServices dataServices,
      AnswerWriter answers,
      RetryPlan retryPlan) {
    this.users = users;
    this.targets = targets;
    this.commands = commands;
    this.ledger = ledger;
    this.dataServices = dataServices;
    this.answers = answers;
    this.retryPlan = retryPlan;
  }

  Outcome judge(
      WebService service, ServiceRequest request, ServiceRequestEntry entry, Instant now) {
    try {
      AccessQuestion question = question(service, request, entry);
      Admission admission =
          AccessControl.admit(question, users.find(request.requestId().originator()));
      return switch (admission) {
        case Admission.NotAdmitted(AccessDecision.Refused refusal) -> refused(refusal);
        case Admission.Admitted(Set<UserRole> roles) ->
            entry.nonDevice()
                ? dataServices.answer(request)
                : judgeDeviceRequest(question, request, roles, now);
      };
    } catch (ElementException notAsTheSchemaSays) {
      return Outcome.unnamed(String.valueOf(notAsTheSchemaSays.getMessage()));
    }
  }

  private static AccessQuestion question(
      WebService service, ServiceRequest request, ServiceRequestEntry entry)
      throws ElementException {
    return new AccessQuestion(
        request.requestId(),
        service,
        request.commandVariant(),
        entry,
        body(request, entry),
        request.executionDateTime());
  }

  private static Body body(ServiceRequest request, ServiceRequestEntry entry) {
    String element = request.body().localName();
    if (!request.serviceReference().equals(entry.serviceReference())) {
      return Body.OTHER_REQUEST;
    }
    if (element.equals(SignedPreCommand.ELEMENT)) {
      return Body.SIGNED_PRE_COMMAND;
    }
    return element.equals(entry.requestElement()) ? Body.REQUEST : Body.OTHER_REQUEST;
  }

  private Outcome judgeDeviceRequest(
      AccessQuestion question, ServiceRequest request, Set<UserRole> roles, Instant now)
      throws ElementException {
    Optional<Target> target =
        targets.find(request.requestId().target(), request.requestId().originator());
    AccessDecision decision = AccessControl.authorise(question, roles, target, now);
    return switch (decision) {
      case AccessDecision.Refused refusal -> refused(refusal);
      case AccessDecision.Granted(UserRole role) -> {
        Optional<Refused> not = notYetPossible(question, request, now);
        yield not.isPresent()
            ? not.get()
            : grant(request, target.orElseThrow().device(), role, now);
      }
    };
  }

  /** Modes of operation that this version does not offer. */
  private static Optional<Refused> notYetPossible(
      AccessQuestion question, ServiceRequest request, Instant now) {
    boolean heldByDsp =
        question.entry().futureDating() == FutureDating.DSP
            || question.entry().futureDating() == FutureDating.DSP_AND_DEVICE;
    if (heldByDsp && question.executionTime().map(now::isBefore).orElse(false)) {
      return Optional.of(Outcome.unnamed("the DSP does not hold future dated requests yet"));
    }
    return request.precedingRequestId().isPresent()
        ? Optional.of(Outcome.unnamed("the DSP does not run sequences yet"))
        : Optional.empty();
  }

  private Outcome grant(ServiceRequest request, Device device, UserRole role, Instant now)
      throws ElementException {
    return switch (command(request, device, role)) {
      case CommandResult.Refused(var code, var rule) -> new Refused(code, rule);
      case CommandResult.PreCommand(var id, var octets) ->
          accept(request, device, role, new CommandForDevice(id, octets), now);
      case CommandResult.Command(var id, var octets) ->
          accept(request, device, role, new CommandForDevice(id, octets), now);
    };
  }

  private CommandResult command(ServiceRequest request, Device device, UserRole role)
      throws ElementException {
    Optional<SignedPreCommand> signed = request.signedPreCommand();
    if (signed.isEmpty()) {
      return commands.command(request, device, role);
    }
    return ledger
        .preCommand(request.requestId(), request.serviceReferenceVariant())
        .map(preCommand ->
            commands.secure(
                signed.get().gbcsPayload(), preCommand, request.requestId().originator(), role))
        .orElseGet(() ->
            CommandResult.refusedWithoutCode(
                "no Pre-Command was made under this Request ID and service reference"));
  }

  private Accepted accept(
      ServiceRequest request, Device device, UserRole role, CommandForDevice command, Instant now) {
    ResponseData.LocalCommand local = new ResponseData.LocalCommand(command.octets());
    Instant due = now.plus(retryPlan.answerWait(device.type()));
    RequestState inFlight = new RequestState.InFlight(1, due);
    RequestState answered = new RequestState.Answered();
    ResponseData nothing = new ResponseData.Nothing();
    return switch (request.commandVariant()) {
      case NON_CRITICAL_WAN, CRITICAL_WAN, DSP_SCHEDULED ->
          accepted(ResponseCode.I99, nothing, inFlight, role, device, command, List.of());
      case NON_CRITICAL_LOCAL, CRITICAL_LOCAL ->
          accepted(ResponseCode.I0, local, answered, role, device, command, List.of());
      case NON_CRITICAL_BOTH, CRITICAL_BOTH -> {
        Notice notice =
            answers.response(request.requestId(), request.serviceReferenceVariant(), now, local);
        yield accepted(ResponseCode.I99, nothing, inFlight, role, device, command, List.of(notice));
      }
      case TRANSFORM -> {
        String version = device.model().gbcsVersion().orElse(GBCS_VERSION);
        ResponseData preCommand = new ResponseData.PreCommand(version, command.octets());
        yield accepted(ResponseCode.I0, preCommand, answered, role, device, command, List.of());
      }
      case NON_DEVICE -> throw new IllegalStateException("a non-device request makes no command");
    };
  }

  private static Accepted accepted(
      ResponseCode code,
      ResponseData data,
      RequestState state,
      UserRole role,
      Device device,
      CommandForDevice command,
      List<Notice> notices) {
    return new Accepted(
        code,
        data,
        state,
        Optional.of(role),
        Optional.of(device.type()),
        Optional.of(command),
        notices);
  }

  private static Refused refused(AccessDecision.Refused refusal) {
    return new Refused(refusal.code(), refusal.rule());
  }
}
