// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.vault;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.X509ExtendedKeyManager;
import org.meterbox.crypto.AgreementKey;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.SigningKey;
import org.meterbox.crypto.SoftwareAgreementKey;
import org.meterbox.crypto.SoftwareSigningKey;

/** A key in this JVM's memory. */
final class SoftwareHeldKey implements HeldKey {
  private final PrivateKey privateKey;
  private final List<X509Certificate> chain;

  SoftwareHeldKey(PrivateKey privateKey, List<X509Certificate> chain) {
    this.privateKey = privateKey;
    this.chain = List.copyOf(chain);
  }

  @Override
  public SigningKey signing() {
    return new SoftwareSigningKey(privateKey, P256.publicKey(chain.getFirst().getPublicKey()));
  }

  @Override
  public AgreementKey agreement() {
    return new SoftwareAgreementKey(privateKey, P256.publicKey(chain.getFirst().getPublicKey()));
  }

  @Override
  public List<X509Certificate> chain() {
    return chain;
  }

  @Override
  public X509ExtendedKeyManager keyManager() {
    return new OneKeyManager(privateKey, chain);
  }

  @Override
  public String toString() {
    return "SoftwareHeldKey[redacted]";
  }
}
