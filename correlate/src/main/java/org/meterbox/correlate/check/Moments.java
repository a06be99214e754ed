// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meterbox.correlate.expectation.Data;
import org.meterbox.correlate.expectation.Requested;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/**
 * Dates and times of requests as devices are told them. A date may leave parts open: then every
 * year, every month and so on is meant.
 */
final class Moments {
  private static final int ANY_YEAR = 0xFFFF;
  private static final int ANY = 0xFF;
  private static final int LAST_DAY = 0xFE;
  private static final int SECOND_LAST_DAY = 0xFD;
  private static final int UNSPECIFIED_DEVIATION = 0x8000;
  private static final int NANOS_PER_HUNDREDTH = 10_000_000;
  private static final Instant ZIGBEE_EPOCH = Instant.parse("2000-01-01T00:00:00Z");
  private static final int ZCL_FIRST_YEAR = 1900;

  // xs:date: years of more than four digits are allowed, 65535 leaves the year open.
  private static final Pattern DATE = Pattern.compile("(\\d{4,5})-(\\d\\d)-(\\d\\d)(Z|[+-].*)?");

  private Moments() {}

  /** A DLMS date-time in UTC with whole seconds: twelve octets. */
  static Octets dateTime(String field, Instant instant) throws ElementException {
    LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    if (time.getYear() < 1 || time.getYear() >= ANY_YEAR) {
      throw new ElementException(field, "has a year that no device knows");
    }
    return new OctetWriter(12)
        .u16(time.getYear())
        .u8(time.getMonthValue())
        .u8(time.getDayOfMonth())
        .u8(ANY)
        .u8(time.getHour())
        .u8(time.getMinute())
        .u8(time.getSecond())
        .u8(0)
        .u16(UNSPECIFIED_DEVIATION)
        .u8(ANY)
        .toOctets();
  }

  /** A DLMS date-time that an element asks for. */
  static Data dateTime(XmlElement element) throws ElementException {
    return Data.requested(
        element, new DlmsValue.OctetString(dateTime(element.path(), element.dateTime())));
  }

  /** Seconds since 2000-01-01T00:00:00Z as ZigBee counts them. */
  static long sinceZigbeeEpoch(String field, Instant instant) throws ElementException {
    long seconds = instant.getEpochSecond() - ZIGBEE_EPOCH.getEpochSecond();
    // The two highest values mean something else.
    if (seconds <= 0 || seconds >= 0xFFFF_FFFEL) {
      throw new ElementException(field, "is a time that ZigBee cannot count");
    }
    return seconds;
  }

  /** A time of day: four octets. */
  static Data timeOfDay(XmlElement element) throws ElementException {
    LocalTime time = element.time();
    return Data.requested(
        element,
        new DlmsValue.OctetString(
            new OctetWriter(4)
                .u8(time.getHour())
                .u8(time.getMinute())
                .u8(time.getSecond())
                .u8(time.getNano() / NANOS_PER_HUNDREDTH)
                .toOctets()));
  }

  /** A date whose parts may be open, without time: five octets. */
  static Data date(XmlElement element) throws ElementException {
    return Data.requested(element, new DlmsValue.OctetString(openDate(element)));
  }

  /** A date whose parts may be open, at midnight: twelve octets. */
  static Data dateAtMidnight(XmlElement element) throws ElementException {
    Octets octets =
        new OctetWriter(12)
            .put(openDate(element))
            .u32(0)
            .u16(UNSPECIFIED_DEVIATION)
            .u8(ANY)
            .toOctets();
    return Data.requested(element, new DlmsValue.OctetString(octets));
  }

  /** A date of xs:date, without time: five octets. */
  static Data plainDate(XmlElement element) throws ElementException {
    Matcher matcher = DATE.matcher(element.token());
    if (!matcher.matches()) {
      throw element.fault("is not a date");
    }
    int year = Integer.parseInt(matcher.group(1));
    if (year > ANY_YEAR) {
      throw element.fault("has a year that no device knows");
    }
    return Data.requested(
        element,
        new DlmsValue.OctetString(
            new OctetWriter(5)
                .u16(year)
                .u8(Integer.parseInt(matcher.group(2)))
                .u8(Integer.parseInt(matcher.group(3)))
                .u8(ANY)
                .toOctets()));
  }

  /** A gas meter's date whose parts may be open: four octets. */
  static Octets zclDate(XmlElement element) throws ElementException {
    XmlElement year = element.child("GasYearWithWildcards").onlyChild();
    XmlElement month = element.child("GasMonthWithWildcards").onlyChild();
    XmlElement day = element.child("GasDayOfMonthWithWildcards").onlyChild();
    XmlElement weekday = element.child("GasDayOfWeekWithWildcards").onlyChild();
    int yearOctet =
        open(year, "NonSpecifiedYear")
            ? ANY
            : (int) Requested.within(year, ZCL_FIRST_YEAR, ZCL_FIRST_YEAR + 0xFE) - ZCL_FIRST_YEAR;
    return new OctetWriter(4)
        .u8(yearOctet)
        .u8(open(month, "NonSpecifiedMonth") ? ANY : (int) Requested.within(month, 1, 12))
        .u8(open(day, "GasNonSpecifiedDayOfMonth") ? ANY : (int) Requested.within(day, 1, 31))
        .u8(open(weekday, "NonSpecifiedDayOfWeek") ? ANY : (int) Requested.within(weekday, 1, 7))
        .toOctets();
  }

  private static Octets openDate(XmlElement element) throws ElementException {
    XmlElement year = element.child("Year").onlyChild();
    XmlElement month = element.child("Month").onlyChild();
    XmlElement weekday = element.child("DayOfWeek").onlyChild();
    return new OctetWriter(5)
        .u16(open(year, "NonSpecifiedYear") ? ANY_YEAR : (int) Requested.within(year, 1, 9999))
        .u8(open(month, "NonSpecifiedMonth") ? ANY : (int) Requested.within(month, 1, 12))
        .u8(dayOfMonth(element.child("DayOfMonth").onlyChild()))
        .u8(open(weekday, "NonSpecifiedDayOfWeek") ? ANY : (int) Requested.within(weekday, 1, 7))
        .toOctets();
  }

  private static int dayOfMonth(XmlElement choice) throws ElementException {
    return switch (choice.localName()) {
      case "SpecifiedDayOfMonth" -> (int) Requested.within(choice, 1, 31);
      case "LastDayOfMonth" -> LAST_DAY;
      case "SecondLastDayOfMonth" -> SECOND_LAST_DAY;
      case "NonSpecifiedDayOfMonth" -> ANY;
      default -> throw choice.fault("is no way to name a day");
    };
  }

  private static boolean open(XmlElement choice, String name) {
    return choice.localName().equals(name);
  }
}
