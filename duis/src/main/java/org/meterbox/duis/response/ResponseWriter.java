// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.response;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.meterbox.duis.response.ResponseBody.DccAlert;
import org.meterbox.duis.response.ResponseBody.DeviceAlert;
import org.meterbox.duis.response.ResponseBody.ResponseMessage;
import org.meterbox.duis.response.ResponseBody.Smets1Response;
import org.meterbox.duis.response.ResponseData.CustomerIdentification;
import org.meterbox.duis.response.ResponseData.DeviceResponse;
import org.meterbox.duis.response.ResponseData.DspResult;
import org.meterbox.duis.response.ResponseData.FutureDatedDeviceAlert;
import org.meterbox.duis.response.ResponseData.LocalCommand;
import org.meterbox.duis.response.ResponseData.Nothing;
import org.meterbox.duis.response.ResponseData.PreCommand;
import org.meterbox.duis.response.ResponseData.ScheduleCreated;
import org.meterbox.duis.response.ResponseData.ScheduledResponse;
import org.meterbox.duis.xml.CanonicalXml;
import org.meterbox.duis.xml.DuisNames;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.duis.xml.XmlValues;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;

/** Writes responses as canonical documents, ready to be signed. */
public final class ResponseWriter {
  private ResponseWriter() {}

  /** The document. */
  public static CanonicalXml write(Response response) {
    return CanonicalXml.of(
        XmlElement.builder(DuisNames.DUIS, "Response")
            .attribute("schemaVersion", DuisNames.SCHEMA_VERSION)
            .child(header(response))
            .child(XmlElement.of("Body", body(response.body())))
            .build());
  }

  private static XmlElement header(Response response) {
    return XmlElement.builder(DuisNames.DUIS, "Header")
        .child(identifier("RequestID", response.requestId()))
        .child(identifier("ResponseID", response.responseId()))
        .leaf("ResponseCode", response.code().code())
        .leaf("ResponseDateTime", XmlValues.dateTime(response.dateTime()))
        .build();
  }

  private static Optional<XmlElement> identifier(String name, Optional<MessageId> id) {
    return id.map(value -> XmlElement.leaf(name, value.toString()));
  }

  private static XmlElement body(ResponseBody body) {
    return switch (body) {
      case ResponseMessage message -> responseMessage(message);
      case DeviceAlert alert ->
          XmlElement.builder(DuisNames.DUIS, "DeviceAlertMessage")
              .leaf("AlertCode", alertCode(alert.alertCode()))
              .children(throttling(alert.throttling()))
              .child(payload(alert.gbcsPayload()))
              .build();
      case DccAlert alert ->
          XmlElement.builder(DuisNames.DUIS, "DCCAlertMessage")
              .leaf("DCCAlertCode", alert.code().code())
              .children(throttling(alert.throttling()))
              .child(XmlElement.of("DCCAlert", alert.alert()))
              .build();
      case Smets1Response smets1 -> smets1.element();
    };
  }

  private static XmlElement responseMessage(ResponseMessage message) {
    return XmlElement.builder(DuisNames.DUIS, "ResponseMessage")
        .leaf("ServiceReference", message.serviceReference())
        .leaf("ServiceReferenceVariant", message.serviceReferenceVariant().value())
        .child(data(message.data()))
        .build();
  }

  private static Optional<XmlElement> data(ResponseData data) {
    return switch (data) {
      case Nothing _ -> Optional.empty();
      case DeviceResponse response -> Optional.of(payload(response.gbcsPayload()));
      case PreCommand preCommand ->
          Optional.of(
              XmlElement.of(
                  "PreCommand",
                  XmlElement.leaf("GBCSVersion", preCommand.gbcsVersion()),
                  payload(preCommand.gbcsPayload())));
      case LocalCommand local ->
          Optional.of(XmlElement.of("LocalCommand", payload(local.gbcsPayload())));
      case FutureDatedDeviceAlert alert ->
          Optional.of(
              XmlElement.of(
                  "FutureDatedDeviceAlertMessage",
                  XmlElement.leaf("FutureDatedAlertCode", alertCode(alert.alertCode())),
                  payload(alert.gbcsPayload()),
                  number("InstructionNumber", alert.instructionNumber()),
                  number("TotalCommandInstructions", alert.totalInstructions())));
      case ScheduledResponse scheduled ->
          Optional.of(
              XmlElement.of(
                  "DSPScheduledMessage",
                  payload(scheduled.gbcsPayload()),
                  number("DSPScheduleID", scheduled.scheduleId())));
      case ScheduleCreated created -> Optional.of(number("DSPScheduleID", created.scheduleId()));
      case CustomerIdentification identification ->
          Optional.of(
              XmlElement.of(
                  "CINMessage",
                  payload(identification.gbcsPayload()),
                  XmlElement.leaf(
                      "CustomerIdentificationNumber",
                      identification.customerIdentificationNumber())));
      case DspResult result -> Optional.of(result.element());
    };
  }

  private static List<XmlElement> throttling(Throttling throttling) {
    return Stream.of(
            throttling.sequenceId().map(id -> number("ThrottledAlertSequenceId", id)),
            throttling.count().map(count -> number("ThrottledAlertCount", count)))
        .flatMap(Optional::stream)
        .toList();
  }

  private static XmlElement payload(Octets gbcs) {
    return XmlElement.leaf("GBCSPayload", XmlValues.base64(gbcs));
  }

  private static XmlElement number(String name, long value) {
    return XmlElement.leaf(name, Long.toString(value));
  }

  private static String alertCode(int code) {
    return HexFormat.of().toHexDigits((short) code).toUpperCase(Locale.ROOT);
  }
}
