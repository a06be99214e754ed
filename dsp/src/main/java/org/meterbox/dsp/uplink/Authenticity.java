// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.uplink;

import java.security.interfaces.ECPublicKey;
import java.util.Optional;
import org.meterbox.crypto.VerificationException;
import org.meterbox.dsp.broker.AccessControlBroker;
import org.meterbox.dsp.certificates.TrustedCertificates;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a message is from the device that it names, as far as the DSP can know: a signature is
 * always checked, a MAC if it is meant for the broker. The MAC of a message to a user is made with
 * a secret that the DSP does not have; the user checks it.
 */
public final class Authenticity {
  private static final Logger LOG = LoggerFactory.getLogger(Authenticity.class);

  private final AccessControlBroker broker;
  private final TrustedCertificates certificates;

  /** Checks with the broker's key and these certificates. */
  public Authenticity(AccessControlBroker broker, TrustedCertificates certificates) {
    this.broker = broker;
    this.certificates = certificates;
  }

  /** Whether this party is the broker. */
  boolean isBroker(Eui64 party) {
    return party.equals(broker.id());
  }

  /** Whether nothing speaks against the message, and at least a MAC or a signature for it. */
  boolean holds(GroupedContent content, Optional<Octets> mac) {
    MessageId id = content.header().messageId();
    try {
      if (mac.isPresent() && isBroker(id.target())) {
        broker.verifyMac(content, mac.get());
      }
      if (content.signature().isPresent()) {
        ECPublicKey signer =
            certificates
                .deviceSigningKey(id.originator())
                .orElseThrow(() -> new VerificationException("the device has no certificate"));
        MessageProtection.verifySignature(content, signer);
      }
      return mac.isPresent() || content.signature().isPresent();
    } catch (VerificationException e) {
      LOG.warn("message of {}: {}", id.originator(), e.getMessage());
      return false;
    }
  }
}
