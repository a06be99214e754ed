// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.signature;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.meterbox.crypto.CryptoProviders;
import org.meterbox.crypto.EcdsaSignature;
import org.meterbox.duis.signature.SignatureBlock.Enveloped;
import org.meterbox.duis.signature.SignatureBlock.NotInProfile;
import org.meterbox.duis.signature.SignatureBlock.Unsigned;
import org.meterbox.duis.xml.Canonicalization;
import org.meterbox.duis.xml.DuisNames;
import org.meterbox.duis.xml.NoCanonicalFormException;
import org.meterbox.duis.xml.XmlValues;
import org.meterbox.kernel.Octets;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Takes the signature out of a document. The profile leaves nothing to choose, hence nothing to
 * attack: one signature, last in the root element; one reference, to the whole document; one
 * transform, which leaves this signature out. Signatures deeper down (of SMETS1 service providers)
 * are content like any other.
 */
public final class SignatureReader {
  private static final int MAX_SERIAL_DIGITS = 64;

  private SignatureReader() {}

  /** The signature of the document itself. */
  public static SignatureBlock read(Document document) {
    List<Element> children = elements(document.getDocumentElement());
    List<Element> signatures = children.stream().filter(child -> is(child, "Signature")).toList();
    if (signatures.isEmpty()) {
      return new Unsigned();
    }
    try {
      if (signatures.size() > 1) {
        throw new ProfileException("more than one signature");
      }
      if (!is(children.getLast(), "Signature")) {
        throw new ProfileException("the signature is not the last element");
      }
      return enveloped(document, signatures.getFirst());
    } catch (ProfileException e) {
      return new NotInProfile(e.reason);
    } catch (NoCanonicalFormException e) {
      return new NotInProfile(String.valueOf(e.getMessage()));
    }
  }

  private static Enveloped enveloped(Document document, Element signature)
      throws ProfileException, NoCanonicalFormException {
    List<Element> parts = exactly(signature, "SignedInfo", "SignatureValue", "KeyInfo");
    Element signedInfo = parts.get(0);
    Octets declaredDigest = declaredDigest(signedInfo);
    EcdsaSignature value = value(parts.get(1));
    IssuerSerial signer = signer(parts.get(2));
    return new Enveloped(
        signer,
        Octets.of(sha256(Canonicalization.ofDocumentWithout(document, signature))),
        declaredDigest,
        Octets.of(Canonicalization.exclusive(signedInfo)),
        value);
  }

  private static Octets declaredDigest(Element signedInfo) throws ProfileException {
    List<Element> parts =
        exactly(signedInfo, "CanonicalizationMethod", "SignatureMethod", "Reference");
    requireAlgorithm(parts.get(0), Profile.CANONICALIZATION);
    requireAlgorithm(parts.get(1), Profile.SIGNATURE);
    Element reference = parts.get(2);
    if (!reference.hasAttributeNS(null, "URI")
        || !reference.getAttributeNS(null, "URI").isEmpty()) {
      throw new ProfileException("the reference is not to the whole document");
    }
    List<Element> referenceParts = exactly(reference, "Transforms", "DigestMethod", "DigestValue");
    requireAlgorithm(exactly(referenceParts.get(0), "Transform").getFirst(), Profile.TRANSFORM);
    requireAlgorithm(referenceParts.get(1), Profile.DIGEST);
    return XmlValues.base64(referenceParts.get(2).getTextContent())
        .filter(digest -> digest.length() == Profile.DIGEST_OCTETS)
        .orElseThrow(() -> new ProfileException("the digest has not 32 octets"));
  }

  private static EcdsaSignature value(Element signatureValue) throws ProfileException {
    return XmlValues.base64(signatureValue.getTextContent())
        .filter(value -> value.length() == EcdsaSignature.OCTETS)
        .map(EcdsaSignature::new)
        .orElseThrow(() -> new ProfileException("the signature value has not 64 octets"));
  }

  private static IssuerSerial signer(Element keyInfo) throws ProfileException {
    Element issuerSerial =
        exactly(exactly(keyInfo, "X509Data").getFirst(), "X509IssuerSerial").getFirst();
    List<Element> parts = exactly(issuerSerial, "X509IssuerName", "X509SerialNumber");
    String serial = parts.get(1).getTextContent().strip();
    boolean decimal = !serial.isEmpty() && serial.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!decimal || serial.length() > MAX_SERIAL_DIGITS) {
      throw new ProfileException("the certificate's serial number is not a decimal number");
    }
    return new IssuerSerial(parts.get(0).getTextContent().strip(), new BigInteger(serial));
  }

  private static void requireAlgorithm(Element method, String algorithm) throws ProfileException {
    if (!method.getAttributeNS(null, "Algorithm").equals(algorithm)) {
      throw new ProfileException(method.getLocalName() + " names another algorithm");
    }
    if (!elements(method).isEmpty()) {
      throw new ProfileException(method.getLocalName() + " has parameters");
    }
  }

  /** The child elements, which must be exactly those, in that order. */
  private static List<Element> exactly(Element parent, String... names) throws ProfileException {
    List<Element> children = elements(parent);
    boolean asNamed = children.size() == names.length;
    for (int i = 0; asNamed && i < names.length; i++) {
      asNamed = is(children.get(i), names[i]);
    }
    if (!asNamed) {
      throw new ProfileException(
          parent.getLocalName() + " must consist of " + String.join(", ", names));
    }
    return children;
  }

  private static List<Element> elements(Element parent) {
    List<Element> elements = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        elements.add(element);
      }
    }
    return elements;
  }

  private static boolean is(Element element, String name) {
    return DuisNames.SIGNATURE.equals(element.getNamespaceURI())
        && name.equals(element.getLocalName());
  }

  static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256", CryptoProviders.digest()).digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the provider lacks SHA-256", e);
    }
  }

  private static final class ProfileException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    ProfileException(String reason) {
      super(reason);
      this.reason = reason;
    }
  }
}
