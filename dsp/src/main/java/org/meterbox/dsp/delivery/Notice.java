// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.delivery;

import java.time.Instant;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;

/**
 * A signed document for a user's Receive Response Service.
 *
 * @param recipient the user
 * @param kind what it is, for operators
 * @param made when it was made
 * @param document the signed DUIS Response
 */
public record Notice(Eui64 recipient, Kind kind, Instant made, Octets document) {
  /** The kinds of notice. */
  public enum Kind {
    /** What a device answered, or a command for local delivery. */
    RESPONSE,
    /** An alert of a device. */
    DEVICE_ALERT,
    /** An alert of the DSP. */
    DCC_ALERT
  }
}
