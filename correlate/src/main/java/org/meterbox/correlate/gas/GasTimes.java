// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.gas;

import static org.meterbox.correlate.content.DlmsContent.within;

import java.util.Locale;
import org.meterbox.correlate.content.UnexpectedContentException;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.gbz.ZclValue;

/** Dates and times of day of gas calendars. */
final class GasTimes {
  private static final int FIRST_YEAR = 1900;
  private static final int MINUTES_A_DAY = 24 * 60;

  private GasTimes() {}

  /** Writes a date, any part of which may be "any" (MMC GasDateWithWildcards). */
  static void date(MmcWriter out, String element, ZclValue.Date date)
      throws UnexpectedContentException {
    out.open(element).open("GasYearWithWildcards");
    if (date.year() == ZclValue.Date.ANY) {
      out.empty("NonSpecifiedYear");
    } else {
      out.leaf("SpecifiedYear", within(FIRST_YEAR + (long) date.year(), 2014, 9999));
    }
    out.close();
    part(out, "GasMonthWithWildcards", "SpecifiedMonth", "NonSpecifiedMonth", date.month(), 12);
    part(
        out,
        "GasDayOfMonthWithWildcards",
        "SpecifiedDayOfMonth",
        "GasNonSpecifiedDayOfMonth",
        date.day(),
        31);
    part(
        out,
        "GasDayOfWeekWithWildcards",
        "SpecifiedDayOfWeek",
        "NonSpecifiedDayOfWeek",
        date.weekday(),
        7);
    out.close();
  }

  private static void part(
      MmcWriter out, String element, String specified, String any, int value, int max)
      throws UnexpectedContentException {
    out.open(element);
    if (value == ZclValue.Date.ANY) {
      out.empty(any);
    } else {
      out.leaf(specified, within(value, 1, max));
    }
    out.close();
  }

  /** Minutes since midnight as xs:time in UTC. */
  static String time(long minutes) throws UnexpectedContentException {
    within(minutes, 0, MINUTES_A_DAY - 1L);
    return String.format(Locale.ROOT, "%02d:%02d:00Z", minutes / 60, minutes % 60);
  }
}
