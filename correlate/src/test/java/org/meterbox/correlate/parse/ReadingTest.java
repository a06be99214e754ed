// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterbox.correlate.Outcome;
import org.meterbox.correlate.ParseAndCorrelate;
import org.meterbox.correlate.ParseResult;
import org.meterbox.correlate.ParseResult.Parsed;
import org.meterbox.correlate.ParseResult.Refuted;
import org.meterbox.correlate.Verdict;
import org.meterbox.correlate.keys.KeyUse;
import org.meterbox.correlate.keys.KnownKeys;
import org.meterbox.correlate.keys.PartyCertificate;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.crypto.SoftwareAgreementKey;
import org.meterbox.crypto.SoftwareSigningKey;
import org.meterbox.gbcs.dlms.DlmsCodec;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.ProtectedAttributes;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/** A meter of the test's own answers; what the supplier's Parse makes of it is compared as text. */
class ReadingTest {
  private static final Eui64 METER = Eui64.parse("00-DB-12-34-56-78-90-A0");
  private static final Eui64 SUPPLIER = Eui64.parse("90-B3-D5-1F-30-01-00-00");
  private static final Eui64 BROKER = Eui64.parse("90-B3-D5-1F-30-00-00-02");
  private static final MessageId ANSWER =
      new MessageId(METER, SUPPLIER, new OriginatorCounter(1000));
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final SoftwareAgreementKey METER_AGREES =
      SoftwareAgreementKey.of(P256.generate(RANDOM));
  private static final SoftwareAgreementKey SUPPLIER_AGREES =
      SoftwareAgreementKey.of(P256.generate(RANDOM));
  private static final SoftwareSigningKey METER_SIGNS =
      SoftwareSigningKey.of(P256.generate(RANDOM));
  private static final SharedSecret SECRET = METER_AGREES.agree(SUPPLIER_AGREES.publicKey());

  private final KnownKeys keys = new KnownKeys();
  private final PartyCertificate meterAgreement =
      keys.certify(METER, KeyUse.KEY_AGREEMENT, METER_AGREES.publicKey());
  private final PartyCertificate meterSignature =
      keys.certify(METER, KeyUse.DIGITAL_SIGNATURE, METER_SIGNS.publicKey());
  private final ParseAndCorrelate parser = new ParseAndCorrelate(keys);

  ReadingTest() {
    keys.own(SUPPLIER, SUPPLIER_AGREES);
  }

  @Test
  void readsEncryptedImportRegistersWithTheTimeAtTheMeter() throws DecodeException {
    GroupingHeader header = header(0x27, "07E90610FF0B1E2D008000FF");
    Parsed read = parsed(maced(header, sensitive(header, twinRegisters(10, 0))));

    assertThat(read.mac()).isEqualTo(new Verdict.Valid(meterAgreement));
    assertThat(read.sensitiveContent()).isEqualTo(new Verdict.Valid(meterAgreement));
    assertThat(read.outcome()).isEqualTo(Outcome.SUCCESS);
    assertThat(text(read))
        .endsWith(
            "<ra:GBCSHexadecimalMessageCode>0027</ra:GBCSHexadecimalMessageCode>"
                + "<ra:ServiceReference>4.1</ra:ServiceReference>"
                + "<ra:ServiceReferenceVariant>4.1.1</ra:ServiceReferenceVariant>"
                + "<ra:Timestamp>2025-06-16T11:30:45Z</ra:Timestamp></ra:Header>"
                + "<ra:Body><ra:ResponseMessage><ra:SMETSData>"
                + "<ra:ReadInstantaneousImportRegistersRsp MessageSuccess=\"true\"><ra:Electricity>"
                + "<ra:ActiveImportRegister><ra:Value>10</ra:Value>"
                + "<ra:ActiveEnergyUnit>Wh</ra:ActiveEnergyUnit></ra:ActiveImportRegister>"
                + "<ra:ReactiveImportRegister><ra:Value>4294967295</ra:Value>"
                + "<ra:ReactiveEnergyUnit>varh</ra:ReactiveEnergyUnit></ra:ReactiveImportRegister>"
                + "<ra:SecondaryActiveImportRegister><ra:Value>7</ra:Value>"
                + "<ra:ActiveEnergyUnit>Wh</ra:ActiveEnergyUnit>"
                + "</ra:SecondaryActiveImportRegister>"
                + "</ra:Electricity></ra:ReadInstantaneousImportRegistersRsp></ra:SMETSData>"
                + "</ra:ResponseMessage></ra:Body></ra:GBCSResponse>");
  }

  @Test
  void appliesTheScaler() throws DecodeException {
    GroupingHeader header = header(0x27, "07E90610FF0B1E2D008000FF");
    Parsed read = parsed(maced(header, sensitive(header, twinRegisters(10, 3))));
    assertThat(text(read)).contains("<ra:ActiveImportRegister><ra:Value>10000</ra:Value>");
  }

  // MMC has whole Wh: 10 x 0.1 Wh is one, 15 x 0.1 Wh cannot be said and must not be rounded.
  @Test
  void showsOctetsWhereMmcCannotSayTheValue() throws DecodeException {
    GroupingHeader header = header(0x27, "07E90610FF0B1E2D008000FF");
    Parsed read = parsed(maced(header, sensitive(header, twinRegisters(15, -1))));
    assertThat(read.remark()).isPresent();
    assertThat(text(read)).contains("<ra:GBCSData format=\"plain\"").doesNotContain("SMETSData");
  }

  @Test
  void passesEncryptedContentOnWhereItsKeyIsMissing() throws DecodeException {
    GroupingHeader header = header(0x27, "07E90610FF0B1E2D008000FF");
    GbcsMessage message = maced(header, sensitive(header, twinRegisters(10, 0)));
    KnownKeys certificatesOnly = new KnownKeys();
    certificatesOnly.certify(METER, KeyUse.KEY_AGREEMENT, METER_AGREES.publicKey());

    Parsed read = (Parsed) new ParseAndCorrelate(certificatesOnly).parse(message.encode());
    assertThat(read.mac()).isEqualTo(new Verdict.NoKey(SUPPLIER, KeyUse.KEY_AGREEMENT));
    assertThat(read.authentic()).isFalse();
    assertThat(text(read))
        .contains(
            "<ra:GBCSData format=\"encrypted\" sequence=\"0\" name=\"get_protected_attributes\" type=\"dlms\">")
        .contains("MessageSuccess=\"true\"><ra:Electricity/>");
  }

  @Test
  void saysWhichCertificateIsMissing() throws DecodeException {
    GbcsMessage message = maced(header(0x52), answer("1601", "0100"));
    Parsed read = (Parsed) new ParseAndCorrelate(new KnownKeys()).parse(message.encode());
    assertThat(read.mac()).isEqualTo(new Verdict.NoKey(METER, KeyUse.KEY_AGREEMENT));
  }

  // While a meter's certificate is being replaced both may be in use.
  @Test
  void triesEveryCertificateOfTheMeter() throws DecodeException {
    KnownKeys two = new KnownKeys();
    two.own(SUPPLIER, SUPPLIER_AGREES);
    two.certify(
        METER, KeyUse.KEY_AGREEMENT, SoftwareAgreementKey.of(P256.generate(RANDOM)).publicKey());
    PartyCertificate second = two.certify(METER, KeyUse.KEY_AGREEMENT, METER_AGREES.publicKey());
    GbcsMessage message = maced(header(0x52), answer("1601", "0100"));
    Parsed read = (Parsed) new ParseAndCorrelate(two).parse(message.encode());
    assertThat(read.mac()).isEqualTo(new Verdict.Valid(second));
  }

  @ParameterizedTest
  @CsvSource({"00,Disabled", "01,Enabled", "02,Armed"})
  void readsTheSupplyStatus(String state, String word) throws DecodeException {
    Parsed read = parsed(maced(header(0x52), answer("16" + state, "0100")));
    assertThat(text(read))
        .contains(
            "<ra:ReadSupplyStatusRsp MessageSuccess=\"true\"><ra:SupplyState>"
                + word
                + "</ra:SupplyState></ra:ReadSupplyStatusRsp>");
  }

  @Test
  void readsTheFirmwareVersion() throws DecodeException {
    Parsed read = parsed(maced(header(0x59), answer("09040123ABCD", "0100")));
    assertThat(text(read)).contains("<ra:FirmwareVersion>0123ABCD</ra:FirmwareVersion>");
  }

  @ParameterizedTest
  @CsvSource({"4F,EnableSupplyRsp", "50,DisableSupplyRsp", "51,ArmSupplyRsp"})
  void readsTheSignedAnswersOfSupplyCommands(String code, String element) throws DecodeException {
    GroupingHeader header = header(Integer.parseInt(code, 16));
    GbcsMessage message =
        MessageProtection.signedResponse(header, answer("00", "0300"), METER_SIGNS);
    Parsed read = parsed(message);
    assertThat(read.signature()).isEqualTo(new Verdict.Valid(meterSignature));
    assertThat(read.mac()).isEqualTo(new Verdict.Absent());
    assertThat(text(read)).contains("<ra:" + element + " MessageSuccess=\"true\"/>");
  }

  @Test
  void showsWhyTheMeterDidNotDoIt() throws DecodeException {
    GroupingHeader header = header(0x50);
    Parsed read =
        parsed(MessageProtection.signedResponse(header, answer("00", "0302"), METER_SIGNS));
    assertThat(read.outcome()).isEqualTo(Outcome.FAILURE);
    assertThat(text(read))
        .contains(
            "<ra:SMETSData><ra:DisableSupplyRsp MessageSuccess=\"false\"/></ra:SMETSData>"
                + "<ra:DebugInfo><ra:COSEMDebug>"
                + "<ra:COSEMResponse ResponseCode=\"2\" Position=\"1\">"
                + "<ra:ActionResult>temporary-failure</ra:ActionResult></ra:COSEMResponse>"
                + "</ra:COSEMDebug></ra:DebugInfo>");
  }

  @Test
  void makesNoDocumentOfAChangedMessage() throws DecodeException {
    byte[] octets = maced(header(0x52), answer("1601", "0100")).encode().toArray();
    // The supply state: "disabled" would be a lie.
    octets[octets.length - 12 - 5] = 0;
    ParseResult result = parser.parse(Octets.of(octets));
    assertThat(result).isInstanceOf(Refuted.class);
    assertThat(result.mac()).isEqualTo(new Verdict.Invalid(List.of(meterAgreement)));
  }

  @Test
  void makesNoDocumentOfAForgedSignature() throws DecodeException {
    byte[] octets =
        MessageProtection.signedResponse(header(0x50), answer("00", "0300"), METER_SIGNS)
            .encode()
            .toArray();
    octets[octets.length - 1] ^= 1;
    assertThat(parser.parse(Octets.of(octets)).signature())
        .isEqualTo(new Verdict.Invalid(List.of(meterSignature)));
  }

  // The meter vouches for the whole: what it encrypted for another key is passed on as it came.
  @Test
  void keepsTheRestWhereAPartOfAnAuthenticMessageDoesNotOpen() throws DecodeException {
    GroupingHeader header = header(0x27, "07E90610FF0B1E2D008000FF");
    byte[] payload = sensitive(header, twinRegisters(10, 0)).toArray();
    payload[payload.length - 4] ^= 1;
    Parsed read = (Parsed) parser.parse(maced(header, Octets.of(payload)).encode());
    assertThat(read.authentic()).isTrue();
    assertThat(read.sensitiveContent()).isInstanceOf(Verdict.Invalid.class);
    assertThat(text(read))
        .contains("<ra:GBCSData format=\"encrypted\"")
        .contains("<ra:ServiceReferenceVariant>4.1.1</ra:ServiceReferenceVariant>")
        .doesNotContain("<ra:Value>");
  }

  // Nobody vouches for it: the MAC is for the broker, and the part itself says that it was changed.
  @Test
  void makesNoDocumentOfEncryptedContentThatIsNotIntact() throws DecodeException {
    GroupingHeader header =
        GroupingHeader.of(
            CraFlag.RESPONSE,
            new MessageId(METER, BROKER, new OriginatorCounter(1000)),
            new OtherInformation.EncryptedFor(
                new MessageCode(0x27),
                SUPPLIER,
                new OriginatorCounter(7),
                new OriginatorCounter(9)));
    byte[] payload = sensitive(header, twinRegisters(10, 0)).toArray();
    ParseResult intact = parser.parse(maced(header, Octets.of(payload)).encode());
    assertThat(((Parsed) intact).sensitiveContent()).isEqualTo(new Verdict.Valid(meterAgreement));

    payload[payload.length - 4] ^= 1;
    ParseResult result = parser.parse(maced(header, Octets.of(payload)).encode());
    assertThat(result).isInstanceOf(Refuted.class);
    assertThat(((Refuted) result).sensitiveContent()).isInstanceOf(Verdict.Invalid.class);
  }

  @Test
  void refusesOctetsThatAreNoMessage() {
    assertThatThrownBy(() -> parser.parse(Octets.ofHex("00"))).isInstanceOf(DecodeException.class);
  }

  private static DlmsValue twinRegisters(long active, int scaler) {
    DlmsValue energy =
        DlmsValue.structure(new DlmsValue.Int8(scaler), new DlmsValue.Enumerated(30));
    DlmsValue reactive = DlmsValue.structure(new DlmsValue.Int8(0), new DlmsValue.Enumerated(32));
    return DlmsValue.structure(
        new DlmsValue.UInt32(active),
        energy,
        new DlmsValue.UInt32(4_294_967_295L),
        reactive,
        new DlmsValue.UInt32(7));
  }

  private static Octets sensitive(GroupingHeader header, DlmsValue attribute) {
    ProtectedAttributes.Response response =
        MessageProtection.protect(header, List.of(attribute), SECRET);
    return answer(DlmsCodec.encode(response.toValue()).hex(), "0300");
  }

  /** An ACCESS.response with one item. */
  private static Octets answer(String data, String result) {
    return Octets.ofHex("DA200003E80000" + "01" + data + "01" + result);
  }

  private static GroupingHeader header(int code) {
    return GroupingHeader.of(
        CraFlag.RESPONSE, ANSWER, new OtherInformation.CodeOnly(new MessageCode(code)));
  }

  private static GroupingHeader header(int code, String dateTime) {
    return new GroupingHeader(
        CraFlag.RESPONSE,
        ANSWER,
        Optional.of(Octets.ofHex(dateTime)),
        new OtherInformation.CodeOnly(new MessageCode(code)));
  }

  private static GbcsMessage maced(GroupingHeader header, Octets payload) {
    return MessageProtection.macedResponse(header, payload, SECRET);
  }

  private Parsed parsed(GbcsMessage message) throws DecodeException {
    return (Parsed) parser.parse(message.encode());
  }

  private static String text(Parsed parsed) {
    return new String(parsed.document().toArray(), StandardCharsets.UTF_8);
  }
}
