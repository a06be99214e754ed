// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.requests;

/** What can happen to a command in flight. */
public sealed interface CommandEvent {
  /** The SM WAN did not take the command, or gave it up. */
  record NotDelivered() implements CommandEvent {}

  /** The deadline of the last sending has passed. */
  record DeadlinePassed(Progress progress) implements CommandEvent {}

  /** How far the last sending has come, as far as this process knows. */
  enum Progress {
    /** The SM WAN does not have it. */
    NOT_SENT,
    /** It waits in the SM WAN, which will report on it. */
    IN_THE_WAN,
    /** The hub or the device has it. */
    DELIVERED
  }
}
