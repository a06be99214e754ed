// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.authority;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.interfaces.ECPublicKey;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;

/**
 * The contingency public key, hidden in the Root OCA certificate: devices carry it from the factory
 * and can read it only once a contingency command reveals the symmetric key (GBCS; the extension is
 * that of RFC 5934 section 5).
 */
final class ContingencyKey {
  /** RFC 5934: id-pe-wrappedApexContinKey. */
  static final ASN1ObjectIdentifier EXTENSION = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.20");

  private ContingencyKey() {}

  /** Hides the public key: AES-256 key wrap with padding (RFC 5649) of its SubjectPublicKeyInfo. */
  static Extension extension(ECPublicKey contingency, SecretKey wrapping) {
    try {
      Cipher wrap = Cipher.getInstance("AES/KWP/NoPadding");
      wrap.init(Cipher.ENCRYPT_MODE, wrapping);
      ASN1EncodableVector apexContingencyKey = new ASN1EncodableVector();
      apexContingencyKey.add(new AlgorithmIdentifier(NISTObjectIdentifiers.id_aes256_wrap_pad));
      apexContingencyKey.add(new DEROctetString(wrap.doFinal(contingency.getEncoded())));
      return Extension.create(EXTENSION, false, new DERSequence(apexContingencyKey));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK cannot wrap keys with AES", e);
    } catch (IOException e) {
      throw new IllegalStateException("an extension of our own making does not encode", e);
    }
  }
}
