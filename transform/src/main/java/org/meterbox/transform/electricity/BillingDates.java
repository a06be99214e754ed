// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform.electricity;

import static org.meterbox.transform.CosemForms.within;

import java.util.List;
import java.util.stream.IntStream;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.Octets;
import org.meterbox.transform.CosemForms;

/** The dates on which a billing period ends, with wildcards for what repeats (ECS30, ECS30a). */
final class BillingDates {
  private static final int EVERY_YEAR = 0xFFFF;
  private static final int EVERY = 0xFF;
  private static final int MONTHS = 12;

  private BillingDates() {}

  /** Whether a request asks for periods of a month or less, all that ECS30 was made for. */
  static boolean areOfOneMonth(XmlElement request) {
    return request
        .find("ElectricityBillingCalendar")
        .filter(
            calendar -> calendar.has("Daily") || calendar.has("Weekly") || calendar.has("Monthly"))
        .isPresent();
  }

  static List<Octets> of(XmlElement calendar) throws ElementException {
    for (XmlElement periodicity : calendar.children()) {
      switch (periodicity.localName()) {
        case "Daily" -> {
          return List.of(date(EVERY, EVERY, EVERY));
        }
        case "Weekly" -> {
          return List.of(date(EVERY, EVERY, (int) within(periodicity, 1, 7)));
        }
        case "Monthly" -> {
          return List.of(date(EVERY, (int) within(periodicity, 1, 28), EVERY));
        }
        case "Quarterly" -> {
          return everyMonths(3, periodicity);
        }
        case "SixMonthly" -> {
          return everyMonths(6, periodicity);
        }
        case "Yearly" -> {
          return everyMonths(MONTHS, periodicity);
        }
        default -> {
          // The time of day stands beside the periodicity.
        }
      }
    }
    throw calendar.fault("names no periodicity");
  }

  /** One date in each period of a year that begins in the month named. */
  private static List<Octets> everyMonths(int months, XmlElement period) throws ElementException {
    int day = (int) within(period.child("DayOfMonth"), 1, 28);
    int first = (int) within(period.child("BillingPeriodStartMonth"), 1, MONTHS);
    return IntStream.range(0, MONTHS / months)
        .map(number -> (first - 1 + number * months) % MONTHS + 1)
        .mapToObj(month -> date(month, day, EVERY))
        .toList();
  }

  private static Octets date(int month, int day, int weekday) {
    return CosemForms.dateOctets(EVERY_YEAR, month, day, weekday);
  }
}
