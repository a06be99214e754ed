// SPDX-License-Identifier: Apache-2.0
package org.meterbox.wan;

import java.util.List;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.Priority;

/**
 * A communications hub as the SM WAN sees it. The SM WAN calls {@link #deliver} from one thread at
 * a time, and {@link #unacknowledged} and {@link #acknowledged} from one thread at a time; the two
 * directions run side by side.
 */
public interface HubConnection {
  /**
   * Hands down one message. Answers only after the hub or the device keeps what it must keep.
   *
   * @param priority of the message, and of what the device says to it
   */
  Answer deliver(Eui64 device, Octets message, Priority priority);

  /**
   * What the hub keeps for the DSP, the most urgent messages first, and of those the oldest.
   *
   * @param max messages at most
   */
  List<Upward> unacknowledged(int max);

  /** The DSP has stored this message: the hub forgets it. Telling twice does no harm. */
  void acknowledged(Upward message);

  /** What a hub says to a message for a device. */
  enum Answer {
    /** Kept durably in the hub, or dealt with by the device. */
    TAKEN,
    /** The device is not in this hub's HAN. */
    UNKNOWN_DEVICE,
    /** Too many messages wait for the device. */
    DEVICE_QUEUE_FULL,
    /** The hub did not answer: the message is tried again later. */
    UNREACHABLE
  }

  /**
   * A message that a hub keeps until the DSP has it.
   *
   * @param sequence the hub's own number for it, never used twice by one hub
   * @param device who sent it
   */
  record Upward(long sequence, Eui64 device, Octets message) {}
}
