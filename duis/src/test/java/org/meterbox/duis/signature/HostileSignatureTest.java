// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meterbox.duis.TestDocuments.READER;
import static org.meterbox.duis.TestDocuments.SIGNER_NAME;
import static org.meterbox.duis.TestDocuments.octets;
import static org.meterbox.duis.TestDocuments.request;
import static org.meterbox.duis.TestDocuments.signedReadRegisters;
import static org.meterbox.duis.TestDocuments.text;

import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.VerificationException;
import org.meterbox.duis.Reading.Valid;
import org.meterbox.duis.TestDocuments;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.signature.SignatureBlock.Enveloped;
import org.meterbox.duis.signature.SignatureBlock.NotInProfile;
import org.meterbox.duis.signature.SignatureBlock.Unsigned;
import org.meterbox.duis.xml.CanonicalXml;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;

/** Signatures that must not hold, and documents that must not pass under a good one. */
class HostileSignatureTest {
  private static final String SIGNED = signedReadRegisters();
  private static final Eui64 SUPPLIER = TestDocuments.REQUEST_ID.originator();
  private static final XmlVerifier VERIFIER = verifier(TestDocuments.KEYS, SUPPLIER);

  @Test
  void untouchedDocumentHolds() throws Exception {
    Signer signer = VERIFIER.verify(request(SIGNED).signature(), SUPPLIER, XmlVerifier.USER_ROLES);

    assertThat(signer.eui64()).isEqualTo(SUPPLIER);
  }

  static Stream<Arguments> changesOutsideTheProfile() {
    return Stream.of(
        change(
            "inclusive canonicalization of SignedInfo",
            "http://www.w3.org/2001/10/xml-exc-c14n#",
            "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"),
        change(
            "RSA in place of ECDSA",
            "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
            "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"),
        change(
            "a MAC in place of a signature",
            "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
            "http://www.w3.org/2000/09/xmldsig#hmac-sha1"),
        change("SHA-1", "xmlenc#sha256", "xmldsig#sha1"),
        change("reference to an id", "URI=\"\"", "URI=\"#body\""),
        change("reference to a file", "URI=\"\"", "URI=\"file:///etc/passwd\""),
        change("reference without a target", "URI=\"\"", ""),
        change(
            "no transform",
            "<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\">"
                + "</ds:Transform>",
            "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"></ds:Transform>"),
        change(
            "a second transform",
            "</ds:Transforms>",
            "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116\"/>"
                + "</ds:Transforms>"),
        change(
            "a transform with parameters",
            "#enveloped-signature\">",
            "#enveloped-signature\"><ds:XPath>self::node()</ds:XPath>"),
        change(
            "a truncated MAC length",
            "#ecdsa-sha256\">",
            "#ecdsa-sha256\"><ds:HMACOutputLength>8</ds:HMACOutputLength>"),
        change(
            "a second reference",
            "</ds:SignedInfo>",
            SIGNED.substring(SIGNED.indexOf("<ds:Reference"), SIGNED.indexOf("</ds:SignedInfo>"))
                + "</ds:SignedInfo>"),
        change(
            "an object beside",
            "</ds:KeyInfo>",
            "</ds:KeyInfo><ds:Object Id=\"body\"><a/></ds:Object>"),
        change(
            "a certificate of the sender's choice",
            "</ds:X509IssuerSerial>",
            "</ds:X509IssuerSerial><ds:X509Certificate>AA==</ds:X509Certificate>"),
        change(
            "another kind of key information",
            SIGNED.substring(SIGNED.indexOf("<ds:X509Data>"), SIGNED.indexOf("</ds:KeyInfo>")),
            "<ds:KeyName>supplier</ds:KeyName>"),
        change("a negative serial number", "1234567890<", "-1234567890<"),
        change("a digest too long", "<ds:DigestValue>", "<ds:DigestValue>AAAAAAAAAAAAAAAAAAAA"),
        change("a signature value too long", "<ds:SignatureValue>", "<ds:SignatureValue>AAAA"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changesOutsideTheProfile")
  void whatTheProfileDoesNotKnowIsNotVerified(String what, String from, String to) {
    String changed = SIGNED.replace(from, to);
    assertThat(changed).isNotEqualTo(SIGNED);

    SignatureBlock signature = request(changed).signature();

    assertThat(signature).isInstanceOf(NotInProfile.class);
    assertRefused(signature, "profile");
  }

  @Test
  void unsignedDocumentIsNotVerified() {
    SignatureBlock signature =
        request(text(TestDocuments.readRegisters().write().octets())).signature();

    assertThat(signature).isEqualTo(new Unsigned());
    assertRefused(signature, "not signed");
  }

  @Test
  void secondSignatureIsRefusedByTheSchema() {
    String signature =
        SIGNED.substring(SIGNED.indexOf("<ds:Signature "), SIGNED.indexOf("</sr:Request>"));

    TestDocuments.refusal(SIGNED.replace("</sr:Request>", signature + "</sr:Request>"));
    TestDocuments.refusal(SIGNED.replace("<sr:Header>", signature + "<sr:Header>"));
  }

  @Test
  void signedDocumentWrappedIntoAnotherIsRefused() {
    // The classic attack: the signed part is kept somewhere, and something else is read.
    String signature =
        SIGNED.substring(SIGNED.indexOf("<ds:Signature "), SIGNED.indexOf("</sr:Request>"));
    String inner = SIGNED.replace("<sr:Request ", "<sr:Request Id=\"signed\" ");
    String outer = SIGNED.replace(":1000<", ":1001<");

    String inObject =
        outer.replace("</ds:Signature>", "<ds:Object>" + SIGNED + "</ds:Object></ds:Signature>");
    assertRefused(request(inObject).signature(), "profile");
    String besideBody = outer.replace(signature, inner);
    TestDocuments.refusal(besideBody);
  }

  @Test
  void signatureOfOneDocumentDoesNotHoldForAnother() {
    assertRefused(request(SIGNED.replace(":1000<", ":1001<")).signature(), "changed");
    assertRefused(
        request(SIGNED.replace("<sr:CommandVariant>1<", "<sr:CommandVariant>2<")).signature(),
        "changed");
  }

  @Test
  void declaredNamespaceIsPartOfWhatIsSigned() {
    assertRefused(
        request(SIGNED.replace("<sr:Header>", "<sr:Header xmlns:x=\"urn:x\">")).signature(),
        "changed");
  }

  /** Canonical XML has no form for such a document: it is refused, not a fault of ours. */
  @Test
  void relativeNamespaceLeavesTheDocumentWithoutForm() throws Exception {
    String relative =
        signedReadRegisters().replace(" schemaVersion", " xmlns:x=\"relative\" schemaVersion");

    assertRefused(request(relative).signature(), "relative URI");
  }

  @Test
  void whiteSpaceBetweenElementsIsPartOfWhatIsSigned() {
    assertRefused(request(SIGNED.replace("<sr:Header>", "\n<sr:Header>")).signature(), "changed");
  }

  @Test
  void commentsAndOtherSpellingsOfTheSameDocumentDoNotMatter() throws Exception {
    String respelled =
        "<?xml version='1.0'?><!-- a comment -->"
            + SIGNED
                .replace("schemaVersion=\"5.4\"", "schemaVersion = '5.4'")
                .replace(
                    "<sr:ReadInstantaneousImportRegisters></sr:ReadInstantaneousImportRegisters>",
                    "<sr:ReadInstantaneousImportRegisters/>")
                .replace(">4.1.1<", ">4.<!-- -->1&#46;1<")
                .replace(">4.1<", "><![CDATA[4.1]]><");

    assertThat(VERIFIER.verify(request(respelled).signature())).isNotNull();
  }

  @Test
  void commentDoesNotCutAValueShort() {
    ServiceRequest request = request(SIGNED.replace(">4.1.1<", ">4.1<!-- -->.1<"));

    assertThat(request.serviceReferenceVariant().value()).isEqualTo("4.1.1");
  }

  @Test
  void lineBreaksInsideBase64AreAccepted() throws Exception {
    int start = SIGNED.indexOf("<ds:SignatureValue>") + "<ds:SignatureValue>".length();
    String broken = SIGNED.substring(0, start + 20) + "&#13;\n" + SIGNED.substring(start + 20);

    assertThat(VERIFIER.verify(request(broken).signature())).isNotNull();
  }

  @Test
  void changedDigestIsNoticedBySignature() {
    Enveloped good = (Enveloped) request(SIGNED).signature();
    String digest = between("<ds:DigestValue>", "</ds:DigestValue>");
    // Both the document and its digest are changed: only the signature can notice.
    String other = SIGNED.replace(":1000<", ":1001<");
    Octets documentDigest = ((Enveloped) request(other).signature()).documentDigest();
    String consistent = other.replace(digest, base64(documentDigest));

    Enveloped changed = (Enveloped) request(consistent).signature();

    assertThat(changed.documentDigest()).isEqualTo(changed.declaredDigest());
    assertThat(changed.signedInfo()).isNotEqualTo(good.signedInfo());
    assertRefused(changed, "does not hold");
  }

  @Test
  void anyChangedBitOfTheValueIsNoticed() {
    SplittableRandom random = new SplittableRandom(7);
    String value = between("<ds:SignatureValue>", "</ds:SignatureValue>");
    for (int i = 0; i < 200; i++) {
      byte[] changed = Base64.getDecoder().decode(value);
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
      String document = SIGNED.replace(value, base64(Octets.of(changed)));

      assertRefused(request(document).signature(), "does not hold");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"00", "01"})
  void trivialSignatureValueIsRefused(String octet) {
    String value = between("<ds:SignatureValue>", "</ds:SignatureValue>");
    String trivial = base64(Octets.ofHex(octet.repeat(64)));

    assertRefused(request(SIGNED.replace(value, trivial)).signature(), "does not hold");
  }

  @Test
  void otherKeyUnderTheSameNameIsRefused() {
    XmlVerifier other = verifier(P256.generate(new SecureRandom()), SUPPLIER);

    assertThatThrownBy(() -> other.verify(request(SIGNED).signature()))
        .isInstanceOf(VerificationException.class);
  }

  @Test
  void unknownSignerIsRefused() {
    assertRefused(
        request(SIGNED.replace(">1234567890<", ">1234567891<")).signature(), "no trusted");
  }

  @Test
  void otherPartyThanTheOriginatorIsRefused() {
    SignatureBlock signature = request(SIGNED).signature();

    assertThatThrownBy(() ->
            VERIFIER.verify(
                signature, Eui64.parse("90-B3-D5-1F-30-03-00-00"), XmlVerifier.USER_ROLES))
        .isInstanceOf(VerificationException.class)
        .hasMessageContaining("in the name of");
  }

  @Test
  void certificateOfAnotherRoleIsRefused() {
    SignatureBlock signature = request(SIGNED).signature();

    assertThatThrownBy(() -> VERIFIER.verify(signature, SUPPLIER, XmlVerifier.DSP_ROLES))
        .isInstanceOf(VerificationException.class)
        .hasMessageContaining("XML_SIGNING");
  }

  @Test
  void templateWithPlaceholdersIsSignedInTheirPlace() throws Exception {
    String template =
        SIGNED
            .replace("><", ">\n  <")
            .replace(between("<ds:DigestValue>", "</ds:DigestValue>"), "ZGVm");

    Octets signed =
        TestDocuments.signer()
            .sign(((Valid<CanonicalXml>) READER.readForSigning(octets(template))).value());

    assertThat(text(signed).split("<ds:Signature ", -1)).hasSize(2);
    assertThat(VERIFIER.verify(request(text(signed)).signature())).isNotNull();
  }

  private static void assertRefused(SignatureBlock signature, String reason) {
    assertThatThrownBy(() -> VERIFIER.verify(signature))
        .isInstanceOf(VerificationException.class)
        .hasMessageContaining(reason);
  }

  private static Arguments change(String what, String from, String to) {
    return Arguments.of(what, from, to);
  }

  private static String between(String start, String end) {
    int from = SIGNED.indexOf(start) + start.length();
    return SIGNED.substring(from, SIGNED.indexOf(end));
  }

  private static String base64(Octets octets) {
    return Base64.getEncoder().encodeToString(octets.toArray());
  }

  private static XmlVerifier verifier(KeyPair keys, Eui64 party) {
    Signer signer =
        new Signer(
            TestCertificates.of(keys, party, "87", TestCertificates.SIGNING),
            party,
            RemotePartyRole.XML_SIGNING,
            P256.publicKey(keys.getPublic()));
    return new XmlVerifier(
        name -> name.equals(SIGNER_NAME) ? Optional.of(signer) : Optional.empty());
  }
}
