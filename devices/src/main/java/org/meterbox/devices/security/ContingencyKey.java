// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.security;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.jspecify.annotations.Nullable;
import org.meterbox.crypto.PublicKeyWrap;
import org.meterbox.kernel.Octets;

/**
 * The contingency public key, which a root's certificate carries wrapped with a symmetric key (the
 * extension WrappedApexContingencyKey; RFC 5934 section 5). A device holds it from the factory and
 * can read it only once a contingency command reveals the symmetric key (GBCS CS02b). The key is
 * wrapped with AES-256 key wrap with padding (RFC 5649).
 */
public final class ContingencyKey {
  private static final String EXTENSION = "1.3.6.1.5.5.7.1.20";
  private static final int SYMMETRIC_KEY_OCTETS = 32;
  private static final int MAX_EXTENSION_OCTETS = 1024;

  private ContingencyKey() {}

  /**
   * Reads the contingency public key.
   *
   * @param root the root's certificate (DER)
   * @param symmetricKey what the command reveals
   * @return empty where the certificate carries none, or the symmetric key is another one
   */
  public static Optional<ECPublicKey> reveal(Octets root, Octets symmetricKey) {
    if (symmetricKey.length() != SYMMETRIC_KEY_OCTETS) {
      return Optional.empty();
    }
    try {
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(root.toArray()));
      byte @Nullable [] extension = certificate.getExtensionValue(EXTENSION);
      return extension == null || extension.length > MAX_EXTENSION_OCTETS
          ? Optional.empty()
          : PublicKeyWrap.unwrap(wrappedKey(extension), aes(symmetricKey));
    } catch (CertificateException
        | IllegalArgumentException
        | IllegalStateException
        | ClassCastException
        | IndexOutOfBoundsException malformed) {
      return Optional.empty();
    }
  }

  private static Octets wrappedKey(byte[] extension) {
    ASN1Sequence apexContingencyKey =
        ASN1Sequence.getInstance(ASN1OctetString.getInstance(extension).getOctets());
    return Octets.of(ASN1OctetString.getInstance(apexContingencyKey.getObjectAt(1)).getOctets());
  }

  private static SecretKey aes(Octets symmetricKey) {
    return new SecretKeySpec(symmetricKey.toArray(), "AES");
  }
}
