// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.machine;

import java.util.Optional;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;

/**
 * An alert that the device wants to send. It becomes a message when the device gives it a counter
 * and signs it, or adds a MAC.
 *
 * @param recipient in whose cell the addressee's certificate sits
 * @param addressee to whom it goes where that is not the holder of the cell: of a signed alert
 *     whoever sent the command that it is about
 * @param critical whether it is signed; else it carries a MAC
 * @param payload what it says, once its header is known
 */
public record AlertDraft(
    MessageCode code,
    RemotePartyRole recipient,
    Optional<Eui64> addressee,
    boolean critical,
    Payload payload) {
  /** An alert to the holder of a cell. */
  public AlertDraft(
      MessageCode code, RemotePartyRole recipient, boolean critical, Payload payload) {
    this(code, recipient, Optional.empty(), critical, payload);
  }

  /** A signed alert about a command, to the party that sent it. */
  public static AlertDraft toOriginator(
      MessageCode code, RemotePartyRole sender, Eui64 originator, Payload payload) {
    return new AlertDraft(code, sender, Optional.of(originator), true, payload);
  }

  /** Writes the payload of an alert. */
  @FunctionalInterface
  public interface Payload {
    /**
     * The payload.
     *
     * @param header the alert's header, with the device's own counter in it
     * @param reader the secret that the device shares with the recipient, for what only that may
     *     read; empty where the device does not hold the recipient's agreement key
     */
    Octets write(GroupingHeader header, Optional<SharedSecret> reader);
  }

  /** The generic critical alert. */
  public static final MessageCode GENERIC_CRITICAL = new MessageCode(0x1000);

  /** The generic non-critical alert. */
  public static final MessageCode GENERIC_NON_CRITICAL = new MessageCode(0x1001);
}
