// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import java.util.List;
import org.meterbox.correlate.expectation.GbzCommand;
import org.meterbox.correlate.expectation.Requested;
import org.meterbox.correlate.expectation.ZclFields;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;

/**
 * A calendar of a gas meter (ZigBee cluster 0707): of the tariff, or of the times without
 * disablement (GBCS GCS01a, GCS05).
 */
final class GasCalendar {
  /** How calendars, special days, block thresholds and prices say never. */
  static final long NEVER = 0xFFFF_FFFEL;

  private static final int CLUSTER = 0x0707;
  private static final int TO_THE_METER = 0x09;

  private final GbzCommand command;
  private final Activation time;
  private final int type;

  /**
   * Adds to a command.
   *
   * @param type 0 for the tariff, 3 for times without disablement
   */
  GasCalendar(GbzCommand command, Activation time, int type) {
    this.command = command;
    this.time = time;
    this.type = type;
  }

  void calendar(List<XmlElement> seasons, List<XmlElement> weeks, List<XmlElement> days)
      throws ElementException {
    ZclFields fields =
        time.addTo(head(), NEVER)
            .prescribed("Calendar Type", type, 1)
            .prescribed("Calendar Time Reference", 0, 1)
            .prescribed("Calendar Name", 0, 1)
            .count("Season", seasons.size())
            .count("WeekProfile", weeks.size())
            .count("DayProfile", days.size());
    publish("PublishCalendar", 0x00, fields);
  }

  /**
   * Adds the schedule of a day.
   *
   * @param name the number of the day
   * @param entries each three octets
   */
  void day(XmlElement name, int number, ZclEntries entries) throws ElementException {
    ZclFields fields =
        head()
            .unsigned(name, 1)
            .count("switching times of the day", number)
            .prescribed("Command Index", 0, 1)
            .prescribed("Total Number of Commands", 1, 1)
            .prescribed("Calendar Type", type, 1);
    entries.addTo(fields);
    publish("PublishDayProfile", 0x01, fields);
  }

  void week(XmlElement week) throws ElementException {
    ZclFields fields = head().unsigned(week.child("WeekName"), 1);
    for (XmlElement day : Indexed.all(week, "ReferencedDayName", 7)) {
      fields.unsigned(day, 1);
    }
    publish("PublishWeekProfile", 0x02, fields);
  }

  void seasons(List<XmlElement> seasons) throws ElementException {
    ZclFields fields =
        head().prescribed("Command Index", 0, 1).prescribed("Total Number of Commands", 1, 1);
    for (XmlElement season : seasons) {
      addDate(season.child("SeasonStartDate"), fields);
      fields.unsigned(season.child("ReferencedWeekName"), 1);
    }
    publish("PublishSeasons", 0x03, fields);
  }

  void specialDays(List<XmlElement> days) throws ElementException {
    ZclFields fields =
        time.addTo(head(), NEVER)
            .prescribed("Calendar Type", type, 1)
            .count("SpecialDay", days.size())
            .prescribed("Command Index", 0, 1)
            .prescribed("Total Number of Commands", 1, 1);
    for (XmlElement day : days) {
      addDate(day.child("Date"), fields);
      fields.unsigned(day.child("ReferencedDayName"), 1);
    }
    publish("PublishSpecialDays", 0x04, fields);
  }

  /** Adds the entries of one day. */
  @FunctionalInterface
  interface ZclEntries {
    void addTo(ZclFields fields) throws ElementException;
  }

  private static ZclFields head() {
    return new ZclFields()
        .prescribed("Provider Id", 0, 4)
        .senderTime("Issuer Event Id")
        .senderTime("Issuer Calendar Id");
  }

  private static void addDate(XmlElement date, ZclFields fields) throws ElementException {
    fields.requested(date.path(), Requested.words(date), Moments.zclDate(date));
  }

  private void publish(String name, int id, ZclFields fields) {
    command.command(name, CLUSTER, TO_THE_METER, id, fields);
  }
}
