// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.security;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.jspecify.annotations.Nullable;
import org.meterbox.crypto.P256;
import org.meterbox.kernel.Octets;

/**
 * The contingency public key, which a root's certificate carries wrapped with a symmetric key (the
 * extension WrappedApexContingencyKey; RFC 5934 section 5). A device holds it from the factory and
 * can read it only once a contingency command reveals the symmetric key (GBCS CS02b). The key is
 * wrapped with AES-256 key wrap with padding (RFC 5649).
 */
public final class ContingencyKey {
  private static final String EXTENSION = "1.3.6.1.5.5.7.1.20";
  private static final String KEY_WRAP = "AES/KWP/NoPadding";
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
          : Optional.of(unwrap(wrappedKey(extension), symmetricKey));
    } catch (CertificateException
        | IllegalArgumentException
        | IllegalStateException
        | ClassCastException
        | IndexOutOfBoundsException malformed) {
      return Optional.empty();
    } catch (BadPaddingException | IllegalBlockSizeException | InvalidKeySpecException otherKey) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK cannot unwrap keys with AES", e);
    }
  }

  private static byte[] wrappedKey(byte[] extension) {
    ASN1Sequence apexContingencyKey =
        ASN1Sequence.getInstance(ASN1OctetString.getInstance(extension).getOctets());
    return ASN1OctetString.getInstance(apexContingencyKey.getObjectAt(1)).getOctets();
  }

  private static ECPublicKey unwrap(byte[] wrapped, Octets symmetricKey)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(KEY_WRAP);
    cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(symmetricKey.toArray(), "AES"));
    return P256.publicKey(
        KeyFactory.getInstance("EC")
            .generatePublic(new X509EncodedKeySpec(cipher.doFinal(wrapped))));
  }
}
