// SPDX-License-Identifier: Apache-2.0
package org.meterbox.wan;

/** Whether the SM WAN took a message. */
public sealed interface Acceptance {
  /** Taken: exactly one {@link DeliveryReport} will follow. */
  record Accepted() implements Acceptance {
    /** The one value. */
    public static final Accepted VALUE = new Accepted();
  }

  /**
   * Not taken: no report will follow.
   *
   * @param reason why
   */
  record Refused(Reason reason) implements Acceptance {}

  /** Why a message is not taken. */
  enum Reason {
    /** No hub serves the device. */
    UNKNOWN_DEVICE,
    /** As many messages of this priority as are allowed wait for the hub already. */
    QUEUE_FULL,
    /** The message is empty or longer than {@link WanLimits#MAX_MESSAGE_OCTETS}. */
    BAD_LENGTH,
    /** The SM WAN is shutting down. */
    CLOSED
  }
}
