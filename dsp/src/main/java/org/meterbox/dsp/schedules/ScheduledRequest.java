// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.schedules;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.duis.xml.DuisNames;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.duis.xml.XmlValues;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;

/** Makes the request of one run of a schedule (command variant 9). */
public final class ScheduledRequest {
  /**
   * Counters of runs lie above this, apart from those that users give their own requests. None of
   * the services that may be scheduled is protected against replay, so such a counter closes no
   * device to its owner.
   */
  private static final long COUNTER_BASE = 1L << 62;

  private static final String PREFIX = "DSP";
  private static final String CERTIFICATE = "KAPublicSecurityCredential";
  private static final String START_OFFSET = "StartDateOffset";

  private ScheduledRequest() {}

  /** Names a run; the same run has the same identifier however often it is made. */
  public static MessageId id(Schedule schedule, int run) {
    long counter = COUNTER_BASE + schedule.id() * ScheduleCalendar.RUNS_MAX + run;
    return new MessageId(schedule.owner(), schedule.device(), new OriginatorCounter(counter));
  }

  /** Local name of the element that says what an entry's request is to ask in a schedule. */
  public static String elementFor(ServiceRequestEntry entry) {
    return PREFIX + entry.requestElement();
  }

  /**
   * The request of a run.
   *
   * @param entry the scheduled service
   * @throws ElementException where the schedule holds the element of another service
   */
  public static RequestDraft of(
      Schedule schedule, ServiceRequestEntry entry, ScheduleCalendar.Run run)
      throws ElementException {
    XmlElement asked = schedule.details().child(elementFor(entry));
    Optional<XmlElement> certificate =
        schedule
            .details()
            .find(CERTIFICATE)
            .map(given -> XmlElement.leaf("KAPublicSecurityCredentials", given.text()));
    List<XmlElement> content =
        asked.has(START_OFFSET) ? List.of(period(asked, run.date())) : asked.children();
    XmlElement body =
        XmlElement.builder(DuisNames.DUIS, entry.requestElement())
            .children(content)
            .child(certificate)
            .build();
    return RequestDraft.single(
        id(schedule, run.number()), CommandVariant.DSP_SCHEDULED, schedule.service(), body);
  }

  /** The period of log entries that a run reads, relative to its day. */
  private static XmlElement period(XmlElement asked, LocalDate day) throws ElementException {
    return XmlElement.of(
        "ReadLogPeriod",
        dateTime("StartDateTime", day, asked.integer(START_OFFSET), asked.time("StartTime")),
        dateTime("EndDateTime", day, asked.integer("EndDateOffset"), asked.time("EndTime")));
  }

  private static XmlElement dateTime(String name, LocalDate day, long offset, LocalTime time) {
    return XmlElement.leaf(
        name, XmlValues.dateTime(day.plusDays(offset).atTime(time).toInstant(ZoneOffset.UTC)));
  }
}
