// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.schema;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;

/**
 * What a value of the DUIS schema may be: a base type of XML Schema and what the schema adds to it.
 *
 * @param base the base type
 * @param enumeration the only values allowed; empty where the schema lists none
 * @param patterns regular expressions, each of which the whole value matches
 * @param minimum the smallest number allowed
 * @param maximum the largest number allowed
 * @param exclusive whether minimum and maximum themselves are not allowed
 * @param minLength characters, or octets of hexadecimal and base64 values, at least
 * @param maxLength characters, or octets of hexadecimal and base64 values, at most
 * @param fractionDigits digits behind the decimal point at most
 */
public record SimpleType(
    Base base,
    List<String> enumeration,
    List<String> patterns,
    Optional<BigDecimal> minimum,
    Optional<BigDecimal> maximum,
    boolean exclusive,
    OptionalInt minLength,
    OptionalInt maxLength,
    OptionalInt fractionDigits) {

  /** A longer pattern tells a person nothing; there is one, of the Request ID. */
  private static final int PATTERN_SHOWN_MAX = 80;

  /** DUIS writes a date of any year with 65535, for the FFFF of DLMS. */
  private static final Pattern LONG_YEAR = Pattern.compile("([1-9][0-9]{4,5})(-.*)");

  /** The types of XML Schema part 2 that DUIS builds on. */
  public enum Base {
    /** Any text. */
    STRING,
    /** Text without outer white space. */
    TOKEN,
    /** true or false. */
    BOOLEAN,
    /** A whole number. */
    INTEGER,
    /** A decimal number. */
    DECIMAL,
    /** A day. */
    DATE,
    /** A time of day. */
    TIME,
    /** A moment. */
    DATE_TIME,
    /** Octets in hexadecimal digits. */
    HEX,
    /** Octets in base64. */
    BASE64
  }

  /** Keeps unchangeable copies. */
  public SimpleType {
    enumeration = List.copyOf(enumeration);
    patterns = List.copyOf(patterns);
  }

  /** A base type as it stands. */
  static SimpleType of(Base base) {
    return new SimpleType(
        base,
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        false,
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  /** A whole number between two others. */
  static SimpleType integer(long minimum, long maximum) {
    return new SimpleType(
        Base.INTEGER,
        List.of(),
        List.of(),
        Optional.of(BigDecimal.valueOf(minimum)),
        Optional.of(BigDecimal.valueOf(maximum)),
        false,
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  /**
   * What is wrong with a value, in words that follow its name; empty where it is allowed.
   *
   * @param text the value as an XML document would hold it
   */
  public Optional<String> fault(String text) {
    if (!enumeration.isEmpty()) {
      return enumeration.contains(text)
          ? Optional.empty()
          : Optional.of("is not one of " + String.join(", ", enumeration));
    }
    XmlElement value = XmlElement.leaf("value", text);
    try {
      return switch (base) {
        case STRING, TOKEN -> lengthFault(text.length(), "characters").or(() -> patternFault(text));
        case BOOLEAN -> none(value.bool());
        case INTEGER -> none(value.integer()).or(() -> rangeFault(new BigDecimal(value.token())));
        case DECIMAL -> decimalFault(value.decimal());
        case DATE -> dateFault(value).or(() -> patternFault(text));
        case TIME -> none(value.time()).or(() -> patternFault(text));
        case DATE_TIME -> none(value.dateTime());
        case HEX -> lengthFault(value.hex().length(), "octets");
        case BASE64 -> lengthFault(value.base64().length(), "octets");
      };
    } catch (ElementException notOfTheForm) {
      return Optional.of("is not " + form());
    }
  }

  /** A value of the type in words, for example {@code a whole number}. */
  public String form() {
    return switch (base) {
      case STRING, TOKEN -> "a text";
      case BOOLEAN -> "true or false";
      case INTEGER -> "a whole number";
      case DECIMAL -> "a number";
      case DATE -> "a date such as 2027-01-31";
      case TIME -> "a time of day such as 07:30:00Z";
      case DATE_TIME -> "a date and time such as 2027-01-31T07:30:00Z";
      case HEX -> "an even number of hexadecimal digits";
      case BASE64 -> "base64";
    };
  }

  private static Optional<String> none(Object read) {
    return Optional.of(read).flatMap(_ -> Optional.empty());
  }

  private static Optional<String> dateFault(XmlElement value) throws ElementException {
    Matcher longYear = LONG_YEAR.matcher(value.token());
    if (!longYear.matches()) {
      return none(value.date());
    }
    // The calendar of the Gregorian years repeats every 400: 2000 has the same days as 65600.
    int year = 2000 + Integer.parseInt(longYear.group(1)) % 400;
    return none(XmlElement.leaf("value", year + longYear.group(2)).date());
  }

  private Optional<String> decimalFault(BigDecimal number) {
    if (fractionDigits.isPresent() && number.scale() > fractionDigits.getAsInt()) {
      return Optional.of(
          "has more than " + fractionDigits.getAsInt() + " digits behind the decimal point");
    }
    return rangeFault(number);
  }

  private Optional<String> rangeFault(BigDecimal number) {
    int least = exclusive ? 1 : 0;
    boolean low = minimum.isPresent() && number.compareTo(minimum.get()) < least;
    boolean high = maximum.isPresent() && number.compareTo(maximum.get()) > -least;
    if (!low && !high) {
      return Optional.empty();
    }
    String from = minimum.map(BigDecimal::toPlainString).orElse("any number");
    String to = maximum.map(BigDecimal::toPlainString).orElse("any number");
    return Optional.of(
        "is not from " + from + " to " + to + (exclusive ? ", these two excluded" : ""));
  }

  private Optional<String> lengthFault(int length, String unit) {
    boolean bad =
        (minLength.isPresent() && length < minLength.getAsInt())
            || (maxLength.isPresent() && length > maxLength.getAsInt());
    if (!bad) {
      return Optional.empty();
    }
    String range =
        minLength.equals(maxLength)
            ? Integer.toString(minLength.orElse(0))
            : minLength.orElse(0)
                + " to "
                + (maxLength.isPresent() ? Integer.toString(maxLength.getAsInt()) : "more");
    return Optional.of("has " + length + " " + unit + " instead of " + range);
  }

  private Optional<String> patternFault(String text) {
    String compared = base == Base.TOKEN ? text.strip() : text;
    for (String pattern : patterns) {
      if (!Pattern.matches(pattern, compared)) {
        return Optional.of(
            pattern.length() > PATTERN_SHOWN_MAX
                ? "has not the form ORIGINATOR:TARGET:COUNTER"
                : "has not the form " + pattern);
      }
    }
    return Optional.empty();
  }
}
