// SPDX-License-Identifier: Apache-2.0
package org.meterbox.wan;

import java.time.Duration;
import org.meterbox.kernel.Priority;

/**
 * Bounds of the SM WAN.
 *
 * @param maxWaitingPerPriority messages of one priority that may wait for one hub
 * @param maxWaitUrgent how long anything but bulk work may wait for an unreachable hub
 * @param maxWaitBulk how long bulk work may wait for an unreachable hub
 */
public record WanLimits(int maxWaitingPerPriority, Duration maxWaitUrgent, Duration maxWaitBulk) {
  /**
   * The longest message, as long as GBCS messages are here at most: thirteen months of half hours
   * of a twin element meter have 228,672 octets.
   */
  public static final int MAX_MESSAGE_OCTETS = 240_000;

  /** Devices behind one hub: the 16 entries of its device log and its own two functions. */
  public static final int MAX_DEVICES_PER_HUB = 18;

  /** Messages that are fetched from a hub at once, so that they are stored together. */
  public static final int UPWARD_AT_ONCE = 128;

  /** How often waiting messages are tried again and those that waited too long are given up. */
  public static final Duration TICK = Duration.ofSeconds(1);

  /**
   * 256 messages of each priority for one hub. A person waits for on-demand work (target: 30
   * seconds), so it may wait a minute; bulk work as long as the slowest leg agreed with the service
   * providers (22 hours).
   */
  public static final WanLimits STANDARD =
      new WanLimits(256, Duration.ofMinutes(1), Duration.ofHours(22));

  /** Refuses bounds that would let nothing pass. */
  public WanLimits {
    if (maxWaitingPerPriority < 1 || !maxWaitUrgent.isPositive() || !maxWaitBulk.isPositive()) {
      throw new IllegalArgumentException("limits of the SM WAN are positive");
    }
  }

  /** How long a message of this priority may wait. */
  public Duration maxWait(Priority priority) {
    return switch (priority) {
      case SUPPLY, CRITICAL, ON_DEMAND -> maxWaitUrgent;
      case BULK -> maxWaitBulk;
    };
  }
}
