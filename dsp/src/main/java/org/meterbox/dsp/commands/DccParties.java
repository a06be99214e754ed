// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.commands;

import java.util.Optional;
import org.meterbox.crypto.EcdsaSignature;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.RemotePartyRole;

/**
 * The DCC's own parties that originate commands: the Access Control Broker and the change of
 * supplier party. Their keys are used where they are kept.
 */
public interface DccParties {
  /** One of the DCC's parties. */
  interface Party {
    /** The party's identifier. */
    Eui64 id();

    /**
     * A counter that the party has never used before, durable before it is given.
     *
     * @param request the Request ID for which the party sends
     */
    OriginatorCounter nextCounter(MessageId request);

    /** The party's signature of a command; empty where its signing key is not there. */
    Optional<EcdsaSignature> sign(GroupedContent command);
  }

  /** The party in this role, where there is one. */
  Optional<Party> inRole(RemotePartyRole role);

  /** Says that there is no party in this role, and what to do about it. */
  String absent(RemotePartyRole role);

  /**
   * The Access Control Broker's MAC of a command; empty where the device's key agreement
   * certificate is not there.
   */
  Optional<Octets> brokerMac(GroupedContent command);
}
