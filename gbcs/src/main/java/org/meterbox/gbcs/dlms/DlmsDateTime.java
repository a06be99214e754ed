// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.dlms;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/**
 * A DLMS date-time in its twelve octets. GBCS writes UTC, leaves weekday and deviation unspecified
 * and gives the two extreme values a meaning of their own.
 *
 * <pre>
 * year(2) month day weekday hour minute second hundredths deviation(2) clock-status
 * 07DF    01    01  FF      00   00     00     00         8000         FF      2015-01-01T00:00:00Z
 * 0000    00    00  00      00   00     00     00         8000         FF      apply at once
 * FFFF    FF    FF  FF      FF   FF     FF     FF         8000         FF      never: a cancellation
 * </pre>
 *
 * @param octets exactly twelve octets
 */
public record DlmsDateTime(Octets octets) {
  /** Length of the binary form. */
  public static final int OCTETS = 12;

  /** A change with this activation time takes effect at once. */
  public static final DlmsDateTime NOW = new DlmsDateTime(Octets.ofHex("0000000000000000008000FF"));

  /** A change with this activation time never takes effect: it cancels an earlier one. */
  public static final DlmsDateTime NEVER =
      new DlmsDateTime(Octets.ofHex("FFFFFFFFFFFFFFFFFF8000FF"));

  /** The clock status that says nothing about the clock. */
  public static final int STATUS_UNSPECIFIED = 0xFF;

  private static final int UNSPECIFIED = 0xFF;
  private static final int UNSPECIFIED_DEVIATION = 0x8000;
  private static final int DEVIATION_AT = 9;

  /** In minutes: half a day, as DLMS has it. */
  private static final int MAX_DEVIATION = 720;

  private static final int STATUS_AT = 11;

  /** Refuses any length but twelve octets. */
  public DlmsDateTime {
    if (octets.length() != OCTETS) {
      throw new IllegalArgumentException("a DLMS date-time has 12 octets");
    }
  }

  /**
   * A point in time with whole seconds; fractions are cut off.
   *
   * @throws IllegalArgumentException for a year below 1 or above 65534
   */
  public static DlmsDateTime of(Instant instant) {
    return of(instant, STATUS_UNSPECIFIED);
  }

  /**
   * A point in time as read from a clock with this status octet.
   *
   * @throws IllegalArgumentException for a year below 1 or above 65534
   */
  public static DlmsDateTime of(Instant instant, int clockStatus) {
    LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    if (time.getYear() < 1 || time.getYear() > 0xFFFE) {
      throw new IllegalArgumentException("the year of a DLMS date-time is 1 to 65534");
    }
    return new DlmsDateTime(
        new OctetWriter(OCTETS)
            .u16(time.getYear())
            .u8(time.getMonthValue())
            .u8(time.getDayOfMonth())
            .u8(UNSPECIFIED)
            .u8(time.getHour())
            .u8(time.getMinute())
            .u8(time.getSecond())
            .u8(0)
            .u16(UNSPECIFIED_DEVIATION)
            .u8(clockStatus)
            .toOctets());
  }

  /** The date-time in an octet-string of twelve octets; empty for any other value. */
  public static Optional<DlmsDateTime> of(DlmsValue value) {
    return value instanceof DlmsValue.OctetString string && string.octets().length() == OCTETS
        ? Optional.of(new DlmsDateTime(string.octets()))
        : Optional.empty();
  }

  /** The octet-string that carries this date-time. */
  public DlmsValue toValue() {
    return new DlmsValue.OctetString(octets);
  }

  /** Whether this means "at once". */
  public boolean isNow() {
    return timeEquals(NOW);
  }

  /** Whether this means "never". */
  public boolean isNever() {
    return timeEquals(NEVER);
  }

  /**
   * The point in time, in whole seconds; empty where a part is unspecified or no calendar knows it,
   * and for "at once" and "never". A specified deviation is minutes from local time to UTC.
   */
  public Optional<Instant> instant() {
    try {
      LocalDateTime local =
          LocalDateTime.of(
              year(), octets.at(2), octets.at(3), octets.at(5), octets.at(6), octets.at(7));
      int deviation = (short) ((octets.at(DEVIATION_AT) << 8) | octets.at(DEVIATION_AT + 1));
      int minutes = deviation == Short.MIN_VALUE ? 0 : deviation;
      return year() == 0 || year() == 0xFFFF || Math.abs(minutes) > MAX_DEVIATION
          ? Optional.empty()
          : Optional.of(local.plusMinutes(minutes).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException unspecifiedOrImpossible) {
      return Optional.empty();
    }
  }

  /** The clock status octet: bit 1 says that the time is doubtful, FF that nothing is known. */
  public int clockStatus() {
    return octets.at(STATUS_AT);
  }

  private int year() {
    return (octets.at(0) << 8) | octets.at(1);
  }

  private boolean timeEquals(DlmsDateTime other) {
    return octets.slice(0, DEVIATION_AT).equals(other.octets.slice(0, DEVIATION_AT));
  }

  /** ISO 8601 in UTC, {@code now}, {@code never}, or the octets where there is no such time. */
  @Override
  public String toString() {
    if (isNow()) {
      return "now";
    }
    if (isNever()) {
      return "never";
    }
    return instant().map(Instant::toString).orElseGet(octets::hex);
  }
}
