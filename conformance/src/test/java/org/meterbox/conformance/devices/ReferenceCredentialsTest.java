// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.conformance.ReferenceData;
import org.meterbox.devices.esme.EsmeModel;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.EsmeVariant;
import org.meterbox.devices.machine.DeviceMachine;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.devices.machine.FirmwareState;
import org.meterbox.devices.machine.FirmwareState.Image;
import org.meterbox.devices.machine.FirmwareState.PendingActivation;
import org.meterbox.devices.machine.Step;
import org.meterbox.devices.security.DeviceKeys;
import org.meterbox.devices.security.KeyUse;
import org.meterbox.devices.security.PendingCredentialUpdate;
import org.meterbox.gbcs.asn1.Asn1Payload;
import org.meterbox.gbcs.asn1.CredentialContent.UpdateCredentialsAlert;
import org.meterbox.gbcs.asn1.DeviceLogEntry;
import org.meterbox.gbcs.asn1.FirmwareContent.ActivateFirmware;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.RemotePartyRole;

/** The meter answers the official commands about credentials and firmware as published. */
class ReferenceCredentialsTest {
  private static final Eui64 METER = Eui64.parse("00DB1234567890A0");

  /** The official certificates begin after the time in the official answers' headers. */
  private static final Instant NOW = Instant.parse("2016-06-01T00:00:00Z");

  private static final Instant WAITED_UNTIL = Instant.parse("2030-01-15T09:00:00Z");
  private static final CosemAttribute FIRMWARE = CosemAttribute.of(1, "0-0:0.2.1.255", 2);
  private static final int MAC_HEADER = 0xDD;
  private static final int SIGNATURE_OCTETS = 64;

  private final DeviceMachine<EsmeState> machine = new DeviceMachine<>(new EsmeModel());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "6.15.1_CS02bNOByNO/CS02bNOByNO_6.15.1_SUCCESS",
        "6.15.1_CS02bSupplierBySupplier/CS02bSupplierBySupplier_6.15.1_CANCELLATION_SUCCESS",
        "6.15.1_CS02bSupplierBySupplier/CS02bSupplierBySupplier_6.15.1_FUTURE_DATED_SUCCESS",
        "6.15.1_CS02bSupplierBySupplier/CS02bSupplierBySupplier_6.15.1_IMMEDIATE_ERROR",
        "6.23_CS02bSupplierByTransCoS/CS02bSupplierByTransCoS_6.23_CANCELLATION_SUCCESS",
        "6.23_CS02bSupplierByTransCoS/CS02bSupplierByTransCoS_6.23_IMMEDIATE_SUCCESS",
        "8.5_CS02bACBByACB/CS02bACBByACB_8.5_SUCCESS",
        "NA_CS02bTransCoSByTransCoS/CS02bTransCoSByTransCoS_NA_SUCCESS",
        "NA_CS02bAnyExceptAbnormalRootByRecovery/CS02bAnyExceptAbnormalRootByRecovery_NA_SUCCESS",
        "6.15.1_CS02gLoadControllerBySupplier/"
            + "CS02gLoadControllerBySupplier_6.15.1_CANCELLATION_SUCCESS",
        "6.15.1_CS02gLoadControllerBySupplier/"
            + "CS02gLoadControllerBySupplier_6.15.1_FUTURE_DATED_SUCCESS",
        "6.15.1_CS02gLoadControllerBySupplier/"
            + "CS02gLoadControllerBySupplier_6.15.1_FUTURE_DATED_ERROR",
        "6.15.1_CS02gLoadControllerBySupplier/"
            + "CS02gLoadControllerBySupplier_6.15.1_IMMEDIATE_ERROR",
      })
  void replacesCredentialsAsPublished(String name) {
    answersAsPublished(name, meter());
  }

  /**
   * What the official alerts tell of the official commands that waited. At the official time of
   * execution the official certificates are out of date, so the meter does not wait that long.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "6.15.1_CS02bSupplierBySupplier/CS02bSupplierBySupplier_6.15.1_",
        "6.15.1_CS02gLoadControllerBySupplier/CS02gLoadControllerBySupplier_6.15.1_",
      })
  void tellsOfCredentialsThatWaitedAsPublished(String name) throws Exception {
    Step<EsmeState> accepted =
        machine.receive(
            meter(), ReferenceData.message(name + "FUTURE_DATED_SUCCESS_COMMAND_GBCS.HEX"), NOW);
    PendingCredentialUpdate pending = accepted.state().credentials().pending().getFirst();
    assertThat(pending.at()).isEqualTo(Instant.parse("2030-01-15T00:00:00Z"));
    Instant sooner = NOW.plusSeconds(60);
    DeviceState<EsmeState> waiting =
        accepted
            .state()
            .withCredentials(held ->
                held.withPending(
                    new PendingCredentialUpdate(
                        sooner,
                        pending.code(),
                        pending.originator(),
                        pending.sender(),
                        pending.payload())));

    Step<EsmeState> step = machine.advance(waiting, sooner);

    GbcsMessage alert = GbcsMessage.decode(step.state().unacknowledged().getLast().message());
    GbcsMessage published =
        GbcsMessage.decode(
            ReferenceData.message(name + "8F66_FUTURE_DATED_SUCCESS_ALERT_GBCS.HEX"));
    assertThat(alert.header().messageId().target())
        .isEqualTo(published.header().messageId().target());
    assertThat(alert.header().otherInformation()).isEqualTo(published.header().otherInformation());
    assertThat(told(alert).alertCode()).isEqualTo(told(published).alertCode());
    assertThat(told(alert).time().instant()).contains(sooner);
    assertThat(told(alert).outcome()).isEqualTo(told(published).outcome());
  }

  private static UpdateCredentialsAlert told(GbcsMessage alert) throws DecodeException {
    return (UpdateCredentialsAlert)
        Asn1Payload.decode(alert.content().payload(), alert.header().messageCode(), CraFlag.ALERT)
            .content();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "6.24.1_CS02aMAC/CS02aMAC_6.24.1_SUCCESS",
        "6.24.1_CS02fMAC/CS02fMAC_6.24.1_SUCCESS",
        "NA_CS02fSignature/CS02fSignature_NA_SUCCESS",
      })
  void tellsItsCredentialsAsPublished(String name) {
    DeviceState<EsmeState> meter = meter();
    for (RemotePartyRole second :
        List.of(RemotePartyRole.NETWORK_OPERATOR, RemotePartyRole.LOAD_CONTROLLER)) {
      meter = meter.withExecuted(second, new OriginatorCounter(1));
    }
    answersAsPublished(name, meter);
  }

  @Test
  void takesItsOwnCertificateAsPublished() {
    DeviceState<EsmeState> waiting =
        meter(ReferenceKeys.deviceWithNewPair(METER, "00db1234567890a0-ds"));
    Step<EsmeState> step = answersAsPublished("6.15.2_CS02d/CS02d_6.15.2_SUCCESS", waiting);
    answersAsPublished("6.15.2_CS02d/CS02d_6.15.2_ERROR", waiting);

    DeviceState<EsmeState> other =
        step.state()
            .withCredentials(
                held -> held.withExecuted(RemotePartyRole.SUPPLIER, new OriginatorCounter(0)));
    answersAsPublished("6.24.2_CS02e/CS02e_6.24.2_SUCCESS", other);
  }

  /** All but the key and what is signed with it. */
  @Test
  void requestsACertificateAsPublished() throws Exception {
    String name = "6.17_CS02c/CS02c_6.17_SUCCESS";
    Step<EsmeState> step =
        machine.receive(meter(), ReferenceData.message(name + "_COMMAND_GBCS.HEX"), NOW);
    Octets published =
        GbcsMessage.decode(ReferenceData.message(name + "_RESPONSE_GBCS.HEX")).content().payload();
    Octets ours = GbcsMessage.decode(step.message().orElseThrow()).content().payload();
    int keyAt = published.hex().indexOf("03420004") / 2 + 4;
    int afterKey = keyAt + 64;
    int signatureAt = published.hex().indexOf("06082A8648CE3D040302") / 2 + 10;
    // The length of the whole depends on the length of the signature in DER.
    assertThat(ours.slice(4, keyAt)).isEqualTo(published.slice(4, keyAt));
    assertThat(ours.slice(afterKey, signatureAt)).isEqualTo(published.slice(afterKey, signatureAt));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.7.1_CS03A1/CS03A1_8.7.1_SUCCESS",
        "8.8.1_CS04ACCritical/CS04ACCritical_8.8.1_SUCCESS",
      })
  void joinsAndUnjoinsAsPublished(String name) {
    DeviceLogEntry joined = new DeviceLogEntry(Eui64.parse("00DB123456789099"), 3);
    DeviceState<EsmeState> meter = meter();
    answersAsPublished(name, meter.withDeviceLog(meter.deviceLog().with(joined)));
  }

  @ParameterizedTest
  @CsvSource({
    "IMMEDIATE_SUCCESS, 0123ABCD, 0123ABCE",
    "IMMEDIATE_ERROR, 0123ABCF, ",
    "FUTURE_DATED_ERROR, 0123ABCE, ",
    "CANCELLATION_SUCCESS, 0123ABCE, 0123ABCF",
  })
  void activatesFirmwareAsPublished(String name, String running, @Nullable String held)
      throws Exception {
    answersAsPublished("11.3_CS06/CS06_11.3_" + name, meterWith(name, running, held));
  }

  @Test
  void tellsOfFirmwareThatWaitedAsPublished() throws Exception {
    Octets published =
        ReferenceData.message("11.3_CS06/CS06_11.3_8F66_FUTURE_DATED_SUCCESS_ALERT_GBCS.HEX");
    // The command that the alert is about is not published.
    DeviceState<EsmeState> meter =
        meterWith("IMMEDIATE_SUCCESS", "0123ABCE", "0123ABCF", WAITED_UNTIL.minusSeconds(60));
    long counter = GbcsMessage.decode(published).header().messageId().counter().value();
    while (meter.lastOwnCounter().value() + 1 < counter) {
      meter = meter.withNextOwnCounter();
    }
    DeviceState<EsmeState> waiting =
        meter.withFirmware(
            meter
                .firmware()
                .withPending(
                    new PendingActivation(
                        WAITED_UNTIL,
                        meter.firmware().held().orElseThrow().hash(),
                        new OriginatorCounter(0x3E9),
                        Eui64.parse("90B3D51F30010000"))));
    Step<EsmeState> step = machine.advance(waiting, WAITED_UNTIL);

    Octets alert = step.state().unacknowledged().getLast().message();
    assertThat(alert.slice(0, alert.length() - SIGNATURE_OCTETS))
        .isEqualTo(published.slice(0, published.length() - SIGNATURE_OCTETS));
  }

  private static DeviceState<EsmeState> meterWith(
      String name, String running, @Nullable String held) throws Exception {
    return meterWith(name, running, held, NOW);
  }

  private static DeviceState<EsmeState> meterWith(
      String name, String running, @Nullable String held, Instant now) throws Exception {
    GbcsMessage command =
        GbcsMessage.decode(
            ReferenceData.message("11.3_CS06/CS06_11.3_" + name + "_COMMAND_GBCS.HEX"));
    ActivateFirmware payload =
        (ActivateFirmware)
            Asn1Payload.decode(
                    command.content().payload(), command.header().messageCode(), CraFlag.COMMAND)
                .content();
    DeviceState<EsmeState> meter = meter(ReferenceKeys.device(METER), now);
    DeviceState<EsmeState> runs =
        meter.withFunction(
            meter.function().withValue(FIRMWARE, DlmsValue.OctetString.ofHex(running)));
    return Optional.ofNullable(held)
        .map(version -> new Image(payload.imageHash(), Octets.ofHex(version)))
        .map(image -> runs.withFirmware(FirmwareState.NONE.withHeld(image)))
        .orElse(runs);
  }

  /**
   * Octet for octet but for the time of the answer, the signature, and the lengths of 128 to 255
   * octets, which the published device writes in more octets than DER allows.
   */
  private Step<EsmeState> answersAsPublished(String name, DeviceState<EsmeState> meter) {
    Octets published = ReferenceData.message(name + "_RESPONSE_GBCS.HEX");
    Step<EsmeState> step =
        machine.receive(meter, ReferenceData.message(name + "_COMMAND_GBCS.HEX"), NOW);
    try {
      GbcsMessage expected = GbcsMessage.decode(published);
      GbcsMessage answer = GbcsMessage.decode(step.message().orElseThrow());
      assertThat(answer.header().messageId()).isEqualTo(expected.header().messageId());
      assertThat(answer.header().otherInformation())
          .isEqualTo(expected.header().otherInformation());
      assertThat(answer.header().dateTime().isPresent())
          .isEqualTo(expected.header().dateTime().isPresent());
      assertThat(answer.content().signatureForm()).isEqualTo(expected.content().signatureForm());
      assertThat(answer.content().payload()).as(name).isEqualTo(shortest(expected));
      if (!answer.header().dateTime().isPresent()
          && answer.content().payload().equals(expected.content().payload())
          && published.at(0) == MAC_HEADER) {
        assertThat(step.message()).contains(published);
      }
    } catch (DecodeException e) {
      throw new IllegalStateException(e);
    }
    return step;
  }

  private static Octets shortest(GbcsMessage message) throws DecodeException {
    return Asn1Payload.of(
            Asn1Payload.decode(
                    message.content().payload(),
                    message.header().messageCode(),
                    message.header().craFlag())
                .content())
        .encode();
  }

  private static DeviceState<EsmeState> meter() {
    return meter(ReferenceKeys.device(METER));
  }

  private static DeviceState<EsmeState> meter(DeviceKeys keys) {
    return meter(keys, NOW);
  }

  private static DeviceState<EsmeState> meter(DeviceKeys keys, Instant now) {
    return DeviceState.manufactured(
        METER,
        DeviceType.ESME,
        keys,
        Map.of(KeyUse.DIGITAL_SIGNATURE, ReferenceKeys.certificateOf("00db1234567890a0-ds")),
        ReferenceKeys.anchors(),
        EsmeModel.manufactured(EsmeVariant.SINGLE_ELEMENT, 1, now));
  }
}
