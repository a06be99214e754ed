// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.vault;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.crypto.SecretKey;
import javax.net.ssl.X509ExtendedKeyManager;
import org.meterbox.crypto.AgreementKey;
import org.meterbox.crypto.Pkcs11Token;
import org.meterbox.crypto.SigningKey;
import org.meterbox.crypto.TokenKey;

/**
 * A vault whose private keys are made in a hardware security module and never leave it. The few
 * secret keys, which key custodians must be able to carry away in parts, stay in another vault.
 */
public final class Pkcs11Vault implements KeyVault {
  private final Pkcs11Token token;
  private final KeyVault secrets;

  /**
   * Keeps private keys in this token.
   *
   * @param secrets where secret keys go; its private keys are not looked at
   */
  public Pkcs11Vault(Pkcs11Token token, KeyVault secrets) {
    this.token = token;
    this.secrets = secrets;
  }

  @Override
  public Optional<HeldKey> find(String name) {
    return token.find(name).map(InToken::new);
  }

  @Override
  public HeldKey create(String name, Certification certification) {
    if (token.find(name).isPresent()) {
      throw new IllegalStateException("the token has a key " + name + " already");
    }
    TokenKey key = token.generate();
    return new InToken(token.keep(name, key, certification.certify(key.signing())));
  }

  @Override
  public Optional<SecretKey> findSecret(String name) {
    return secrets.findSecret(name);
  }

  @Override
  public SecretKey createSecret(String name) {
    return secrets.createSecret(name);
  }

  @Override
  public void destroy(String name) {
    token.destroy(name);
    secrets.destroy(name);
  }

  @Override
  public Set<String> names() {
    Set<String> names = new TreeSet<>(token.names());
    names.addAll(secrets.names());
    return names;
  }

  /** A key that works inside the token. */
  private record InToken(TokenKey key) implements HeldKey {
    @Override
    public SigningKey signing() {
      return key.signing();
    }

    @Override
    public AgreementKey agreement() {
      return key.agreement();
    }

    @Override
    public List<X509Certificate> chain() {
      return key.chain();
    }

    @Override
    public X509ExtendedKeyManager keyManager() {
      throw new UnsupportedOperationException(
          "a TLS key lives in a software vault of the machine that it serves");
    }
  }
}
