// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.keys;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.meterbox.crypto.AgreementKey;
import org.meterbox.crypto.Pkcs11Token;
import org.meterbox.crypto.TokenKey;
import org.meterbox.kernel.Eui64;

/**
 * The own key agreement keys in a security module (PKCS#11): each belongs to the party that its
 * certificate in the module names. The private keys never leave the module. Read once.
 */
public final class TokenKeys implements PartyKeys {
  private final Map<Eui64, AgreementKey> own = new HashMap<>();
  private final Map<Eui64, List<PartyCertificate>> certificates = new HashMap<>();
  private final List<String> faults = new ArrayList<>();

  private TokenKeys() {}

  /**
   * Looks through all keys of a module.
   *
   * @param token stays open for as long as these keys are used; the caller closes it
   */
  public static TokenKeys of(Pkcs11Token token) {
    TokenKeys keys = new TokenKeys();
    for (String name : token.names()) {
      token.find(name).ifPresent(key -> keys.add(name, key));
    }
    return keys;
  }

  /** Which keys of the module cannot be used, one line each. */
  public List<String> faults() {
    return List.copyOf(faults);
  }

  @Override
  public List<PartyCertificate> certificates(Eui64 holder, KeyUse use) {
    return use == KeyUse.KEY_AGREEMENT ? certificates.getOrDefault(holder, List.of()) : List.of();
  }

  @Override
  public Optional<AgreementKey> agreementKey(Eui64 party) {
    return Optional.ofNullable(own.get(party));
  }

  /** Keys for signatures are for others. */
  private void add(String name, TokenKey key) {
    try {
      PartyCertificate certificate = read(key.chain());
      if (certificate.use() == KeyUse.KEY_AGREEMENT) {
        own.put(certificate.holder(), key.agreement());
        certificates.put(certificate.holder(), List.of(certificate));
      }
    } catch (CertificateException e) {
      faults.add(String.format(Locale.ROOT, "the module's key %s: %s", name, e.getMessage()));
    }
  }

  private static PartyCertificate read(List<X509Certificate> chain) throws CertificateException {
    if (chain.isEmpty()) {
      throw new CertificateException("it has no certificate");
    }
    return CertificateReading.read(chain.getFirst().getEncoded());
  }
}
