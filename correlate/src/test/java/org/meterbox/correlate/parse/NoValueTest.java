// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.correlate.ParseAndCorrelate;
import org.meterbox.correlate.ParseResult.Parsed;
import org.meterbox.correlate.keys.KnownKeys;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;

/**
 * What a gas device marks as "no value" (ZCL table 2.6.2), and text that is none: no reading is
 * made of it, and the octets stay.
 */
class NoValueTest {
  private static final MessageId ANSWER =
      MessageId.parse("00-DB-12-34-56-78-90-A1:90-B3-D5-1F-30-01-00-00:1000");
  private static final String METERING = "0702";
  private static final String PREPAYMENT = "0705";
  private static final String OCTETS = "<ra:GBCSData format=\"plain\"";

  private final ParseAndCorrelate parser = new ParseAndCorrelate(new KnownKeys());

  private static final String SCALE = "0003" + "00" + "30" + "01";
  private static final String MULTIPLIER = "0103" + "00" + "22" + "010000";
  private static final String DIVISOR = "0203" + "00" + "22" + "E80300";

  // 281474976710.655 cubic metres is what all bits of the register say.
  @Test
  void aRegisterOfAllBitsIsNoReading() throws DecodeException {
    String none = register("FFFFFFFFFFFF");
    assertThat(none)
        .contains("<ra:ConsumptionRegister><ra:Unit>m3</ra:Unit></ra:ConsumptionRegister>")
        .contains(OCTETS);
    assertThat(register("FEFFFFFFFFFF"))
        .contains("<ra:Value>281474976710.654</ra:Value>")
        .doesNotContain("GBCSData");
  }

  private String register(String value) throws DecodeException {
    return document(0x74, METERING, "0000" + "00" + "25" + value + SCALE + MULTIPLIER + DIVISOR);
  }

  // Balances have a sign: their "no value" is the least number.
  @ParameterizedTest
  @CsvSource({"00000080,false", "01000080,true", "FFFFFFFF,true"})
  void aBalanceOfTheLeastNumberIsNone(String value, boolean shown) throws DecodeException {
    String document = document(0x75, PREPAYMENT, "0100" + "00" + "2B" + value);
    assertThat(document.contains("<ra:MeterBalance>")).as(document).isEqualTo(shown);
    assertThat(document.contains(OCTETS)).isEqualTo(!shown);
  }

  // Enumerations and counts too: 65,535 days of battery, a supply state of 255.
  @Test
  void aStateOfAllBitsIsLeftOut() throws DecodeException {
    assertThat(document(0x82, METERING, "1400" + "00" + "30" + "FF" + "0502" + "00" + "21FFFF"))
        .contains(OCTETS)
        .doesNotContain("SupplyState>")
        .doesNotContain("RemainingBatteryCapacity");
    assertThat(document(0x82, METERING, "1400" + "00" + "30" + "02" + "0502" + "00" + "210A00"))
        .contains("<ra:SupplyState>Enabled</ra:SupplyState>")
        .contains("<ra:RemainingBatteryCapacity>10</ra:RemainingBatteryCapacity>")
        .doesNotContain("GBCSData");
  }

  // A length of FF says that there is no string, 00 that it is empty.
  @Test
  void aStringOfTheLengthFfIsNone() throws DecodeException {
    assertThat(document(0x84, METERING, "0602" + "00" + "41" + "FF"))
        .contains("<ra:ReadFirmwareVersionRsp MessageSuccess=\"true\"/>")
        .contains(OCTETS);
    assertThat(document(0x84, METERING, "0602" + "00" + "41" + "00"))
        .contains("<ra:FirmwareVersion></ra:FirmwareVersion>")
        .doesNotContain("GBCSData");
  }

  // Two meters must never get one and the same document because of what their names cannot say.
  @Test
  void textsThatDifferNeverGiveOneDocument() throws DecodeException {
    Set<String> bodies = new HashSet<>();
    for (String name :
        new String[] {"3132E9", "3132E8", "313200", "31320001", "3132", "3132EFBFBD"}) {
      String length = String.format(Locale.ROOT, "%02X", name.length() / 2);
      bodies.add(document(0x89, METERING, "0703" + "00" + "41" + length + name));
    }
    assertThat(bodies).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"E9", "00", "1B", "EFBFBE", "EDA080", "C080"})
  void textThatXmlCannotCarryIsKeptAsOctets(String end) throws DecodeException {
    String length = String.format(Locale.ROOT, "%02X", 2 + end.length() / 2);
    assertThat(document(0x89, METERING, "0703" + "00" + "41" + length + "3132" + end))
        .contains(OCTETS)
        .doesNotContain("MPRN")
        .doesNotContain("\uFFFD");
  }

  @ParameterizedTest
  @CsvSource({"FFFFFFFF,false", "FEFFFFFF,true"})
  void anAlertOfNoTimeHasNone(String time, boolean shown) throws DecodeException {
    // Times of alerts come with the most significant octet first.
    String seconds = shown ? "FFFFFFFE" : time;
    String document =
        text(
            message(CraFlag.ALERT, 0x1000, Octets.ofHex("0109" + "00" + "810E" + seconds))
                .encode());
    assertThat(document.contains("<ra:Timestamp>2136-02-07T06:28:14Z</ra:Timestamp>"))
        .as(document)
        .isEqualTo(shown);
    assertThat(document.contains(OCTETS)).isEqualTo(!shown);
  }

  // A person counts from the start of the file, not of a part of it.
  @Test
  void offsetsCountFromTheStartOfTheMessage() {
    Octets payload = attributes(METERING, "0703" + "00" + "41" + "0A" + "31");
    Octets octets = message(CraFlag.RESPONSE, 0x89, payload).encode();
    int text = octets.hex().toUpperCase(Locale.ROOT).lastIndexOf("410A31") / 2;
    assertThatThrownBy(() -> parser.parse(octets))
        .isInstanceOfSatisfying(
            DecodeException.class,
            malformed -> {
              assertThat(malformed.offset()).isEqualTo(text + 2);
              assertThat(malformed.path()).startsWith("message.payload");
            });
  }

  private String document(int useCase, String cluster, String readings) throws DecodeException {
    return text(message(CraFlag.RESPONSE, useCase, attributes(cluster, readings)).encode());
  }

  private String text(Octets message) throws DecodeException {
    Parsed parsed = (Parsed) parser.parse(message);
    String document = new String(parsed.document().toArray(), StandardCharsets.UTF_8);
    return document.substring(document.indexOf("<ra:Body>"));
  }

  /** One component: a response to "read attributes". */
  private static Octets attributes(String cluster, String readings) {
    String frame = "08" + "00" + "01" + readings;
    return Octets.ofHex(
        "0109"
            + "01"
            + "01"
            + cluster
            + String.format(Locale.ROOT, "%04X", frame.length() / 2)
            + frame);
  }

  private static GbcsMessage message(CraFlag kind, int code, Octets payload) {
    GroupingHeader header =
        GroupingHeader.of(kind, ANSWER, new OtherInformation.CodeOnly(new MessageCode(code)));
    GroupedContent content = GroupedContent.withEmptySignature(header, payload);
    Optional<Octets> mac = Optional.of(Octets.ofHex("00".repeat(12)));
    return kind == CraFlag.ALERT
        ? new GbcsMessage.Alert(content, mac)
        : new GbcsMessage.Response(content, mac);
  }
}
