// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.parse;

import java.util.List;
import java.util.Optional;
import org.meterbox.correlate.ParseResult;
import org.meterbox.correlate.Verdict;
import org.meterbox.correlate.keys.PartyKeys;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.ServiceReferenceVariant;

/** Turns device messages into MMC documents. Safe for use by many threads. */
public final class MessageParser {
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
    Rendered rendered = rendered(message, service);
    boolean proven = mac instanceof Verdict.Valid || signature instanceof Verdict.Valid;
    // A device vouches for the whole; then a part that does not open is for another key, not
    // forged.
    if (rendered.sensitive().refutes() && !proven) {
      return new ParseResult.Refuted(header, mac, signature, rendered.sensitive());
    }
    return new ParseResult.Parsed(
        header,
        mac,
        signature,
        rendered.sensitive(),
        rendered.document(),
        rendered.service(),
        rendered.outcome(),
        rendered.remark());
  }

  /** The Service Requests that a response with this header may answer. */
  public List<ServiceReferenceVariant> servicesAnswered(GroupingHeader header) {
    return header.craFlag() == CraFlag.RESPONSE
        ? UseCases.all().find(header.messageCode()).stream()
            .flatMap(useCase -> useCase.services().stream())
            .map(UseCase.Service::variant)
            .toList()
        : List.of();
  }

  private Rendered rendered(GbcsMessage message, Optional<ServiceReferenceVariant> service)
      throws DecodeException {
    SensitiveReader sensitive = new SensitiveReader(keys, secrets, message.header());
    return switch (message.header().craFlag()) {
      case RESPONSE -> ResponseDocuments.render(message, service, sensitive);
      case ALERT -> AlertDocuments.render(message, sensitive);
      case COMMAND -> Documents.asOctets(message, "MMC has no words for commands");
    };
  }
}
