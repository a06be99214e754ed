// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.meterbox.correlate.expectation.Requested;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;

/**
 * The day and week profiles that a calendar of a request defines. A request in which a week, a
 * season or a special day names another profile has no meaning that a Pre-Command could be held
 * against.
 */
final class ProfileNames {
  private static final int MOST = 0xFF;

  private final Set<Long> days = new HashSet<>();
  private final Set<Long> weeks = new HashSet<>();

  /**
   * Takes the names of the day profiles and of the week profiles.
   *
   * @throws ElementException where two have one name, or a week names a day that is not there
   */
  ProfileNames(List<XmlElement> dayNames, List<XmlElement> weekProfiles) throws ElementException {
    for (XmlElement day : dayNames) {
      define(days, day);
    }
    for (XmlElement week : weekProfiles) {
      define(weeks, week.child("WeekName"));
      for (XmlElement day : week.children("ReferencedDayName")) {
        expect(days, day, "day");
      }
    }
  }

  /**
   * Looks up what seasons and special days name.
   *
   * @throws ElementException where one names a profile that is not there
   */
  void check(List<XmlElement> seasons, List<XmlElement> specialDays) throws ElementException {
    for (XmlElement season : seasons) {
      expect(weeks, season.child("ReferencedWeekName"), "week");
    }
    for (XmlElement day : specialDays) {
      expect(days, day.child("ReferencedDayName"), "day");
    }
  }

  private static void define(Set<Long> profiles, XmlElement name) throws ElementException {
    if (!profiles.add(Requested.within(name, 0, MOST))) {
      throw name.fault("names a second profile as it names the first");
    }
  }

  private static void expect(Set<Long> profiles, XmlElement reference, String kind)
      throws ElementException {
    if (!profiles.contains(Requested.within(reference, 0, MOST))) {
      throw reference.fault(
          String.format(Locale.ROOT, "names a %s profile that the request does not have", kind));
    }
  }
}
