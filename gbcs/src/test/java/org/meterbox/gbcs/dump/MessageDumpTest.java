// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meterbox.gbcs.decode.DecodedMessage;
import org.meterbox.gbcs.decode.Verification;
import org.meterbox.gbcs.decode.Verification.Content;
import org.meterbox.gbcs.decode.Verification.EncryptedPart;
import org.meterbox.gbcs.decode.Verification.Verdict;
import org.meterbox.gbcs.dlms.AccessRequest;
import org.meterbox.gbcs.dlms.AccessResponse;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.ProtectedAttributes;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

class MessageDumpTest {
  private static final MessageId ID =
      new MessageId(
          Eui64.parse("90B3000000000003"),
          Eui64.parse("00DB000000000001"),
          new OriginatorCounter(7));

  @Test
  void aCommandShowsNamesNotOnlyNumbers() throws Exception {
    String dump = dump(0x4F, action(9, "0-0:10.0.106.255", 1, new DlmsValue.UInt16(51)));

    assertThat(dump)
        .contains("ECS42  Remotely Close the Load Switch on the ESME")
        .contains("90-B3-00-00-00-00-00-03")
        .contains("SupplyState scripts execute  (9/0-0:10.0.106.255/1)")
        .contains("51 (enable)");
  }

  /** A dump goes into tickets and logs; a token in it could be spent by anybody. */
  @Test
  void aPrepaymentTokenIsNeverShown() throws Exception {
    String token = "73943333457189043313";
    DlmsValue value = new DlmsValue.OctetString(octets(token));
    String dump = dump(0x07, action(115, "0-0:19.40.0.255", 1, value));

    assertThat(dump)
        .contains("(20 octets, not shown)")
        .doesNotContain(token)
        .doesNotContain(octets(token).hex());
  }

  /** An install code lets a stranger's device into the home network. */
  @Test
  void anInstallCodeIsNeverShown() throws Exception {
    DlmsValue entry =
        DlmsValue.structure(
            DlmsValue.OctetString.ofHex("00DB000000000009"),
            new DlmsValue.Enumerated(1),
            DlmsValue.OctetString.ofHex("0123456789ABCDEF0123456789ABCDEF"),
            new DlmsValue.Enumerated(132));
    String dump = dump(0x01, action(104, "0-0:30.3.0.255", 1, entry));

    assertThat(dump)
        .contains("00-DB-00-00-00-00-00-09")
        .contains("132 (PPMID)")
        .doesNotContain("0123456789ABCDEF");
  }

  /** Text comes from strangers: it must not move the cursor of a terminal or forge lines. */
  @Test
  void controlCharactersInTextDoNotReachTheTerminal() throws Exception {
    DlmsValue message =
        new DlmsValue.Utf8String(Octets.of("a\u001B[2Jb\nc".getBytes(StandardCharsets.UTF_8)));
    String dump =
        dump(0x21, new AccessRequest.Item.Set(CosemAttribute.of(1, "0-2:96.13.1.255", 2), message));

    assertThat(dump).contains("\"a\\u001B[2Jb\\u000Ac\"").doesNotContain("\u001B");
  }

  @Test
  void protectedValuesAreShownByNameAndUnitOnceDecrypted() throws Exception {
    GroupingHeader header = header(CraFlag.RESPONSE, 0x27);
    DlmsValue block =
        new ProtectedAttributes.Response(
                ProtectedAttributes.Parameters.answeredIn(header),
                Octets.ofHex("3100000000" + "00".repeat(20)))
            .toValue();
    AccessResponse response =
        new AccessResponse(
            0x20000007L, List.of(new AccessResponse.Item(AccessResponse.Kind.ACTION, 0, block)));
    DlmsValue readings =
        DlmsValue.structure(
            new DlmsValue.UInt32(4711),
            DlmsValue.structure(new DlmsValue.Int8(0), new DlmsValue.Enumerated(30)),
            new DlmsValue.UInt32(815),
            DlmsValue.structure(new DlmsValue.Int8(0), new DlmsValue.Enumerated(32)));
    DecodedMessage message =
        DecodedMessage.decode(GroupedContent.unsigned(header, response.encode()).octets());
    Verification decrypted =
        new Verification(
            Verdict.ABSENT,
            Verdict.ABSENT,
            List.of(new EncryptedPart(0, new Content.Attributes(List.of(readings)))));

    assertThat(MessageDump.of(message, Optional.empty()))
        .contains("encrypted")
        .doesNotContain("4711");
    assertThat(MessageDump.of(message, Optional.of(decrypted)))
        .contains("4711 Wh")
        .contains("815 varh")
        .contains("unit 32 (varh)");
  }

  @Test
  void aFailedItemSaysWhy() throws Exception {
    AccessResponse response =
        new AccessResponse(
            0x20000007L,
            List.of(new AccessResponse.Item(AccessResponse.Kind.GET, 4, DlmsValue.NullData.VALUE)));
    DecodedMessage message =
        DecodedMessage.decode(
            GroupedContent.unsigned(header(CraFlag.RESPONSE, 0x59), response.encode()).octets());

    assertThat(MessageDump.of(message, Optional.empty()))
        .contains("FirmwareVersion value")
        .contains("FAILED: object undefined");
  }

  private static AccessRequest.Item action(int classId, String object, int method, DlmsValue data) {
    return new AccessRequest.Item.Action(CosemAttribute.of(classId, object, method), data);
  }

  private static String dump(int code, AccessRequest.Item item) throws Exception {
    Octets payload = new AccessRequest(0x20000007L, List.of(item)).encode();
    DecodedMessage message =
        DecodedMessage.decode(
            GroupedContent.unsigned(header(CraFlag.COMMAND, code), payload).octets());
    return MessageDump.of(message, Optional.empty());
  }

  private static GroupingHeader header(CraFlag flag, int code) {
    return GroupingHeader.of(flag, ID, new OtherInformation.CodeOnly(new MessageCode(code)));
  }

  private static Octets octets(String ascii) {
    return Octets.of(ascii.getBytes(StandardCharsets.US_ASCII));
  }
}
