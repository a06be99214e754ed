// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.anomaly;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import org.meterbox.kernel.ServiceReferenceVariant;

/**
 * How many requests of a service may come within a number of hours. The sources give the two ways
 * to name the number (absolute, or a part of the volume expected in a month) but not the time over
 * which requests are counted: each threshold says it.
 *
 * @param counted whose
 * @param service of which service reference variant
 * @param amount how many pass; the requests after them are quarantined
 * @param hours over how many hours requests are counted, from 1 to {@link #HOURS_MAX}: the hour
 *     that has begun and the whole hours before it
 * @param warning from which number on people are warned; none for no warning
 * @param validity when it is in effect
 */
public record Threshold(
    CountedParty counted,
    ServiceReferenceVariant service,
    Amount amount,
    int hours,
    Optional<Long> warning,
    Validity validity) {
  /** The most requests that a threshold may name. */
  public static final long REQUESTS_MAX = 1_000_000_000_000L;

  /** The longest time over which requests are counted: 31 days. */
  public static final int HOURS_MAX = 31 * 24;

  /** Over how many hours requests are counted where a threshold does not say. */
  public static final int HOURS_STANDARD = 24;

  /** Refuses a time out of range, and a warning that would come too late. */
  public Threshold {
    if (hours < 1 || hours > HOURS_MAX) {
      throw new IllegalArgumentException("hours is from 1 to " + HOURS_MAX);
    }
    if (warning.isPresent() && (warning.get() < 1 || warning.get() > amount.requests())) {
      throw new IllegalArgumentException(
          "a warning comes with the first request or later, and"
              + " not after the last one that passes");
    }
  }

  /** The two ways to name a number of requests. */
  public sealed interface Amount {
    /** The number itself. */
    record Requests(long requests) implements Amount {
      /** Refuses what is no number of requests. */
      public Requests {
        bounded(requests);
      }
    }

    /**
     * A part of what is expected.
     *
     * @param percent may be above 100
     * @param expectedPerMonth requests
     */
    record PercentOfMonth(BigDecimal percent, long expectedPerMonth) implements Amount {
      private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

      /** Refuses what is no part. */
      public PercentOfMonth {
        bounded(expectedPerMonth);
        if (percent.signum() < 0 || percent.compareTo(BigDecimal.valueOf(100_000)) > 0) {
          throw new IllegalArgumentException("a percentage is from 0 to 100000");
        }
      }

      @Override
      public long requests() {
        return percent
            .multiply(BigDecimal.valueOf(expectedPerMonth))
            .divide(HUNDRED, 0, RoundingMode.DOWN)
            .longValueExact();
      }
    }

    /** How many requests pass. */
    long requests();

    private static void bounded(long requests) {
      if (requests < 0 || requests > REQUESTS_MAX) {
        throw new IllegalArgumentException("a number of requests is from 0 to " + REQUESTS_MAX);
      }
    }
  }
}
