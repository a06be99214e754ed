// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.dlms;

import java.time.Instant;

/**
 * The time of a log entry: whole seconds since 2000-01-01T00:00:00Z. ZigBee's UTCTime counts alike.
 *
 * @param seconds 0 to 4294967295
 */
public record LogTimestamp(long seconds) {
  /** The instant with the number zero. */
  public static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

  /** Refuses what does not fit four octets. */
  public LogTimestamp {
    DlmsValue.Ranges.check(seconds, 0, 0xFFFF_FFFFL);
  }

  /**
   * The time of an instant; fractions of a second are cut off.
   *
   * @throws IllegalArgumentException before 2000 and after 2136-02-07
   */
  public static LogTimestamp of(Instant instant) {
    return new LogTimestamp(instant.getEpochSecond() - EPOCH.getEpochSecond());
  }

  /** The instant. */
  public Instant instant() {
    return EPOCH.plusSeconds(seconds);
  }

  /** The number as DLMS carries it. */
  public DlmsValue toValue() {
    return new DlmsValue.UInt32(seconds);
  }

  /** ISO 8601 in UTC. */
  @Override
  public String toString() {
    return instant().toString();
  }
}
