// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.transform;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The forms in which the device language may write a value of DUIS, found from the value's text
 * alone: what the value means is not known here.
 */
final class ValueForms {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,20}(\\.\\d+)?");
  private static final Pattern DATE_TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT.*");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\dZ?");
  private static final Pattern TIME = Pattern.compile("\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z?");
  private static final Pattern EUI = Pattern.compile("([0-9A-Fa-f]{2}-){7}[0-9A-Fa-f]{2}");
  private static final Pattern HEX_BINARY = Pattern.compile("([0-9A-Fa-f]{2})+");
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/\\s]{400,}=*");
  private static final Pattern SMALL = Pattern.compile("\\d{1,4}");
  private static final Pattern SHORT_STRING = Pattern.compile("x:([0-9A-F]{2}){1,12}");
  private static final Instant ZIGBEE_EPOCH = Instant.parse("2000-01-01T00:00:00Z");
  private static final String CANCELLATION = "3000-12-31T00:00:00.00Z";
  private static final int MOST_DECIMALS = 5;

  /** A list of values that are all words is an enumeration or a choice of elements. */
  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z ]*|x[0-9A-F]{4}");

  private static final Pattern BOOLEAN = Pattern.compile("true|false|0|1");

  /**
   * Numbers that go into others: levels and scripts into a selector, a tolerance onto a time, the
   * end of a period into the number of samples, the first month into the order of all, special days
   * into the bits of a mask.
   */
  private static final Pattern PART_OF_A_NUMBER =
      Pattern.compile(
          "CommandedStateLevel$|TariffAction$|TolerancePeriod$|BillingPeriodStartMonth$|SpecialDayID$"
              + "|(ReadActiveImportProfileData|RetrieveDailyConsumptionLog)/.*EndDateTime$");

  private ValueForms() {}

  /** Whether two texts mean the same. */
  static boolean same(String one, String other) {
    if (BOOLEAN.matcher(one).matches() && BOOLEAN.matcher(other).matches()) {
      return truth(one).equals(truth(other));
    }
    return of(one).equals(of(other));
  }

  private static String truth(String text) {
    return switch (text) {
      case "true" -> "1";
      case "false" -> "0";
      default -> text;
    };
  }

  /** Whether the device language has numbers of its own for the values of this kind. */
  static boolean isCoded(String kind, Set<String> values) {
    return kind.contains("/@")
        || kind.endsWith("/*")
        || PART_OF_A_NUMBER.matcher(kind).find()
        || values.stream().allMatch(value -> WORD.matcher(value).matches())
        || values.stream().allMatch(value -> BOOLEAN.matcher(value).matches());
  }

  /** Whether one of the values that a message has anew is this one. */
  static boolean isSeen(String value, List<String> added) {
    Set<String> forms = of(value);
    return added.stream().anyMatch(found -> forms.contains(found) || isPart(value, found));
  }

  /** A small number or a year inside a date or a name of a few octets. */
  private static boolean isPart(String value, String found) {
    if (!SMALL.matcher(value).matches() || !SHORT_STRING.matcher(found).matches()) {
      return false;
    }
    int number = Integer.parseInt(value);
    String hex = String.format(Locale.ROOT, number <= 0xFF ? "%02X" : "%04X", number);
    int at = found.indexOf(hex, 2);
    while (at >= 0 && at % 2 != 0) {
      at = found.indexOf(hex, at + 1);
    }
    return at >= 0;
  }

  /** Each form as {@link PayloadValues} would find it. */
  static Set<String> of(String text) {
    Set<String> forms = new TreeSet<>();
    octets(forms, text.getBytes(UTF_8));
    if (NUMBER.matcher(text).matches()) {
      number(forms, new BigDecimal(text));
    }
    if (text.equals(CANCELLATION)) {
      forms.addAll(Set.of("x:FFFFFFFFFFFFFFFFFF8000FF", "n:4294967295", "n:4294967294"));
      octets(forms, "99991231235959Z".getBytes(UTF_8));
    } else if (DATE_TIME.matcher(text).matches()) {
      dateTime(forms, OffsetDateTime.parse(text).toInstant());
    } else if (DATE.matcher(text).matches()) {
      LocalDate date = LocalDate.parse(text.substring(0, 10));
      octets(forms, calendar(date.getYear(), date.getMonthValue(), date.getDayOfMonth(), 0xFF));
    } else if (TIME.matcher(text).matches()) {
      time(forms, LocalTime.parse(text.replace("Z", "")));
    } else if (EUI.matcher(text).matches()) {
      octets(forms, HEX.parseHex(text.replace("-", "")));
    } else if (HEX_BINARY.matcher(text).matches()) {
      octets(forms, HEX.parseHex(text));
    } else if (BASE64.matcher(text).matches()) {
      octets(forms, Base64.getMimeDecoder().decode(text));
    }
    return forms;
  }

  private static void number(Set<String> forms, BigDecimal number) {
    int most = number.scale() == 0 ? 0 : MOST_DECIMALS;
    for (int decimals = 0; decimals <= most; decimals++) {
      BigDecimal scaled = number.movePointRight(decimals).stripTrailingZeros();
      if (scaled.scale() <= 0) {
        forms.add("n:" + scaled.toBigInteger());
      }
    }
  }

  private static void dateTime(Set<String> forms, Instant instant) {
    OffsetDateTime utc = instant.atOffset(ZoneOffset.UTC);
    byte[] date = calendar(utc.getYear(), utc.getMonthValue(), utc.getDayOfMonth(), 0xFF);
    forms.add(
        String.format(
            Locale.ROOT,
            "x:%s%02X%02X%02X008000FF",
            HEX.formatHex(date),
            utc.getHour(),
            utc.getMinute(),
            utc.getSecond()));
    forms.add("n:" + (instant.getEpochSecond() - ZIGBEE_EPOCH.getEpochSecond()));
    octets(
        forms,
        DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'", Locale.ROOT).format(utc).getBytes(UTF_8));
  }

  private static byte[] calendar(int year, int month, int day, int weekday) {
    return new byte[] {(byte) (year >> 8), (byte) year, (byte) month, (byte) day, (byte) weekday};
  }

  private static void time(Set<String> forms, LocalTime time) {
    octets(
        forms,
        new byte[] {
          (byte) time.getHour(),
          (byte) time.getMinute(),
          (byte) time.getSecond(),
          (byte) (time.getNano() / 10_000_000)
        });
    forms.add("n:" + (time.getHour() * 60 + time.getMinute()));
  }

  private static void octets(Set<String> forms, byte[] octets) {
    forms.add("x:" + HEX.formatHex(octets));
  }
}
