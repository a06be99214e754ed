// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.answers;

import java.time.Instant;
import java.util.Optional;
import org.meterbox.dsp.broker.BrokerKeys;
import org.meterbox.dsp.broker.ReservedCounter;
import org.meterbox.dsp.delivery.Notice;
import org.meterbox.dsp.requests.FailureReason;
import org.meterbox.dsp.requests.RequestInFlight;
import org.meterbox.duis.response.Response;
import org.meterbox.duis.response.ResponseBody.DccAlert;
import org.meterbox.duis.response.ResponseBody.DeviceAlert;
import org.meterbox.duis.response.ResponseData;
import org.meterbox.duis.response.ResponseWriter;
import org.meterbox.duis.response.Throttling;
import org.meterbox.duis.signature.IssuerSerial;
import org.meterbox.duis.signature.XmlSigner;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.catalogue.ResponseCode;

/**
 * Writes and signs what the DSP says to users, without white space between elements, since the
 * users' tools remove it before they verify. Safe for use by many threads.
 */
public final class AnswerWriter {
  private final XmlSigner signer;
  private final Eui64 dsp;
  private final ReservedCounter alertCounter;

  /**
   * A writer that signs with the DSP's key.
   *
   * @param alertCounter numbers the DCC Alerts
   */
  public AnswerWriter(BrokerKeys keys, ReservedCounter alertCounter) {
    this.signer =
        new XmlSigner(keys.documentSigning(), IssuerSerial.of(keys.documentSigningCertificate()));
    this.dsp = keys.id();
    this.alertCounter = alertCounter;
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

  /** What is pushed to a user when a device has answered, or when a local command is ready. */
  public Notice response(
      MessageId request, ServiceReferenceVariant service, Instant now, ResponseData data) {
    Response response = Response.fromDevice(request, service, ResponseCode.I0, now, data);
    return new Notice(request.originator(), Notice.Kind.RESPONSE, now, signed(response));
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
    return new Notice(recipient, Notice.Kind.DEVICE_ALERT, now, signed(response));
  }

  /** The DCC Alert that a request has come to nothing (CommandFailure). */
  public Notice commandFailure(RequestInFlight request, FailureReason reason, Instant now) {
    MessageId id = request.key().id();
    Eui64 user = id.originator();
    XmlElement failure =
        XmlElement.of(
            "CommandFailure",
            XmlElement.leaf("CommandRequestID", id.toString()),
            XmlElement.leaf("DeviceID", id.target().dashed()));
    Response response =
        new Response(
            Optional.of(id),
            Optional.of(new MessageId(dsp, user, alertCounter.next())),
            reason.code(),
            now,
            new DccAlert(reason.alert(), Throttling.NONE, failure));
    return new Notice(user, Notice.Kind.DCC_ALERT, now, signed(response));
  }

  private Octets signed(Response response) {
    return signer.sign(ResponseWriter.write(response));
  }
}
