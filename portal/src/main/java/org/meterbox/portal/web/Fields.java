// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.web;

import java.math.BigInteger;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.meterbox.kernel.Eui64;
import org.meterbox.smki.desk.Refusal;

/**
 * Named texts that somebody sent, in a form or an address. Blank ones count as absent. Reading one
 * as what it should be either succeeds or turns the request away.
 */
public final class Fields {
  /** Most fields of one form. */
  static final int FIELDS_MAX = 64;

  /** Hexadecimal digits of the longest serial number (RFC 5280: 20 octets). */
  private static final int SERIAL_DIGITS_MAX = 40;

  private final Map<String, List<String>> values;

  /** Holds these values. */
  public Fields(Map<String, List<String>> values) {
    this.values = values;
  }

  /** Reads {@code application/x-www-form-urlencoded}. */
  static Fields ofForm(String body) throws TurnedAwayException {
    Map<String, List<String>> values = new HashMap<>();
    if (body.isEmpty()) {
      return new Fields(values);
    }
    String[] pairs = body.split("&", FIELDS_MAX + 1);
    if (pairs.length > FIELDS_MAX) {
      throw malformed(String.format(Locale.ROOT, "more than %d fields", FIELDS_MAX));
    }
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      values.computeIfAbsent(decode(name), _ -> new ArrayList<>()).add(decode(value));
    }
    return new Fields(values);
  }

  private static String decode(String text) throws TurnedAwayException {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException badEscape) {
      throw malformed("a field that is not URL-encoded");
    }
  }

  private static TurnedAwayException malformed(String detail) {
    return new TurnedAwayException(
        Refusal.Kind.MALFORMED, "FORM", "a form is URL-encoded and short", detail);
  }

  /** The text under this name, without white space around it. */
  public Optional<String> find(String name) {
    return all(name).stream().findFirst();
  }

  /** Every text under this name. */
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of()).stream()
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .toList();
  }

  /** The text under this name, which must be there. */
  public String get(String name) throws TurnedAwayException {
    return require(name, find(name));
  }

  /** An EUI-64, if given. */
  public Optional<Eui64> findEui(String name) throws TurnedAwayException {
    Optional<String> text = find(name);
    try {
      return text.map(Eui64::parse);
    } catch (IllegalArgumentException malformed) {
      throw TurnedAwayException.parameter(
          name, "an EUI-64 is 16 hexadecimal digits, for example 90-B3-D5-1F-30-01-00-00");
    }
  }

  /** An EUI-64, which must be there. */
  public Eui64 getEui(String name) throws TurnedAwayException {
    return require(name, findEui(name));
  }

  /** A serial number in hexadecimal, if given; blanks and colons between digits do not count. */
  public Optional<BigInteger> findSerial(String name) throws TurnedAwayException {
    Optional<String> digits = find(name).map(text -> text.replaceAll("[\\s:-]", ""));
    if (digits.isEmpty()) {
      return Optional.empty();
    }
    boolean hexadecimal =
        !digits.get().isEmpty()
            && digits.get().length() <= SERIAL_DIGITS_MAX
            && digits.get().chars().allMatch(HexFormat::isHexDigit);
    if (!hexadecimal) {
      throw TurnedAwayException.parameter(
          name,
          String.format(
              Locale.ROOT, "a serial number is 1 to %d hexadecimal digits", SERIAL_DIGITS_MAX));
    }
    return Optional.of(new BigInteger(digits.get(), 16));
  }

  /** A serial number, which must be there. */
  public BigInteger getSerial(String name) throws TurnedAwayException {
    return require(name, findSerial(name));
  }

  /** One of an enum's names in any letter case, with dashes or underscores, if given. */
  public <E extends Enum<E>> Optional<E> findOne(String name, Class<E> type)
      throws TurnedAwayException {
    Optional<String> text = find(name);
    return text.isEmpty() ? Optional.empty() : Optional.of(one(name, text.get(), type));
  }

  /** One of an enum's names, which must be there. */
  public <E extends Enum<E>> E getOne(String name, Class<E> type) throws TurnedAwayException {
    return one(name, get(name), type);
  }

  /** Each text under this name as one of an enum's names. */
  public <E extends Enum<E>> List<E> allOf(String name, Class<E> type) throws TurnedAwayException {
    List<E> found = new ArrayList<>();
    for (String text : all(name)) {
      found.add(one(name, text, type));
    }
    return found;
  }

  private static <E extends Enum<E>> E one(String name, String text, Class<E> type)
      throws TurnedAwayException {
    String wanted = text.toUpperCase(Locale.ROOT).replace('-', '_');
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(wanted)) {
        return constant;
      }
    }
    throw TurnedAwayException.parameter(name, "one of " + List.of(type.getEnumConstants()));
  }

  /** A whole number within bounds, if given. */
  public Optional<Long> findNumber(String name, long least, long most) throws TurnedAwayException {
    Optional<String> text = find(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      long number = Long.parseLong(text.get());
      if (number >= least && number <= most) {
        return Optional.of(number);
      }
    } catch (NumberFormatException notANumber) {
      // Falls through to the same answer as a number out of bounds.
    }
    throw TurnedAwayException.parameter(
        name, String.format(Locale.ROOT, "a whole number from %d to %d", least, most));
  }

  /** A whole number within bounds, which must be there. */
  public long getNumber(String name, long least, long most) throws TurnedAwayException {
    return require(name, findNumber(name, least, most));
  }

  /** A UUID, which must be there. */
  public UUID getUuid(String name) throws TurnedAwayException {
    try {
      return UUID.fromString(get(name));
    } catch (IllegalArgumentException malformed) {
      throw TurnedAwayException.parameter(name, "a UUID");
    }
  }

  private static <T> T require(String name, Optional<T> value) throws TurnedAwayException {
    return value.orElseThrow(() -> TurnedAwayException.parameter(name, "it must be given"));
  }
}
