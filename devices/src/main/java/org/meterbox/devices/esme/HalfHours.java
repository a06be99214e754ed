// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.meterbox.devices.cosem.Query;

/** Points in time at which logs are written. */
final class HalfHours {
  static final Duration HALF_HOUR = Duration.ofMinutes(30);

  private HalfHours() {}

  /** The first beginning of a half hour of UTC at or after an instant. */
  static Instant firstBeginFrom(Instant instant) {
    Instant floor = floor(instant, HALF_HOUR);
    return floor.equals(instant) ? floor : floor.plus(HALF_HOUR);
  }

  /**
   * The ends of the complete periods that a log still holds and a query asks for, in ascending
   * order.
   *
   * @param since periods that began earlier are incomplete
   * @param capacity how many the log holds
   */
  static List<Instant> ends(Duration period, Instant since, int capacity, Query query) {
    Instant last = floor(query.now(), period);
    Instant first = last.minus(period.multipliedBy(capacity - 1L));
    Instant firstComplete = ceiling(since, period).plus(period);
    Instant at = first.isBefore(firstComplete) ? firstComplete : first;
    if (query.from().isAfter(at)) {
      at = ceiling(query.from(), period);
    }
    List<Instant> ends = new ArrayList<>();
    for (; !at.isAfter(last) && !at.isAfter(query.to()); at = at.plus(period)) {
      ends.add(at);
    }
    return ends;
  }

  private static Instant floor(Instant instant, Duration period) {
    long seconds = period.toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(instant.getEpochSecond(), seconds) * seconds);
  }

  private static Instant ceiling(Instant instant, Duration period) {
    Instant floor = floor(instant, period);
    return floor.isBefore(instant) ? floor.plus(period) : floor;
  }
}
