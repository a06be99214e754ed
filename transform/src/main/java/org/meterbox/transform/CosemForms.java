// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.dlms.AccessRequest;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.DlmsValue.Int16;
import org.meterbox.gbcs.dlms.DlmsValue.Int32;
import org.meterbox.gbcs.dlms.DlmsValue.Int8;
import org.meterbox.gbcs.dlms.DlmsValue.OctetString;
import org.meterbox.gbcs.dlms.DlmsValue.UInt16;
import org.meterbox.gbcs.dlms.DlmsValue.UInt32;
import org.meterbox.gbcs.dlms.DlmsValue.UInt8;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/**
 * The forms in which GBCS writes values of DUIS in DLMS (GBCS section 7.3 and the use cases). A
 * value that the form cannot hold is refused with its element.
 */
public final class CosemForms {
  /** The execution date by which DUIS cancels a future dated command. */
  public static final Instant CANCELLATION = Instant.parse("3000-12-31T00:00:00Z");

  /** A date with the year that stands for all; more digits than the usual date has. */
  private static final Pattern OF_EVERY_YEAR =
      Pattern.compile("65535-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])(?:Z|[+-]\\d\\d:\\d\\d)?");

  /** How a time of day ends that is not in UTC. */
  private static final Pattern OFFSET = Pattern.compile("[+-]\\d\\d:\\d\\d$");

  private static final int ANY_YEAR = 0xFFFF;
  private static final int ANY = 0xFF;
  private static final int LAST_DAY_OF_MONTH = 0xFE;
  private static final int SECOND_LAST_DAY_OF_MONTH = 0xFD;
  private static final int DATE_OCTETS = 5;
  private static final int TIME_OCTETS = 4;
  private static final int NANOS_PER_HUNDREDTH = 10_000_000;

  /** Midnight with no hundredths, unspecified deviation and status: ends a date-time. */
  private static final Octets MIDNIGHT = Octets.ofHex("000000008000FF");

  private CosemForms() {}

  /**
   * Reads of whole attributes.
   *
   * @param rows interface class, logical name and attributes, separated by spaces
   */
  public static Mapping.Payload reads(String... rows) {
    List<AccessRequest.Item> items =
        Arrays.stream(rows).map(row -> row.split(" ", -1)).flatMap(CosemForms::readsOf).toList();
    return translation -> translation.access(items.stream());
  }

  private static Stream<AccessRequest.Item> readsOf(String[] row) {
    return IntStream.range(2, row.length)
        .mapToObj(i -> Translation.get(Integer.parseInt(row[0]), row[1], Integer.parseInt(row[i])));
  }

  /** A signed number of 32 bits. */
  public static DlmsValue i32(XmlElement element) throws ElementException {
    return new Int32((int) within(element, Integer.MIN_VALUE, Integer.MAX_VALUE));
  }

  /** A signed number of 16 bits. */
  public static DlmsValue i16(XmlElement element) throws ElementException {
    return new Int16((int) within(element, Short.MIN_VALUE, Short.MAX_VALUE));
  }

  /** A signed number of 8 bits. */
  public static DlmsValue i8(XmlElement element) throws ElementException {
    return new Int8((int) within(element, Byte.MIN_VALUE, Byte.MAX_VALUE));
  }

  /** An unsigned number of 32 bits. */
  public static DlmsValue u32(XmlElement element) throws ElementException {
    return new UInt32(within(element, 0, 0xFFFF_FFFFL));
  }

  /** An unsigned number of 16 bits. */
  public static DlmsValue u16(XmlElement element) throws ElementException {
    return new UInt16((int) within(element, 0, 0xFFFF));
  }

  /** An unsigned number of 8 bits. */
  public static DlmsValue u8(XmlElement element) throws ElementException {
    return new UInt8((int) within(element, 0, 0xFF));
  }

  /** A whole number within limits. */
  public static long within(XmlElement element, long min, long max) throws ElementException {
    long value = element.integer();
    if (value < min || value > max) {
      throw element.fault(String.format(Locale.ROOT, "lies outside %d to %d", min, max));
    }
    return value;
  }

  /**
   * A decimal number as that many times its last place: 1.5 with three decimals is 1500.
   *
   * @param decimals how many decimals the form has
   * @param max the greatest number that the form has place for
   */
  public static long scaled(XmlElement element, int decimals, long max) throws ElementException {
    BigDecimal number = element.decimal().movePointRight(decimals).stripTrailingZeros();
    if (number.scale() > 0) {
      throw element.fault(String.format(Locale.ROOT, "has more than %d decimals", decimals));
    }
    if (number.signum() < 0 || number.compareTo(BigDecimal.valueOf(max)) > 0) {
      throw element.fault(String.format(Locale.ROOT, "lies outside 0 to %d", max));
    }
    return number.longValue();
  }

  /** The alert code that an element's name says, as x8154. */
  public static int alertCode(XmlElement alert) throws ElementException {
    try {
      return Integer.parseInt(alert.localName().substring(1), 16);
    } catch (NumberFormatException notACode) {
      throw alert.fault("is named after no alert code");
    }
  }

  /** A number that stands in an attribute of the element. */
  public static int attribute(XmlElement element, String name, int max) throws ElementException {
    String text = element.attribute(name).orElse("").strip();
    if (text.length() > 3 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw element.fault("has no number in its attribute " + name);
    }
    int value = text.isEmpty() ? 0 : Integer.parseInt(text);
    if (value < 1 || value > max) {
      throw element.fault(
          String.format(Locale.ROOT, "has no number from 1 to %d in its attribute %s", max, name));
    }
    return value;
  }

  /** The characters as an octet string. */
  public static DlmsValue characters(String text) {
    return new OctetString(octets(text));
  }

  /** The characters in UTF-8, of which ASCII is a part. */
  public static Octets octets(String text) {
    return Octets.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A device or party. */
  public static DlmsValue identifier(Eui64 entity) {
    OctetWriter writer = new OctetWriter(Eui64.OCTETS);
    entity.write(writer);
    return new OctetString(writer.toOctets());
  }

  /** A point in time. */
  public static DlmsValue dateTime(XmlElement element) throws ElementException {
    return moment(element).toValue();
  }

  private static DlmsDateTime moment(XmlElement element) throws ElementException {
    Instant instant = element.dateTime();
    if (instant.isBefore(Instant.EPOCH) || instant.isAfter(CANCELLATION)) {
      throw element.fault("lies outside the years that a device's clock can name");
    }
    return DlmsDateTime.of(instant);
  }

  /** When a request takes effect: at once, at its execution date, or never where it cancels. */
  public static DlmsValue activation(XmlElement request) throws ElementException {
    if (!request.has("ExecutionDateTime")) {
      return DlmsDateTime.NOW.toValue();
    }
    XmlElement element = request.child("ExecutionDateTime");
    DlmsDateTime when =
        element.dateTime().equals(CANCELLATION) ? DlmsDateTime.NEVER : moment(element);
    return when.toValue();
  }

  /** A time of day in UTC, which a request may write with another offset. */
  public static LocalTime timeOfDay(XmlElement element) throws ElementException {
    LocalTime time = element.time();
    Matcher offset = OFFSET.matcher(element.token());
    return offset.find()
        ? OffsetTime.of(time, ZoneOffset.of(offset.group()))
            .withOffsetSameInstant(ZoneOffset.UTC)
            .toLocalTime()
        : time;
  }

  /** A time of day: hour, minute, second, hundredths. */
  public static DlmsValue time(XmlElement element) throws ElementException {
    LocalTime time = timeOfDay(element);
    return new OctetString(
        new OctetWriter(TIME_OCTETS)
            .u8(time.getHour())
            .u8(time.getMinute())
            .u8(time.getSecond())
            .u8(time.getNano() / NANOS_PER_HUNDREDTH)
            .toOctets());
  }

  /** A date whose parts may be left open: Year, Month, DayOfMonth and DayOfWeek. */
  public static DlmsValue date(XmlElement element) throws ElementException {
    return new OctetString(openDate(element));
  }

  /** The midnight that begins a date whose parts may be left open, in twelve octets. */
  public static DlmsValue midnightOf(XmlElement element) throws ElementException {
    return new OctetString(
        new OctetWriter(DlmsDateTime.OCTETS).put(openDate(element)).put(MIDNIGHT).toOctets());
  }

  private static Octets openDate(XmlElement element) throws ElementException {
    XmlElement year = element.child("Year").onlyChild();
    XmlElement month = element.child("Month").onlyChild();
    XmlElement weekday = element.child("DayOfWeek").onlyChild();
    return dateOctets(
        year.localName().equals("SpecifiedYear") ? (int) within(year, 0, ANY_YEAR) : ANY_YEAR,
        month.localName().equals("SpecifiedMonth") ? (int) within(month, 1, 12) : ANY,
        dayOfMonth(element.child("DayOfMonth").onlyChild()),
        weekday.localName().equals("SpecifiedDayOfWeek") ? (int) within(weekday, 1, 7) : ANY);
  }

  private static int dayOfMonth(XmlElement day) throws ElementException {
    return switch (day.localName()) {
      case "SpecifiedDayOfMonth" -> (int) within(day, 1, 31);
      case "LastDayOfMonth" -> LAST_DAY_OF_MONTH;
      case "SecondLastDayOfMonth" -> SECOND_LAST_DAY_OF_MONTH;
      default -> ANY;
    };
  }

  /** A calendar date, of every year where the year is 65535. */
  public static DlmsValue calendarDate(XmlElement element) throws ElementException {
    Matcher everyYear = OF_EVERY_YEAR.matcher(element.token());
    if (everyYear.matches()) {
      int month = Integer.parseInt(everyYear.group(1));
      int day = Integer.parseInt(everyYear.group(2));
      return new OctetString(dateOctets(ANY_YEAR, month, day, ANY));
    }
    LocalDate date = element.date();
    if (date.getYear() < 0 || date.getYear() > ANY_YEAR) {
      throw element.fault("has a year outside 0 to 65535");
    }
    return new OctetString(
        dateOctets(date.getYear(), date.getMonthValue(), date.getDayOfMonth(), ANY));
  }

  /** A date in five octets; {@code 0xFF} and a year of {@code 0xFFFF} leave a part open. */
  public static Octets dateOctets(int year, int month, int day, int weekday) {
    return new OctetWriter(DATE_OCTETS).u16(year).u8(month).u8(day).u8(weekday).toOctets();
  }
}
