// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.authority;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.meterbox.crypto.PublicKeyWrap;
import org.meterbox.kernel.Octets;

/**
 * The contingency public key, hidden in the Root OCA certificate: devices carry it from the factory
 * and can read it only once a contingency command reveals the symmetric key (GBCS; the extension is
 * that of RFC 5934 section 5).
 */
public final class ContingencyKey {
  /** RFC 5934: id-pe-wrappedApexContinKey. */
  static final ASN1ObjectIdentifier EXTENSION = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.20");

  private static final int WRAPPED_OCTETS_MAX = 1024;

  private ContingencyKey() {}

  /** Whether a root's certificate carries a contingency key, be it a hidden one. */
  public static boolean isIn(X509Certificate root) {
    return root.getExtensionValue(EXTENSION.getId()) != null;
  }

  /**
   * Finds the public key in a root's certificate, as a device does that was told the symmetric key.
   *
   * @return the key; none where the certificate carries none or the symmetric key is another one
   */
  public static Optional<ECPublicKey> reveal(X509Certificate root, SecretKey wrapping) {
    byte[] extension = root.getExtensionValue(EXTENSION.getId());
    if (extension == null || extension.length > WRAPPED_OCTETS_MAX) {
      return Optional.empty();
    }
    try {
      ASN1Sequence apexContingencyKey =
          ASN1Sequence.getInstance(ASN1OctetString.getInstance(extension).getOctets());
      byte[] wrapped = ASN1OctetString.getInstance(apexContingencyKey.getObjectAt(1)).getOctets();
      return PublicKeyWrap.unwrap(Octets.of(wrapped), wrapping);
    } catch (IllegalArgumentException
        | IllegalStateException
        | ClassCastException
        | IndexOutOfBoundsException malformed) {
      return Optional.empty();
    }
  }

  /** Hides the public key as RFC 5934 says. */
  static Extension extension(ECPublicKey contingency, SecretKey wrapping) {
    ASN1EncodableVector apexContingencyKey = new ASN1EncodableVector();
    apexContingencyKey.add(new AlgorithmIdentifier(NISTObjectIdentifiers.id_aes256_wrap_pad));
    apexContingencyKey.add(new DEROctetString(PublicKeyWrap.wrap(contingency, wrapping).toArray()));
    try {
      return Extension.create(EXTENSION, false, new DERSequence(apexContingencyKey));
    } catch (IOException e) {
      throw new IllegalStateException("an extension of our own making does not encode", e);
    }
  }
}
