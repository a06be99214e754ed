// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.answers;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.meterbox.dsp.anomaly.Breach;
import org.meterbox.dsp.broker.BrokerKeys;
import org.meterbox.dsp.broker.ReservedCounter;
import org.meterbox.dsp.delivery.Notice;
import org.meterbox.dsp.requests.CancellationReason;
import org.meterbox.dsp.requests.FailureReason;
import org.meterbox.dsp.requests.FailureReason.FailureReport;
import org.meterbox.dsp.requests.RequestState;
import org.meterbox.dsp.requests.StoredRequest;
import org.meterbox.dsp.schedules.Schedule;
import org.meterbox.duis.response.Response;
import org.meterbox.duis.response.ResponseBody.DccAlert;
import org.meterbox.duis.response.ResponseBody.DeviceAlert;
import org.meterbox.duis.response.ResponseBody.ResponseMessage;
import org.meterbox.duis.response.ResponseData;
import org.meterbox.duis.response.ResponseData.FutureDatedDeviceAlert;
import org.meterbox.duis.response.ResponseWriter;
import org.meterbox.duis.response.Throttling;
import org.meterbox.duis.signature.IssuerSerial;
import org.meterbox.duis.signature.XmlSigner;
import org.meterbox.duis.xml.DuisNames;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.catalogue.DccAlertCode;
import org.meterbox.kernel.catalogue.ResponseCode;

/**
 * Writes and signs what the DSP says to users, without white space between elements, since the
 * users' tools remove it before they verify. Safe for use by many threads.
 */
public final class AnswerWriter {
  private final XmlSigner signer;
  private final Eui64 dsp;
  private final ReservedCounter counter;

  /**
   * A writer that signs with the DSP's key.
   *
   * @param counter numbers what the DSP itself originates
   */
  public AnswerWriter(BrokerKeys keys, ReservedCounter counter) {
    this.signer =
        new XmlSigner(keys.documentSigning(), IssuerSerial.of(keys.documentSigningCertificate()));
    this.dsp = keys.id();
    this.counter = counter;
  }

  /** The answer to a request while its sender waits. */
  public Octets synchronous(
      MessageId request,
      ServiceReferenceVariant service,
      ResponseCode code,
      Instant now,
      ResponseData data) {
    return signed(Response.synchronous(request, service, code, now, data));
  }

  /**
   * What a device has answered to a request, or to a run of a DSP schedule.
   *
   * @param customerNumber what the DSP drew for the command, where the service draws one (9.1)
   */
  public Notice response(
      StoredRequest request, Octets gbcs, Optional<String> customerNumber, Instant now) {
    ResponseData data = responseData(request, gbcs, customerNumber);
    MessageId id = request.key().id();
    return notice(
        Notice.Kind.RESPONSE,
        now,
        Response.fromDevice(id, request.service(), ResponseCode.I0, now, data),
        id.originator());
  }

  private static ResponseData responseData(
      StoredRequest request, Octets gbcs, Optional<String> customerNumber) {
    if (request.scheduleId().isPresent()) {
      return new ResponseData.ScheduledResponse(gbcs, request.scheduleId().get());
    }
    return customerNumber.isPresent()
        ? new ResponseData.CustomerIdentification(gbcs, customerNumber.get())
        : new ResponseData.DeviceResponse(gbcs);
  }

  /**
   * A command for local delivery that the SM WAN gets too (command variants 3 and 7). The DSP is
   * its originator, with a counter of its own: under the device's identifier the user would take it
   * for the device's response, or that for a repeat of it.
   */
  public Notice localCommand(
      MessageId request, ServiceReferenceVariant service, Octets command, Instant now) {
    Eui64 user = request.originator();
    Response response =
        new Response(
            Optional.of(request),
            Optional.of(new MessageId(dsp, user, counter.next())),
            ResponseCode.I0,
            now,
            ResponseMessage.of(service, new ResponseData.LocalCommand(command)));
    return notice(Notice.Kind.RESPONSE, now, response, user);
  }

  /**
   * What a device reports about one instruction of a future dated command.
   *
   * @param alert the identity in the alert's header, whose counter tells several of them apart
   */
  public Notice futureDatedAlert(
      StoredRequest request, MessageId alert, FutureDatedDeviceAlert data, Instant now) {
    Eui64 user = request.key().id().originator();
    Response response =
        new Response(
            Optional.of(request.key().id()),
            Optional.of(new MessageId(alert.originator(), user, alert.counter())),
            ResponseCode.I0,
            now,
            ResponseMessage.of(request.service(), data));
    return notice(Notice.Kind.RESPONSE, now, response, user);
  }

  /** A device's alert for one of its recipients. */
  public Notice deviceAlert(
      Eui64 recipient, MessageId alert, int alertCode, Octets message, Instant now) {
    Response response =
        new Response(
            Optional.empty(),
            Optional.of(new MessageId(alert.originator(), recipient, alert.counter())),
            ResponseCode.I0,
            now,
            new DeviceAlert(alertCode, Throttling.NONE, message));
    return notice(Notice.Kind.DEVICE_ALERT, now, response, recipient);
  }

  /** What a request's sender is told when the request has come to this state. */
  public List<Notice> about(StoredRequest request, RequestState state, Instant now) {
    Optional<FailureReport> report =
        switch (state) {
          case RequestState.Failed(FailureReason reason) -> reason.report();
          case RequestState.Expired(FailureReason reason) -> reason.report();
          case RequestState.Cancelled(CancellationReason reason) -> reason.report();
          case RequestState.Open _, RequestState.Answered _, RequestState.Refused _ ->
              Optional.empty();
        };
    return report.map(told -> commandFailure(request, told, now)).stream().toList();
  }

  /** The DCC Alert that a request has come to nothing (CommandFailure). */
  public Notice commandFailure(StoredRequest request, FailureReport report, Instant now) {
    MessageId id = request.key().id();
    XmlElement failure =
        XmlElement.builder(DuisNames.DUIS, "CommandFailure")
            .leaf("CommandRequestID", id.toString())
            .child(
                request
                    .scheduleId()
                    .map(number -> XmlElement.leaf("DSPScheduleID", Long.toString(number))))
            .leaf("DeviceID", id.target().dashed())
            .build();
    return dccAlert(id.originator(), Optional.of(id), report.code(), report.alert(), failure, now);
  }

  /** The DCC Alert that the DSP has ended a schedule (DSPScheduleRemoval). */
  public Notice scheduleRemoval(Schedule schedule, DccAlertCode alert, Instant now) {
    XmlElement removal =
        XmlElement.of(
            "DSPScheduleRemoval",
            XmlElement.leaf("DeviceID", schedule.device().dashed()),
            XmlElement.leaf("DSPScheduleID", Long.toString(schedule.id())));
    return dccAlert(schedule.owner(), Optional.empty(), ResponseCode.I0, alert, removal, now);
  }

  /** The DCC Alert that anomaly detection has stopped a request (QuarantinedRequest). */
  public Notice quarantined(MessageId request, Breach.Cause cause, long event, Instant now) {
    XmlElement breach =
        XmlElement.of(
            "QuarantinedRequest",
            XmlElement.of(
                cause.element(),
                XmlElement.leaf("RequestID", request.toString()),
                XmlElement.leaf("QuarantineEventRef", Long.toString(event))));
    return dccAlert(
        request.originator(), Optional.of(request), ResponseCode.I0, cause.alert(), breach, now);
  }

  /**
   * A DCC Alert.
   *
   * @param request the request that it is about, where it is about one
   * @param alert the one element within DCCAlert
   */
  public Notice dccAlert(
      Eui64 recipient,
      Optional<MessageId> request,
      ResponseCode responseCode,
      DccAlertCode code,
      XmlElement alert,
      Instant now) {
    Response response =
        new Response(
            request,
            Optional.of(new MessageId(dsp, recipient, counter.next())),
            responseCode,
            now,
            new DccAlert(code, Throttling.NONE, alert));
    return notice(Notice.Kind.DCC_ALERT, now, response, recipient);
  }

  private Notice notice(Notice.Kind kind, Instant now, Response response, Eui64 recipient) {
    return new Notice(recipient, kind, now, signed(response));
  }

  private Octets signed(Response response) {
    return signer.sign(ResponseWriter.write(response));
  }
}
