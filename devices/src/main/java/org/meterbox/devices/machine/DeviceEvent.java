// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.machine;

import org.meterbox.devices.command.SecurityEvent;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.MessageId;

/** What happened in a device, for whoever watches the home; no consumption values. */
public sealed interface DeviceEvent {
  /** A command was carried out and answered. */
  record CarriedOut(String useCase, MessageCode code, MessageId command) implements DeviceEvent {}

  /** A message failed a check: no answer, an entry in the security log. */
  record Refused(SecurityEvent reason) implements DeviceEvent {}

  /**
   * A command that was carried out before came again while its answer still waits to be
   * acknowledged, as after a failure of the DSP: no attack, and not carried out again.
   */
  record SentAgain(MessageCode code, MessageId command) implements DeviceEvent {}

  /** An authentic command that the device does not know; some devices send an alert. */
  record Unsupported(MessageCode code, MessageId command) implements DeviceEvent {}

  /**
   * Something that the device also writes into its event log.
   *
   * @param code the event code
   */
  record Logged(int code) implements DeviceEvent {}
}
