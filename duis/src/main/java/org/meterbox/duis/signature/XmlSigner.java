// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.signature;

import java.nio.charset.StandardCharsets;
import org.meterbox.crypto.EcdsaSignature;
import org.meterbox.crypto.SigningKey;
import org.meterbox.duis.xml.CanonicalXml;
import org.meterbox.duis.xml.DuisNames;
import org.meterbox.duis.xml.XmlValues;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/**
 * Signs documents in the DUIS profile. The documents come in canonical form, so that their digest
 * is that of their octets. Safe for use by many threads if the key is.
 */
public final class XmlSigner {
  private final SigningKey key;
  private final IssuerSerial certificate;

  /** Signs with this key in the name of this certificate. */
  public XmlSigner(SigningKey key, IssuerSerial certificate) {
    this.key = key;
    this.certificate = certificate;
  }

  /** The document with the signature as the last element of its root. */
  public Octets sign(CanonicalXml document) {
    byte[] content = document.octets().toArray();
    Octets digest = Octets.of(SignatureReader.sha256(content));
    EcdsaSignature value = key.sign(signedInfo(digest, true).getBytes(StandardCharsets.UTF_8));
    byte[] signature = signature(digest, value).getBytes(StandardCharsets.UTF_8);
    int endTag = startOfLastTag(content);
    return new OctetWriter(content.length + signature.length)
        .put(Octets.of(content, 0, endTag))
        .put(signature)
        .put(Octets.of(content, endTag, content.length - endTag))
        .toOctets();
  }

  private String signature(Octets digest, EcdsaSignature value) {
    StringBuilder out = new StringBuilder(1200);
    out.append("<ds:Signature xmlns:ds=\"").append(DuisNames.SIGNATURE).append("\">");
    out.append(signedInfo(digest, false));
    out.append("<ds:SignatureValue>")
        .append(XmlValues.base64(value.octets()))
        .append("</ds:SignatureValue><ds:KeyInfo><ds:X509Data><ds:X509IssuerSerial>")
        .append("<ds:X509IssuerName>");
    CanonicalXml.appendText(certificate.issuerName(), out);
    return out.append("</ds:X509IssuerName><ds:X509SerialNumber>")
        .append(certificate.serialNumber())
        .append("</ds:X509SerialNumber></ds:X509IssuerSerial></ds:X509Data></ds:KeyInfo>")
        .append("</ds:Signature>")
        .toString();
  }

  /**
   * SignedInfo. Its exclusive canonical form, which is signed, declares the prefix on SignedInfo
   * itself; in the document the declaration stands on the signature around it.
   */
  private static String signedInfo(Octets digest, boolean canonical) {
    String declaration = canonical ? " xmlns:ds=\"" + DuisNames.SIGNATURE + "\"" : "";
    return "<ds:SignedInfo"
        + declaration
        + "><ds:CanonicalizationMethod Algorithm=\""
        + Profile.CANONICALIZATION
        + "\"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm=\""
        + Profile.SIGNATURE
        + "\"></ds:SignatureMethod><ds:Reference URI=\"\"><ds:Transforms><ds:Transform Algorithm=\""
        + Profile.TRANSFORM
        + "\"></ds:Transform></ds:Transforms><ds:DigestMethod Algorithm=\""
        + Profile.DIGEST
        + "\"></ds:DigestMethod><ds:DigestValue>"
        + XmlValues.base64(digest)
        + "</ds:DigestValue></ds:Reference></ds:SignedInfo>";
  }

  private static int startOfLastTag(byte[] content) {
    for (int i = content.length - 1; i >= 0; i--) {
      if (content[i] == '<') {
        return i;
      }
    }
    throw new IllegalArgumentException("a canonical document ends with the end tag of its root");
  }
}
