// SPDX-License-Identifier: Apache-2.0
package org.meterbox.bench.duis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.meterbox.duis.xml.DuisNames;
import org.meterbox.duis.xml.XmlElement;

/** The largest import tariff of an electricity meter: everything as often as it may be there. */
final class SampleTariff {
  private static final int DAY_PROFILES = 16;
  private static final int SWITCHES_A_DAY = 48;
  private static final int WEEK_PROFILES = 4;
  private static final int DAYS = 7;
  private static final int SEASONS = 4;
  private static final int SPECIAL_DAYS = 50;
  private static final int THRESHOLDS = 8;
  private static final int PRICES = 48;

  private SampleTariff() {}

  /** Update Import Tariff (Primary Element), 1.1.1. */
  static XmlElement element() {
    List<XmlElement> thresholds = new ArrayList<>();
    for (int i = 1; i <= THRESHOLDS; i++) {
      thresholds.add(
          XmlElement.builder(DuisNames.DUIS, "Thresholds")
              .attribute("index", Integer.toString(i))
              .child(indexed("BlockThreshold", 1, "4294967295"))
              .build());
    }
    return XmlElement.of(
        "UpdateImportTariffPrimaryElement",
        XmlElement.of(
            "ElecTariffElements",
            XmlElement.leaf("CurrencyUnits", "GBP"),
            XmlElement.of("SwitchingTable", dayProfiles(), weekProfiles(), seasons()),
            specialDays(),
            XmlElement.of("ThresholdMatrix", thresholds)),
        XmlElement.of("PriceElements", prices()));
  }

  private static XmlElement dayProfiles() {
    List<XmlElement> profiles = new ArrayList<>();
    for (int day = 1; day <= DAY_PROFILES; day++) {
      List<XmlElement> parts = new ArrayList<>();
      parts.add(XmlElement.leaf("DayName", Integer.toString(day)));
      for (int i = 0; i < SWITCHES_A_DAY; i++) {
        String start = String.format(Locale.ROOT, "%02d:%02d:00.00Z", i / 2, i % 2 * 30);
        parts.add(
            XmlElement.of(
                "ProfileSchedule",
                XmlElement.leaf("StartTime", start),
                XmlElement.leaf("TOUTariffAction", Integer.toString(1 + (i + day) % PRICES))));
      }
      profiles.add(XmlElement.of("DayProfile", parts));
    }
    return XmlElement.of("DayProfiles", profiles);
  }

  private static XmlElement weekProfiles() {
    List<XmlElement> weeks = new ArrayList<>();
    for (int week = 1; week <= WEEK_PROFILES; week++) {
      List<XmlElement> parts = new ArrayList<>();
      parts.add(XmlElement.leaf("WeekName", Integer.toString(week)));
      for (int day = 1; day <= DAYS; day++) {
        parts.add(indexed("ReferencedDayName", day, Integer.toString(day + week)));
      }
      weeks.add(XmlElement.of("WeekProfile", parts));
    }
    return XmlElement.of("WeekProfiles", weeks);
  }

  private static XmlElement seasons() {
    List<XmlElement> seasons = new ArrayList<>();
    for (int season = 1; season <= SEASONS; season++) {
      seasons.add(
          XmlElement.of(
              "Season",
              XmlElement.leaf("SeasonName", "season " + season),
              XmlElement.of("SeasonStartDate", date(3 * season, 1)),
              XmlElement.leaf("ReferencedWeekName", Integer.toString(season))));
    }
    return XmlElement.of("Seasons", seasons);
  }

  private static XmlElement specialDays() {
    List<XmlElement> days = new ArrayList<>();
    for (int i = 0; i < SPECIAL_DAYS; i++) {
      days.add(
          XmlElement.of(
              "SpecialDay",
              XmlElement.of("Date", date(1 + i / 25, 1 + i % 25)),
              XmlElement.leaf("ReferencedDayName", Integer.toString(1 + i % DAY_PROFILES))));
    }
    return XmlElement.of("SpecialDays", days);
  }

  private static List<XmlElement> date(int month, int day) {
    return List.of(
        XmlElement.of("Year", XmlElement.leaf("SpecifiedYear", "2027")),
        XmlElement.of("Month", XmlElement.leaf("SpecifiedMonth", Integer.toString(month))),
        XmlElement.of("DayOfMonth", XmlElement.leaf("SpecifiedDayOfMonth", Integer.toString(day))),
        XmlElement.of("DayOfWeek", XmlElement.of("NonSpecifiedDayOfWeek")));
  }

  private static XmlElement prices() {
    List<XmlElement> prices = new ArrayList<>();
    for (int i = 1; i <= PRICES; i++) {
      prices.add(indexed("TOUPrice", i, Integer.toString(2000 + i)));
    }
    return XmlElement.of(
        "ElectricityPriceElements",
        XmlElement.leaf("StandingCharge", "20000"),
        XmlElement.leaf("StandingChargeScale", "-5"),
        XmlElement.leaf("PriceScale", "-5"),
        XmlElement.of("TOUTariff", prices));
  }

  private static XmlElement indexed(String name, int index, String text) {
    return XmlElement.builder(DuisNames.DUIS, name)
        .attribute("index", Integer.toString(index))
        .text(text)
        .build();
  }
}
