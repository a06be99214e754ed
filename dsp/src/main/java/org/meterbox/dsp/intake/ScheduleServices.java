// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.intake;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.meterbox.dsp.access.AccessControl;
import org.meterbox.dsp.access.AccessDecision;
import org.meterbox.dsp.access.AccessQuestion;
import org.meterbox.dsp.access.AccessQuestion.Body;
import org.meterbox.dsp.access.Refusal;
import org.meterbox.dsp.access.RoleDecision;
import org.meterbox.dsp.intake.RequestDecision.AnsweredByDsp;
import org.meterbox.dsp.intake.RequestDecision.Refused;
import org.meterbox.dsp.intake.RequestFacts.ServiceFacts;
import org.meterbox.dsp.schedules.Schedule;
import org.meterbox.dsp.schedules.ScheduleCalendar;
import org.meterbox.dsp.schedules.ScheduledRequest;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.response.ResponseData;
import org.meterbox.duis.response.ResponseData.DspResult;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.UserRole;
import org.meterbox.kernel.catalogue.ServiceRequestCatalogue;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;

/**
 * Decides about 5.1 Create, 5.2 Read and 5.3 Delete Schedule.
 *
 * <p>The schema has response codes for these services, but what each of them means is not public.
 * The causes here have been given them one by one; the names below are the only place that says
 * which.
 */
final class ScheduleServices {
  private static final String NOT_SCHEDULABLE = "E050101";
  private static final String ELEMENT_OF_ANOTHER_SERVICE = "E050102";
  private static final String ENDS_BEFORE_ITS_START = "E050103";
  private static final String NEVER_RUNS = "E050105";
  private static final String PERIOD_ENDS_BEFORE_ITS_START = "E050107";
  private static final String TOO_MANY = "E050108";
  private static final String READ_UNKNOWN = "E050201";
  private static final String READ_NONE_ON_DEVICE = "W050201";
  private static final String DELETE_UNKNOWN = "E050301";
  private static final String DELETE_NONE_ON_DEVICE = "W050301";

  private ScheduleServices() {}

  static RequestDecision create(RequestFacts facts, ServiceRequest request, Instant now)
      throws ElementException {
    if (!(facts.service() instanceof ServiceFacts.Schedules known)) {
      throw new IllegalStateException("5.1 is decided with the schedules at hand");
    }
    Schedule schedule = known.fresh().orElseThrow();
    Optional<ServiceRequestEntry> entry =
        ServiceRequestCatalogue.current().find(schedule.service());
    if (entry.isEmpty() || !entry.get().schedulable()) {
      return refused(NOT_SCHEDULABLE, "no DSP schedule runs this service");
    }
    Optional<Refusal> notAllowed = access(facts, request, entry.get(), now);
    if (notAllowed.isPresent()) {
      return new Refused(notAllowed.get());
    }
    Optional<Refused> wrong = contentFault(schedule, entry.get());
    if (wrong.isPresent()) {
      return wrong.get();
    }
    if (known.found().size() >= Schedule.PER_USER_AND_DEVICE_MAX) {
      return refused(
          TOO_MANY,
          String.format(
              Locale.ROOT,
              "the user has %d schedules on the device already",
              Schedule.PER_USER_AND_DEVICE_MAX));
    }
    Optional<ScheduleCalendar.Run> first = schedule.calendar().firstFrom(now);
    return first
        .<RequestDecision>map(run ->
            DspServices.done(
                new ResponseData.ScheduleCreated(schedule.id()),
                new DspChange.CreateSchedule(schedule, run)))
        .orElseGet(() -> refused(NEVER_RUNS, "the schedule's last day has passed"));
  }

  /** The right to create a schedule is the right to what it runs. */
  private static Optional<Refusal> access(
      RequestFacts facts, ServiceRequest request, ServiceRequestEntry entry, Instant now) {
    AccessQuestion question =
        new AccessQuestion(
            request.requestId(),
            Optional.empty(),
            CommandVariant.DSP_SCHEDULED,
            entry,
            Body.REQUEST,
            Optional.empty());
    return switch (AccessControl.eligibleRoles(question, facts.user())) {
      case RoleDecision.Refused(Refusal refusal) -> Optional.of(refusal);
      case RoleDecision.Eligible(Set<UserRole> roles) ->
          switch (AccessControl.authorise(question, roles, facts.target(), now)) {
            case AccessDecision.Refused(Refusal refusal) -> Optional.of(refusal);
            case AccessDecision.Granted _ -> Optional.empty();
          };
    };
  }

  private static Optional<Refused> contentFault(Schedule schedule, ServiceRequestEntry entry)
      throws ElementException {
    Optional<XmlElement> asked = schedule.details().find(ScheduledRequest.elementFor(entry));
    if (asked.isEmpty()
        || !schedule
            .details()
            .child("DSPScheduledServiceReference")
            .token()
            .equals(entry.serviceReference())) {
      return Optional.of(
          refused(
              ELEMENT_OF_ANOTHER_SERVICE,
              "the schedule's content does not belong to the service that it is to run"));
    }
    ScheduleCalendar calendar = schedule.calendar();
    if (calendar.end().filter(end -> end.isBefore(calendar.start())).isPresent()) {
      return Optional.of(refused(ENDS_BEFORE_ITS_START, "the schedule ends before it starts"));
    }
    return asked.get().has("StartDateOffset") && !periodIsForward(asked.get())
        ? Optional.of(
            refused(
                PERIOD_ENDS_BEFORE_ITS_START,
                "the period that is to be read ends before it starts"))
        : Optional.empty();
  }

  private static boolean periodIsForward(XmlElement asked) throws ElementException {
    long start = asked.integer("StartDateOffset");
    long end = asked.integer("EndDateOffset");
    return start < end || (start == end && asked.time("StartTime").isBefore(asked.time("EndTime")));
  }

  static RequestDecision read(RequestFacts facts, ServiceRequest request) {
    List<Schedule> found = found(facts);
    if (found.isEmpty()) {
      return none(request, READ_UNKNOWN, READ_NONE_ON_DEVICE);
    }
    return DspServices.done(
        new DspResult(
            XmlElement.of(
                "DSPSchedulesRead", found.stream().map(ScheduleServices::element).toList())));
  }

  private static XmlElement element(Schedule schedule) {
    return XmlElement.of(
        "DSPSchedules",
        XmlElement.leaf("DSPScheduleID", Long.toString(schedule.id())),
        XmlElement.of("DSPScheduleDetails", schedule.details().children()));
  }

  static RequestDecision delete(RequestFacts facts, ServiceRequest request) {
    List<Schedule> found = found(facts);
    if (found.isEmpty()) {
      return none(request, DELETE_UNKNOWN, DELETE_NONE_ON_DEVICE);
    }
    DspChange[] changes =
        found.stream()
            .map(schedule -> new DspChange.DeleteSchedule(schedule.id()))
            .toArray(DspChange[]::new);
    return DspServices.done(new ResponseData.Nothing(), changes);
  }

  private static List<Schedule> found(RequestFacts facts) {
    if (!(facts.service() instanceof ServiceFacts.Schedules known)) {
      throw new IllegalStateException("5.2 and 5.3 are decided with the schedules at hand");
    }
    return known.found();
  }

  /** A schedule that is named must be there; a device may have none. */
  private static RequestDecision none(ServiceRequest request, String unknown, String noneThere) {
    return request.body().has("DSPScheduleID")
        ? refused(unknown, "the user has no schedule with this identifier")
        : new AnsweredByDsp(DspServices.code(noneThere), new ResponseData.Nothing(), List.of());
  }

  private static Refused refused(String code, String rule) {
    return new Refused(new Refusal(DspServices.code(code), rule));
  }
}
