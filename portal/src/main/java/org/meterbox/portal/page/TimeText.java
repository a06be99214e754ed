// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments as people read them: in UTC, which every message bears, and in the time of Britain. */
public final class TimeText {
  /** The time by which people in Great Britain live. */
  public static final ZoneId BRITAIN = ZoneId.of("Europe/London");

  private static final DateTimeFormatter UTC = format("yyyy-MM-dd HH:mm:ss'Z'", ZoneOffset.UTC);
  private static final DateTimeFormatter EXACT =
      format("yyyy-MM-dd HH:mm:ss.SSS'Z'", ZoneOffset.UTC);
  private static final DateTimeFormatter CLOCK = format("HH:mm:ss.SSS", ZoneOffset.UTC);
  private static final DateTimeFormatter LOCAL = format("d MMM HH:mm:ss zzz", BRITAIN);

  private TimeText() {}

  private static DateTimeFormatter format(String pattern, ZoneId zone) {
    return DateTimeFormatter.ofPattern(pattern, Locale.UK).withZone(zone);
  }

  /** Date and time in UTC, to the second. */
  public static String utc(Instant at) {
    return UTC.format(at);
  }

  /** Date and time in UTC, to the millisecond. */
  public static String exact(Instant at) {
    return EXACT.format(at);
  }

  /** The time of day in UTC, to the millisecond. */
  public static String clock(Instant at) {
    return CLOCK.format(at);
  }

  /** Day and time in Great Britain, with the name of the time that holds (GMT or BST). */
  public static String local(Instant at) {
    return LOCAL.format(at);
  }

  /** How long something took, in the unit that fits. */
  public static String length(Duration length) {
    long millis = length.toMillis();
    if (millis < 10_000) {
      return millis + " ms";
    }
    if (millis < 600_000) {
      return length.toSeconds() + " s";
    }
    return length.toMinutes() < 600 ? length.toMinutes() + " min" : length.toHours() + " h";
  }
}
