// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.gas;

import static org.meterbox.correlate.content.DlmsContent.within;
import static org.meterbox.correlate.content.GbzAnswers.date;
import static org.meterbox.correlate.content.GbzAnswers.needed;
import static org.meterbox.correlate.content.GbzAnswers.rows;

import java.util.List;
import org.meterbox.correlate.content.GbzAnswers;
import org.meterbox.correlate.content.UnexpectedContentException;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.gbz.Cluster;
import org.meterbox.gbcs.gbz.ZclFields;

/** Switching tables of gas meters, as the calendar cluster publishes them. */
final class Calendars {
  private static final int PUBLISH_DAY_PROFILE = 0x01;
  private static final int PUBLISH_WEEK_PROFILE = 0x02;
  private static final int PUBLISH_SEASONS = 0x03;
  private static final int PUBLISH_SPECIAL_DAYS = 0x04;
  private static final int MAX_WEEKS = 2;

  private final GbzAnswers answers;
  private final int maxDays;

  /** The published calendar, which may have so many day profiles. */
  Calendars(GbzAnswers answers, int maxDays) {
    this.answers = answers;
    this.maxDays = maxDays;
  }

  @FunctionalInterface
  interface Day {
    void write(long day, List<ZclFields> entries) throws UnexpectedContentException;
  }

  void days(Day day) throws UnexpectedContentException {
    for (ZclFields fields : answers.published(Cluster.CALENDAR, PUBLISH_DAY_PROFILE)) {
      day.write(within(needed(fields, "Day Id"), 1, maxDays), rows(fields, "Schedule Entries"));
    }
  }

  void weeks(String dayElement, MmcWriter out) throws UnexpectedContentException {
    out.open("WeekProfiles");
    for (ZclFields fields : answers.published(Cluster.CALENDAR, PUBLISH_WEEK_PROFILE)) {
      out.open("WeekProfile").leaf("WeekName", within(needed(fields, "Week Id"), 1, MAX_WEEKS));
      List<ZclFields> days = rows(fields, "Days From Monday");
      for (int i = 0; i < days.size(); i++) {
        long day = within(needed(days.get(i), "Day Id Ref"), 1, maxDays);
        out.open(dayElement).attribute("index", i + 1).text(day).close();
      }
      out.close();
    }
    out.close();
  }

  void seasons(String element, MmcWriter out) throws UnexpectedContentException {
    out.open(element);
    for (ZclFields fields : answers.published(Cluster.CALENDAR, PUBLISH_SEASONS)) {
      for (ZclFields season : rows(fields, "Seasons")) {
        out.open("Season");
        GasTimes.date(out, "SeasonStartDate", date(season, "Season Start Date"));
        long week = within(needed(season, "Week Id Ref"), 1, MAX_WEEKS);
        out.leaf("ReferencedWeekName", week).close();
      }
    }
    out.close();
  }

  void specialDays(String element, String dayElement, MmcWriter out)
      throws UnexpectedContentException {
    out.open(element);
    for (ZclFields fields : answers.published(Cluster.CALENDAR, PUBLISH_SPECIAL_DAYS)) {
      for (ZclFields special : rows(fields, "Special Days")) {
        out.open("SpecialDay");
        GasTimes.date(out, "Date", date(special, "Special Day Date"));
        out.leaf(dayElement, within(needed(special, "Day Id Ref"), 1, maxDays)).close();
      }
    }
    out.close();
  }
}
