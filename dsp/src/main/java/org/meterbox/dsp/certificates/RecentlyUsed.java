// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.certificates;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Remembers answers of a slower source for a while: at most a given number of them, the least
 * recently used goes first, and none longer than a given time. What the source does not know is not
 * remembered. Safe for use by many threads.
 */
final class RecentlyUsed<K, V> {
  private record Kept<V>(V value, Instant from, Instant until) {
    /** Not for longer than said, even where the clock was set back in between. */
    boolean holdsAt(Instant now) {
      return !now.isBefore(from) && now.isBefore(until);
    }
  }

  private final Map<K, Kept<V>> kept;
  private final Duration keep;
  private final InstantSource clock;

  RecentlyUsed(int max, Duration keep, InstantSource clock) {
    this.keep = keep;
    this.clock = clock;
    this.kept =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, Kept<V>> eldest) {
            return size() > max;
          }
        };
  }

  Optional<V> get(K key, Function<K, Optional<V>> source) {
    Instant now = clock.instant();
    synchronized (kept) {
      Kept<V> found = kept.get(key);
      if (found != null && found.holdsAt(now)) {
        return Optional.of(found.value());
      }
    }
    Optional<V> fresh = source.apply(key);
    synchronized (kept) {
      fresh.ifPresentOrElse(
          value -> kept.put(key, new Kept<>(value, now, now.plus(keep))), () -> kept.remove(key));
    }
    return fresh;
  }
}
