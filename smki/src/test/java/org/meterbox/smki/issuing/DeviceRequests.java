// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.issuing;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.SoftwareSigningKey;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.smki.profile.CertificateSubject;
import org.meterbox.smki.profile.KeyUse;
import org.meterbox.smki.profile.SignatureDer;

/** Requests as a factory line makes them: one key and request for each device and use. */
public final class DeviceRequests {
  private DeviceRequests() {}

  /** A device's request, signed by the key that it presents. */
  public static Octets csr(Eui64 device, KeyUse use, KeyPair pair) throws IOException {
    ExtensionsGenerator extensions = new ExtensionsGenerator();
    int usage = use == KeyUse.DIGITAL_SIGNATURE ? KeyUsage.digitalSignature : KeyUsage.keyAgreement;
    extensions.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
    extensions.addExtension(
        Extension.subjectAlternativeName,
        true,
        new CertificateSubject.Device(device).alternativeName().orElseThrow());
    CertificationRequestInfo info =
        new CertificationRequestInfo(
            X500Name.getInstance(new DERSequence()),
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

  /** A batch file for this many devices from the first one on, two requests each. */
  public static void writeFile(Path file, Eui64 first, int devices, SecureRandom random)
      throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
      writer.write("# " + devices + " devices\n");
      for (int i = 0; i < devices; i++) {
        Eui64 device = new Eui64(first.value() + i);
        for (KeyUse use : new KeyUse[] {KeyUse.DIGITAL_SIGNATURE, KeyUse.KEY_AGREEMENT}) {
          Octets csr = csr(device, use, P256.generate(random));
          writer.write(Base64.getEncoder().encodeToString(csr.toArray()));
          writer.write('\n');
        }
      }
    }
  }
}
