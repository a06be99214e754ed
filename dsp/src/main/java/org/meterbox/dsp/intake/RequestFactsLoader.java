// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.intake;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.meterbox.dsp.access.Target;
import org.meterbox.dsp.access.Targets;
import org.meterbox.dsp.estate.EstateFactsLoader;
import org.meterbox.dsp.intake.RequestDecisions.Posted;
import org.meterbox.dsp.intake.RequestFacts.ServiceFacts;
import org.meterbox.dsp.requests.FutureDate;
import org.meterbox.dsp.requests.Predecessor;
import org.meterbox.dsp.requests.RequestLedger;
import org.meterbox.dsp.requests.RequestLedger.Transformed;
import org.meterbox.dsp.requests.StoredRequest;
import org.meterbox.dsp.schedules.Schedule;
import org.meterbox.dsp.schedules.ScheduleLedger;
import org.meterbox.dsp.uplink.ReturnedResponses;
import org.meterbox.dsp.users.DccUser;
import org.meterbox.dsp.users.UserDirectory;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.request.SignedPreCommand;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.UserRole;

/** Reads from the store what the decision about a request depends on, and no more. */
public final class RequestFactsLoader {
  /** Requests that the DSP holds for one device and service of one user at most. */
  private static final int WAITING_MAX = 1_000;

  private final UserDirectory users;
  private final Targets targets;
  private final RequestLedger requests;
  private final EstateFactsLoader estate;
  private final ReturnedResponses returned;
  private final ScheduleLedger schedules;
  private final Eui64 dsp;

  /**
   * A loader.
   *
   * @param dsp the identifier to which non-device requests are addressed
   */
  public RequestFactsLoader(
      UserDirectory users,
      Targets targets,
      RequestLedger requests,
      EstateFactsLoader estate,
      ReturnedResponses returned,
      ScheduleLedger schedules,
      Eui64 dsp) {
    this.users = users;
    this.targets = targets;
    this.requests = requests;
    this.estate = estate;
    this.returned = returned;
    this.schedules = schedules;
    this.dsp = dsp;
  }

  /** The facts about a request. */
  RequestFacts load(Posted posted, Instant now) throws ElementException {
    ServiceRequest request = posted.request();
    MessageId id = request.requestId();
    boolean signed = request.body().localName().equals(SignedPreCommand.ELEMENT);
    Optional<Transformed> transformed =
        signed ? requests.transformed(id, request.serviceReferenceVariant()) : Optional.empty();
    Optional<Predecessor> predecessor = request.precedingRequestId().flatMap(requests::predecessor);
    return new RequestFacts(
        users.find(id.originator()),
        target(posted),
        transformed,
        predecessor,
        waiting(request, now),
        dsp,
        serviceFacts(posted, now));
  }

  private Optional<Target> target(Posted posted) throws ElementException {
    MessageId id = posted.request().requestId();
    if (!posted.entry().nonDevice()) {
      return targets.find(id.target(), id.originator());
    }
    return posted.request().body().localName().equals("CreateSchedule")
        ? targets.find(posted.request().body().eui64("DeviceID"), id.originator())
        : Optional.empty();
  }

  private List<StoredRequest> waiting(ServiceRequest request, Instant now) throws ElementException {
    if (FutureDate.of(request.executionDateTime(), now) != FutureDate.CANCELLATION) {
      return List.of();
    }
    MessageId id = request.requestId();
    return requests.waitingAt(id.target(), WAITING_MAX).stream()
        .filter(waiting -> waiting.key().id().originator().equals(id.originator()))
        .filter(waiting -> waiting.service().equals(request.serviceReferenceVariant()))
        .filter(waiting -> waiting.execution().isPresent())
        .toList();
  }

  private ServiceFacts serviceFacts(Posted posted, Instant now) throws ElementException {
    XmlElement asked = posted.request().body();
    Eui64 owner = posted.request().requestId().originator();
    return switch (asked.localName()) {
      case "CreateSchedule" -> {
        long id = schedules.nextId();
        Schedule fresh = Schedule.read(id, owner, asked, schedules.timeWithoutOwn(id));
        yield new ServiceFacts.Schedules(Optional.of(fresh), schedules.of(fresh.device(), owner));
      }
      case "ReadSchedule", "DeleteSchedule" ->
          new ServiceFacts.Schedules(Optional.empty(), named(asked, owner));
      case "ReturnLocalCommandResponse" ->
          new ServiceFacts.Returned(
              returned.read(owner, asked.base64("DeviceGBCSResponse"), original(asked), now));
      default -> estateFacts(posted);
    };
  }

  private static Optional<MessageId> original(XmlElement asked) throws ElementException {
    return asked.has("OriginalRequestID")
        ? Optional.of(asked.messageId("OriginalRequestID"))
        : Optional.empty();
  }

  private ServiceFacts estateFacts(Posted posted) throws ElementException {
    if (!posted.entry().nonDevice()) {
      return new ServiceFacts.None();
    }
    Eui64 asker = posted.request().requestId().originator();
    Set<UserRole> roles = users.find(asker).map(DccUser::roles).orElse(Set.of());
    return estate
        .load(asker, roles, posted.request().body())
        .<ServiceFacts>map(facts -> new ServiceFacts.Estate(facts, estate.coverage()))
        .orElseGet(ServiceFacts.None::new);
  }

  private List<Schedule> named(XmlElement asked, Eui64 owner) throws ElementException {
    return asked.has("DSPScheduleID")
        ? schedules.find(asked.integer("DSPScheduleID"), owner).stream().toList()
        : schedules.of(asked.eui64("DeviceID"), owner);
  }
}
