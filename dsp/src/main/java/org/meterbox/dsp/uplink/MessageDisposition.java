// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.uplink;

/** What was done with a device's message. Every message is kept, whatever was done with it. */
public enum MessageDisposition {
  /** It answered a request and went to the user. */
  RESPONSE,
  /** An alert for a user, handed on. */
  ALERT,
  /** An alert with the outcome of one instruction of a future dated command. */
  FUTURE_DATED_OUTCOME,
  /** An alert for the DSP itself. */
  ALERT_FOR_DSP,
  /** A response to no command that the DSP knows. */
  UNMATCHED,
  /** A response to a command that had ended already. */
  LATE,
  /** Its MAC or signature does not hold. */
  NOT_AUTHENTIC,
  /** It names another device than the one that brought it, or an unknown recipient. */
  MISDIRECTED,
  /** Not a message of GBCS, or not one that goes upwards. */
  MALFORMED,
  /** The same octets as before; not kept twice. */
  DUPLICATE
}
