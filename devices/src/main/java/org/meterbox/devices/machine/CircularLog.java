// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A log that forgets its oldest entry when it is full (SMETS event and security logs).
 *
 * @param entries oldest first
 */
public record CircularLog(List<LogEntry> entries) {
  /** A log without entries. */
  public static final CircularLog EMPTY = new CircularLog(List.of());

  /** Entries of an event or security log. */
  public static final int CAPACITY = 100;

  /** Copies the list. */
  public CircularLog {
    entries = List.copyOf(entries);
    if (entries.size() > CAPACITY) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "a log has at most %d entries", CAPACITY));
    }
  }

  /** This log with one entry more. */
  public CircularLog with(LogEntry entry) {
    List<LogEntry> longer = new ArrayList<>(entries);
    longer.add(entry);
    return new CircularLog(longer.subList(Math.max(0, longer.size() - CAPACITY), longer.size()));
  }
}
