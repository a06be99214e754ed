// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.machine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meterbox.devices.command.SecurityEvent;

/**
 * Notices that unusually many commands had to be refused (alert 8F60). How many are unusual has no
 * public source: with these numbers a sender's single mistake, also repeated by the DSP, tells
 * nothing more than itself.
 */
final class UnusualCommands {
  /** Unusual numbers of malformed, out-of-order or unexpected commands. */
  static final int CODE = 0x8F60;

  /** So many refusals within {@link #WINDOW} are unusual. */
  static final int NUMBER = 10;

  /** The time in which refusals are counted. */
  static final Duration WINDOW = Duration.ofHours(1);

  private static final Set<Integer> REFUSALS =
      Stream.of(SecurityEvent.values())
          .map(SecurityEvent::code)
          .collect(Collectors.toUnmodifiableSet());

  private UnusualCommands() {}

  /** Whether a security log shows as many refusals since the last time that this was told. */
  static boolean shows(CircularLog securityLog, Instant now) {
    List<LogEntry> entries = securityLog.entries();
    int refusals = 0;
    for (LogEntry entry : entries.reversed()) {
      if (entry.code() == CODE || entry.at().isBefore(now.minus(WINDOW))) {
        break;
      }
      if (REFUSALS.contains(entry.code())) {
        refusals++;
      }
    }
    return refusals >= NUMBER;
  }
}
