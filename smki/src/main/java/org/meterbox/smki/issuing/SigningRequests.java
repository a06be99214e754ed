// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.issuing;

import java.io.IOException;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.meterbox.crypto.SigningKey;
import org.meterbox.kernel.Octets;
import org.meterbox.smki.profile.CertificateSubject;
import org.meterbox.smki.profile.KeyUse;
import org.meterbox.smki.profile.SignatureDer;

/**
 * Writes certificate signing requests (PKCS#10, RFC 2986) on the side of those who hold the keys: a
 * device's as the answer to SRV 6.17 has it, an organisation's with its name.
 */
public final class SigningRequests {
  private SigningRequests() {}

  /**
   * A request in DER, signed by the key that it presents. A key agreement key signs this once, to
   * prove that its holder has it.
   *
   * @throws IllegalArgumentException for {@link KeyUse#CERTIFICATE_SIGNING}: authorities do not ask
   */
  public static Octets write(CertificateSubject subject, KeyUse use, SigningKey key) {
    try {
      CertificationRequestInfo info =
          new CertificationRequestInfo(
              subject.distinguishedName(),
              SubjectPublicKeyInfo.getInstance(key.publicKey().getEncoded()),
              new DERSet(
                  new Attribute(
                      PKCSObjectIdentifiers.pkcs_9_at_extensionRequest,
                      new DERSet(extensions(subject, use).generate()))));
      byte[] signature = SignatureDer.encode(key.sign(info.getEncoded("DER")));
      ASN1EncodableVector request = new ASN1EncodableVector();
      request.add(info);
      request.add(new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256));
      request.add(new DERBitString(signature));
      return Octets.of(new DERSequence(request).getEncoded("DER"));
    } catch (IOException e) {
      throw new IllegalStateException("a request of our own making does not encode", e);
    }
  }

  private static ExtensionsGenerator extensions(CertificateSubject subject, KeyUse use)
      throws IOException {
    ExtensionsGenerator extensions = new ExtensionsGenerator();
    int usage =
        switch (use) {
          case DIGITAL_SIGNATURE -> KeyUsage.digitalSignature;
          case KEY_AGREEMENT -> KeyUsage.keyAgreement;
          case CERTIFICATE_SIGNING ->
              throw new IllegalArgumentException("authorities do not ask for certificates");
        };
    extensions.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
    if (subject.alternativeName().isPresent()) {
      extensions.addExtension(
          Extension.subjectAlternativeName, true, subject.alternativeName().get());
    }
    return extensions;
  }
}
