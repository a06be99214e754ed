// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.gbz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.meterbox.crypto.DerivedKey;
import org.meterbox.crypto.KeyPurpose;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.SoftwareAgreementKey;
import org.meterbox.crypto.VerificationException;
import org.meterbox.gbcs.gbz.ZclPayload.AttributeReadings;
import org.meterbox.gbcs.gbz.ZclPayload.ClusterCommand;
import org.meterbox.gbcs.gbz.ZclPayload.DefaultResponse;
import org.meterbox.gbcs.gbz.ZclPayload.ReadAttributes;
import org.meterbox.gbcs.gbz.ZclPayload.Reading;
import org.meterbox.gbcs.gbz.ZclPayload.Unrecognised;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/** GBCS section 7.2.9 and the use cases GCS. */
class GbzMessageTest {
  // Two components, put together by hand: read the MPRN, then the supply state.
  private static final Octets TWO_READS =
      Octets.ofHex(
          """
          0109 02
          00 0702 0005 00 00 00 0703
          01 0702 0005 00 01 00 1400
          """);

  @Test
  void readsTheComponentsInOrder() throws DecodeException {
    GbzMessage message = GbzMessage.decode(TWO_READS);

    assertThat(message)
        .isEqualTo(
            new GbzMessage(
                List.of(
                    Component.Plain.of(ZclFrame.readAttributes(Cluster.METERING, 0, 0x0307)),
                    Component.Plain.of(ZclFrame.readAttributes(Cluster.METERING, 1, 0x0014)))));
    ReadAttributes read = (ReadAttributes) frame(message, 0).payload();
    assertThat(read.attributes()).extracting(ZclAttribute::name).containsExactly("Site ID");
    assertThat(message.encode()).isEqualTo(TWO_READS);
    assertThat(message.hasEncrypted()).isFalse();
  }

  @Test
  void namesTheFieldsOfACommandLeastSignificantOctetFirst() throws DecodeException {
    // Publish Price Matrix to the gas meter: two prices, tariff 1, from the start of 2015.
    Octets octets =
        Octets.ofHex(
            """
            0109 01
            01 0700 0020 09 02 05
            00000000 01000000 8073371C 01000000 00 01 01
            00 E8030000 10 D0070000
            """);
    GbzMessage message = GbzMessage.decode(octets);

    ZclFrame frame = frame(message, 0);
    ZclFields fields = ((ClusterCommand) frame.payload()).fields();
    assertThat(frame.name()).isEqualTo("Publish Price Matrix");
    assertThat(fields.number("Start Time")).isEqualTo(0x1C377380L);
    assertThat(fields.rows("Prices"))
        .extracting(row -> row.number("Tier/Block Id"), row -> row.number("Price"))
        .containsExactly(tuple(0L, 1000L), tuple(0x10L, 2000L));
    assertThat(message.encode()).isEqualTo(octets);
  }

  @Test
  void readingsThatFailedHaveNoValue() throws DecodeException {
    Octets octets = Octets.ofHex("0109 01 01 0705 000E 08 00 01 0100 C0 0600 00 2B 9CFFFFFF");
    AttributeReadings readings = (AttributeReadings) frame(GbzMessage.decode(octets), 0).payload();

    Reading failed = readings.readings().get(0);
    assertThat(failed.attribute().name()).isEqualTo("Credit Remaining");
    assertThat(failed.status().name()).isEqualTo("HARDWARE_FAILURE");
    assertThat(failed.value()).isEmpty();
    Reading negative = readings.readings().get(1);
    assertThat(negative.value()).contains(TypedValue.number(ZclType.INT32, -100));
    assertThat(GbzMessage.decode(octets).encode()).isEqualTo(octets);
  }

  @Test
  void whatFollowsAFailureIsAnsweredAsNotTried() throws DecodeException {
    ZclFrame command = ZclFrame.readAttributes(Cluster.PREPAYMENT, 1, 0x0001);
    GbzMessage answer =
        new GbzMessage(
            List.of(
                Component.Plain.of(command.defaultResponse(ZclStatus.NOT_FOUND)),
                Component.Plain.of(command.notTried())));

    assertThat(answer.encode())
        .isEqualTo(Octets.ofHex("0109 02 00 0705 0005 08010B 008B 01 0705 0005 08010B FF01"));
    assertThat(GbzMessage.decode(answer.encode())).isEqualTo(answer);
    assertThat(((DefaultResponse) frame(answer, 1).payload()).status())
        .isEqualTo(ZclStatus.FAILURE);
  }

  @Test
  void theFromDateTimeStandsBeforeTheZclHeader() throws DecodeException {
    ZclCommand command = ZclCatalogue.command("Get Top Up Log");
    ZclFields fields =
        command
            .fields()
            .number("Latest End Time", 0xFFFF_FFFEL)
            .number("Number of Records", 5)
            .build();
    GbzMessage message =
        new GbzMessage(
            List.of(
                new Component.Plain(OptionalLong.of(0x1C377380L), command.frame(0x01, 0, fields))));

    assertThat(message.encode())
        .isEqualTo(Octets.ofHex("0109 01 11 0705 000C 1C377380 01 00 08 FEFFFFFF 05"));
    assertThat(GbzMessage.decode(message.encode())).isEqualTo(message);
  }

  @Test
  void onlyTheHolderOfTheKeyReadsAnEncryptedComponent() throws Exception {
    ZclFrame frame =
        ZclFrame.readings(
            Cluster.METERING,
            0x18,
            0,
            List.of(
                new Reading(
                    new ZclAttribute(Cluster.METERING, 0x0000),
                    ZclStatus.SUCCESS,
                    Optional.of(TypedValue.number(ZclType.UINT48, 12_345)))));
    Component sealed = Component.Encrypted.seal(frame, OptionalLong.empty(), 0, key(7));
    GbzMessage message = new GbzMessage(List.of(sealed));
    GbzMessage read = GbzMessage.decode(message.encode());

    assertThat(read).isEqualTo(message);
    assertThat(read.hasEncrypted()).isTrue();
    assertThat(read.components().getFirst().name()).isEqualTo("Read Attributes Response");
    assertThat(read.open(key(7))).containsExactly(frame);
    DerivedKey other = key(8);
    assertThatThrownBy(() -> read.open(other)).isInstanceOf(VerificationException.class);
  }

  // Keys, header and octets of a published reference message: GCS13a, read by its supplier.
  @Test
  void decryptsAReferenceResponse() throws Exception {
    BigInteger scalar =
        new BigInteger("40883990DA5B372DC4EC96C76B576BF5D4206E3BFD34CBF60B62448F1F9BA544", 16);
    SoftwareAgreementKey supplier =
        new SoftwareAgreementKey(
            P256.privateKey(scalar),
            P256.publicKey(
                number("9274FFF8A3AF56D6B016D3A8FA60DA3E579551EB295819C80EB7A43F30722B22"),
                number("5504285E4A5176B96334DBB72EA0CFC0C9C6E40A0AE3C28937C34258F0E840BA")));
    DerivedKey key =
        DerivedKey.derive(
            supplier.agree(
                P256.publicKey(
                    number("17A20E4BDB3174536E74B6DC353F2F2E4505DA0B8C17008C932087DB6DF040EB"),
                    number("6D7F297144044EDF424857380220812C8F22FC249757DC214116ADAD8908045A"))),
            KeyPurpose.ENCRYPTION,
            new MessageId(
                Eui64.parse("00DB1234567890A3"),
                Eui64.parse("90B3D51F30010000"),
                new OriginatorCounter(1000)));
    GbzMessage message =
        GbzMessage.decode(
            Octets.ofHex(
                """
                0109 01 03 0702 0035 0000 180001 002E 3100000000
                4F09E4C663039DBC1AC6E41687ACF517E94A67906E819BAEADE786602F
                C6BE7509E30300A9CCBA6CDA
                """));

    AttributeReadings readings = (AttributeReadings) message.open(key).getFirst().payload();
    assertThat(readings.readings())
        .extracting(reading -> reading.attribute().name(), reading -> reading.value().orElseThrow())
        .containsExactly(
            tuple("Divisor", TypedValue.number(ZclType.UINT24, 1000)),
            tuple("Multiplier", TypedValue.number(ZclType.UINT24, 1)),
            tuple("Unit of Measure", TypedValue.number(ZclType.ENUM8, 1)),
            tuple("Current Summation Delivered", TypedValue.number(ZclType.UINT48, 12_345)));
  }

  @Test
  void whatTheTableDoesNotKnowIsKeptAndNamed() throws DecodeException {
    List<Octets> strangers =
        List.of(
            // a command of no known cluster
            Octets.ofHex("0109 01 01 FC00 0005 01 00 42 CAFE"),
            // a profile-wide command that is not taken apart
            Octets.ofHex("0109 01 01 0702 0006 00 00 0C 0000FF"),
            // one that ZCL does not have
            Octets.ofHex("0109 01 01 0702 0004 00 00 77 00"),
            // a manufacturer's own, although the number is that of Get Snapshot
            Octets.ofHex("0109 01 01 0702 0006 05 3412 00 06 99"),
            // a reserved kind of frame
            Octets.ofHex("0109 01 01 0702 0004 03 00 00 AA"));
    for (Octets octets : strangers) {
      GbzMessage message = GbzMessage.decode(octets);
      assertThat(frame(message, 0).payload()).isInstanceOf(Unrecognised.class);
      assertThat(message.encode()).isEqualTo(octets);
    }
    assertThat(frame(GbzMessage.decode(strangers.get(0)), 0).name()).isEqualTo("command 0x42");
    assertThat(frame(GbzMessage.decode(strangers.get(0)), 0).cluster().name())
        .isEqualTo("cluster 0xFC00");
    assertThat(frame(GbzMessage.decode(strangers.get(3)), 0).header().manufacturerCode())
        .isEqualTo(OptionalInt.of(0x1234));
  }

  @Test
  void attributesThatTheTableDoesNotKnowAreReadByTheirType() throws DecodeException {
    Octets octets =
        Octets.ofHex("0109 01 01 0702 0013 08 00 01 3412 00 2A FFFFFF 3512 00 EE 0102030405");
    AttributeReadings readings = (AttributeReadings) frame(GbzMessage.decode(octets), 0).payload();

    assertThat(readings.readings().get(0).attribute().name()).isEqualTo("attribute 0x1234");
    assertThat(readings.readings().get(0).value()).contains(TypedValue.number(ZclType.INT24, -1));
    // After a type that ZCL does not have nothing can be told apart.
    assertThat(readings.readings().get(1).value())
        .contains(
            new TypedValue(0xEE, new ZclValue.OfUnknownType(0xEE, Octets.ofHex("0102030405"))));
    assertThat(GbzMessage.decode(octets).encode()).isEqualTo(octets);
  }

  @Test
  void writesReportsAndTheirResultsAreReadToo() throws DecodeException {
    List<Octets> payloads =
        List.of(
            Octets.ofHex("0109 01 01 0702 0009 00 00 02 0103 22 010000"),
            Octets.ofHex("0109 01 01 0702 0009 08 00 0A 0103 22 010000"),
            Octets.ofHex("0109 01 01 0702 0004 08 00 04 00"),
            Octets.ofHex("0109 01 01 0702 0006 08 00 04 88 0103"));
    for (Octets octets : payloads) {
      GbzMessage message = GbzMessage.decode(octets);
      assertThat(frame(message, 0).payload()).isNotInstanceOf(Unrecognised.class);
      assertThat(message.encode()).isEqualTo(octets);
    }
  }

  @Test
  void aSnapshotOfAnotherKindStaysOctets() throws DecodeException {
    Octets octets =
        Octets.ofHex("0109 01 01 0702 0015 19 00 06 01000000 02000000 01 00 01 01000000 05 CAFE");
    ZclFields fields = ((ClusterCommand) frame(GbzMessage.decode(octets), 0).payload()).fields();

    assertThat(fields.number("Snapshot Payload Type")).isEqualTo(5);
    assertThat(fields.octets("Payload")).isEqualTo(Octets.ofHex("CAFE"));
    assertThat(GbzMessage.decode(octets).encode()).isEqualTo(octets);
  }

  @Test
  void refusesWhatTheFrameDoesNotAllow() {
    assertRefused("0108 01 01 0702 0005 00 00 00 0703", Fault.UNEXPECTED_VALUE); // profile
    assertRefused("0109 00", Fault.UNEXPECTED_VALUE); // no component
    assertRefused("0109 01 00 0702 0005 00 00 00 0703", Fault.UNEXPECTED_VALUE); // not last
    assertRefused("0109 01 05 0702 0005 00 00 00 0703", Fault.UNEXPECTED_VALUE); // unknown bit
    assertRefused("0109 01 01 0702 0004 00 00 00 07", Fault.TRUNCATED); // half an attribute
    assertRefused("0109 01 01 0702 0006 08 00 0B 008B00", Fault.LEFT_OVER);
    assertRefused("0109 01 01 0702 0005 00 00 00 0703 00", Fault.LEFT_OVER);
    assertRefused("0109 01 03 0702 0008 0000 180001 0001 31", Fault.BAD_LENGTH); // no tag
    assertRefused("0109 01 03 0702 0007 0100 180001 0000", Fault.UNEXPECTED_VALUE); // control
  }

  @Test
  void namesThePlaceOfAFault() {
    assertThatThrownBy(() -> GbzMessage.decode(Octets.ofHex("0109010107020004000000 07")))
        .isInstanceOfSatisfying(
            DecodeException.class,
            fault -> {
              assertThat(fault.offset()).isEqualTo(11);
              assertThat(fault.path()).contains("component");
            });
  }

  private static void assertRefused(String hex, Fault fault) {
    assertThatThrownBy(() -> GbzMessage.decode(Octets.ofHex(hex)))
        .isInstanceOfSatisfying(
            DecodeException.class, refusal -> assertThat(refusal.fault()).isEqualTo(fault));
  }

  private static ZclFrame frame(GbzMessage message, int component) {
    return ((Component.Plain) message.components().get(component)).frame();
  }

  private static BigInteger number(String hex) {
    return new BigInteger(hex, 16);
  }

  private static DerivedKey key(long counter) {
    BigInteger meter = BigInteger.valueOf(1001);
    SoftwareAgreementKey key =
        new SoftwareAgreementKey(
            P256.privateKey(meter),
            P256.publicKey(
                number("9274FFF8A3AF56D6B016D3A8FA60DA3E579551EB295819C80EB7A43F30722B22"),
                number("5504285E4A5176B96334DBB72EA0CFC0C9C6E40A0AE3C28937C34258F0E840BA")));
    return DerivedKey.derive(
        key.agree(key.publicKey()),
        KeyPurpose.ENCRYPTION,
        new MessageId(
            Eui64.parse("00DB000000000001"),
            Eui64.parse("90B3000000000001"),
            new OriginatorCounter(counter)));
  }
}
