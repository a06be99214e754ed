// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform.gas;

import static org.meterbox.transform.gas.GbzCommands.issuerEvent;

import java.util.ArrayList;
import java.util.List;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.gbz.ZclFieldsBuilder;
import org.meterbox.gbcs.gbz.ZclValue;
import org.meterbox.kernel.Octets;
import org.meterbox.transform.CalendarNames;
import org.meterbox.transform.CosemForms;
import org.meterbox.transform.Numbered;
import org.meterbox.transform.Translation;

/**
 * The ZigBee calendar of a gas meter: one Publish Calendar, then its days, weeks, seasons and
 * special days, which the meter takes or refuses as one (GCS01a and GCS05).
 */
final class GasCalendar {
  /** Which price tier is in force. */
  static final int TARIFF = 0;

  /** When the supply stays on without credit. */
  static final int NON_DISABLEMENT = 3;

  private static final int DAYS = 7;
  private static final int FIRST_YEAR = 1900;

  private final Translation translation;
  private final GbzCommands commands;
  private final int type;
  private final long start;

  private GasCalendar(Translation translation, GbzCommands commands, int type, long start) {
    this.translation = translation;
    this.commands = commands;
    this.type = type;
    this.start = start;
  }

  /** From a minute of the day on, this tier, or this answer to whether the supply stays on. */
  record Switch(int minute, int action) {}

  /** A profile with the element that gives its number. */
  record Day(XmlElement name, List<Switch> switches) {
    Day {
      switches = List.copyOf(switches);
    }

    int id() throws ElementException {
      return (int) CosemForms.within(name, 1, 0xFF);
    }
  }

  /** The elements of the request that hold lists of weeks, seasons and special days. */
  record Lists(XmlElement weeks, XmlElement seasons, XmlElement specialDays) {}

  /** Adds the commands. */
  static void publish(
      Translation translation, GbzCommands commands, int type, List<Day> days, Lists lists)
      throws ElementException {
    long start = GbzCommands.publication(translation.body());
    GasCalendar calendar = new GasCalendar(translation, commands, type, start);
    List<XmlElement> weeks = lists.weeks().children("WeekProfile");
    List<XmlElement> seasons = lists.seasons().children("Season");
    List<XmlElement> specialDays = lists.specialDays().children("SpecialDay");
    CalendarNames.requireDefined(
        days.stream().map(Day::name).toList(),
        new CalendarNames.References(weeks, seasons, specialDays));
    commands.send(
        "Publish Calendar",
        f ->
            calendar
                .identified(f)
                .number("Start Time", start)
                .number("Calendar Type", type)
                .number("Calendar Time Reference", 0)
                .octets("Calendar Name", Octets.EMPTY)
                .number("Number of Seasons", seasons.size())
                .number("Number of Week Profiles", weeks.size())
                .number("Number of Day Profiles", days.size()));
    for (Day day : days) {
      calendar.day(day);
    }
    for (XmlElement week : weeks) {
      calendar.week(week);
    }
    calendar.seasons(seasons);
    calendar.specialDays(specialDays);
  }

  /** The calendar takes its name from the time of translation, as the event does. */
  private ZclFieldsBuilder identified(ZclFieldsBuilder fields) {
    return fields
        .number("Provider Id", 0)
        .number("Issuer Event Id", issuerEvent(translation))
        .number("Issuer Calendar Id", issuerEvent(translation));
  }

  private void day(Day day) throws ElementException {
    int id = day.id();
    commands.send(
        "Publish Day Profile",
        f ->
            identified(f)
                .number("Day Id", id)
                .number("Total Number of Schedule Entries", day.switches().size())
                .number("Command Index", 0)
                .number("Total Number of Commands", 1)
                .number("Calendar Type", type)
                .rows(
                    "Schedule Entries",
                    day.switches(),
                    (row, entry) ->
                        row.number("Start Minute", entry.minute())
                            .number("Price Tier or Friendly Credit Enable", entry.action())));
  }

  private void week(XmlElement week) throws ElementException {
    int id = (int) CosemForms.within(week.child("WeekName"), 1, 0xFF);
    List<Integer> days = new ArrayList<>();
    for (XmlElement day : Numbered.inOrder(week, "ReferencedDayName")) {
      days.add((int) CosemForms.within(day, 1, 0xFF));
    }
    commands.send(
        "Publish Week Profile",
        f ->
            identified(f)
                .number("Week Id", id)
                .rows("Days From Monday", days, (row, day) -> row.number("Day Id Ref", day)));
  }

  private record DatedProfile(ZclValue.Date date, int profile) {}

  private void seasons(List<XmlElement> seasons) throws ElementException {
    List<DatedProfile> entries = new ArrayList<>();
    for (XmlElement season : seasons) {
      int week = (int) CosemForms.within(season.child("ReferencedWeekName"), 1, 0xFF);
      entries.add(new DatedProfile(date(season.child("SeasonStartDate")), week));
    }
    commands.send(
        "Publish Seasons",
        f ->
            identified(f)
                .number("Command Index", 0)
                .number("Total Number of Commands", 1)
                .rows(
                    "Seasons",
                    entries,
                    (row, entry) ->
                        row.date("Season Start Date", entry.date())
                            .number("Week Id Ref", entry.profile())));
  }

  private void specialDays(List<XmlElement> days) throws ElementException {
    List<DatedProfile> entries = new ArrayList<>();
    for (XmlElement day : days) {
      int profile = (int) CosemForms.within(day.child("ReferencedDayName"), 1, 0xFF);
      entries.add(new DatedProfile(date(day.child("Date")), profile));
    }
    commands.send(
        "Publish Special Days",
        f ->
            identified(f)
                .number("Start Time", start)
                .number("Calendar Type", type)
                .number("Total Number of Special Days", entries.size())
                .number("Command Index", 0)
                .number("Total Number of Commands", 1)
                .rows(
                    "Special Days",
                    entries,
                    (row, entry) ->
                        row.date("Special Day Date", entry.date())
                            .number("Day Id Ref", entry.profile())));
  }

  /** A date whose parts may be left open. */
  private static ZclValue.Date date(XmlElement element) throws ElementException {
    XmlElement year = element.child("GasYearWithWildcards").onlyChild();
    return new ZclValue.Date(
        year.localName().equals("SpecifiedYear")
            ? (int) CosemForms.within(year, FIRST_YEAR, FIRST_YEAR + 0xFE) - FIRST_YEAR
            : ZclValue.Date.ANY,
        part(element.child("GasMonthWithWildcards"), "SpecifiedMonth", 12),
        part(element.child("GasDayOfMonthWithWildcards"), "SpecifiedDayOfMonth", 31),
        part(element.child("GasDayOfWeekWithWildcards"), "SpecifiedDayOfWeek", DAYS));
  }

  private static int part(XmlElement element, String specified, int max) throws ElementException {
    XmlElement choice = element.onlyChild();
    return choice.localName().equals(specified)
        ? (int) CosemForms.within(choice, 1, max)
        : ZclValue.Date.ANY;
  }
}
