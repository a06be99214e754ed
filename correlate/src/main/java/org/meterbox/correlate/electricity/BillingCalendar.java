// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.electricity;

import static org.meterbox.correlate.content.DlmsContent.array;
import static org.meterbox.correlate.content.DlmsContent.octets;
import static org.meterbox.correlate.content.DlmsContent.structure;
import static org.meterbox.correlate.content.DlmsContent.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.meterbox.correlate.content.DlmsAnswers;
import org.meterbox.correlate.content.DlmsTimes;
import org.meterbox.correlate.content.UnexpectedContentException;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.kernel.Octets;

/**
 * The billing calendar (ECS26d, ECS26l): times and dates, in which "any" makes a period. One date
 * with any day is daily, with a weekday weekly, with a day of the month monthly; with a month too
 * it is yearly, and two or four of them, evenly spaced, are half-yearly or quarterly.
 */
public final class BillingCalendar {
  private static final int ANY = 0xFF;
  private static final int MONTHS_A_YEAR = 12;

  private BillingCalendar() {}

  /** Writes the calendar. */
  public static void read(DlmsAnswers answers, MmcWriter out) throws UnexpectedContentException {
    answers.expectSize(1);
    Optional<DlmsValue> read = answers.value(0);
    if (read.isEmpty()) {
      return;
    }
    List<Octets> dates = new ArrayList<>();
    Set<String> times = new HashSet<>();
    for (DlmsValue entry : array(read.get())) {
      List<DlmsValue> parts = structure(entry, 2);
      times.add(DlmsTimes.time(parts.get(0)));
      dates.add(octets(parts.get(1), 5));
    }
    if (times.size() != 1) {
      throw new UnexpectedContentException("expected one billing time");
    }
    out.open("BillingCalendar").open("ElectricityBillingCalendar");
    out.leaf("BillingTime", times.iterator().next());
    period(dates, out);
    out.close().close();
  }

  private static void period(List<Octets> dates, MmcWriter out) throws UnexpectedContentException {
    Octets first = dates.getFirst();
    if (first.at(0) != ANY || first.at(1) != ANY) {
      throw new UnexpectedContentException("expected a billing date in any year");
    }
    int month = first.at(2);
    int day = first.at(3);
    int weekday = first.at(4);
    if (month == ANY && dates.size() == 1) {
      shorterThanYear(day, weekday, out);
      return;
    }
    within(month, 1, MONTHS_A_YEAR);
    out.open(
        switch (dates.size()) {
          case 1 -> "Yearly";
          case 2 -> "SixMonthly";
          case 4 -> "Quarterly";
          default -> throw new UnexpectedContentException("expected one, two or four dates");
        });
    evenlySpaced(dates);
    out.leaf("DayOfMonth", within(day, 1, 28)).leaf("BillingPeriodStartMonth", month).close();
  }

  private static void shorterThanYear(int day, int weekday, MmcWriter out)
      throws UnexpectedContentException {
    if (day == ANY && weekday == ANY) {
      out.empty("Daily");
    } else if (day == ANY) {
      out.leaf("Weekly", within(weekday, 1, 7));
    } else if (weekday == ANY) {
      out.leaf("Monthly", within(day, 1, 28));
    } else {
      throw new UnexpectedContentException("expected a day of the week or of the month");
    }
  }

  private static void evenlySpaced(List<Octets> dates) throws UnexpectedContentException {
    int step = MONTHS_A_YEAR / dates.size();
    Octets first = dates.getFirst();
    for (int i = 0; i < dates.size(); i++) {
      Octets date = dates.get(i);
      int due = (first.at(2) - 1 + i * step) % MONTHS_A_YEAR + 1;
      boolean same =
          date.at(0) == ANY && date.at(1) == ANY && date.at(3) == first.at(3) && date.at(4) == ANY;
      if (date.at(2) != due || !same) {
        throw new UnexpectedContentException("expected evenly spaced billing dates");
      }
    }
  }
}
