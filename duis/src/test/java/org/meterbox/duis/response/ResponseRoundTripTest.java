// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.response;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.Reading.Valid;
import org.meterbox.duis.response.ResponseBody.DccAlert;
import org.meterbox.duis.response.ResponseBody.DeviceAlert;
import org.meterbox.duis.response.ResponseData.CustomerIdentification;
import org.meterbox.duis.response.ResponseData.DeviceResponse;
import org.meterbox.duis.response.ResponseData.DspResult;
import org.meterbox.duis.response.ResponseData.FutureDatedDeviceAlert;
import org.meterbox.duis.response.ResponseData.LocalCommand;
import org.meterbox.duis.response.ResponseData.Nothing;
import org.meterbox.duis.response.ResponseData.PreCommand;
import org.meterbox.duis.response.ResponseData.ScheduleCreated;
import org.meterbox.duis.response.ResponseData.ScheduledResponse;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.catalogue.DccAlertCode;
import org.meterbox.kernel.catalogue.ResponseCode;

/** What the DSP writes is what the user reads, for every kind of response. */
class ResponseRoundTripTest {
  private static final MessageId ID =
      MessageId.parse("90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:1000");
  private static final Instant NOON = Instant.parse("2026-01-15T12:00:00.25Z");
  private static final Octets GBCS = Octets.ofHex("DF09010203");
  private static final ServiceReferenceVariant VARIANT = new ServiceReferenceVariant("4.1.1");

  static Stream<Response> responses() {
    return Stream.concat(
        Stream.of(
                new Nothing(),
                new DeviceResponse(GBCS),
                new PreCommand("4.2", GBCS),
                new LocalCommand(GBCS),
                new FutureDatedDeviceAlert(0x8F66, GBCS, 1, 2),
                new ScheduledResponse(GBCS, 7),
                new ScheduleCreated(1_000_000_000_000L),
                new CustomerIdentification(GBCS, "0123"),
                new DspResult(
                    XmlElement.of(
                        "DSPInventory",
                        XmlElement.of(
                            "Device",
                            XmlElement.leaf("DeviceID", "00-DB-12-34-56-78-90-A0"),
                            XmlElement.leaf("DeviceType", "ESME"),
                            XmlElement.leaf("DeviceManufacturer", "A & B <Ltd>"),
                            XmlElement.leaf("DeviceModel", "1")))))
            .map(data -> Response.fromDevice(ID, VARIANT, ResponseCode.I0, NOON, data)),
        Stream.of(
            Response.synchronous(ID, VARIANT, ResponseCode.E4, NOON, new Nothing()),
            alert(new DeviceAlert(0x81A0, Throttling.NONE, GBCS)),
            alert(
                new DccAlert(
                    DccAlertCode.AD1,
                    new Throttling(Optional.of(4_294_967_295L), Optional.of(3L)),
                    XmlElement.of(
                        "PowerOutageEvent",
                        XmlElement.leaf("CommsHubDeviceID", "00-DB-12-34-56-78-90-A2"),
                        XmlElement.leaf("StartDateTime", "2026-01-15T12:00:00Z"),
                        XmlElement.leaf("MPxN", "1234567890123"))))));
  }

  @ParameterizedTest
  @MethodSource("responses")
  void readBackAsWritten(Response response) {
    Octets document = ResponseWriter.write(response).octets();

    ReceivedResponse received =
        ((Valid<ReceivedResponse>) new DuisReader().readResponse(document)).value();

    assertThat(received.response()).isEqualTo(response);
    assertThat(received.asReceived()).isEqualTo(document);
  }

  @Test
  void writtenFormIsCanonical() {
    // The signer digests the octets as they are: they must not change when canonicalised again.
    assertThat(responses())
        .allSatisfy(response -> {
          Octets document = ResponseWriter.write(response).octets();
          assertThat(new DuisReader().readForSigning(document))
              .isEqualTo(new Valid<>(ResponseWriter.write(response)));
          assertThat(document.isEmpty()).isFalse();
        });
  }

  private static Response alert(ResponseBody body) {
    return new Response(Optional.empty(), Optional.of(ID), ResponseCode.I0, NOON, body);
  }
}
