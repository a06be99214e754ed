// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.xml;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.meterbox.kernel.Octets;

/**
 * The lexical forms of XML Schema part 2 that DUIS uses, read and written. Empty for text that is
 * not of the form or that the Java type cannot hold.
 */
public final class XmlValues {
  private static final Pattern DECIMAL = Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)");
  private static final Pattern ZONE = Pattern.compile("(Z|[+-][0-9]{2}:[0-9]{2})$");
  private static final Pattern MIDNIGHT_OF_THE_NEXT_DAY = Pattern.compile("24:00:00(\\.0+)?");

  /** Characters of a decimal number: to read one takes time by the square of its length. */
  private static final int DECIMAL_LENGTH_MAX = 1_000;

  private static final String END_OF_DAY = "T24:00:00";

  /** As the templates and recorded messages write it: UTC, hundredths of a second. */
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private XmlValues() {}

  static Optional<BigDecimal> decimal(String text) {
    // The schema lets a number have any count of leading and trailing zeros.
    return text.length() <= DECIMAL_LENGTH_MAX && DECIMAL.matcher(text).matches()
        ? Optional.of(new BigDecimal(text))
        : Optional.empty();
  }

  static Optional<Long> integer(String text) {
    if (!isInteger(text)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException beyond64Bits) {
      return Optional.empty();
    }
  }

  /** A sign or none, and digits; by hand since a tariff has hundreds of numbers. */
  private static boolean isInteger(String text) {
    int first = text.startsWith("+") || text.startsWith("-") ? 1 : 0;
    for (int i = first; i < text.length(); i++) {
      if (!isDigit(text, i)) {
        return false;
      }
    }
    return text.length() > first;
  }

  private static boolean isDigit(String text, int at) {
    return text.charAt(at) >= '0' && text.charAt(at) <= '9';
  }

  static Optional<Boolean> bool(String text) {
    return switch (text) {
      case "true", "1" -> Optional.of(true);
      case "false", "0" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  static Optional<Instant> dateTime(String text) {
    if (text.contains(END_OF_DAY)) {
      // XML Schema lets a day end at 24:00:00; java.time names the same moment by the next day.
      return dateTime(text.replace(END_OF_DAY, "T00:00:00"))
          .map(midnight -> midnight.plus(1, ChronoUnit.DAYS));
    }
    return parsed(
        text,
        value ->
            ZONE.matcher(value).find()
                ? OffsetDateTime.parse(value).toInstant()
                : LocalDateTime.parse(value).toInstant(ZoneOffset.UTC));
  }

  static Optional<LocalDate> date(String text) {
    return parsed(withoutZone(text), LocalDate::parse);
  }

  static Optional<LocalTime> time(String text) {
    if (isWholeSecondInUtc(text) && !text.startsWith("24")) {
      return parsed(text, XmlValues::wholeSecond);
    }
    String local = withoutZone(text);
    // XML Schema lets a day end at 24:00:00, which is the midnight of the next one.
    return MIDNIGHT_OF_THE_NEXT_DAY.matcher(local).matches()
        ? Optional.of(LocalTime.MIDNIGHT)
        : parsed(local, LocalTime::parse);
  }

  /** The form 12:30:00Z, which a tariff has hundreds of times. */
  private static boolean isWholeSecondInUtc(String text) {
    return text.length() == 9
        && text.charAt(8) == 'Z'
        && isPair(text, 0, ':')
        && isPair(text, 3, ':')
        && isPair(text, 6, 'Z');
  }

  private static boolean isPair(String text, int at, char end) {
    return isDigit(text, at) && isDigit(text, at + 1) && text.charAt(at + 2) == end;
  }

  private static LocalTime wholeSecond(String text) {
    return LocalTime.of(pair(text, 0), pair(text, 3), pair(text, 6));
  }

  private static int pair(String text, int at) {
    return (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0';
  }

  static Optional<Octets> hex(String text) {
    try {
      return Optional.of(Octets.ofHex(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** xs:base64Binary with white space anywhere. */
  public static Optional<Octets> base64(String text) {
    boolean blanks = text.chars().anyMatch(Character::isWhitespace);
    try {
      return Optional.of(
          Octets.of(Base64.getDecoder().decode(blanks ? text.replaceAll("\\s", "") : text)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** xs:base64Binary without white space. */
  public static String base64(Octets value) {
    return Base64.getEncoder().encodeToString(value.toArray());
  }

  /** xs:dateTime in UTC with hundredths of a second; what is finer is cut. */
  public static String dateTime(Instant value) {
    return DATE_TIME.format(value);
  }

  private static String withoutZone(String text) {
    return ZONE.matcher(text).replaceFirst("");
  }

  private static <T> Optional<T> parsed(String text, Function<String, T> parser) {
    try {
      return Optional.of(parser.apply(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
