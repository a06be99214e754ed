// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.correlate;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.meterbox.conformance.ReferenceTable;
import org.meterbox.conformance.correlate.MmcValues.Value;
import org.meterbox.conformance.correlate.OctetWalk.Kind;
import org.meterbox.conformance.correlate.OctetWalk.Place;

/**
 * Says how a value of a document follows from octets: the same way must give the old value from the
 * old octets and the new value from the new ones.
 */
final class Explanations {
  private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
  private static final int MAX_DECIMALS = 6;
  private static final int MAX_EXPONENT = 100;
  private static final int[] OFFSETS = {1900, -100, -200, -0x80};
  private static final int MAX_SAMPLES = 20_000;
  private static final List<Kind> NUMBERS =
      List.of(Kind.LITTLE_UNSIGNED, Kind.UNSIGNED, Kind.LITTLE_SIGNED, Kind.SIGNED);

  /** What a whole table of credits and charges says together (class 111). */
  private static final Pattern OF_MANY =
      Pattern.compile(".*/ReadPrepaymentConfigurationRsp/SuspendDebt(Emergency|Disabled)");

  private static final Pattern VOLUME = Pattern.compile(".*(/Gas/|/GSME|/ImportBlockCounters/).*");

  private static final Pattern PERCENTAGE =
      Pattern.compile(".*CHFSubGHzConfigurationRsp/.*(Percentage|Threshold)");

  /** By which factors the numbers of a path are scaled, as found. */
  private final Map<String, TreeSet<String>> scales = new TreeMap<>();

  /** Which words stand for which octets, by path, as found. */
  private final Map<String, Map<Integer, TreeSet<String>>> words = new TreeMap<>();

  private final Map<Long, String> alerts = new HashMap<>();

  Explanations() {
    for (List<String> row : ReferenceTable.rows("device-alerts.csv")) {
      alerts.put(Long.decode(row.get(0)), row.get(1));
    }
  }

  /** Whether the change of a value follows from the change of octets in one place. */
  boolean explain(byte[] before, byte[] after, Place place, Value old, String changed) {
    for (Place window : windows(before.length, place, differsAt(before, after))) {
      byte[] from = OctetWalk.at(before, window);
      byte[] to = OctetWalk.at(after, window);
      if (written(from, old.text(), to, changed)
          || (isNumeral(from, old.text()) && isNumeral(to, changed))
          || date(from, old.text(), to, changed)) {
        return true;
      }
      Optional<Long> first = OctetWalk.number(before, window);
      Optional<Long> second = OctetWalk.number(after, window);
      if (first.isPresent()
          && second.isPresent()
          && (number(first.get(), old, second.get(), changed)
              || (isUnsigned(first.get(), old.text()) && isUnsigned(second.get(), changed))
              || (isCode(first.get(), old.text()) && isCode(second.get(), changed))
              || named(first.get(), old.text(), second.get(), changed)
              || time(first.get(), old.text(), second.get(), changed))) {
        return true;
      }
    }
    if (factor(before, after, place, old, changed)) {
      return true;
    }
    if (OF_MANY.matcher(old.path()).matches()) {
      found(old, "of many");
      return true;
    }
    int at = differsAt(before, after);
    return word(before[at] & 0xFF, old, after[at] & 0xFF, changed);
  }

  private static int differsAt(byte[] before, byte[] after) {
    return Arrays.mismatch(before, after);
  }

  /** The place itself, or where its inner limits are not known, all that may be round an octet. */
  private static List<Place> windows(int end, Place place, int octet) {
    if (place.kind() == Kind.UNSIGNED && place.length() == 2) {
      // Some numbers hold two: a controller and an action, a direction and a level.
      return List.of(place, new Place(octet, octet + 1, Kind.UNSIGNED));
    }
    if (place.kind() != Kind.ANY && place.kind() != Kind.OCTETS) {
      return List.of(place);
    }
    boolean any = place.kind() == Kind.ANY;
    List<Place> windows = new ArrayList<>(List.of(place));
    for (int length : new int[] {8, 6, 4, 3, 2, 1}) {
      for (int from = octet - length + 1; from <= octet; from++) {
        if (from >= (any ? 0 : place.from()) && from + length <= (any ? end : place.to())) {
          for (Kind kind : any ? NUMBERS : List.of(Kind.UNSIGNED)) {
            windows.add(new Place(from, from + length, kind));
          }
        }
      }
    }
    return windows;
  }

  private boolean number(long first, Value old, long second, String changed) {
    if (!isNumber(old.text()) || !isNumber(changed)) {
      return false;
    }
    BigDecimal a = new BigDecimal(old.text());
    BigDecimal b = new BigDecimal(changed);
    for (int decimals = 0; decimals <= MAX_DECIMALS; decimals++) {
      if (a.compareTo(BigDecimal.valueOf(first, decimals)) == 0
          && b.compareTo(BigDecimal.valueOf(second, decimals)) == 0) {
        if (first != 0) {
          found(old, decimals + " decimals");
        }
        return true;
      }
    }
    return offset(first, a, second, b, old);
  }

  /** An attribute of its own that is a multiplier, a divisor or a decimal exponent of the value. */
  private boolean factor(byte[] before, byte[] after, Place place, Value old, String changed) {
    Optional<Long> one = OctetWalk.number(before, place);
    Optional<Long> other = OctetWalk.number(after, place);
    if (one.isEmpty() || other.isEmpty() || !isNumber(old.text()) || !isNumber(changed)) {
      return false;
    }
    long first = one.get();
    long second = other.get();
    BigDecimal a = new BigDecimal(old.text());
    BigDecimal b = new BigDecimal(changed);
    if (a.signum() != 0 && first != 0 && second == 0 && b.signum() == 0) {
      found(old, "factor");
      return true;
    }
    if (a.signum() != 0 && b.signum() != 0 && first != 0 && second != 0) {
      BigDecimal ratio = b.divide(a, MathContext.DECIMAL64);
      BigDecimal up =
          BigDecimal.valueOf(second).divide(BigDecimal.valueOf(first), MathContext.DECIMAL64);
      BigDecimal down =
          BigDecimal.valueOf(first).divide(BigDecimal.valueOf(second), MathContext.DECIMAL64);
      if (near(ratio, up) || near(ratio, down)) {
        found(old, near(ratio, up) ? "factor" : "divisor");
        return true;
      }
    }
    if (a.signum() != 0
        && Math.abs(second - first) < MAX_EXPONENT
        && b.compareTo(a.scaleByPowerOfTen((int) (second - first))) == 0) {
      found(old, "exponent");
      return true;
    }
    return false;
  }

  private static boolean isNumber(String text) {
    return text.matches("-?\\d+(\\.\\d+)?");
  }

  /** A year since 1900, a script of a tariff, a level that is marked as a calendar's. */
  private boolean offset(long first, BigDecimal a, long second, BigDecimal b, Value old) {
    for (int offset : OFFSETS) {
      boolean year = offset == 1900;
      if (old.path().contains(year ? "Year" : "Action")
          && isOffset(first, a, offset)
          && isOffset(second, b, offset)) {
        found(old, "offset " + offset);
        return true;
      }
    }
    return false;
  }

  private static boolean isOffset(long number, BigDecimal value, int offset) {
    return value.compareTo(BigDecimal.valueOf(number + offset)) == 0;
  }

  private void found(Value value, String how) {
    scales.computeIfAbsent(value.path(), path -> new TreeSet<>()).add(how);
  }

  private static boolean near(BigDecimal a, BigDecimal b) {
    return a.subtract(b).abs().compareTo(b.abs().movePointLeft(3)) <= 0;
  }

  private static boolean isUnsigned(long number, String text) {
    return text.equals(Long.toUnsignedString(number));
  }

  /** A code of two octets in hexadecimal digits. */
  private static boolean isCode(long number, String text) {
    return text.equalsIgnoreCase(String.format(Locale.ROOT, "%04X", number));
  }

  /** The name of an alert code by the official table. */
  private boolean named(long first, String old, long second, String changed) {
    return isNamed(first, old) && isNamed(second, changed);
  }

  private boolean isNamed(long code, String text) {
    String name = alerts.get(code);
    return name == null ? text.contains("not known") : name.equals(text);
  }

  /** Seconds since 2000, minutes or seconds of a day, or the time between two samples. */
  private static boolean time(long first, String old, long second, String changed) {
    if (isTime(old, first) && isTime(changed, second)) {
      return true;
    }
    if (isTimeOfDay(old, first * 60) && isTimeOfDay(changed, second * 60)) {
      return true;
    }
    try {
      long shift = Duration.between(Instant.parse(old), Instant.parse(changed)).toSeconds();
      long change = interval(second) - interval(first);
      return change != 0 && shift % change == 0 && Math.abs(shift / change) <= MAX_SAMPLES;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** A sample interval in seconds, of which the highest stands for a day. */
  private static long interval(long number) {
    return number == 0xFFFF ? 86_400 : number;
  }

  private static boolean isTime(String text, long seconds) {
    return seconds >= 0 && seconds <= 0xFFFF_FFFFL && isTime(text, EPOCH.plusSeconds(seconds));
  }

  private static boolean isTime(String text, Instant time) {
    try {
      return Instant.parse(text).equals(time);
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isTimeOfDay(String text, long seconds) {
    try {
      return text.endsWith("Z")
          && LocalTime.parse(text.substring(0, text.length() - 1)).toSecondOfDay() == seconds;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** As characters, in hexadecimal digits or in base 64, alone or inside a longer text. */
  private static boolean written(byte[] from, String old, byte[] to, String changed) {
    return inside(utf8(from), old, utf8(to), changed)
        || inside(hex(from), digits(old), hex(to), digits(changed))
        || inside(hex(reversed(from)), digits(old), hex(reversed(to)), digits(changed))
        || inside(hex(from), unpacked(old), hex(to), unpacked(changed));
  }

  /** A number that the octets spell out, as in JSON. */
  private static boolean isNumeral(byte[] octets, String text) {
    String digits = utf8(octets);
    return digits.matches("\\d{1,8}") && text.equals(Integer.toString(Integer.parseInt(digits)));
  }

  private static boolean inside(String from, String old, String to, String changed) {
    for (int at = old.indexOf(from); at >= 0 && !from.isEmpty(); at = old.indexOf(from, at + 1)) {
      if (changed.equals(old.substring(0, at) + to + old.substring(at + from.length()))) {
        return true;
      }
    }
    return false;
  }

  private static String utf8(byte[] octets) {
    return new String(octets, StandardCharsets.UTF_8);
  }

  private static String hex(byte[] octets) {
    return HexFormat.of().formatHex(octets);
  }

  private static String digits(String text) {
    return text.replaceAll("-|0x", "").toLowerCase(Locale.ROOT);
  }

  private static String unpacked(String base64) {
    try {
      return hex(Base64.getMimeDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static byte[] reversed(byte[] octets) {
    byte[] reversed = octets.clone();
    for (int i = 0; i < octets.length; i++) {
      reversed[i] = octets[octets.length - 1 - i];
    }
    return reversed;
  }

  private static boolean date(byte[] from, String old, byte[] to, String changed) {
    if (from.length == 4 && isClock(from, old) && isClock(to, changed)) {
      return true;
    }
    if (from.length == 5 && isDay(from, old) && isDay(to, changed)) {
      return true;
    }
    Optional<Instant> first = dateTime(from);
    Optional<Instant> second = dateTime(to);
    return first.isPresent()
        && second.isPresent()
        && isTime(old, first.get())
        && isTime(changed, second.get());
  }

  private static boolean isDay(byte[] octets, String text) {
    int year = ((octets[0] & 0xFF) << 8) | (octets[1] & 0xFF);
    return text.equals(String.format(Locale.ROOT, "%04d-%02d-%02dZ", year, octets[2], octets[3]));
  }

  private static boolean isClock(byte[] octets, String text) {
    return isTimeOfDay(text, (octets[0] * 60L + octets[1]) * 60 + octets[2]);
  }

  private static Optional<Instant> dateTime(byte[] octets) {
    try {
      if (octets.length == 12) {
        return Optional.of(
            LocalDateTime.of(
                    ((octets[0] & 0xFF) << 8) | (octets[1] & 0xFF),
                    octets[2],
                    octets[3],
                    octets[5],
                    octets[6],
                    octets[7],
                    Math.max(0, octets[8]) * 10_000_000)
                .plusMinutes(deviation(octets))
                .toInstant(ZoneOffset.UTC));
      }
      String text = new String(octets, StandardCharsets.US_ASCII);
      if (text.matches("\\d{14}Z")) {
        return Optional.of(
            Instant.parse(text.replaceFirst("(....)(..)(..)(..)(..)(..)Z", "$1-$2-$3T$4:$5:$6Z")));
      }
    } catch (DateTimeException e) {
      // No date.
    }
    return Optional.empty();
  }

  /** Minutes to UTC; the lowest number means that they are not said. */
  private static int deviation(byte[] octets) {
    int minutes = (short) ((octets[9] << 8) | (octets[10] & 0xFF));
    return minutes == Short.MIN_VALUE ? 0 : minutes;
  }

  /** A word for an octet: always the same one. */
  private boolean word(int first, Value old, int second, String changed) {
    if (Character.isDigit(old.text().isEmpty() ? 'x' : old.text().charAt(0))
        && !old.name().startsWith("@")
        && !old.name().equals("AuxiliaryControllerN")) {
      return false;
    }
    Map<Integer, TreeSet<String>> known = words.computeIfAbsent(old.path(), p -> new TreeMap<>());
    known.computeIfAbsent(first, number -> new TreeSet<>()).add(old.text());
    known.computeIfAbsent(second, number -> new TreeSet<>()).add(changed);
    return known.get(first).size() == 1 && known.get(second).size() == 1;
  }

  /**
   * Paths whose numbers have decimals without being volumes of gas in cubic metres or percentages,
   * the only values that MMC gives in another unit than the device.
   */
  List<String> strangelyScaled() {
    List<String> strange = new ArrayList<>();
    scales.forEach((path, found) -> {
      boolean volume = VOLUME.matcher(path).matches();
      boolean percentage = PERCENTAGE.matcher(path).matches();
      for (String how : found) {
        boolean due =
            switch (how) {
              case "0 decimals" -> !percentage;
              case "2 decimals" -> percentage;
              case "3 decimals" -> volume;
              default -> !how.endsWith("decimals");
            };
        if (!due) {
          strange.add(path + " " + how);
        }
      }
    });
    return strange;
  }

  void print() {
    scales.forEach((path, found) -> System.out.println("SCALE " + path + " " + found));
    words.forEach((path, found) -> System.out.println("WORD " + path + " " + found));
  }
}
