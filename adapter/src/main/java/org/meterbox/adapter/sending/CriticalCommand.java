// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.sending;

import java.io.IOException;
import java.util.Base64;
import org.meterbox.correlate.Correlation;
import org.meterbox.correlate.Correlation.Match;
import org.meterbox.correlate.ParseAndCorrelate;
import org.meterbox.correlate.check.OriginalRequest;
import org.meterbox.crypto.SigningKey;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.duis.response.Response;
import org.meterbox.duis.response.ResponseBody.ResponseMessage;
import org.meterbox.duis.response.ResponseData;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;

/**
 * The way of a critical request: transformed by the DSP, compared with the request by Parse and
 * Correlate, signed by the user only if it matches, and sent under the same Request ID.
 */
public final class CriticalCommand {
  private final RequestSender sender;
  private final ParseAndCorrelate parseAndCorrelate;
  private final SigningKey digitalSignature;

  /** Signs Pre-Commands with the user's digital signing key. */
  public CriticalCommand(
      RequestSender sender, ParseAndCorrelate parseAndCorrelate, SigningKey digitalSignature) {
    this.sender = sender;
    this.parseAndCorrelate = parseAndCorrelate;
    this.digitalSignature = digitalSignature;
  }

  /** How far it came. */
  public sealed interface Outcome {
    /** The Signed Pre-Command was posted; this is the acknowledgement. */
    record Sent(Answer acknowledgement, Octets signedPreCommand) implements Outcome {}

    /** The DSP gave no Pre-Command. */
    record NotTransformed(Answer answer) implements Outcome {}

    /** The Pre-Command is not what was asked for: nothing was signed, nothing was sent. */
    record NotSigned(Correlation correlation, Octets preCommand) implements Outcome {}
  }

  /** Goes the whole way. */
  public Outcome send(RequestDraft request) throws IOException, InterruptedException {
    Answer answer = transform(request);
    if (!(answer instanceof Answer.Verified(Response response, Octets _)
        && response.body() instanceof ResponseMessage message
        && message.data() instanceof ResponseData.PreCommand(String _, Octets payload))) {
      return new Outcome.NotTransformed(answer);
    }
    Correlation correlation = correlate(request, payload);
    if (!(correlation instanceof Match)) {
      return new Outcome.NotSigned(correlation, payload);
    }
    Octets signed = sign(payload);
    return new Outcome.Sent(sendSigned(request, signed), signed);
  }

  /** Only the first step: asks the DSP for the Pre-Command (command variant 4). */
  public Answer transform(RequestDraft request) throws IOException, InterruptedException {
    return sender.send(with(request, CommandVariant.TRANSFORM, request.body()));
  }

  /** Only the second step: compares a Pre-Command with the request. */
  public Correlation correlate(RequestDraft request, Octets preCommand) {
    // As it was asked: whatever variant the draft has, it went with the one for a Pre-Command.
    RequestDraft asked = with(request, CommandVariant.TRANSFORM, request.body());
    return parseAndCorrelate.correlate(OriginalRequest.of(asked), preCommand);
  }

  /**
   * Only the third step: signs a Pre-Command that was compared before.
   *
   * @throws IllegalArgumentException where the octets are no Pre-Command
   */
  public Octets sign(Octets preCommand) {
    try {
      if (GbcsMessage.decode(preCommand) instanceof GbcsMessage.PreCommand decoded) {
        return MessageProtection.sign(decoded, digitalSignature).encode();
      }
    } catch (DecodeException malformed) {
      throw new IllegalArgumentException("not a Pre-Command", malformed);
    }
    throw new IllegalArgumentException("not a Pre-Command but another GBCS message");
  }

  /** Only the last step: posts the Signed Pre-Command (command variant 5). */
  public Answer sendSigned(RequestDraft request, Octets signedPreCommand)
      throws IOException, InterruptedException {
    return sender.send(signedRequest(request, signedPreCommand));
  }

  /** The request that carries a Signed Pre-Command, under the Request ID of the original one. */
  public RequestDraft signedRequest(RequestDraft request, Octets signedPreCommand) {
    return signedRequest(request, signedPreCommand, CommandVariant.CRITICAL_WAN);
  }

  /**
   * The request that carries a Signed Pre-Command, for delivery over the WAN, by hand or both.
   *
   * @param variant 5, 6 or 7
   */
  public RequestDraft signedRequest(
      RequestDraft request, Octets signedPreCommand, CommandVariant variant) {
    XmlElement body =
        XmlElement.of(
            "SignedPreCommand",
            XmlElement.leaf(
                "GBCSPayload", Base64.getEncoder().encodeToString(signedPreCommand.toArray())));
    return with(request, variant, body);
  }

  private static RequestDraft with(RequestDraft request, CommandVariant variant, XmlElement body) {
    return new RequestDraft(
        request.requestId(),
        variant,
        request.serviceReferenceVariant(),
        request.firstInSequence(),
        request.precedingRequestId(),
        body);
  }
}
