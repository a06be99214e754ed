// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.response;

import java.util.Optional;
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
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.catalogue.DccAlertCode;
import org.meterbox.kernel.catalogue.ResponseCode;

/** Reads the parts of a Response element; the counterpart of {@link ResponseWriter}. */
public final class ResponseReader {
  private static final int ALERT_CODE_OCTETS = 2;

  private ResponseReader() {}

  /**
   * What a Response element says.
   *
   * @throws ElementException where a part is missing or has no meaning here
   */
  public static Response read(XmlElement root) throws ElementException {
    XmlElement header = root.child("Header");
    XmlElement code = header.child("ResponseCode");
    return new Response(
        identifier(header, "RequestID"),
        identifier(header, "ResponseID"),
        ResponseCode.find(code.token()).orElseThrow(() -> code.fault("is not a response code")),
        header.dateTime("ResponseDateTime"),
        body(root.child("Body").onlyChild()));
  }

  private static Optional<MessageId> identifier(XmlElement header, String name)
      throws ElementException {
    return header.has(name) ? Optional.of(header.messageId(name)) : Optional.empty();
  }

  private static ResponseBody body(XmlElement body) throws ElementException {
    return switch (body.localName()) {
      case "ResponseMessage" -> responseMessage(body);
      case "DeviceAlertMessage" ->
          new DeviceAlert(
              alertCode(body.child("AlertCode")), throttling(body), body.base64("GBCSPayload"));
      case "DCCAlertMessage" -> {
        XmlElement code = body.child("DCCAlertCode");
        yield new DccAlert(
            DccAlertCode.find(code.token())
                .orElseThrow(() -> code.fault("is not a DCC Alert code")),
            throttling(body),
            body.child("DCCAlert").onlyChild());
      }
      case "SMETS1ResponseMessage" -> new Smets1Response(body);
      default -> throw body.fault("is no body of a response");
    };
  }

  private static ResponseMessage responseMessage(XmlElement message) throws ElementException {
    XmlElement variant = message.child("ServiceReferenceVariant");
    return new ResponseMessage(
        message.child("ServiceReference").token(), serviceReferenceVariant(variant), data(message));
  }

  private static ServiceReferenceVariant serviceReferenceVariant(XmlElement element)
      throws ElementException {
    try {
      return new ServiceReferenceVariant(element.token());
    } catch (IllegalArgumentException e) {
      throw element.fault("is not a service reference variant");
    }
  }

  private static ResponseData data(XmlElement message) throws ElementException {
    XmlElement last = message.children().getLast();
    return switch (last.localName()) {
      case "ServiceReferenceVariant" -> new Nothing();
      case "GBCSPayload" -> new DeviceResponse(last.base64());
      case "PreCommand" -> new PreCommand(last.text("GBCSVersion"), payload(last));
      case "LocalCommand" -> new LocalCommand(payload(last));
      case "FutureDatedDeviceAlertMessage" ->
          new FutureDatedDeviceAlert(
              alertCode(last.child("FutureDatedAlertCode")),
              payload(last),
              (int) last.integer("InstructionNumber"),
              (int) last.integer("TotalCommandInstructions"));
      case "DSPScheduledMessage" ->
          new ScheduledResponse(payload(last), last.integer("DSPScheduleID"));
      case "DSPScheduleID" -> new ScheduleCreated(last.integer());
      case "CINMessage" ->
          new CustomerIdentification(payload(last), last.text("CustomerIdentificationNumber"));
      default -> new DspResult(last);
    };
  }

  private static Throttling throttling(XmlElement alert) throws ElementException {
    return new Throttling(
        number(alert, "ThrottledAlertSequenceId"), number(alert, "ThrottledAlertCount"));
  }

  private static Optional<Long> number(XmlElement parent, String name) throws ElementException {
    return parent.has(name) ? Optional.of(parent.integer(name)) : Optional.empty();
  }

  private static Octets payload(XmlElement parent) throws ElementException {
    return parent.base64("GBCSPayload");
  }

  private static int alertCode(XmlElement element) throws ElementException {
    Octets code = element.hex();
    if (code.length() != ALERT_CODE_OCTETS) {
      throw element.fault("is not an alert code of two octets");
    }
    return code.at(0) << 8 | code.at(1);
  }
}
