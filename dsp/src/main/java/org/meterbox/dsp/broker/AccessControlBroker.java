// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.broker;

import java.security.interfaces.ECPublicKey;
import java.util.Optional;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.crypto.SharedSecrets;
import org.meterbox.crypto.VerificationException;
import org.meterbox.dsp.certificates.TrustedCertificates;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;

/** Uses the broker's key agreement key. Safe for use by many threads. */
public final class AccessControlBroker {
  /** Devices whose shared secret is kept at once, some 500 octets each. */
  public static final int SECRETS_MAX = 100_000;

  private final Eui64 id;
  private final SharedSecrets secrets;
  private final TrustedCertificates certificates;

  /** A broker with these keys, which knows the devices by these certificates. */
  public AccessControlBroker(BrokerKeys keys, TrustedCertificates certificates) {
    this.id = keys.id();
    this.secrets = new SharedSecrets(keys.agreement(), SECRETS_MAX);
    this.certificates = certificates;
  }

  /** The broker's identifier. */
  public Eui64 id() {
    return id;
  }

  /** The MAC of a command for its device; empty where the device has no certificate. */
  public Optional<Octets> mac(GroupedContent command) {
    return secretWith(command.header().messageId().target())
        .map(secret -> MessageProtection.mac(command, secret));
  }

  /**
   * Returns only if a device has really sent this to the broker.
   *
   * @throws VerificationException where it has not, or has no certificate
   */
  public void verifyMac(GroupedContent content, Octets mac) throws VerificationException {
    SharedSecret secret =
        secretWith(content.header().messageId().originator())
            .orElseThrow(() -> new VerificationException("the device has no certificate"));
    MessageProtection.verifyMac(content, mac, secret);
  }

  private Optional<SharedSecret> secretWith(Eui64 device) {
    Optional<ECPublicKey> peer = certificates.deviceAgreementKey(device);
    return peer.map(secrets::with);
  }
}
