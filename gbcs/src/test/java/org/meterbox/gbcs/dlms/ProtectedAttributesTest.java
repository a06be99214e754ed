// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.dlms;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.meterbox.gbcs.dlms.ProtectedAttributes.Parameters;
import org.meterbox.gbcs.dlms.ProtectedAttributes.Request;
import org.meterbox.gbcs.dlms.ProtectedAttributes.Response;
import org.meterbox.gbcs.dlms.ProtectedAttributes.Selection;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

class ProtectedAttributesTest {
  private static final Eui64 SUPPLIER = Eui64.parse("90B3D51F30010000");
  private static final Eui64 BROKER = Eui64.parse("90B3D51F30000002");
  private static final Eui64 METER = Eui64.parse("00DB1234567890A0");

  /** The method inputs as they stand in official reference commands. */
  private static final String READ_REGISTERS =
      "0202010102051200010906"
          + "00005E2C220A0F021200000202160000"
          + "0101020216020205090904000000000000"
          + "03E8090890B3D51F30010000090800DB1234567890A009000202160202020901020900";

  private static final String READ_LOG_FOR_UNKNOWN_PARTY =
      "020201010205120007090600006201"
          + "08FF0F02120000020216010202090C07DE0C19FF171E00008000FF090C07DF0101FF000000008000FF"
          + "0101020216020205090904"
          + "0000000000000516090890B3D51F30010000090800DB1234567890A009000202160202020901020900";

  @Test
  void aReadOfRegistersIsWrittenAsTheReferenceCommandsHaveIt() {
    Request request =
        new Request(
            List.of(Selection.whole(CosemAttribute.of(1, "0-0:94.44.34.10", 2))),
            Parameters.requestedBy(command(SUPPLIER, 1000, new OtherInformation.CodeOnly(code()))));

    assertThat(DlmsCodec.encode(request.toValue()).hex()).isEqualTo(READ_REGISTERS);
  }

  /** The broker's counter, but the party behind it as the one who will decrypt. */
  @Test
  void aLogReadForAnUnknownRemotePartyNamesThatParty() {
    OtherInformation information =
        new OtherInformation.WithAgreementCertificate(
            code(), SUPPLIER, new OriginatorCounter(1004), Octets.ofHex("3000"));
    Request request =
        new Request(
            List.of(
                Selection.between(
                    CosemAttribute.of(7, "0-0:98.1.8.255", 2),
                    DlmsDateTime.of(Instant.parse("2014-12-25T23:30:00Z")),
                    DlmsDateTime.of(Instant.parse("2015-01-01T00:00:00Z")))),
            Parameters.requestedBy(command(BROKER, 0x516, information)));

    assertThat(DlmsCodec.encode(request.toValue()).hex()).isEqualTo(READ_LOG_FOR_UNKNOWN_PARTY);
  }

  @Test
  void aResponseToAnUnknownRemotePartyNamesTheBroker() throws Exception {
    MessageId id = new MessageId(METER, BROKER, new OriginatorCounter(0x516));
    OtherInformation information =
        new OtherInformation.EncryptedFor(
            code(), SUPPLIER, new OriginatorCounter(1004), new OriginatorCounter(2002));
    Response response =
        new Response(
            Parameters.answeredIn(GroupingHeader.of(CraFlag.RESPONSE, id, information)),
            Octets.ofHex("3100000000ABCD"));

    assertThat(DlmsCodec.encode(response.toValue()).hex())
        .isEqualTo(
            "0202010102021602020509090400000000000005160908"
                + "00DB1234567890A0090890B3D51F30000002090002021602020209010209000907"
                + "3100000000ABCD");
    assertThat(Response.of(response.toValue())).contains(response);
  }

  @Test
  void whatWasWrittenIsReadAgain() throws Exception {
    for (String input : List.of(READ_REGISTERS, READ_LOG_FOR_UNKNOWN_PARTY)) {
      DlmsValue value = DlmsCodec.decode(Octets.ofHex(input));

      Request request = Request.of(value).orElseThrow();

      assertThat(DlmsCodec.encode(request.toValue()).hex()).isEqualTo(input);
      assertThat(request.parameters().recipient()).isEqualTo(METER);
    }
  }

  /**
   * A device must not read for one party and encrypt as another form says: whatever deviates from
   * the prescribed form anywhere is not understood at all. Every octet is changed once.
   */
  @Test
  void noOctetCanChangeUnnoticed() throws Exception {
    byte[] good = Octets.ofHex(READ_LOG_FOR_UNKNOWN_PARTY).toArray();
    Request original = Request.of(DlmsCodec.decode(Octets.of(good))).orElseThrow();
    for (int i = 0; i < good.length; i++) {
      byte[] changed = good.clone();
      changed[i] ^= 1;
      try {
        DlmsValue value = DlmsCodec.decode(Octets.of(changed));
        assertThat(Request.of(value).map(request -> request.equals(original)))
            .as("octet %d changed", i)
            .isNotEqualTo(java.util.Optional.of(true));
      } catch (org.meterbox.kernel.DecodeException refused) {
        assertThat(refused.offset()).isBetween(0, changed.length);
      }
    }
  }

  @Test
  void onlyTheReadingMethodOfDataProtectionObjectsIsOne() {
    assertThat(ProtectedAttributes.isMethod(ProtectedAttributes.method(8))).isTrue();
    assertThat(ProtectedAttributes.method(8).toString()).isEqualTo("30/0-0:43.2.8.255/1");
    assertThat(ProtectedAttributes.isMethod(CosemAttribute.of(30, "0-0:43.2.8.255", 2))).isFalse();
    assertThat(ProtectedAttributes.isMethod(CosemAttribute.of(30, "0-0:43.1.8.255", 1))).isFalse();
    assertThat(ProtectedAttributes.isMethod(CosemAttribute.of(1, "0-0:43.2.8.255", 1))).isFalse();
  }

  private static GroupingHeader command(Eui64 by, long counter, OtherInformation information) {
    MessageId id = new MessageId(by, METER, new OriginatorCounter(counter));
    return GroupingHeader.of(CraFlag.COMMAND, id, information);
  }

  private static MessageCode code() {
    return new MessageCode(0x27);
  }
}
