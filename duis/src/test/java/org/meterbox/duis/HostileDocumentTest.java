// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterbox.duis.TestDocuments.READER;
import static org.meterbox.duis.TestDocuments.octets;
import static org.meterbox.duis.TestDocuments.refusal;
import static org.meterbox.duis.TestDocuments.refused;
import static org.meterbox.duis.TestDocuments.request;
import static org.meterbox.duis.TestDocuments.signedReadRegisters;
import static org.meterbox.duis.TestDocuments.text;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.duis.Reading.Refused;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.xml.Refusal;
import org.meterbox.duis.xml.Refusal.Fault;
import org.meterbox.duis.xml.XmlLimits;
import org.meterbox.kernel.Octets;

/** What strangers may send to read files, fill memory or hide content: each gets a refusal. */
class HostileDocumentTest {
  private static final String GOOD = text(TestDocuments.readRegisters().write().octets());
  private static final String ROOT_TAG = GOOD.substring(0, GOOD.indexOf('>') + 1);

  @Test
  void externalEntityIsRefusedAndItsFileNotRead(@TempDir Path directory) throws Exception {
    Path secret = Files.writeString(directory.resolve("secret.txt"), "4.1.1");
    String attack =
        "<!DOCTYPE r [<!ENTITY e SYSTEM \""
            + secret.toUri()
            + "\">]>"
            + GOOD.replace(">4.1.1<", ">&e;<");

    Refusal refusal = refusal(attack);

    assertThat(refusal.fault()).isEqualTo(Fault.MALFORMED);
    assertThat(refusal.line()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE Request>",
        "<!DOCTYPE Request SYSTEM \"http://127.0.0.1:9/evil.dtd\">",
        "<!DOCTYPE r [<!ENTITY % p SYSTEM \"file:///etc/passwd\"> %p;]>",
        "<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>",
      })
  void anyDocumentTypeDeclarationIsRefused(String declaration) {
    assertThat(refusal(declaration + GOOD).fault()).isEqualTo(Fault.MALFORMED);
  }

  @Test
  void billionLaughsAreNotLaughed() {
    StringBuilder attack = new StringBuilder("<!DOCTYPE r [<!ENTITY l0 \"lol\">");
    for (int i = 1; i < 10; i++) {
      attack.append("<!ENTITY l" + i + " \"");
      attack.append(("&l" + (i - 1) + ";").repeat(10)).append("\">");
    }
    attack.append("]>").append(GOOD.replace(">4.1.1<", ">&l9;<"));

    assertThat(refusal(attack.toString()).fault()).isEqualTo(Fault.MALFORMED);
  }

  @Test
  void xincludeIsJustAnotherUnknownElement() {
    String attack =
        GOOD.replace(
            "<sr:ReadInstantaneousImportRegisters>",
            "<sr:ReadInstantaneousImportRegisters><xi:include"
                + " xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"file:///etc/passwd\""
                + " parse=\"text\"/>");

    assertThat(refusal(attack).fault()).isEqualTo(Fault.INVALID);
  }

  @Test
  void hintAtASchemaElsewhereIsNotFollowed(@TempDir Path directory) throws Exception {
    // Followed, it would make the element an integer, and the document invalid.
    Path schema =
        Files.writeString(
            directory.resolve("a.xsd"),
            "<schema xmlns='http://www.w3.org/2001/XMLSchema'>"
                + "<element name='a' type='integer'/></schema>");
    String object =
        "<ds:Object><a xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
            + " xsi:noNamespaceSchemaLocation='"
            + schema.toUri()
            + "'>x</a></ds:Object>";

    ServiceRequest request =
        request(signedReadRegisters().replace("</ds:Signature>", object + "</ds:Signature>"));

    assertThat(request.requestId()).isEqualTo(TestDocuments.REQUEST_ID);
  }

  @Test
  void otherVersionsOfXmlAreRefused() {
    assertThat(refusal("<?xml version='1.1'?>" + GOOD).rule()).isEqualTo("xml-version");
    assertThat(refusal("<?xml version='2.0'?>" + GOOD).fault()).isEqualTo(Fault.MALFORMED);
  }

  @Test
  void deepNestingIsRefused() {
    String attack = ROOT_TAG + "<a>".repeat(5000) + "</a>".repeat(5000) + "</sr:Request>";

    // The parser's own limit: the refusal comes at the 41st level, not at the 5000th.
    assertThat(refusal(attack).fault()).isEqualTo(Fault.MALFORMED);
    assertThat(refusal(attack).rule()).startsWith("JAXP");
    assertThat(refusal(attack).column()).isLessThan(ROOT_TAG.length() + 200);
  }

  @Test
  void nestingWithinTheLimitIsReadToTheEnd() {
    // The schema refuses it at once; the header after it is read all the same.
    String nested = "<a>".repeat(30) + "</a>".repeat(30);
    Refused<ServiceRequest> refused = refused(octets(GOOD.replace(ROOT_TAG, ROOT_TAG + nested)));

    assertThat(refused.refusal().fault()).isEqualTo(Fault.INVALID);
    assertThat(refused.header().requestId()).contains(TestDocuments.REQUEST_ID);
  }

  @Test
  void manyElementsAreRefusedBeforeTheyAreBuilt() {
    String attack = ROOT_TAG + "<a/>".repeat(XmlLimits.DUIS.markup()) + "</sr:Request>";

    assertThat(refusal(attack).fault()).isEqualTo(Fault.LIMIT_EXCEEDED);
    assertThat(refusal(attack).rule()).isEqualTo("markup");
  }

  @Test
  void manyElementsInsideAnExtensionPointOfTheSignatureAreRefused() {
    // The schema lets anything into ds:Object, so that only the limit on elements holds there.
    String object = "<ds:Object>" + "<a/>".repeat(XmlLimits.DUIS.markup()) + "</ds:Object>";

    assertThat(
            refusal(signedReadRegisters().replace("</ds:Signature>", object + "</ds:Signature>")))
        .extracting(Refusal::fault)
        .isEqualTo(Fault.LIMIT_EXCEEDED);
  }

  @Test
  void anOctetTooManyIsRefused() {
    XmlLimits limits = new XmlLimits(octets(GOOD).length(), 1000, 40, 32);
    DuisReader tight = new DuisReader(limits);

    assertThat(tight.readRequest(octets(GOOD))).isInstanceOf(Reading.Valid.class);
    assertThat(tight.readRequest(octets(GOOD + "\n")))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.refusal().rule()).isEqualTo("octets"));
  }

  @Test
  void manyAttributesAreRefused() {
    StringBuilder attributes = new StringBuilder();
    for (int i = 0; i < 5000; i++) {
      attributes.append(" a").append(i).append("=\"\"");
    }
    assertThat(refusal(GOOD.replace("<sr:Header>", "<sr:Header" + attributes + ">")).fault())
        .isEqualTo(Fault.MALFORMED);
  }

  @Test
  void hugeAttributeIsRefusedByTheSchema() {
    String attack = GOOD.replace("<sr:Header>", "<sr:Header a=\"" + "x".repeat(1_000_000) + "\">");

    assertThat(refusal(attack).fault()).isEqualTo(Fault.INVALID);
  }

  @Test
  void repeatedAttributeIsRefused() {
    assertThat(
            refusal(GOOD.replace("schemaVersion=", "schemaVersion=\"5.3\" schemaVersion=")).fault())
        .isEqualTo(Fault.MALFORMED);
  }

  @Test
  void repeatedIdIsRefused() {
    // Two elements of one id are how a reference is led from what is signed to what is read.
    String signed =
        signedReadRegisters()
            .replace("<ds:SignedInfo>", "<ds:SignedInfo Id=\"x\">")
            .replace("<ds:SignatureValue>", "<ds:SignatureValue Id=\"x\">");

    assertThat(refusal(signed).fault()).isEqualTo(Fault.INVALID);
  }

  @Test
  void otherEncodingsAreRefused() {
    // In another encoding the limit on elements could not be counted in octets.
    assertThat(refused(Octets.of(GOOD.getBytes(StandardCharsets.UTF_16))).refusal().rule())
        .isEqualTo("encoding");
    assertThat(refused(Octets.of(GOOD.getBytes(StandardCharsets.UTF_16LE))).refusal().rule())
        .isEqualTo("encoding");
    assertThat(refusal("<?xml version='1.0' encoding='Cp037'?>" + GOOD).rule())
        .isEqualTo("encoding");
    assertThat(refusal("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + GOOD).rule())
        .isEqualTo("encoding");
  }

  @Test
  void utf8IsReadWithAndWithoutDeclarationAndMark() {
    assertThat(request("<?xml version='1.0' encoding='utf-8'?>" + GOOD).body().localName())
        .isEqualTo("ReadInstantaneousImportRegisters");
    assertThat(request("\uFEFF<?xml version=\"1.0\"?>\n" + GOOD).body().localName())
        .isEqualTo("ReadInstantaneousImportRegisters");
  }

  @Test
  void brokenUtf8IsRefused() {
    byte[] broken = GOOD.getBytes(StandardCharsets.UTF_8);
    broken[GOOD.indexOf("4.1.1")] = (byte) 0xC3;

    assertThat(refused(Octets.of(broken)).refusal().fault()).isEqualTo(Fault.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "<", "not XML", "<a>", "<a/><b/>", "\u0000", "<?xml?>"})
  void whatIsNotXmlIsRefused(String text) {
    assertThat(refusal(text).fault()).isEqualTo(Fault.MALFORMED);
  }

  @Test
  void otherDocumentsAreRefused() {
    assertThat(refusal("<Request schemaVersion='5.4'/>").fault()).isEqualTo(Fault.WRONG_DOCUMENT);
    assertThat(
            refusal(
                    "<sr:RequestID xmlns:sr='http://www.dccinterface.co.uk/ServiceUserGateway'>"
                        + TestDocuments.REQUEST_ID
                        + "</sr:RequestID>")
                .fault())
        .isEqualTo(Fault.WRONG_DOCUMENT);
    assertThat(READER.readResponse(octets(GOOD)))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.refusal().fault()).isEqualTo(Fault.WRONG_DOCUMENT));
  }

  @Test
  void everyTruncationIsRefused() {
    for (int length = 0; length < GOOD.length(); length++) {
      assertThat(refusal(GOOD.substring(0, length)).fault()).isEqualTo(Fault.MALFORMED);
    }
  }

  @Test
  void changedOctetsNeverEscapeAsAnythingButAVerdict() {
    SplittableRandom random = new SplittableRandom(20260115);
    Octets signed = octets(signedReadRegisters());
    for (int i = 0; i < 5_000; i++) {
      byte[] changed = signed.toArray();
      changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);

      // A verdict of either kind is right; an exception is not.
      assertThat(READER.readRequest(Octets.of(changed))).isNotNull();
    }
  }

  @Test
  void manyFaultsEndTheReading() {
    String attack =
        GOOD.replace("<sr:Header>", "<sr:Header>" + "<sr:Header b=\"\"/>".repeat(50_000));

    assertThat(refusal(attack).fault()).isEqualTo(Fault.INVALID);
  }

  @Test
  void refusalNamesLineColumnAndRule() {
    String document = GOOD.replace("><", ">\n<").replace("4.1.1", "4.1.9");

    Refusal refusal = refusal(document);

    assertThat(refusal.fault()).isEqualTo(Fault.INVALID);
    assertThat(refusal.line()).isEqualTo(6);
    assertThat(refusal.column()).isPositive();
    assertThat(refusal.rule()).isEqualTo("cvc-enumeration-valid");
    assertThat(refusal.message()).contains("4.1.9");
  }

  @Test
  void headerOfAnInvalidRequestIsStillKnown() {
    Refused<ServiceRequest> refused =
        refused(
            octets(
                GOOD.replace(
                    "ReadInstantaneousImportRegisters", "ReadInstantaneousImportRegister")));

    assertThat(refused.header().requestId()).contains(TestDocuments.REQUEST_ID);
    assertThat(refused.header().serviceReferenceVariant().orElseThrow().value()).isEqualTo("4.1.1");
    assertThat(refused.header().commandVariant().orElseThrow().number()).isEqualTo(1);
  }

  @Test
  void unreadablePartsOfAnInvalidHeaderAreLeftOut() {
    Refused<ServiceRequest> refused =
        refused(octets(GOOD.replace(":1000<", ":01000<").replace(">1<", ">10<")));

    assertThat(refused.header().requestId()).isEmpty();
    assertThat(refused.header().commandVariant()).isEmpty();
    assertThat(refused.header().serviceReferenceVariant()).isPresent();
  }
}
