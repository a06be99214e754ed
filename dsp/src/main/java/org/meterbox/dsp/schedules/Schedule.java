// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.schedules;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.ServiceReferenceVariant;

/**
 * What a user asks to be run again and again (DUIS 5.1, CreateSchedule).
 *
 * @param id its identifier, 0 to 1,000,000,000,000
 * @param owner in whose name it runs
 * @param device which device is read
 * @param service the service reference variant that runs
 * @param calendar when it runs
 * @param details the request's element with everything the owner said, for 5.2 to give back
 */
public record Schedule(
    long id,
    Eui64 owner,
    Eui64 device,
    ServiceReferenceVariant service,
    ScheduleCalendar calendar,
    XmlElement details) {
  /** Schedules that one user may have on one device: as many as an answer to 5.2 holds. */
  public static final int PER_USER_AND_DEVICE_MAX = 99;

  private static final String START_TIME = "ScheduleExecutionStartTime";
  private static final String END_DATE = "ScheduleEndDate";

  /**
   * Reads what was asked.
   *
   * @param id the identifier that the DSP gives it
   * @param timeWithoutOwn when it runs if its owner does not say
   */
  public static Schedule read(long id, Eui64 owner, XmlElement asked, LocalTime timeWithoutOwn)
      throws ElementException {
    Optional<LocalDate> end =
        asked.has(END_DATE) ? Optional.of(asked.date(END_DATE)) : Optional.empty();
    LocalTime time = asked.has(START_TIME) ? asked.time(START_TIME) : timeWithoutOwn;
    XmlElement frequency = asked.child("ScheduleFrequency");
    return new Schedule(
        id,
        owner,
        asked.eui64("DeviceID"),
        service(asked),
        new ScheduleCalendar(
            ScheduleFrequency.of(frequency.token())
                .orElseThrow(() -> frequency.fault("is no frequency")),
            asked.date("ScheduleStartDate"),
            end,
            time),
        asked);
  }

  /** The service reference variant that a schedule is to run. */
  public static ServiceReferenceVariant service(XmlElement asked) throws ElementException {
    return new ServiceReferenceVariant(asked.child("DSPScheduledServiceReferenceVariant").token());
  }
}
