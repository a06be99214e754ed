// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.intake;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.meterbox.dsp.access.AccessControl;
import org.meterbox.dsp.access.AccessDecision;
import org.meterbox.dsp.access.AccessQuestion;
import org.meterbox.dsp.access.AccessQuestion.Body;
import org.meterbox.dsp.access.Refusal;
import org.meterbox.dsp.access.RoleDecision;
import org.meterbox.dsp.access.Target;
import org.meterbox.dsp.access.WebService;
import org.meterbox.dsp.intake.RequestDecision.AnsweredByDsp;
import org.meterbox.dsp.intake.RequestDecision.CommandNeeded;
import org.meterbox.dsp.intake.RequestDecision.CommandUse;
import org.meterbox.dsp.intake.RequestDecision.NotYet;
import org.meterbox.dsp.intake.RequestDecision.Refused;
import org.meterbox.dsp.inventory.Device;
import org.meterbox.dsp.requests.FailureReason;
import org.meterbox.dsp.requests.FutureDate;
import org.meterbox.dsp.requests.Predecessor;
import org.meterbox.dsp.requests.RequestEvent;
import org.meterbox.dsp.requests.RequestLedger.Transformed;
import org.meterbox.dsp.requests.RequestState;
import org.meterbox.dsp.requests.RequestTimes;
import org.meterbox.dsp.requests.SequenceRules;
import org.meterbox.dsp.requests.StoredRequest.SequencePlace;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.request.SignedPreCommand;
import org.meterbox.duis.response.ResponseData;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.UserRole;
import org.meterbox.kernel.catalogue.FutureDating;
import org.meterbox.kernel.catalogue.ResponseCode;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;

/**
 * Decides from facts alone what is to be done with an authentic request. The checks stand in the
 * order in which the DSP makes them: user and role, web service and command variant, the place in a
 * sequence, device and registration, date, predecessor.
 */
final class RequestDecisions {
  private RequestDecisions() {}

  /**
   * A request with what the DSP knows about its kind.
   *
   * @param service the web service that it was posted to; none for a run of a DSP schedule
   */
  record Posted(ServiceRequest request, ServiceRequestEntry entry, Optional<WebService> service) {}

  /** Decides about a request that has just come. */
  static RequestDecision decide(
      RequestFacts facts, Posted posted, RequestTimes times, Instant now) {
    try {
      AccessQuestion question = question(posted, now);
      return switch (AccessControl.eligibleRoles(question, facts.user())) {
        case RoleDecision.Refused(Refusal refusal) -> new Refused(refusal);
        case RoleDecision.Eligible(Set<UserRole> roles) -> {
          Optional<Refusal> broken = sequenceRefusal(posted, facts);
          if (broken.isPresent()) {
            yield new Refused(broken.get());
          }
          yield posted.entry().nonDevice()
              ? DspServices.decide(facts, posted.request(), now)
              : decideAboutDevice(facts, posted, question, roles, times, now);
        }
      };
    } catch (ElementException notAsTheSchemaSays) {
      return new Refused(Refusal.withoutOwnCode(String.valueOf(notAsTheSchemaSays.getMessage())));
    }
  }

  /** Decides again about a request that was held or waited, when it is to be carried out. */
  static RequestDecision decideAgain(RequestFacts facts, Posted posted, Instant now) {
    try {
      AccessQuestion question = question(posted, now);
      return switch (AccessControl.eligibleRoles(question, facts.user())) {
        case RoleDecision.Refused(Refusal refusal) -> new Refused(refusal);
        case RoleDecision.Eligible(Set<UserRole> roles) ->
            switch (AccessControl.authorise(question, roles, facts.target(), now)) {
              case AccessDecision.Refused(Refusal refusal) -> new Refused(refusal);
              case AccessDecision.Granted(UserRole role) ->
                  command(facts, posted, role, Optional.empty());
            };
      };
    } catch (ElementException notAsTheSchemaSays) {
      return new Refused(Refusal.withoutOwnCode(String.valueOf(notAsTheSchemaSays.getMessage())));
    }
  }

  private static AccessQuestion question(Posted posted, Instant now) throws ElementException {
    ServiceRequest request = posted.request();
    return new AccessQuestion(
        request.requestId(),
        posted.service(),
        request.commandVariant(),
        posted.entry(),
        body(request, posted.entry()),
        request
            .executionDateTime()
            .filter(date -> FutureDate.of(Optional.of(date), now) == FutureDate.LATER));
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

  /** What may not stand in a sequence, and what stands in the wrong place. */
  private static Optional<Refusal> sequenceRefusal(Posted posted, RequestFacts facts) {
    ServiceRequest request = posted.request();
    Optional<MessageId> predecessor = request.precedingRequestId();
    boolean first = request.firstInSequence().orElse(false);
    if (predecessor.isEmpty() && !first) {
      return Optional.empty();
    }
    boolean sent =
        request.commandVariant() == CommandVariant.NON_CRITICAL_WAN
            || request.commandVariant() == CommandVariant.CRITICAL_WAN;
    if (!sent) {
      return refusal(
          ResponseCode.E12, "only requests that are sent over the SM WAN stand in a sequence");
    }
    if (posted.entry().returnsSensitiveData()
        && facts.target().filter(RequestDecisions::gas).isPresent()) {
      return refusal(
          ResponseCode.E11, "a gas device is not asked for sensitive data in a sequence");
    }
    boolean misplaced =
        predecessor.isPresent()
            && (first
                || predecessor.get().equals(request.requestId())
                || !predecessor.get().originator().equals(request.requestId().originator())
                || facts.predecessor().filter(SequenceRules::outOfOrder).isPresent());
    return misplaced
        ? refusal(ResponseCode.E41, "the request is not in its place in the sequence")
        : Optional.empty();
  }

  private static boolean gas(Target target) {
    return target.device().type() == DeviceType.GSME || target.device().type() == DeviceType.GPF;
  }

  private static RequestDecision decideAboutDevice(
      RequestFacts facts,
      Posted posted,
      AccessQuestion question,
      Set<UserRole> roles,
      RequestTimes times,
      Instant now)
      throws ElementException {
    return switch (AccessControl.authorise(question, roles, facts.target(), now)) {
      case AccessDecision.Refused(Refusal refusal) -> new Refused(refusal);
      case AccessDecision.Granted(UserRole role) -> granted(facts, posted, role, times, now);
    };
  }

  private static RequestDecision granted(
      RequestFacts facts, Posted posted, UserRole role, RequestTimes times, Instant now)
      throws ElementException {
    ServiceRequest request = posted.request();
    Optional<SequencePlace> place = place(request, facts);
    Optional<Instant> execution = request.executionDateTime();
    FutureDate date = FutureDate.of(execution, now);
    if (date == FutureDate.LATER && execution.orElseThrow().isAfter(now.plus(times.horizon()))) {
      return new Refused(
          Refusal.withoutOwnCode(
              String.format(
                  Locale.ROOT, "the date is more than %d days ahead", times.horizon().toDays())));
    }
    boolean heldByDsp = posted.entry().futureDating() == FutureDating.DSP;
    if (heldByDsp && date == FutureDate.CANCELLATION && sent(request)) {
      return cancel(facts);
    }
    if (date == FutureDate.LATER && posted.entry().futureDating() == FutureDating.DSP_AND_DEVICE) {
      return new Refused(
          Refusal.withoutOwnCode("a change of supplier cannot be dated ahead in this version"));
    }
    if (heldByDsp && date == FutureDate.LATER && givenBack(request)) {
      return new Refused(
          new Refusal(ResponseCode.E17, "what the DSP holds is not given back for local delivery"));
    }
    boolean hold = heldByDsp && date == FutureDate.LATER && sent(request);
    DeviceType type = facts.target().orElseThrow().device().type();
    if (request.precedingRequestId().isPresent()) {
      RequestState state =
          afterPredecessor(
              request.precedingRequestId().get(),
              facts.predecessor(),
              hold ? execution : Optional.empty(),
              times,
              now);
      return state instanceof RequestState.InFlight
          ? command(facts, posted, role, place)
          : new NotYet(state, role, type, place);
    }
    return hold
        ? new NotYet(new RequestState.Held(execution.orElseThrow()), role, type, place)
        : command(facts, posted, role, place);
  }

  private static boolean sent(ServiceRequest request) {
    return switch (request.commandVariant()) {
      case NON_CRITICAL_WAN, CRITICAL_WAN -> true;
      case NON_CRITICAL_LOCAL,
          NON_CRITICAL_BOTH,
          TRANSFORM,
          CRITICAL_LOCAL,
          CRITICAL_BOTH,
          NON_DEVICE,
          DSP_SCHEDULED ->
          false;
    };
  }

  private static boolean givenBack(ServiceRequest request) {
    return switch (request.commandVariant()) {
      case NON_CRITICAL_LOCAL, NON_CRITICAL_BOTH, CRITICAL_LOCAL, CRITICAL_BOTH -> true;
      case NON_CRITICAL_WAN, TRANSFORM, CRITICAL_WAN, NON_DEVICE, DSP_SCHEDULED -> false;
    };
  }

  private static Optional<SequencePlace> place(ServiceRequest request, RequestFacts facts) {
    if (request.precedingRequestId().isPresent()) {
      return Optional.of(
          new SequencePlace(
              request.precedingRequestId(), SequenceRules.positionAfter(facts.predecessor())));
    }
    return request.firstInSequence().orElse(false)
        ? Optional.of(new SequencePlace(Optional.empty(), 1))
        : Optional.empty();
  }

  /** Where a member of a sequence stands; in flight where its command can be made now. */
  private static RequestState afterPredecessor(
      MessageId predecessor,
      Optional<Predecessor> known,
      Optional<Instant> execution,
      RequestTimes times,
      Instant now) {
    return switch (SequenceRules.event(known, execution)) {
      case RequestEvent.PredecessorSucceeded _ ->
          execution.<RequestState>map(RequestState.Held::new).orElseGet(RequestState.InFlight::new);
      case RequestEvent.PredecessorFailed _ ->
          new RequestState.Failed(FailureReason.PREDECESSOR_FAILED);
      case RequestEvent _ ->
          new RequestState.WaitingForPredecessor(predecessor, now.plus(times.predecessorWait()));
    };
  }

  private static RequestDecision cancel(RequestFacts facts) {
    return facts.waiting().isEmpty()
        ? new Refused(Refusal.withoutOwnCode("no request of this service is held for the device"))
        : new AnsweredByDsp(
            ResponseCode.I0,
            new ResponseData.Nothing(),
            facts.waiting().stream().<DspChange>map(DspChange.CancelHeld::new).toList());
  }

  private static RequestDecision command(
      RequestFacts facts, Posted posted, UserRole role, Optional<SequencePlace> place) {
    ServiceRequest request = posted.request();
    Device device = facts.target().orElseThrow().device();
    boolean signed = request.body().localName().equals(SignedPreCommand.ELEMENT);
    Optional<Octets> preCommand = facts.transformed().map(Transformed::preCommand);
    if (signed && preCommand.isEmpty()) {
      return new Refused(
          Refusal.withoutOwnCode(
              "no Pre-Command was made under this Request ID and service reference"));
    }
    return new CommandNeeded(
        use(request.commandVariant()), device, role, signed ? preCommand : Optional.empty(), place);
  }

  private static CommandUse use(CommandVariant variant) {
    return switch (variant) {
      case NON_CRITICAL_WAN, CRITICAL_WAN, DSP_SCHEDULED -> CommandUse.SEND;
      case NON_CRITICAL_LOCAL, CRITICAL_LOCAL -> CommandUse.GIVE_BACK;
      case NON_CRITICAL_BOTH, CRITICAL_BOTH -> CommandUse.SEND_AND_GIVE_BACK;
      case TRANSFORM -> CommandUse.PRE_COMMAND;
      case NON_DEVICE -> throw new IllegalStateException("a non-device request makes no command");
    };
  }

  private static Optional<Refusal> refusal(ResponseCode code, String rule) {
    return Optional.of(new Refusal(code, rule));
  }
}
