// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.meterbox.correlate.Outcome;
import org.meterbox.correlate.ParseAndCorrelate;
import org.meterbox.correlate.ParseResult;
import org.meterbox.correlate.ParseResult.Parsed;
import org.meterbox.correlate.ParseResult.Refuted;
import org.meterbox.correlate.Verdict;
import org.meterbox.correlate.keys.KeyUse;
import org.meterbox.correlate.keys.KnownKeys;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.crypto.SoftwareAgreementKey;
import org.meterbox.gbcs.dlms.DlmsCodec;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.ProtectedAttributes;
import org.meterbox.gbcs.dlms.TypeDescription;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.gbcs.transfer.Block;
import org.meterbox.gbcs.transfer.BlockSender;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/** Logs of full length, transfers in blocks, and content that is not as it should be. */
class LongMessagesTest {
  /** Half hours of 13 months. */
  private static final int ENTRIES = 19_056;

  private static final int UINT32 = 0x06;
  private static final long FIRST = 473_385_600L;
  private static final Eui64 METER = Eui64.parse("00-DB-12-34-56-78-90-A0");
  private static final Eui64 SUPPLIER = Eui64.parse("90-B3-D5-1F-30-01-00-00");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final SoftwareAgreementKey METER_KEY =
      SoftwareAgreementKey.of(P256.generate(RANDOM));
  private static final SoftwareAgreementKey SUPPLIER_KEY =
      SoftwareAgreementKey.of(P256.generate(RANDOM));
  private static final SharedSecret SECRET = METER_KEY.agree(SUPPLIER_KEY.publicKey());

  private final ParseAndCorrelate parser;

  LongMessagesTest() {
    KnownKeys keys = new KnownKeys();
    keys.certify(METER, KeyUse.KEY_AGREEMENT, METER_KEY.publicKey());
    keys.own(SUPPLIER, SUPPLIER_KEY);
    parser = new ParseAndCorrelate(keys);
  }

  // 152 kB in compact arrays; the longest that a message may be is of a twin element meter.
  @Test
  void readsTheProfileOfThirteenMonths() throws DecodeException {
    GbcsMessage message = profile(2, ENTRIES);
    Parsed parsed = (Parsed) parser.parse(message.encode());
    assertThat(parsed.sensitiveContent()).isInstanceOf(Verdict.Valid.class);
    assertThat(parsed.remark()).isEmpty();
    String text = text(parsed);
    assertThat(text.split("<ra:LogEntry>", -1)).hasSize(ENTRIES + 1);
    assertThat(text)
        .contains("<ra:Timestamp>2015-01-01T00:30:00Z</ra:Timestamp>")
        .contains("<ra:Timestamp>2016-02-02T00:00:00Z</ra:Timestamp>")
        .contains("<ra:PrimaryValue>" + (ENTRIES - 1) + "</ra:PrimaryValue>");
  }

  @Test
  void readsTheProfileOfThirteenMonthsOfATwinElementMeter() throws DecodeException {
    Parsed parsed = (Parsed) parser.parse(profile(3, ENTRIES).encode());
    assertThat(text(parsed).split("<ra:SecondaryValue>", -1)).hasSize(ENTRIES + 1);
  }

  // 31 days of dailies and months of half hours come in blocks over the home network.
  @Test
  void readsAMessageFromTheBlocksOfItsTransfer() throws DecodeException {
    GbcsMessage message = profile(2, 4_464);
    Octets blocks = blocks(message);
    assertThat(blocks.length()).isGreaterThan(message.encode().length());
    Parsed parsed = (Parsed) parser.parse(blocks);
    assertThat(parsed.document()).isEqualTo(((Parsed) parser.parse(message.encode())).document());
    assertThat(parsed.authentic()).isTrue();
  }

  @Test
  void refusesAnIncompleteTransfer() {
    Octets blocks = blocks(profile(2, 1_000));
    assertThatThrownBy(() -> parser.parse(blocks.slice(0, blocks.length() / 2)))
        .isInstanceOf(DecodeException.class);
  }

  // The blocks say nothing about authenticity; the MAC of the whole does.
  @Test
  void refutesATransferWhoseDataWereChanged() throws DecodeException {
    byte[] octets = blocks(profile(2, 1_000)).toArray();
    octets[octets.length / 2] ^= 1;
    assertThat(parser.parse(Octets.of(octets))).isInstanceOf(Refuted.class);
  }

  // The hub's alert on what it could not deliver ends in something that is no DLMS (00D5).
  @Test
  void showsAnUndeliveredMessageAsOctetsWithCodeAndTime() throws DecodeException {
    Octets payload =
        Octets.ofHex(
            "0F 20000001 00 0203 12 8F84 09 0C 07E90610FF0B1E2D008000FF 30 1D"
                + " 08 90B3D51F30010000 08 00DB1234567890A0 01 01 08 00000000000003E8");
    Parsed parsed =
        (Parsed)
            parser.parse(
                MessageProtection.macedAlert(header(CraFlag.ALERT, 0xD5), payload, SECRET)
                    .encode());
    assertThat(parsed.authentic()).isTrue();
    assertThat(parsed.remark()).isEmpty();
    assertThat(text(parsed))
        .contains("<ra:GBCSData format=\"plain\" sequence=\"0\" name=\"00D5\" type=\"gbcs\">")
        .contains("<ra:GBCSHexAlertCode>8F84</ra:GBCSHexAlertCode>")
        .contains("<ra:Timestamp>2025-06-16T11:30:45Z</ra:Timestamp>");
  }

  // The meter vouches for it, so it must not get lost; from a stranger it is nothing.
  @Test
  void keepsMalformedContentOfAnAuthenticMessageAsOctets() throws DecodeException {
    Octets payload = Octets.ofHex("DA2000000100000216");
    Octets answer =
        MessageProtection.macedResponse(header(CraFlag.RESPONSE, 0x52), payload, SECRET).encode();
    Parsed parsed = (Parsed) parser.parse(answer);
    assertThat(parsed.outcome()).isEqualTo(Outcome.NOT_AN_ANSWER);
    assertThat(parsed.remark()).isPresent();
    assertThat(text(parsed)).contains("<ra:GBCSData").doesNotContain("SMETSData");

    Octets alert =
        MessageProtection.macedAlert(header(CraFlag.ALERT, 0x1001), Octets.ofHex("0F20"), SECRET)
            .encode();
    ParseResult result = parser.parse(alert);
    assertThat(text((Parsed) result)).contains("DeviceAlertMessage").contains("<ra:GBCSData");

    ParseAndCorrelate stranger = new ParseAndCorrelate(new KnownKeys());
    assertThatThrownBy(() -> stranger.parse(answer)).isInstanceOf(DecodeException.class);
  }

  /** A protected profile log of half hours (ECS22b). */
  private static GbcsMessage profile(int columns, int entries) {
    List<TypeDescription> types = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      types.add(new TypeDescription.Simple(UINT32));
    }
    List<DlmsValue> rows = new ArrayList<>();
    for (int i = 0; i < entries; i++) {
      List<DlmsValue> row = new ArrayList<>();
      row.add(new DlmsValue.UInt32(FIRST + (i + 1) * 1_800L));
      row.add(new DlmsValue.UInt32(i));
      for (int column = 2; column < columns; column++) {
        row.add(new DlmsValue.UInt32(column));
      }
      rows.add(new DlmsValue.Structure(row));
    }
    DlmsValue log = new DlmsValue.CompactArray(new TypeDescription.Fields(types), rows);
    GroupingHeader header = header(CraFlag.RESPONSE, 0x37);
    ProtectedAttributes.Response response = MessageProtection.protect(header, List.of(log), SECRET);
    Octets payload =
        new OctetWriter(64)
            .put(Octets.ofHex("DA200003E80000" + "01"))
            .put(DlmsCodec.encode(response.toValue()))
            .put(Octets.ofHex("01" + "0300"))
            .toOctets();
    return MessageProtection.macedResponse(header, payload, SECRET);
  }

  private static Octets blocks(GbcsMessage message) {
    OctetWriter writer = new OctetWriter();
    BlockSender.of(message, Block.MAX_BLOCKS, Block.MAX_DATA_OCTETS)
        .window()
        .forEach(block -> writer.put(block.encode()));
    return writer.toOctets();
  }

  private static GroupingHeader header(CraFlag flag, int code) {
    return GroupingHeader.of(
        flag,
        new MessageId(METER, SUPPLIER, new OriginatorCounter(1000)),
        new OtherInformation.CodeOnly(new MessageCode(code)));
  }

  private static String text(Parsed parsed) {
    return new String(parsed.document().toArray(), StandardCharsets.UTF_8);
  }
}
