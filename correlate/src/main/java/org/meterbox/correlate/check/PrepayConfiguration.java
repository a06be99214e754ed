// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.meterbox.correlate.expectation.Data;
import org.meterbox.correlate.expectation.DlmsCommand;
import org.meterbox.correlate.expectation.Expectation;
import org.meterbox.correlate.expectation.GbzCommand;
import org.meterbox.correlate.expectation.Requested;
import org.meterbox.correlate.expectation.Segment;
import org.meterbox.correlate.expectation.ZclFields;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.kernel.Octets;

/** How a meter works in prepayment mode: 2.1 (GBCS ECS08, ECS08a, GCS05). */
final class PrepayConfiguration {
  private static final int PREPAYMENT = 0x0705;
  private static final int TO_SERVER = 0x01;
  private static final int NON_DISABLEMENT = 3;
  private static final long NEVER = 0xFFFF_FFFFL;
  private static final String SUPPLY_SCRIPTS = "00000A006AFF";
  private static final int SCRIPT_START = 32;
  private static final int SCRIPT_STOP = 33;
  private static final int SECONDS_PER_WEEK = 604_800;

  /** Objects that ECS08a sets, in the order of their activation. */
  private static final List<String> ACTIVATED =
      List.of("2.20", "2.10", "128.12", "128.13", "128.9", "128.2", "128.3", "128.28");

  private PrepayConfiguration() {}

  static List<Expectation> configuration(OriginalRequest request, UserKnowledge knowledge)
      throws ElementException {
    if (!request.body().has("UpdatePrepayConfigElectricity")) {
      return List.of(gas(request));
    }
    // ECS08 sets the highest balance at once, its successor together with everything else.
    List<Expectation> expectations = new ArrayList<>();
    if (knowledge.mayTakeReplaced(request, false)) {
      expectations.add(electricity(request, 0x00DE, 4));
    }
    if (knowledge.mayTakeReplaced(request, true)) {
      expectations.add(electricity(request, 0x001F, 2));
    }
    return expectations;
  }

  private static Expectation electricity(OriginalRequest request, int useCase, int balanceAttribute)
      throws ElementException {
    XmlElement body = request.body().child("UpdatePrepayConfigElectricity");
    Data time = Activation.of(request).dlms();
    Schedule schedule = schedule(body.child("ElectricityNonDisablementCalendar"));
    DlmsCommand command =
        new DlmsCommand(request.requestId().counter())
            .set(
                CosemAttribute.of(11, "0-1:11.0.2.255", 2),
                "special days",
                schedule.specialDays(day -> day.child("Date")))
            .set(
                CosemAttribute.of(9000, "0-0:94.44.2.20", balanceAttribute),
                "MaxMeterBalance",
                Data.int32(body.child("MaxMeterBalance")))
            .set(
                CosemAttribute.of(9000, "0-0:94.44.2.10", 4),
                "MaxCreditThreshold",
                Data.int32(body.child("MaxCreditThreshold")))
            .set(
                CosemAttribute.of(10, "0-1:12.0.1.255", 2),
                "non-disablement calendar",
                schedule.entries())
            .set(
                CosemAttribute.of(9000, "0-0:94.44.128.12", 4),
                "DebtRecoveryRateCap",
                Data.uint16(body.child("DebtRecoveryRateCap")))
            .set(
                CosemAttribute.of(9000, "0-0:94.44.128.13", 4),
                "period of the DebtRecoveryRateCap",
                Data.prescribed("one week", new DlmsValue.Int32(SECONDS_PER_WEEK)))
            .set(threshold("128.9", 4), "LowCreditThreshold", amount(body, "LowCreditThreshold"))
            .set(threshold("128.2", 4), "EmergencyCredit", amount(body, "EmergencyCreditLimit"))
            .set(threshold("128.31", 6), "time for the calendar", time)
            .set(
                threshold("128.3", 4),
                "EmergencyCreditThreshold",
                amount(body, "EmergencyCreditThreshold"));
    for (String object : ACTIVATED) {
      command.set(threshold(object, 6), "time for 94.44." + object, time);
    }
    return Expectation.of(useCase, command.payload());
  }

  private static CosemAttribute threshold(String object, int attribute) {
    return CosemAttribute.of(9000, "0-0:94.44." + object, attribute);
  }

  private static Data amount(XmlElement body, String name) throws ElementException {
    return Data.int32(body.child(name));
  }

  private static Schedule schedule(XmlElement calendar) throws ElementException {
    Schedule schedule =
        new Schedule(
            calendar.child("ElectricitySpecialDays").children("SpecialDay"),
            "index",
            SUPPLY_SCRIPTS);
    for (XmlElement entry : calendar.children("ElectricityNonDisablementSchedule")) {
      XmlElement when = entry.child("ScheduleDatesAndTime");
      List<Integer> specialDays = new ArrayList<>();
      for (XmlElement day :
          entry.child("SpecialDaysApplicability").children("SpecialDayApplicability")) {
        specialDays.add(
            (int) Requested.within(day.child("SpecialDayID"), 1, Schedule.MAX_SPECIAL_DAYS));
      }
      schedule.add(
          entry,
          script(entry.child("NonDisablementScript")),
          Moments.timeOfDay(when.child("SwitchTime")),
          Schedule.weekdays(entry.child("DaysOfWeekApplicability")),
          specialDays,
          Moments.plainDate(when.child("StartDate")),
          Moments.plainDate(when.child("EndDate")));
    }
    return schedule;
  }

  private static Data script(XmlElement element) throws ElementException {
    return Data.requested(
        element, new DlmsValue.UInt16(starts(element) ? SCRIPT_START : SCRIPT_STOP));
  }

  private static boolean starts(XmlElement element) throws ElementException {
    return switch (element.token()) {
      case "START" -> true;
      case "STOP" -> false;
      default -> throw element.fault("is neither START nor STOP");
    };
  }

  private static Expectation gas(OriginalRequest request) throws ElementException {
    XmlElement body = request.body().child("UpdatePrepayConfigGas");
    Activation time = Activation.of(request);
    GbzCommand command = new GbzCommand();
    limits(command, body, time);
    calendar(command, body.child("GasNonDisablementCalendar"), time);
    return Expectation.of(0x006F, command.payload());
  }

  private static void limits(GbzCommand command, XmlElement body, Activation time)
      throws ElementException {
    ZclFields emergency =
        time.addTo(new ZclFields().senderTime("Issuer Event Id"), NEVER)
            .unsigned(body.child("EmergencyCreditLimit"), 4)
            .unsigned(body.child("EmergencyCreditThreshold"), 4);
    ZclFields cap = time.addTo(head(), NEVER).signed32(body.child("DebtRecoveryRateCap"));
    ZclFields maximum =
        time.addTo(head(), NEVER)
            .unsigned(body.child("MaxMeterBalance"), 4)
            .unsigned(body.child("MaxCreditThreshold"), 4);
    command
        .command("Emergency Credit Setup", PREPAYMENT, TO_SERVER, 0x03, emergency)
        .command("Set Overall Debt Cap", PREPAYMENT, TO_SERVER, 0x0C, cap)
        .command(
            "Set Low Credit Warning Level",
            PREPAYMENT,
            Segment.requested(time.field(), time.words(), time.utcTime(NEVER)),
            TO_SERVER,
            0x09,
            new ZclFields().unsigned(body.child("LowCreditThreshold"), 4))
        .command("Set Maximum Credit Limit", PREPAYMENT, TO_SERVER, 0x0B, maximum);
  }

  private static ZclFields head() {
    return new ZclFields().prescribed("Provider Id", 0, 4).senderTime("Issuer Event Id");
  }

  private static void calendar(GbzCommand command, XmlElement given, Activation time)
      throws ElementException {
    List<XmlElement> seasons = given.child("SeasonProfiles").children("Season");
    List<XmlElement> weeks = given.child("WeekProfiles").children("WeekProfile");
    List<XmlElement> days = given.child("DayProfiles").children("GasNonDisablementDayProfile");
    List<XmlElement> specialDays = given.child("SpecialDays").children("SpecialDay");
    List<XmlElement> names = new ArrayList<>();
    for (XmlElement day : days) {
      names.add(day.child("GasDayName"));
    }
    new ProfileNames(names, weeks).check(seasons, specialDays);
    GasCalendar calendar = new GasCalendar(command, time, NON_DISABLEMENT);
    calendar.calendar(seasons, weeks, days);
    for (XmlElement day : days) {
      List<XmlElement> actions = day.children("TimeStartAction");
      calendar.day(day.child("GasDayName"), actions.size(), fields -> addSwitches(actions, fields));
    }
    for (XmlElement week : weeks) {
      calendar.week(week);
    }
    calendar.seasons(seasons);
    calendar.specialDays(specialDays);
  }

  private static void addSwitches(List<XmlElement> actions, ZclFields fields)
      throws ElementException {
    for (XmlElement action : actions) {
      XmlElement start = action.child("StartTime");
      LocalTime time = start.time();
      if (time.getSecond() != 0 || time.getNano() != 0) {
        throw start.fault("is not a whole minute");
      }
      XmlElement what = action.child("NonDisablementAction");
      fields
          .unsigned(start, 60L * time.getHour() + time.getMinute(), 2)
          .requested(what.path(), what.token(), Octets.of((byte) (starts(what) ? 1 : 0)));
    }
  }
}
