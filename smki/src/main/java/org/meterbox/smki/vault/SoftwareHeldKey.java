// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.vault;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
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
  private final SigningKey signing;
  private final AgreementKey agreement;

  /** Holds a key, turned once into the chosen provider's own: it would do that for each use. */
  SoftwareHeldKey(PrivateKey privateKey, List<X509Certificate> chain) {
    this.privateKey = privateKey;
    this.chain = List.copyOf(chain);
    PrivateKey providers = P256.privateKeyFromPkcs8(privateKey.getEncoded());
    ECPublicKey publicKey = P256.publicKey(chain.getFirst().getPublicKey());
    signing = new SoftwareSigningKey(providers, publicKey);
    agreement = new SoftwareAgreementKey(providers, publicKey);
  }

  @Override
  public SigningKey signing() {
    return signing;
  }

  @Override
  public AgreementKey agreement() {
    return agreement;
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
