// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterbox.duis.TestDocuments.READER;
import static org.meterbox.duis.TestDocuments.REQUEST_ID;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.duis.Reading;
import org.meterbox.duis.Reading.Refused;
import org.meterbox.duis.Reading.Valid;
import org.meterbox.duis.TestDocuments;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.duis.response.ReceivedResponse;
import org.meterbox.duis.response.Response;
import org.meterbox.duis.response.ResponseBody.DccAlert;
import org.meterbox.duis.response.ResponseData.Nothing;
import org.meterbox.duis.response.ResponseWriter;
import org.meterbox.duis.response.Throttling;
import org.meterbox.duis.xml.DuisNames;
import org.meterbox.duis.xml.Refusal;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.catalogue.DccAlertCode;
import org.meterbox.kernel.catalogue.FutureDating;
import org.meterbox.kernel.catalogue.ResponseCode;
import org.meterbox.kernel.catalogue.ServiceRequestCatalogue;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;

/**
 * The schema and the catalogues name the same things, and a sample of the schema's bounds holds.
 * That it agrees with the official schema everywhere is shown by the conformance tests.
 */
class DuisSchemaTest {
  private static final String DATE_TIME = "2026-01-15T00:00:00.00Z";

  static Collection<ServiceRequestEntry> entries() {
    return ServiceRequestCatalogue.current().entries();
  }

  @ParameterizedTest
  @MethodSource("entries")
  void everyRequestOfTheCatalogueIsInTheSchema(ServiceRequestEntry entry) {
    Optional<Refusal> fault = fault(entry, bare(entry).build());

    // Where an empty element is not enough, the fault lies inside it: content is not complete.
    fault.ifPresent(refusal -> {
      assertThat(refusal.rule()).isEqualTo("cvc-complex-type.2.4.b");
      assertThat(refusal.message()).contains("'sr:" + entry.requestElement() + "'");
    });
  }

  @Test
  void requestOutsideTheCatalogueIsNotInTheSchema() {
    assertThat(fault("4.1.1", XmlElement.of("ReadEverything")).orElseThrow().rule())
        .isEqualTo("cvc-complex-type.2.4.a");
  }

  @Test
  void futureDatingOfTheCatalogueIsThatOfTheSchema() {
    assertThat(entries())
        .allSatisfy(entry -> {
          XmlElement dated = bare(entry).leaf("ExecutionDateTime", DATE_TIME).build();
          // Other content may be missing behind the date; only the date must be in its place.
          boolean mayBeDated =
              fault(entry, dated).stream().noneMatch(DuisSchemaTest::isAboutTheDate);
          assertThat(mayBeDated)
              .as(entry.variant().value())
              .isEqualTo(entry.futureDating() != FutureDating.NO);
        });
  }

  @Test
  void everyResponseCodeIsInTheSchema() {
    assertThat(ResponseCode.all())
        .allSatisfy(code ->
            assertThat(
                    responseFault(
                        Response.synchronous(
                            REQUEST_ID,
                            entry("4.1.1").variant(),
                            code,
                            Instant.EPOCH,
                            new Nothing())))
                .isEmpty());
  }

  @Test
  void everyAlertCodeIsInTheSchema() {
    XmlElement payload =
        XmlElement.of(
            "CommandFailure",
            XmlElement.leaf("CommandRequestID", REQUEST_ID.toString()),
            XmlElement.leaf("DeviceID", REQUEST_ID.target().dashed()));
    assertThat(DccAlertCode.all())
        .allSatisfy(code ->
            assertThat(
                    responseFault(
                        new Response(
                            Optional.empty(),
                            Optional.of(REQUEST_ID),
                            ResponseCode.I0,
                            Instant.EPOCH,
                            new DccAlert(code, Throttling.NONE, payload))))
                .isEmpty());
  }

  @Test
  void everyAlertPayloadOfTheCatalogueIsInTheSchema() {
    List<String> payloads =
        DccAlertCode.all().stream()
            .flatMap(code -> code.payloadElement().stream())
            .map(path -> path.replaceFirst("/.*", ""))
            .distinct()
            .toList();

    assertThat(payloads).hasSize(24);
    assertThat(payloads)
        .allSatisfy(payload ->
            assertThat(
                    responseFault(
                            new Response(
                                Optional.empty(),
                                Optional.of(REQUEST_ID),
                                ResponseCode.I0,
                                Instant.EPOCH,
                                new DccAlert(
                                    DccAlertCode.N12, Throttling.NONE, XmlElement.of(payload))))
                        .orElseThrow()
                        .message())
                .contains("'sr:" + payload + "'"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "18446744073709551615", "9999999999999999999"})
  void countersOf64BitsAreValid(String counter) {
    assertThat(requestIdFault(counter)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "+1", "01", "18446744073709551616", "99999999999999999999"})
  void otherCountersAreNot(String counter) {
    assertThat(requestIdFault(counter).orElseThrow().rule()).isEqualTo("cvc-pattern-valid");
  }

  static Stream<XmlElement> validBodies() {
    return Stream.of(
        topUp("01234567890123456789"),
        message("x"),
        message("~".repeat(116)),
        randomisedOffset("0"),
        randomisedOffset("1799"),
        randomisedOffset(" +7 "),
        firmwareHash("00".repeat(32)),
        gasFlow("6.5535"),
        gasFlow("0.10000"),
        boost(5));
  }

  @ParameterizedTest
  @MethodSource("validBodies")
  void valuesWithinTheirBoundsAreValid(XmlElement body) {
    assertThat(fault(variant(body), body)).isEmpty();
  }

  static Stream<XmlElement> invalidBodies() {
    return Stream.of(
        topUp("0123456789012345678"),
        topUp("012345678901234567890"),
        topUp("0123456789012345678X"),
        message(""),
        message("~".repeat(117)),
        message("caf\u00e9"),
        randomisedOffset("1800"),
        randomisedOffset("-1"),
        randomisedOffset("1.0"),
        firmwareHash("00".repeat(31)),
        firmwareHash("00".repeat(33)),
        gasFlow("6.5536"),
        gasFlow("0.00001"),
        boost(4),
        boost(6));
  }

  @ParameterizedTest
  @MethodSource("invalidBodies")
  void valuesBeyondTheirBoundsAreNot(XmlElement body) {
    assertThat(fault(variant(body), body)).isPresent();
  }

  private static XmlElement topUp(String utrn) {
    return XmlElement.of("TopUpDevice", XmlElement.leaf("UTRN", utrn));
  }

  private static XmlElement message(String text) {
    return XmlElement.of("DisplayMessage", XmlElement.leaf("SupplierMessage", text));
  }

  private static XmlElement randomisedOffset(String seconds) {
    return XmlElement.of(
        "SetRandomisedOffsetLimit", XmlElement.leaf("RandomisedOffsetLimit", seconds));
  }

  private static XmlElement firmwareHash(String hash) {
    return XmlElement.of("ActivateFirmware", XmlElement.leaf("FirmwareHash", hash));
  }

  private static XmlElement gasFlow(String rate) {
    return XmlElement.of(
        "UpdateDeviceConfigurationGasFlow",
        XmlElement.leaf("UncontrolledGasFlowRateDecimal", rate),
        XmlElement.leaf("SupplyDepletionState", "Locked"),
        XmlElement.leaf("SupplyTamperState", "Unchanged"),
        XmlElement.leaf("StabilisationPeriod", "1"),
        XmlElement.leaf("MeasurementPeriod", "65535"));
  }

  private static XmlElement boost(int buttons) {
    return XmlElement.of(
        "AddAuxiliaryLoadToBoostButton",
        Stream.iterate(1, i -> i + 1)
            .limit(buttons)
            .map(i ->
                XmlElement.builder(DuisNames.DUIS, "AddToBoostButton")
                    .attribute("index", Integer.toString(Math.min(i, 5)))
                    .text("true")
                    .build())
            .toList());
  }

  private static Optional<Refusal> requestIdFault(String counter) {
    String document =
        TestDocuments.text(TestDocuments.readRegisters().write().octets())
            .replace(":1000<", ":" + counter + "<");
    return refusal(READER.readRequest(TestDocuments.octets(document)));
  }

  /** The request element without content; two of them are nothing without their attribute. */
  private static XmlElement.Builder bare(ServiceRequestEntry entry) {
    XmlElement.Builder element = XmlElement.builder(DuisNames.DUIS, entry.requestElement());
    return Set.of("7.13", "7.16").contains(entry.variant().value())
        ? element.attribute("auxiliaryControllerN", "1")
        : element;
  }

  /** An unexpected element, or any element where there must be none. */
  private static boolean isAboutTheDate(Refusal refusal) {
    boolean unexpected =
        refusal.message().contains("starting with element")
            && refusal.message().contains("'ExecutionDateTime'");
    return unexpected || refusal.rule().equals("cvc-complex-type.2.1");
  }

  private static ServiceRequestEntry entry(String variant) {
    return ServiceRequestCatalogue.current()
        .find(new ServiceReferenceVariant(variant))
        .orElseThrow();
  }

  private static String variant(XmlElement body) {
    return ServiceRequestCatalogue.current()
        .findByRequestElement(body.localName())
        .orElseThrow()
        .variant()
        .value();
  }

  private static Optional<Refusal> fault(String variant, XmlElement body) {
    return fault(entry(variant), body);
  }

  private static Optional<Refusal> fault(ServiceRequestEntry entry, XmlElement body) {
    RequestDraft draft =
        RequestDraft.single(
            REQUEST_ID, entry.commandVariants().iterator().next(), entry.variant(), body);
    return refusal(READER.readRequest(draft.write().octets()));
  }

  private static Optional<Refusal> responseFault(Response response) {
    Reading<ReceivedResponse> reading =
        READER.readResponse(ResponseWriter.write(response).octets());
    return refusal(reading);
  }

  private static Optional<Refusal> refusal(Reading<?> reading) {
    return switch (reading) {
      case Valid<?> _ -> Optional.empty();
      case Refused<?> refused -> Optional.of(refused.refusal());
    };
  }
}
