// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.requests;

/** What can happen to a request in flight. */
public sealed interface RequestEvent {
  /** The SM WAN did not take the command, or gave it up. */
  record NotDelivered() implements RequestEvent {}

  /** The time to look after it has come. */
  record TimePassed(Progress progress) implements RequestEvent {}

  /** The device's response has arrived, and belongs to it. */
  record ResponseArrived() implements RequestEvent {}

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
