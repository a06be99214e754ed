// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;

/**
 * The names by which the parts of a calendar refer to one another: weeks and special days name day
 * profiles, seasons name week profiles. The schema lets a name stand for nothing or for two
 * profiles; a meter could not tell which day such a week has.
 */
public final class CalendarNames {
  private static final int MAX_NAME = 0xFF;

  private CalendarNames() {}

  /** The parts of a calendar that refer to others. */
  public record References(
      List<XmlElement> weeks, List<XmlElement> seasons, List<XmlElement> specialDays) {
    public References {
      weeks = List.copyOf(weeks);
      seasons = List.copyOf(seasons);
      specialDays = List.copyOf(specialDays);
    }
  }

  /**
   * Holds that every name in use is that of one profile.
   *
   * @param dayNames the elements that give the day profiles their names
   * @throws ElementException where a name stands for no profile, or two profiles have it
   */
  public static void requireDefined(List<XmlElement> dayNames, References references)
      throws ElementException {
    Set<Long> days = names(dayNames);
    Set<Long> weeks = new HashSet<>();
    for (XmlElement week : references.weeks()) {
      add(week.child("WeekName"), weeks);
      for (XmlElement day : week.children("ReferencedDayName")) {
        requireIn(days, day, "DayProfile");
      }
    }
    for (XmlElement season : references.seasons()) {
      requireIn(weeks, season.child("ReferencedWeekName"), "WeekProfile");
    }
    for (XmlElement day : references.specialDays()) {
      requireIn(days, day.child("ReferencedDayName"), "DayProfile");
    }
  }

  private static Set<Long> names(Collection<XmlElement> elements) throws ElementException {
    Set<Long> names = new HashSet<>();
    for (XmlElement element : elements) {
      add(element, names);
    }
    return names;
  }

  private static void add(XmlElement name, Set<Long> names) throws ElementException {
    if (!names.add(CosemForms.within(name, 0, MAX_NAME))) {
      throw name.fault(
          String.format(Locale.ROOT, "is %s, which is the name of another too", name.token()));
    }
  }

  private static void requireIn(Set<Long> names, XmlElement reference, String profile)
      throws ElementException {
    if (!names.contains(CosemForms.within(reference, 0, MAX_NAME))) {
      throw reference.fault(
          String.format(
              Locale.ROOT, "is %s, but there is no %s of that name", reference.token(), profile));
    }
  }
}
