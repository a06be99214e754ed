// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.content;

import static org.meterbox.correlate.content.DlmsContent.octets;

import java.util.Locale;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.kernel.Octets;

/**
 * Dates and times of day as DLMS writes them, with octets that stand for "any" (DLMS Blue Book
 * 4.1.6 and MMC Date).
 */
public final class DlmsTimes {
  private static final int DATE_OCTETS = 5;
  private static final int TIME_OCTETS = 4;
  private static final int ANY_YEAR = 0xFFFF;
  private static final int ANY = 0xFF;
  private static final int LAST_DAY = 0xFE;
  private static final int SECOND_LAST_DAY = 0xFD;

  private DlmsTimes() {}

  /** A point in time with all its parts, as xs:dateTime. */
  public static String dateTime(DlmsValue value) throws UnexpectedContentException {
    return Timestamps.ofDlms(octets(value));
  }

  /** A time of day with all its parts, as xs:time in UTC. */
  public static String time(DlmsValue value) throws UnexpectedContentException {
    Octets time = octets(value, TIME_OCTETS);
    int hundredths = time.at(3) == ANY ? 0 : time.at(3);
    if (time.at(0) > 23 || time.at(1) > 59 || time.at(2) > 59 || hundredths > 99) {
      throw new UnexpectedContentException("expected a time of day");
    }
    String seconds =
        String.format(Locale.ROOT, "%02d:%02d:%02d", time.at(0), time.at(1), time.at(2));
    return hundredths == 0
        ? seconds + "Z"
        : String.format(Locale.ROOT, "%s.%02dZ", seconds, hundredths);
  }

  /** A date with year, month and day, as xs:date in UTC. */
  public static String date(DlmsValue value) throws UnexpectedContentException {
    Octets date = octets(value, DATE_OCTETS);
    int year = year(date);
    boolean whole = year != ANY_YEAR && date.at(2) <= 12 && date.at(3) <= 31;
    if (!whole || date.at(2) == 0 || date.at(3) == 0) {
      throw new UnexpectedContentException("expected a date with all parts specified");
    }
    return String.format(Locale.ROOT, "%04d-%02d-%02dZ", year, date.at(2), date.at(3));
  }

  /** Writes a date, or the date at the beginning of a date-time, any part of which may be "any". */
  public static void date(MmcWriter out, String name, DlmsValue value)
      throws UnexpectedContentException {
    Octets date = octets(value);
    if (date.length() != DATE_OCTETS && date.length() != DlmsContent.DATE_TIME_OCTETS) {
      throw new UnexpectedContentException("expected a date");
    }
    out.open(name);
    dateParts(out, date);
    out.close();
  }

  /** Writes the four parts of a date into the element that is open. */
  public static void dateParts(MmcWriter out, Octets date) throws UnexpectedContentException {
    int year = year(date);
    out.open("Year");
    if (year == ANY_YEAR) {
      out.empty("NonSpecifiedYear");
    } else {
      out.leaf("SpecifiedYear", DlmsContent.within(year, 2014, 9999));
    }
    out.close().open("Month");
    if (date.at(2) == ANY) {
      out.empty("NonSpecifiedMonth");
    } else {
      out.leaf("SpecifiedMonth", DlmsContent.within(date.at(2), 1, 12));
    }
    out.close().open("DayOfMonth");
    dayOfMonth(out, date.at(3));
    out.close().open("DayOfWeek");
    if (date.at(4) == ANY) {
      out.empty("NonSpecifiedDayOfWeek");
    } else {
      out.leaf("SpecifiedDayOfWeek", DlmsContent.within(date.at(4), 1, 7));
    }
    out.close();
  }

  private static void dayOfMonth(MmcWriter out, int day) throws UnexpectedContentException {
    switch (day) {
      case ANY -> out.empty("NonSpecifiedDayOfMonth");
      case LAST_DAY -> out.empty("LastDayOfMonth");
      case SECOND_LAST_DAY -> out.empty("SecondLastDayOfMonth");
      default -> out.leaf("SpecifiedDayOfMonth", DlmsContent.within(day, 1, 31));
    }
  }

  private static int year(Octets date) {
    return (date.at(0) << 8) | date.at(1);
  }
}
