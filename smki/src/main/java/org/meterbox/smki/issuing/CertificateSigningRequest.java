// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.issuing;

import java.io.IOException;
import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.meterbox.crypto.EcdsaSignature;
import org.meterbox.crypto.P256;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.profile.CertificateSubject;
import org.meterbox.smki.profile.KeyUse;
import org.meterbox.smki.profile.SignatureDer;
import org.meterbox.smki.profile.SubjectNames;

/**
 * A PKCS#10 request (RFC 2986) of an organisation or, with an empty subject and the hardware module
 * name, of a device (the answer to SRV 6.17). Decoding checks form only.
 *
 * @param subject whom the certificate would name
 * @param use the one purpose of the key
 * @param keyAlgorithm what sort of public key is presented
 * @param key the public key as presented
 * @param signedContent the octets under the signature, as received
 * @param algorithm how it is signed
 * @param signature the signature in DER
 */
record CertificateSigningRequest(
    CertificateSubject subject,
    KeyUse use,
    AlgorithmIdentifier keyAlgorithm,
    Octets key,
    Octets signedContent,
    ASN1ObjectIdentifier algorithm,
    Octets signature) {

  /** Longest request accepted, in octets; those of devices have about 250. */
  static final int OCTETS_MAX = 4096;

  private static final int UNCOMPRESSED_POINT_OCTETS = 65;
  private static final byte UNCOMPRESSED_POINT = 4;

  static CertificateSigningRequest decode(Octets der) throws DecodeException {
    if (der.length() > OCTETS_MAX) {
      throw new DecodeException(
          Fault.LIMIT_EXCEEDED, OCTETS_MAX, "CSR", "more than " + OCTETS_MAX + " octets");
    }
    try {
      ASN1Primitive structure = ASN1Primitive.fromByteArray(der.toArray());
      CertificationRequest request = CertificationRequest.getInstance(structure);
      if (request == null || !Octets.of(request.getEncoded(ASN1Encoding.DER)).equals(der)) {
        throw refused("CSR", "not one request in DER");
      }
      CertificationRequestInfo info = request.getCertificationRequestInfo();
      Extensions extensions = requestedExtensions(info);
      return new CertificateSigningRequest(
          subject(info.getSubject(), extensions),
          use(extensions),
          info.getSubjectPublicKeyInfo().getAlgorithm(),
          Octets.of(info.getSubjectPublicKeyInfo().getPublicKeyData().getOctets()),
          Octets.of(info.getEncoded(ASN1Encoding.DER)),
          request.getSignatureAlgorithm().getAlgorithm(),
          Octets.of(request.getSignature().getOctets()));
    } catch (IOException
        | IllegalArgumentException
        | IllegalStateException
        | ClassCastException
        | IndexOutOfBoundsException malformed) {
      throw refused("CSR", "not well-formed");
    }
  }

  /** The key, or none where it is not an uncompressed point of the named curve P-256. */
  Optional<ECPublicKey> p256Key() {
    byte[] point = key.toArray();
    if (!keyAlgorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
        || !X9ObjectIdentifiers.prime256v1.equals(keyAlgorithm.getParameters())
        || point.length != UNCOMPRESSED_POINT_OCTETS
        || point[0] != UNCOMPRESSED_POINT) {
      return Optional.empty();
    }
    try {
      BigInteger x = new BigInteger(1, Arrays.copyOfRange(point, 1, 33));
      BigInteger y = new BigInteger(1, Arrays.copyOfRange(point, 33, 65));
      return Optional.of(P256.publicKey(x, y));
    } catch (IllegalArgumentException notOnCurve) {
      return Optional.empty();
    }
  }

  /** The signature as the crypto room has it, or none where it is no ECDSA P-256 signature. */
  Optional<EcdsaSignature> plainSignature() {
    return algorithm.equals(X9ObjectIdentifiers.ecdsa_with_SHA256)
        ? SignatureDer.decode(signature.toArray())
        : Optional.empty();
  }

  /** Only extensions with a place in the profiles: refused rather than silently dropped. */
  private static Extensions requestedExtensions(CertificationRequestInfo info)
      throws DecodeException {
    if (info.getAttributes() == null || info.getAttributes().size() != 1) {
      throw refused("CSR.attributes", "not exactly one");
    }
    Attribute attribute = Attribute.getInstance(info.getAttributes().getObjectAt(0));
    if (!attribute.getAttrType().equals(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest)
        || attribute.getAttrValues().size() != 1) {
      throw refused("CSR.attributes", "not one extension request");
    }
    Extensions extensions = Extensions.getInstance(attribute.getAttrValues().getObjectAt(0));
    for (ASN1ObjectIdentifier type : extensions.getExtensionOIDs()) {
      if (!type.equals(Extension.keyUsage) && !type.equals(Extension.subjectAlternativeName)) {
        throw refused("CSR.extensionRequest", "an extension foreign to the profiles: " + type);
      }
    }
    return extensions;
  }

  private static CertificateSubject subject(X500Name name, Extensions extensions)
      throws DecodeException {
    GeneralNames alternative =
        GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName);
    if (name.getRDNs().length == 0 && alternative != null) {
      Optional<Eui64> device = SubjectNames.hardwareModule(alternative);
      if (device.isPresent() && alternative.getNames().length == 1) {
        return new CertificateSubject.Device(device.get());
      }
    }
    Optional<Eui64> organisation = SubjectNames.uniqueIdentifier(name);
    Optional<RemotePartyRole> role = SubjectNames.role(name);
    if (alternative != null || organisation.isEmpty() || role.isEmpty()) {
      throw refused("CSR.subject", "neither a device's names nor an organisation's");
    }
    Optional<String> commonName = SubjectNames.commonName(name);
    if (commonName.isPresent()) {
      requireOneLine(commonName.get());
      requireLength(commonName.get());
    }
    return new CertificateSubject.Organisation(commonName, role.get(), organisation.get());
  }

  private static void requireOneLine(String commonName) throws DecodeException {
    if (!CertificateSubject.isOneLine(commonName)) {
      throw refused("CSR.subject.commonName", "a control character or a line break");
    }
  }

  private static void requireLength(String commonName) throws DecodeException {
    int max = CertificateSubject.COMMON_NAME_LENGTH_MAX;
    if (commonName.isBlank() || commonName.length() > max) {
      throw refused(
          "CSR.subject.commonName",
          String.format(
              Locale.ROOT,
              "an organisation's name has 1 to %d characters, this one has %d",
              max,
              commonName.strip().length()));
    }
  }

  private static KeyUse use(Extensions extensions) throws DecodeException {
    KeyUsage usage = KeyUsage.fromExtensions(extensions);
    if (usage != null && usage.equals(new KeyUsage(KeyUsage.digitalSignature))) {
      return KeyUse.DIGITAL_SIGNATURE;
    }
    if (usage != null && usage.equals(new KeyUsage(KeyUsage.keyAgreement))) {
      return KeyUse.KEY_AGREEMENT;
    }
    throw refused("CSR.extensionRequest.keyUsage", "not exactly one of the two purposes");
  }

  private static DecodeException refused(String path, String message) {
    return new DecodeException(Fault.UNEXPECTED_VALUE, 0, path, message);
  }
}
