// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.correlate.Outcome;
import org.meterbox.correlate.ParseResult;
import org.meterbox.correlate.Verdict;
import org.meterbox.correlate.content.DlmsAnswers;
import org.meterbox.correlate.content.UnexpectedContentException;
import org.meterbox.correlate.keys.PartyKeys;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.dlms.AccessResponse;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.ServiceReferenceVariant;

/** Turns device messages into MMC documents. Safe for use by many threads. */
public final class MessageParser {
  private static final int OCTETS_AROUND_CONTENT = 1_024;
  private static final int TEXT_PER_OCTET = 8;

  private final PartyKeys keys;
  private final Secrets secrets;
  private final OriginCheck origin;

  /**
   * A parser with these keys.
   *
   * @param maxDevices of how many devices the shared secrets are kept at most
   */
  public MessageParser(PartyKeys keys, int maxDevices) {
    this.keys = keys;
    this.secrets = new Secrets(keys, maxDevices);
    this.origin = new OriginCheck(keys, secrets);
  }

  /**
   * Reads, checks and renders one message.
   *
   * @param service the Service Request that the message answers, where the caller knows it
   * @throws DecodeException where the octets are no GBCS message
   */
  public ParseResult parse(Octets octets, Optional<ServiceReferenceVariant> service)
      throws DecodeException {
    GbcsMessage message = GbcsMessage.decode(octets);
    GroupingHeader header = message.header();
    Verdict mac = origin.mac(message);
    Verdict signature = origin.signature(message.content());
    if (mac.refutes() || signature.refutes()) {
      return new ParseResult.Refuted(header, mac, signature, new Verdict.Absent());
    }
    Body body = body(message, service);
    if (body.sensitive().refutes()) {
      return new ParseResult.Refuted(header, mac, signature, body.sensitive());
    }
    return new ParseResult.Parsed(
        header,
        mac,
        signature,
        body.sensitive(),
        body.document(),
        body.service(),
        body.outcome(),
        body.remark());
  }

  private record Body(
      Octets document,
      Verdict sensitive,
      Optional<ServiceReferenceVariant> service,
      Outcome outcome,
      Optional<String> remark) {}

  private Body body(GbcsMessage message, Optional<ServiceReferenceVariant> service)
      throws DecodeException {
    Octets payload = message.content().payload();
    boolean dlmsAnswer =
        message.header().craFlag() == CraFlag.RESPONSE
            && !payload.isEmpty()
            && payload.at(0) == AccessResponse.TAG;
    try {
      return dlmsAnswer
          ? dlmsAnswer(message, service)
          : asOctets(message, service, "no rendering for this kind of payload");
    } catch (UnexpectedContentException e) {
      return asOctets(message, service, e.reason());
    }
  }

  private Body dlmsAnswer(GbcsMessage message, Optional<ServiceReferenceVariant> asked)
      throws DecodeException, UnexpectedContentException {
    GroupingHeader header = message.header();
    UseCase useCase =
        UseCases.all()
            .find(header.messageCode())
            .orElseThrow(() -> new UnexpectedContentException("the use case is not known"));
    UseCase.Service service = service(useCase, asked);
    SensitiveReader sensitive = new SensitiveReader(keys, secrets, header);
    List<Octets> closed = new ArrayList<>(1);
    DlmsAnswers answers = DlmsResponses.read(message.content().payload(), sensitive, closed);
    MmcWriter out = writer(message);
    HeaderRendering.render(header, Optional.of(service.variant()), out);
    out.open("Body").open("ResponseMessage");
    GbcsData.encrypted(closed, useCase.name(), "dlms", out);
    out.open("SMETSData").open(service.element());
    out.attribute("MessageSuccess", Boolean.toString(answers.outcome() == Outcome.SUCCESS));
    DlmsResponses.of(useCase).render(answers, out);
    out.close().close();
    if (answers.outcome() != Outcome.SUCCESS) {
      CosemDebug.render(answers.response(), out);
    }
    out.close().close().close();
    return new Body(
        out.toOctets(),
        sensitive.verdict(),
        Optional.of(service.variant()),
        answers.outcome(),
        Optional.empty());
  }

  /**
   * The service that the caller names if the use case can answer it, else the only possible one.
   */
  private static UseCase.Service service(UseCase useCase, Optional<ServiceReferenceVariant> asked)
      throws UnexpectedContentException {
    for (UseCase.Service service : useCase.services()) {
      boolean named = asked.isPresent() && service.variant().equals(asked.get());
      if (service.hasElement() && (named || (asked.isEmpty() && useCase.services().size() == 1))) {
        return service;
      }
    }
    throw new UnexpectedContentException("no MMC element belongs to the use case and service");
  }

  private static Body asOctets(
      GbcsMessage message, Optional<ServiceReferenceVariant> service, String remark) {
    MmcWriter out = writer(message);
    HeaderRendering.render(message.header(), service, out);
    out.open("Body").open("ResponseMessage");
    GbcsData.whole(message, out);
    out.close().close().close();
    return new Body(
        out.toOctets(), new Verdict.Absent(), service, Outcome.NOT_AN_ANSWER, Optional.of(remark));
  }

  private static MmcWriter writer(GbcsMessage message) {
    int expected = OCTETS_AROUND_CONTENT + TEXT_PER_OCTET * message.content().payload().length();
    return new MmcWriter(expected).document("GBCSResponse");
  }
}
