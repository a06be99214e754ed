// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.meterbox.correlate.FutureDatedCommand.Joined;
import org.meterbox.correlate.ParseResult.Parsed;
import org.meterbox.correlate.keys.KeyUse;
import org.meterbox.correlate.keys.KnownKeys;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.SoftwareSigningKey;
import org.meterbox.gbcs.dlms.AccessRequest;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/** A price change (ECS01b) has two parts: the standing charge, then the prices. */
class FutureDatedCommandTest {
  private static final Eui64 METER = Eui64.parse("00-DB-12-34-56-78-90-A0");
  private static final Eui64 SUPPLIER = Eui64.parse("90-B3-D5-1F-30-01-00-00");
  private static final int PRICES = 0x00A2;
  private static final Octets NEW_YEAR = Octets.ofHex("07E90101FF000000008000FF");
  private static final SoftwareSigningKey METER_SIGNS =
      SoftwareSigningKey.of(P256.generate(new SecureRandom()));

  private final ParseAndCorrelate parser;
  private final FutureDatedCommand command;
  private int alerts;

  FutureDatedCommandTest() throws DecodeException {
    KnownKeys keys = new KnownKeys();
    keys.certify(METER, KeyUse.DIGITAL_SIGNATURE, METER_SIGNS.publicKey());
    parser = new ParseAndCorrelate(keys);
    command = FutureDatedCommand.of(preCommand());
  }

  @Test
  void saysWhichPartOfHowManyAnAlertIs() throws DecodeException {
    assertThat(command.total()).isEqualTo(2);
    assertThat(label(alert("0-0:19.20.0.255", 1000, true))).isEqualTo("2 of 2");
    assertThat(command.complete()).isFalse();
    assertThat(label(alert("0-0:19.20.4.255", 1000, true))).isEqualTo("1 of 2");
    assertThat(command.complete()).isTrue();
    assertThat(command.succeeded()).isTrue();
  }

  @Test
  void aFailedPartFailsTheCommand() throws DecodeException {
    command.add(alert("0-0:19.20.0.255", 1000, true));
    command.add(alert("0-0:19.20.4.255", 1000, false));
    assertThat(command.complete()).isTrue();
    assertThat(command.succeeded()).isFalse();
    assertThat(command.told()).containsEntry(1, false).containsEntry(2, true);
  }

  // The DSP may push the same alert again.
  @Test
  void theSameAlertAgainChangesNothing() throws DecodeException {
    command.add(alert("0-0:19.20.0.255", 1000, true));
    assertThat(command.add(alert("0-0:19.20.0.255", 1000, true))).isInstanceOf(Joined.Part.class);
    assertThat(command.complete()).isFalse();
    assertThat(command.add(alert("0-0:19.20.0.255", 1000, false)))
        .isEqualTo(new Joined.Contradiction(2));
  }

  @Test
  void alertsThatDoNotBelongAreForeign() throws DecodeException {
    assertThat(command.add(alert("0-0:19.20.0.255", 1001, true)))
        .isInstanceOf(Joined.Foreign.class);
    assertThat(command.add(alert("0-0:13.0.0.255", 1000, true))).isInstanceOf(Joined.Foreign.class);
    Parsed unproven =
        (Parsed)
            new ParseAndCorrelate(new KnownKeys()).parse(octets("0-0:19.20.0.255", 1000, true));
    assertThat(command.add(unproven)).isInstanceOf(Joined.Foreign.class);
    assertThat(command.told()).isEmpty();
  }

  private static String label(Joined joined) {
    return ((Joined.Part) joined).label();
  }

  private String label(Parsed alert) {
    return label(command.add(alert));
  }

  private Parsed alert(String object, long counter, boolean success) throws DecodeException {
    return (Parsed) parser.parse(octets(object, counter, success));
  }

  private Octets octets(String object, long counter, boolean success) {
    String obis = CosemAttribute.of(113, object, 7).object().octets().hex();
    Octets payload =
        Octets.ofHex(
            "0F2000000000"
                + "0203"
                + "12"
                + (success ? "8F66" : "8F67")
                + "090C"
                + NEW_YEAR.hex()
                + "0913"
                + "00A2"
                + String.format(Locale.ROOT, "%016X", counter)
                + "0071"
                + obis
                + "07");
    GroupingHeader header =
        GroupingHeader.of(
            CraFlag.ALERT,
            new MessageId(METER, SUPPLIER, new OriginatorCounter(2_000 + alerts++)),
            new OtherInformation.CodeOnly(new MessageCode(0xCC)));
    return MessageProtection.signedAlert(header, payload, METER_SIGNS).encode();
  }

  private static GbcsMessage preCommand() throws DecodeException {
    List<AccessRequest.Item> items = new ArrayList<>();
    for (String object : List.of("0-0:19.20.4.255", "0-0:19.20.0.255")) {
      items.add(
          new AccessRequest.Item.Set(
              CosemAttribute.of(113, object, 7), new DlmsValue.OctetString(NEW_YEAR)));
    }
    GroupingHeader header =
        GroupingHeader.of(
            CraFlag.COMMAND,
            new MessageId(SUPPLIER, METER, new OriginatorCounter(1000)),
            new OtherInformation.CodeOnly(new MessageCode(PRICES)));
    Octets payload = new AccessRequest(0x200003E8L, items).encode();
    return GbcsMessage.decode(GroupedContent.unsigned(header, payload).octets());
  }
}
