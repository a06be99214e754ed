// SPDX-License-Identifier: Apache-2.0
package org.meterbox.wan;

import java.time.Instant;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;

/**
 * What became of an accepted message.
 *
 * @param correlation the sender's name for it
 * @param outcome the named end
 * @param at when
 */
public record DeliveryReport(MessageId correlation, Eui64 device, Outcome outcome, Instant at) {
  /** How the delivery of a message ends. */
  public enum Outcome {
    /** The hub holds it durably or the device has dealt with it. */
    DELIVERED,
    /** The hub was not reachable as long as the message may wait. */
    HUB_UNREACHABLE,
    /** The hub does not know the device in its HAN. */
    DEVICE_NOT_IN_HAN,
    /** As many messages as the hub keeps for one device wait for it already. */
    DEVICE_QUEUE_FULL,
    /** The SM WAN was shut down before delivery: the sender sends it again to the next one. */
    WAN_CLOSED
  }
}
