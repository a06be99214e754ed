// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki;

import java.io.IOException;
import java.security.KeyPair;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.meterbox.crypto.SoftwareSigningKey;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.profile.CertificateSubject;
import org.meterbox.smki.profile.KeyUse;
import org.meterbox.smki.profile.SignatureDer;

/** Requests as an organisation's officer makes them. */
public final class OrganisationRequests {
  private OrganisationRequests() {}

  /** A request signed by the key that it presents. */
  public static Octets csr(Eui64 eui, RemotePartyRole role, KeyUse use, KeyPair pair)
      throws IOException {
    ExtensionsGenerator extensions = new ExtensionsGenerator();
    int usage = use == KeyUse.DIGITAL_SIGNATURE ? KeyUsage.digitalSignature : KeyUsage.keyAgreement;
    extensions.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
    CertificationRequestInfo info =
        new CertificationRequestInfo(
            new CertificateSubject.Organisation(Optional.empty(), role, eui).distinguishedName(),
            SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()),
            new DERSet(
                new Attribute(
                    PKCSObjectIdentifiers.pkcs_9_at_extensionRequest,
                    new DERSet(extensions.generate()))));
    byte[] signature =
        SignatureDer.encode(SoftwareSigningKey.of(pair).sign(info.getEncoded("DER")));
    ASN1EncodableVector request = new ASN1EncodableVector();
    request.add(info);
    request.add(new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256));
    request.add(new DERBitString(signature));
    return Octets.of(CertificationRequest.getInstance(new DERSequence(request)).getEncoded("DER"));
  }
}
