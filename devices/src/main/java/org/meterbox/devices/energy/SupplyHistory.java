// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.energy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When the supply was off. Consecutive and never overlapping; the last may be going on.
 *
 * @param interruptions oldest first
 * @param offSince when the interruption that goes on began
 */
public record SupplyHistory(List<Interruption> interruptions, Optional<Instant> offSince) {
  /** A meter that never lost its supply. */
  public static final SupplyHistory ALWAYS_ON = new SupplyHistory(List.of(), Optional.empty());

  /**
   * Interruptions that are remembered: one a day for ten years. When there are more, the oldest is
   * forgotten, and registers count as if the supply had been on in it.
   */
  public static final int MAX_INTERRUPTIONS = 3_650;

  /** From the opening of the switch to its closing. */
  public record Interruption(Instant from, Instant to) {
    /** Refuses a reversed span. */
    public Interruption {
      if (to.isBefore(from)) {
        throw new IllegalArgumentException("an interruption ends after it begins");
      }
    }
  }

  /** Copies the list. */
  public SupplyHistory {
    interruptions = List.copyOf(interruptions);
  }

  /** The supply goes off; no change where it is off already. */
  public SupplyHistory off(Instant now) {
    return offSince.isPresent() ? this : new SupplyHistory(interruptions, Optional.of(now));
  }

  /** The supply comes back; no change where it is on. */
  public SupplyHistory on(Instant now) {
    if (offSince.isEmpty()) {
      return this;
    }
    List<Interruption> longer = new ArrayList<>(interruptions);
    Instant from = offSince.get();
    // A clock that was set back must not make a reversed interruption.
    longer.add(new Interruption(from, now.isBefore(from) ? from : now));
    if (longer.size() > MAX_INTERRUPTIONS) {
      longer.removeFirst();
    }
    return new SupplyHistory(longer, Optional.empty());
  }

  /** The interruptions up to an instant, the one that goes on included, cut at the instant. */
  public List<Interruption> until(Instant instant) {
    List<Interruption> past = new ArrayList<>();
    for (Interruption interruption : interruptions) {
      if (interruption.from().isBefore(instant)) {
        Instant to = interruption.to();
        past.add(new Interruption(interruption.from(), to.isBefore(instant) ? to : instant));
      }
    }
    offSince
        .filter(since -> since.isBefore(instant))
        .ifPresent(since -> past.add(new Interruption(since, instant)));
    return past;
  }
}
