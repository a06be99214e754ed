// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.broker;

import java.security.interfaces.ECPublicKey;
import java.util.Optional;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.crypto.SharedSecrets;
import org.meterbox.crypto.VerificationException;
import org.meterbox.dsp.certificates.TrustedCertificates;
import org.meterbox.gbcs.envelope.GbcsMessage.Command;
import org.meterbox.gbcs.envelope.GbcsMessage.SignedPreCommand;
import org.meterbox.gbcs.envelope.GbcsMessage.UnsecuredCommand;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/** Uses the broker's key agreement key. Safe for use by many threads. */
public final class AccessControlBroker {
  /** Devices whose shared secret is kept at once, some 500 octets each. */
  public static final int SECRETS_MAX = 100_000;

  private final Eui64 id;
  private final SharedSecrets secrets;
  private final TrustedCertificates certificates;
  private final ReservedCounter counter;

  /**
   * A broker.
   *
   * @param counter its own counter towards all devices
   */
  public AccessControlBroker(
      BrokerKeys keys, TrustedCertificates certificates, ReservedCounter counter) {
    this.id = keys.id();
    this.secrets = new SharedSecrets(keys.agreement(), SECRETS_MAX);
    this.certificates = certificates;
    this.counter = counter;
  }

  /** The broker's identifier. */
  public Eui64 id() {
    return id;
  }

  /** A counter that the broker has never used before. */
  public OriginatorCounter nextCounter() {
    return counter.next();
  }

  /** Adds the MAC to a non-critical command; empty where the device has no certificate. */
  public Optional<Command> protect(UnsecuredCommand command) {
    return secretWith(command.header().messageId().target())
        .map(secret -> MessageProtection.addMac(command, secret));
  }

  /** Adds the MAC to a user's Signed Pre-Command; empty where the device has no certificate. */
  public Optional<Command> protect(SignedPreCommand command) {
    return secretWith(command.header().messageId().target())
        .map(secret -> MessageProtection.addMac(command, secret));
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
