// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.content;

import java.time.Instant;
import java.time.LocalDate;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.kernel.Octets;

/** The three ways in which device messages write a moment, as xs:dateTime in UTC. */
public final class Timestamps {
  /** Seconds from 1970 to 2000, where log and ZigBee time begin. */
  private static final long EPOCH_2000 = 946_684_800L;

  private static final int SECONDS_A_DAY = 86_400;

  /** No clock says more, and the text has four digits for the year. */
  private static final Instant END = Instant.parse("9999-12-31T23:59:59Z");

  private Timestamps() {}

  /** Seconds since 2000-01-01 00:00:00 UTC: DLMS logs and ZigBee UTCTime. */
  public static String ofSeconds(long since2000) {
    return ofEpochSecond(since2000 + EPOCH_2000);
  }

  /** A point in time, in whole seconds. */
  public static String of(Instant instant) {
    return ofEpochSecond(instant.getEpochSecond());
  }

  /** Written out without a formatter: a profile log has 19,056 of them. */
  private static String ofEpochSecond(long epochSecond) {
    long day = Math.floorDiv(epochSecond, SECONDS_A_DAY);
    int second = Math.floorMod(epochSecond, SECONDS_A_DAY);
    LocalDate date = LocalDate.ofEpochDay(day);
    return text(
        date.getYear(),
        date.getMonthValue(),
        date.getDayOfMonth(),
        second / 3600,
        second / 60 % 60,
        second % 60);
  }

  private static String text(int year, int month, int day, int hour, int minute, int second) {
    char[] text = "0000-00-00T00:00:00Z".toCharArray();
    put(text, 0, year / 100);
    put(text, 2, year % 100);
    put(text, 5, month);
    put(text, 8, day);
    put(text, 11, hour);
    put(text, 14, minute);
    put(text, 17, second);
    return new String(text);
  }

  private static void put(char[] text, int at, int twoDigits) {
    text[at] = (char) ('0' + twoDigits / 10);
    text[at + 1] = (char) ('0' + twoDigits % 10);
  }

  /** A DLMS date-time that says a point in time. */
  public static String ofDlms(Octets dateTime) throws UnexpectedContentException {
    if (dateTime.length() != DlmsDateTime.OCTETS) {
      throw new UnexpectedContentException("expected a date-time of 12 octets");
    }
    Instant instant =
        new DlmsDateTime(dateTime)
            .instant()
            .filter(time -> time.isBefore(END))
            .orElseThrow(() -> new UnexpectedContentException("expected a point in time"));
    return of(instant);
  }
}
