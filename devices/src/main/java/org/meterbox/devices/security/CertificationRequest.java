// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.security;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.OtherName;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.meterbox.crypto.EcdsaSignature;
import org.meterbox.crypto.SigningKey;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;

/**
 * A device's request for the certificate of a new key (GBCS CS02c; PKCS#10): empty subject, key
 * usage and hardware module name as requested extensions, signed with the new private key.
 */
public final class CertificationRequest {
  private static final ASN1ObjectIdentifier HARDWARE_MODULE_NAME =
      new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.4");
  private static final ASN1ObjectIdentifier HARDWARE_TYPE =
      new ASN1ObjectIdentifier("1.2.826.0.1.8641679.1.2.2.1");
  private static final int HALF = EcdsaSignature.OCTETS / 2;

  private CertificationRequest() {}

  /**
   * Writes the request (DER).
   *
   * @param key the new pair
   */
  public static Octets of(Eui64 device, KeyUse use, SigningKey key) {
    try {
      ExtensionsGenerator extensions = new ExtensionsGenerator();
      extensions.addExtension(Extension.keyUsage, true, new KeyUsage(bits(use)));
      extensions.addExtension(Extension.subjectAlternativeName, true, hardwareModuleName(device));
      return Octets.of(
          new PKCS10CertificationRequestBuilder(
                  new X500Name(new org.bouncycastle.asn1.x500.RDN[0]),
                  SubjectPublicKeyInfo.getInstance(key.publicKey().getEncoded()))
              .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate())
              .build(new KeySigner(key, new ByteArrayOutputStream()))
              .getEncoded());
    } catch (IOException e) {
      throw new IllegalStateException("a request of our own making does not encode", e);
    }
  }

  private static int bits(KeyUse use) {
    return switch (use) {
      case DIGITAL_SIGNATURE -> KeyUsage.digitalSignature;
      case KEY_AGREEMENT -> KeyUsage.keyAgreement;
      case KEY_CERT_SIGN ->
          throw new IllegalArgumentException("a device asks for no authority's certificate");
    };
  }

  private static GeneralNames hardwareModuleName(Eui64 device) {
    ASN1EncodableVector name = new ASN1EncodableVector();
    name.add(HARDWARE_TYPE);
    name.add(new DEROctetString(device.octets().toArray()));
    return new GeneralNames(
        new GeneralName(
            GeneralName.otherName, new OtherName(HARDWARE_MODULE_NAME, new DERSequence(name))));
  }

  /** Signs what the builder writes, in the form of X.509. */
  private record KeySigner(SigningKey key, ByteArrayOutputStream content) implements ContentSigner {
    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
      return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    }

    @Override
    public OutputStream getOutputStream() {
      return content;
    }

    @Override
    public byte[] getSignature() {
      Octets signature = key.sign(content.toByteArray()).octets();
      ASN1EncodableVector numbers = new ASN1EncodableVector();
      numbers.add(number(signature.slice(0, HALF)));
      numbers.add(number(signature.slice(HALF, EcdsaSignature.OCTETS)));
      try {
        return new DERSequence(numbers).getEncoded();
      } catch (IOException e) {
        throw new IllegalStateException("a signature does not encode", e);
      }
    }

    private static ASN1Integer number(Octets octets) {
      return new ASN1Integer(new BigInteger(1, octets.toArray()));
    }
  }
}
