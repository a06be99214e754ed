// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.machine;

import java.util.function.Function;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.RemotePartyRole;

/**
 * An alert that the device wants to send. It becomes a message when the device gives it a counter
 * and signs it, or adds a MAC.
 *
 * @param recipient in whose cell the addressee's certificate sits
 * @param critical whether it is signed; else it carries a MAC
 * @param payload what it says, once its counter is known
 */
public record AlertDraft(
    MessageCode code,
    RemotePartyRole recipient,
    boolean critical,
    Function<OriginatorCounter, Octets> payload) {
  /** The generic critical alert. */
  public static final MessageCode GENERIC_CRITICAL = new MessageCode(0x1000);

  /** The generic non-critical alert. */
  public static final MessageCode GENERIC_NON_CRITICAL = new MessageCode(0x1001);
}
