// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterbox.duis.TestDocuments.KEYS;
import static org.meterbox.duis.TestDocuments.READER;
import static org.meterbox.duis.TestDocuments.REQUEST_ID;
import static org.meterbox.duis.TestDocuments.octets;
import static org.meterbox.duis.TestDocuments.signer;
import static org.meterbox.duis.TestDocuments.text;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meterbox.crypto.P256;
import org.meterbox.duis.Reading.Refused;
import org.meterbox.duis.Reading.Valid;
import org.meterbox.duis.response.Response;
import org.meterbox.duis.response.ResponseData.Nothing;
import org.meterbox.duis.response.ResponseWriter;
import org.meterbox.duis.signature.Signer;
import org.meterbox.duis.signature.TestCertificates;
import org.meterbox.duis.signature.XmlVerifier;
import org.meterbox.duis.xml.Refusal.Fault;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.catalogue.ResponseCode;

/** The answers that the command line gives about files. */
class DocumentCheckTest {
  private static final DocumentCheck CHECK = new DocumentCheck(READER);
  private static final Octets UNSIGNED = TestDocuments.readRegisters().write().octets();
  private static final Octets RESPONSE =
      ResponseWriter.write(
              Response.synchronous(
                  REQUEST_ID,
                  new ServiceReferenceVariant("4.1.1"),
                  ResponseCode.I99,
                  Instant.parse("2026-01-15T12:00:00Z"),
                  new Nothing()))
          .octets();

  @Test
  void validDocumentsOfBothDirections() {
    assertThat(CHECK.validate("a.xml", UNSIGNED).toString()).isEqualTo("a.xml: valid");
    assertThat(CHECK.validate("b.xml", RESPONSE).valid()).isTrue();
  }

  @Test
  void invalidDocumentIsShownWithItsPlaceAndRule() {
    DocumentVerdict verdict =
        CHECK.validate("a.xml", octets(text(UNSIGNED).replace("4.1.1", "4.1.9")));

    assertThat(verdict.valid()).isFalse();
    assertThat(verdict.toString())
        .startsWith("a.xml: invalid: line 1, column ")
        .contains("cvc-enumeration-valid");
  }

  @Test
  void otherDocumentIsNotValidAndHasNoSigner() {
    Octets other = octets("<Request/>");
    XmlVerifier verifier = directory(REQUEST_ID.originator(), RemotePartyRole.XML_SIGNING);

    assertThat(CHECK.validate("a.xml", other).error().orElseThrow().rule())
        .isEqualTo("cvc-elt.1.a");
    assertThat(CHECK.verify("a.xml", other, verifier).error().orElseThrow().fault())
        .isEqualTo(Fault.WRONG_DOCUMENT);
  }

  /** A S1SP alert stands for itself in the schema, though no web service takes it. */
  @Test
  void everyRootElementOfTheSchemaIsValidated() {
    String id =
        "<RequestID xmlns='http://www.dccinterface.co.uk/ServiceUserGateway'>%s</RequestID>";

    assertThat(CHECK.validate("a.xml", octets(String.format(Locale.ROOT, id, REQUEST_ID))).valid())
        .isTrue();
    assertThat(CHECK.validate("a.xml", octets(String.format(Locale.ROOT, id, "1"))).valid())
        .isFalse();
  }

  @Test
  void signedRequestIsItsOriginators() {
    Octets signed = ((Valid<Octets>) CHECK.sign(UNSIGNED, signer())).value();

    assertThat(
            CHECK
                .verify(
                    "a.xml",
                    signed,
                    directory(REQUEST_ID.originator(), RemotePartyRole.XML_SIGNING))
                .toString())
        .isEqualTo("a.xml: valid, signed by 90-B3-D5-1F-30-01-00-00 as XML_SIGNING");
    assertNotSigned(
        signed, directory(Eui64.parse("90-B3-D5-1F-30-03-00-00"), RemotePartyRole.XML_SIGNING));
    assertNotSigned(signed, directory(REQUEST_ID.originator(), RemotePartyRole.DSP_XML_SIGNING));
    assertNotSigned(UNSIGNED, directory(REQUEST_ID.originator(), RemotePartyRole.XML_SIGNING));
  }

  @Test
  void signedResponseIsTheDsps() {
    Octets signed = ((Valid<Octets>) CHECK.sign(RESPONSE, signer())).value();
    Eui64 dsp = Eui64.parse("90-B3-D5-1F-30-00-00-02");

    assertThat(
            CHECK.verify("a.xml", signed, directory(dsp, RemotePartyRole.DSP_XML_SIGNING)).signer())
        .map(Signer::eui64)
        .contains(dsp);
    assertNotSigned(signed, directory(dsp, RemotePartyRole.XML_SIGNING));
  }

  @Test
  void whatIsInvalidIsNotSigned() {
    Octets invalid = octets(text(UNSIGNED).replace("4.1.1", "4.1.9"));

    assertThat(CHECK.sign(invalid, signer()))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.refusal().fault()).isEqualTo(Fault.INVALID));
    assertThat(CHECK.sign(octets("<a/>"), signer())).isInstanceOf(Refused.class);
  }

  private static void assertNotSigned(Octets document, XmlVerifier verifier) {
    assertThat(CHECK.verify("a.xml", document, verifier).error().orElseThrow().fault())
        .isEqualTo(Fault.NOT_SIGNED);
  }

  private static XmlVerifier directory(Eui64 party, RemotePartyRole role) {
    Signer known = known(party, role);
    return new XmlVerifier(
        name -> name.equals(TestDocuments.SIGNER_NAME) ? Optional.of(known) : Optional.empty());
  }

  private static Signer known(Eui64 party, RemotePartyRole role) {
    return new Signer(
        TestCertificates.of(KEYS, party, "87", TestCertificates.SIGNING),
        party,
        role,
        P256.publicKey(KEYS.getPublic()));
  }
}
