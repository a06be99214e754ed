// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.meterbox.gbcs.HostileOctets;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DataNotification;
import org.meterbox.gbcs.dlms.DlmsAlert;
import org.meterbox.gbcs.dlms.DlmsAlert.FutureDatedExecution;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.ProtectedAttributes;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/** GBCS section 16: alerts in all three languages. */
class AlertPayloadTest {
  private static final long SEED = 161;
  private static final Eui64 DEVICE = Eui64.parse("00DB000000000001");
  private static final Eui64 SUPPLIER = Eui64.parse("90B3000000000001");
  private static final OriginatorCounter COUNTER = new OriginatorCounter(0x01020304);
  private static final Instant NOON = Instant.parse("2025-01-01T12:00:00Z");
  private static final DlmsDateTime TIME = DlmsDateTime.of(NOON);

  /** A detail under the message code that prescribes it. */
  record Sample(int messageCode, int alertCode, DlmsDetail detail) {
    MessageCode code() {
      return new MessageCode(messageCode);
    }

    DataNotification notification() {
      return new DlmsAlert(alertCode, TIME, detail.items()).toNotification(COUNTER);
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%04X %s", messageCode, detail.getClass().getSimpleName());
    }
  }

  static List<Sample> samples() {
    DlmsDetail.ControllerPort port = new DlmsDetail.ControllerPort(0x23);
    return List.of(
        new Sample(0x1000, 0x8F30, DlmsDetail.None.VALUE),
        new Sample(0x00CC, 0x8F66, new DlmsDetail.FutureDated(execution("0-0:19.20.0.255"))),
        new Sample(0x00CE, 0x8F72, new DlmsDetail.FirmwareReceipt(Octets.of(new byte[32]))),
        new Sample(0x00F0, 0x81A0, new DlmsDetail.Integrity(5)),
        new Sample(0x1001, 0x8154, new DlmsDetail.CommandInHome(new MessageCode(0x70))),
        new Sample(0x0018, 0x8F12, hubDeviceLog()),
        new Sample(0x0061, 0x8F0A, billingData()),
        new Sample(0x0067, 0x8F36, new DlmsDetail.SupplyOutage(TIME, TIME)),
        new Sample(0x0110, 0x8F20, new DlmsDetail.AboutDevice(DEVICE)),
        new Sample(0x0115, 0x8F2D, new DlmsDetail.AboutDevice(DEVICE)),
        new Sample(
            0x0111,
            0x8F26,
            new DlmsDetail.SubGhzChannelChanged(
                new DlmsValue.BitString(32, Octets.ofHex("E0000001")), 1)),
        new Sample(0x0112, 0x8F28, new DlmsDetail.SubGhzScanOutcome(0, 2)),
        new Sample(
            0x0113,
            0x8F2A,
            new DlmsDetail.SubGhzConfiguration(
                DlmsValue.structure(new DlmsValue.UInt8(1), new DlmsValue.UInt16(2)))),
        new Sample(0x0114, 0x8F2C, new DlmsDetail.LostMessage(SUPPLIER, DEVICE, 1, COUNTER)),
        new Sample(
            0x0120, 0x8F85, new DlmsDetail.UnsupportedCommand(new MessageCode(0x12), COUNTER)),
        new Sample(0x0121, 0x8F86, new DlmsDetail.LevelSet(port, TIME, TIME, 100)),
        new Sample(0x0122, 0x8F87, new DlmsDetail.LevelEnded(port, 10)),
        new Sample(0x0123, 0x8F88, new DlmsDetail.OperationalUpdate("{\"outputState\":\"é\"}")),
        new Sample(
            0x1000,
            0x8F30,
            new DlmsDetail.Unrecognised(
                List.of(new DlmsValue.UInt8(7), new DlmsValue.Bool(0xFF)))));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void readsTheDetailThatItWrites(Sample sample) throws DecodeException {
    Octets octets = sample.notification().encode();
    AlertPayload payload = AlertPayload.decode(octets, sample.code());

    assertThat(payload)
        .isInstanceOfSatisfying(
            AlertPayload.Dlms.class, dlms -> assertThat(dlms.detail()).isEqualTo(sample.detail()));
    assertThat(payload.alertCode()).isEqualTo(OptionalInt.of(sample.alertCode()));
    assertThat(payload.time()).contains(NOON);
    assertThat(payload.title()).isPresent();
    assertThat(payload.encode()).isEqualTo(octets);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void survivesDamage(Sample sample) {
    HostileOctets.check(
        sample.notification().encode(),
        SEED,
        octets -> AlertPayload.decode(octets, sample.code()).encode());
  }

  /** A detail under a message code that prescribes another is kept, not misread. */
  @ParameterizedTest
  @MethodSource("samples")
  void itemsOfAnotherAlertAreKeptAsValues(Sample sample) throws DecodeException {
    Octets octets = sample.notification().encode();
    for (Sample other : samples()) {
      AlertPayload payload = AlertPayload.decode(octets, other.code());
      assertThat(payload.encode()).isEqualTo(octets);
      assertThat(((AlertPayload.Dlms) payload).detail().items()).isEqualTo(sample.detail().items());
    }
  }

  @Test
  void theOutcomeOfALaterActivationIsTheSameInEveryLanguage() throws DecodeException {
    AlertPayload dlms =
        AlertPayload.decode(
            new DlmsAlert(
                    FutureDatedOutcome.SUCCEEDED,
                    TIME,
                    List.of(execution("0-0:19.20.0.255").toValue()))
                .toNotification(COUNTER)
                .encode(),
            new MessageCode(0x00CC));
    AlertPayload gbz =
        AlertPayload.decode(
            Octets.ofHex("010901 8F67 38818890 0E 006B 0000000000000007 0700 09 05"),
            new MessageCode(0x00CD));
    AlertPayload firmware =
        AlertPayload.decode(
            Octets.ofHex(
                """
                3024 0203008F66 180F 32303330303131353039303030305A
                020107 3009 020100 0404 0123ABCF
                """),
            new MessageCode(0x00CA));

    FutureDatedOutcome ofDlms = dlms.futureDatedOutcome().orElseThrow();
    assertThat(ofDlms.command()).isEqualTo(new MessageCode(0x0019));
    assertThat(ofDlms.commandCounter()).isEqualTo(new OriginatorCounter(7));
    assertThat(ofDlms.success()).isTrue();
    FutureDatedOutcome ofGbz = gbz.futureDatedOutcome().orElseThrow();
    assertThat(ofGbz.command()).isEqualTo(new MessageCode(0x006B));
    assertThat(ofGbz.success()).isFalse();
    FutureDatedOutcome ofFirmware = firmware.futureDatedOutcome().orElseThrow();
    assertThat(ofFirmware.command()).isEqualTo(new MessageCode(0x0012));
    assertThat(ofFirmware.item()).isEqualTo(ActivationItem.Whole.VALUE);
    assertThat(ofFirmware.commandCounter()).isEqualTo(new OriginatorCounter(7));
  }

  @Test
  void credentialAlertsNameTheMessageCodeOfTheirMode() throws DecodeException {
    // Mode 2 is supplierBySupplier (0102), mode 11 loadControllerBySupplier (0126).
    assertThat(credentialOutcome("02").command()).isEqualTo(new MessageCode(0x0102));
    assertThat(credentialOutcome("0B").command()).isEqualTo(new MessageCode(0x0126));
  }

  @Test
  void aFailureToDeliverEndsInSomethingThatIsNoDlmsValue() throws DecodeException {
    Octets octets =
        Octets.ofHex(
            """
            0F 20000001 00 02 03 12 8F84 09 0C 07E90101FF0C0000008000FF
            30 08 0102030405060708
            """);
    AlertPayload payload = AlertPayload.decode(octets, new MessageCode(0x00D5));

    assertThat(payload.alertCode()).isEqualTo(OptionalInt.of(0x8F84));
    assertThat(payload.time()).contains(NOON);
    assertThat(payload)
        .isInstanceOfSatisfying(
            AlertPayload.Undelivered.class,
            undelivered ->
                assertThat(undelivered.alert().identity())
                    .isEqualTo(Octets.ofHex("0102030405060708")));
    assertThat(payload.encode()).isEqualTo(octets);
    HostileOctets.check(
        octets, SEED, damaged -> AlertPayload.decode(damaged, new MessageCode(0x00D5)).encode());
  }

  @Test
  void aNotificationThatIsNoAlertIsKept() throws DecodeException {
    Octets octets = Octets.ofHex("0F 20000001 00 02 01 11 07");
    AlertPayload payload = AlertPayload.decode(octets, new MessageCode(0x1000));

    assertThat(payload).isInstanceOf(AlertPayload.OtherNotification.class);
    assertThat(payload.alertCode()).isEmpty();
    assertThat(payload.time()).isEmpty();
    assertThat(payload.title()).isEmpty();
    assertThat(payload.encode()).isEqualTo(octets);
  }

  @Test
  void textThatIsNotUtf8IsKept() throws DecodeException {
    Octets octets =
        new DlmsAlert(0x8F88, TIME, List.of(new DlmsValue.Utf8String(Octets.ofHex("C328"))))
            .toNotification(COUNTER)
            .encode();
    AlertPayload payload = AlertPayload.decode(octets, new MessageCode(0x0123));

    assertThat(((AlertPayload.Dlms) payload).detail()).isInstanceOf(DlmsDetail.Unrecognised.class);
    assertThat(payload.encode()).isEqualTo(octets);
  }

  @Test
  void anEmptyPayloadIsRefused() {
    assertThatThrownBy(() -> AlertPayload.decode(Octets.EMPTY, new MessageCode(0x1000)))
        .isInstanceOf(DecodeException.class);
  }

  @Test
  void directionsOfAControllerAreTold() {
    DlmsDetail.ControllerPort input = new DlmsDetail.ControllerPort(0x23);
    DlmsDetail.ControllerPort output = new DlmsDetail.ControllerPort(0x15);
    assertThat(input.isInput()).isTrue();
    assertThat(input.isOutput()).isFalse();
    assertThat(input.number()).isEqualTo(3);
    assertThat(output.isOutput()).isTrue();
    assertThat(output.number()).isEqualTo(5);
    assertThat(DlmsDetail.integrityIssue(5)).contains("unexpected hardware reset");
    assertThat(DlmsDetail.integrityIssue(10)).isEmpty();
  }

  private static FutureDatedOutcome credentialOutcome(String mode) throws DecodeException {
    Octets octets =
        Octets.ofHex(
            String.format(
                Locale.ROOT,
                "3023 0203008F66 180F 32303330303131353030303030305A 300B 020203E9 0201 %s 3000 3000",
                mode));
    return AlertPayload.decode(octets, new MessageCode(0x00CB)).futureDatedOutcome().orElseThrow();
  }

  private static FutureDatedExecution execution(String object) {
    return new FutureDatedExecution(
        new MessageCode(0x0019), new OriginatorCounter(7), CosemAttribute.of(113, object, 7));
  }

  private static DlmsDetail hubDeviceLog() {
    return new DlmsDetail.HubDeviceLog(
        TIME,
        Eui64.parse("0001020304050607"),
        List.of(
            new DlmsDetail.HubDevice(DEVICE, Octets.of(new byte[16])),
            new DlmsDetail.HubDevice(SUPPLIER, Octets.EMPTY)));
  }

  private static DlmsDetail billingData() {
    return new DlmsDetail.BillingData(
        new ProtectedAttributes.Response(
            new ProtectedAttributes.Parameters(COUNTER, DEVICE, SUPPLIER),
            Octets.ofHex("3100000000").concat(Octets.of(new byte[20]))));
  }
}
