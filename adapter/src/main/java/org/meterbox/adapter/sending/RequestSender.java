// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.sending;

import java.io.IOException;
import org.meterbox.adapter.identity.UserIdentity;
import org.meterbox.adapter.sending.GatewayConnection.HttpAnswer;
import org.meterbox.crypto.VerificationException;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.Reading;
import org.meterbox.duis.Reading.Refused;
import org.meterbox.duis.Reading.Valid;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.duis.response.ReceivedResponse;
import org.meterbox.duis.signature.IssuerSerial;
import org.meterbox.duis.signature.XmlSigner;
import org.meterbox.duis.signature.XmlVerifier;
import org.meterbox.duis.xml.CanonicalXml;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;

/** Signs a user's Service Requests, posts them, and verifies the DSP's signature on the answers. */
public final class RequestSender {
  private final DuisReader reader = new DuisReader();
  private final GatewayConnection gateway;
  private final XmlSigner signer;
  private final XmlVerifier verifier;
  private final Eui64 dsp;

  /**
   * Sends in the name of one user.
   *
   * @param verifier knows the DSP's certificates
   * @param dsp the identifier that the DSP signs under
   */
  public RequestSender(
      GatewayConnection gateway, UserIdentity user, XmlVerifier verifier, Eui64 dsp) {
    this.gateway = gateway;
    this.signer =
        new XmlSigner(user.xmlSigning().key(), IssuerSerial.of(user.xmlSigning().certificate()));
    this.verifier = verifier;
    this.dsp = dsp;
  }

  /** The document with the user's signature. */
  public Octets sign(CanonicalXml document) {
    return signer.sign(document);
  }

  /** Signs and posts a request to the web service that its command variant belongs to. */
  public Answer send(RequestDraft draft) throws IOException, InterruptedException {
    return post(WebService.of(draft.commandVariant()), sign(draft.write()));
  }

  /** Signs and posts a document to the web service that its command variant belongs to. */
  public Answer send(CommandVariant variant, CanonicalXml document)
      throws IOException, InterruptedException {
    return post(WebService.of(variant), sign(document));
  }

  /** Posts a document as it stands. */
  public Answer post(WebService service, Octets signed) throws IOException, InterruptedException {
    HttpAnswer answer = gateway.post(service, signed);
    if (answer.status() != 200) {
      return new Answer.Rejected(
          answer.status(), "the gateway refused the document", answer.body());
    }
    Reading<ReceivedResponse> reading = reader.readResponse(answer.body());
    return switch (reading) {
      case Valid<ReceivedResponse>(ReceivedResponse received) -> verified(received, answer);
      case Refused<ReceivedResponse> refused ->
          new Answer.Rejected(
              answer.status(),
              "the answer is no DUIS response: " + refused.refusal(),
              answer.body());
    };
  }

  private Answer verified(ReceivedResponse received, HttpAnswer answer) {
    try {
      verifier.verify(received.signature(), dsp, XmlVerifier.DSP_ROLES);
      return new Answer.Verified(received.response(), received.asReceived());
    } catch (VerificationException notTheDsp) {
      return new Answer.Rejected(
          answer.status(), "not signed by the DSP: " + notTheDsp.getMessage(), answer.body());
    }
  }
}
