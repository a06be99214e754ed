// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterbox.duis.TestDocuments.KEYS;
import static org.meterbox.duis.TestDocuments.SIGNER_NAME;
import static org.meterbox.duis.TestDocuments.octets;
import static org.meterbox.duis.TestDocuments.request;
import static org.meterbox.duis.TestDocuments.signedReadRegisters;

import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignedInfo;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfo;
import javax.xml.crypto.dsig.keyinfo.KeyInfoFactory;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.crypto.P256;
import org.meterbox.duis.TestDocuments;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/**
 * Signatures made here hold for the JDK's own XML Signature, and the other way round: another
 * reading of the same recommendation agrees with ours.
 */
class OtherImplementationTest {
  private static final XMLSignatureFactory JDK = XMLSignatureFactory.getInstance("DOM");

  @Test
  void whatWeSignHoldsForTheJdk() throws Exception {
    assertThat(holdsForTheJdk(signedReadRegisters())).isTrue();
  }

  @Test
  void theJdkNoticesAChangeToo() throws Exception {
    assertThat(holdsForTheJdk(signedReadRegisters().replace(":1000<", ":1001<"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " xmlns:ra=\"http://www.dccinterface.co.uk/ResponseAndAlert\"",
        " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"",
        " xmlns=\"urn:unused\""
      })
  void whatTheJdkSignsHoldsForUs(String declaration) throws Exception {
    String unsigned =
        new String(TestDocuments.readRegisters().write().octets().toArray(), StandardCharsets.UTF_8)
            .replace(" schemaVersion", declaration + " schemaVersion")
            .replace("><", ">\n  <");

    Signer signer = verifier().verify(request(signedByTheJdk(unsigned)).signature());

    assertThat(signer.role()).isEqualTo(RemotePartyRole.XML_SIGNING);
  }

  /** Neither the schema's white space rules nor its types change what is digested. */
  @Test
  void valuesAreDigestedAsTheyStand() throws Exception {
    String unsigned =
        new String(TestDocuments.readRegisters().write().octets().toArray(), StandardCharsets.UTF_8)
            .replace("schemaVersion=\"5.4\"", "schemaVersion=\" 5.40 \"")
            .replace("<sr:CommandVariant>1<", "<sr:CommandVariant> +01\n<");

    assertThat(verifier().verify(request(signedByTheJdk(unsigned)).signature()).role())
        .isEqualTo(RemotePartyRole.XML_SIGNING);
  }

  @Test
  void instructionsAroundTheRootAreDigestedToo() throws Exception {
    String unsigned =
        "<?before it?>"
            + new String(
                TestDocuments.readRegisters().write().octets().toArray(), StandardCharsets.UTF_8)
            + "<?behind?><?last of all?>";
    String signed = signedByTheJdk(unsigned);

    assertThat(signed).contains("<?behind?>");
    assertThat(verifier().verify(request(signed).signature()).role())
        .isEqualTo(RemotePartyRole.XML_SIGNING);
  }

  private static boolean holdsForTheJdk(String document) throws Exception {
    Document parsed = parse(document);
    NodeList signatures = parsed.getElementsByTagNameNS(XMLSignature.XMLNS, "Signature");
    DOMValidateContext context = new DOMValidateContext(KEYS.getPublic(), signatures.item(0));
    return JDK.unmarshalXMLSignature(context).validate(context);
  }

  private static String signedByTheJdk(String unsigned) throws Exception {
    Document document = parse(unsigned);
    Reference reference =
        JDK.newReference(
            "",
            JDK.newDigestMethod(Profile.DIGEST, null),
            List.of(JDK.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null)),
            null,
            null);
    SignedInfo signedInfo =
        JDK.newSignedInfo(
            JDK.newCanonicalizationMethod(
                CanonicalizationMethod.EXCLUSIVE, (C14NMethodParameterSpec) null),
            JDK.newSignatureMethod(Profile.SIGNATURE, null),
            List.of(reference));
    KeyInfoFactory keyInfos = JDK.getKeyInfoFactory();
    KeyInfo keyInfo =
        keyInfos.newKeyInfo(
            List.of(
                keyInfos.newX509Data(
                    List.of(
                        keyInfos.newX509IssuerSerial(
                            SIGNER_NAME.issuerName(), SIGNER_NAME.serialNumber())))));
    JDK.newXMLSignature(signedInfo, keyInfo)
        .sign(new DOMSignContext(KEYS.getPrivate(), document.getDocumentElement()));
    StringWriter out = new StringWriter();
    TransformerFactory.newDefaultInstance()
        .newTransformer()
        .transform(new DOMSource(document), new StreamResult(out));
    return out.toString();
  }

  private static XmlVerifier verifier() {
    Eui64 party = TestDocuments.REQUEST_ID.originator();
    Signer signer =
        new Signer(
            TestCertificates.of(KEYS, party, "87", TestCertificates.SIGNING),
            party,
            RemotePartyRole.XML_SIGNING,
            P256.publicKey(KEYS.getPublic()));
    return new XmlVerifier(
        name -> name.equals(SIGNER_NAME) ? Optional.of(signer) : Optional.empty());
  }

  private static Document parse(String document) throws Exception {
    return DocumentBuilderFactory.newDefaultNSInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(octets(document).toArray()));
  }
}
