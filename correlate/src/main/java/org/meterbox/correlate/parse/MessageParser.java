// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.parse;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.meterbox.correlate.ParseResult;
import org.meterbox.correlate.Verdict;
import org.meterbox.correlate.keys.PartyKeys;
import org.meterbox.gbcs.alert.AlertPayload;
import org.meterbox.gbcs.alert.FutureDatedOutcome;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.transfer.RecordedTransfer;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.ServiceReferenceVariant;

/** Turns device messages into MMC documents. Safe for use by many threads. */
public final class MessageParser {
  /** Message codes of alerts with the outcome of future dated commands (GBCS 9.2.2). */
  private static final Set<Integer> OUTCOMES = Set.of(0x00CA, 0x00CB, 0x00CC, 0x00CD, 0x0124);

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
   * @param octets a message, or all blocks of its transfer one behind the other
   * @param service the Service Request that the message answers, where the caller knows it
   * @throws DecodeException where the octets are no GBCS message; where only its content is
   *     malformed and its device vouches for it, a document carries it as it came. Offsets count
   *     from the start of the message, in a decrypted part from the start of its plain text
   */
  public ParseResult parse(Octets octets, Optional<ServiceReferenceVariant> service)
      throws DecodeException {
    GbcsMessage message = GbcsMessage.decode(RecordedTransfer.messageIn(octets));
    GroupingHeader header = message.header();
    Verdict mac = origin.mac(message);
    Verdict signature = origin.signature(message.content());
    if (mac.refutes() || signature.refutes()) {
      return new ParseResult.Refuted(header, mac, signature, new Verdict.Absent());
    }
    boolean proven = mac instanceof Verdict.Valid || signature instanceof Verdict.Valid;
    Rendered rendered = rendered(message, service, proven);
    // Where a device vouches for the whole, a part that does not open is for another key.
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
        rendered.remark(),
        futureDated(message));
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

  private Rendered rendered(
      GbcsMessage message, Optional<ServiceReferenceVariant> service, boolean proven)
      throws DecodeException {
    SensitiveReader sensitive = new SensitiveReader(keys, secrets, message.header());
    CraFlag kind = message.header().craFlag();
    try {
      return switch (kind) {
        case RESPONSE -> ResponseDocuments.render(message, service, sensitive);
        case ALERT -> AlertDocuments.render(message, sensitive);
        case COMMAND -> Documents.asOctets(message, "MMC has no words for commands");
      };
    } catch (DecodeException malformed) {
      if (!proven) {
        throw malformed;
      }
      String remark = "the content is malformed: " + malformed.getMessage();
      return kind == CraFlag.ALERT
          ? AlertDocuments.asOctets(message, sensitive, remark)
          : Documents.asOctets(message, remark);
    }
  }

  /** The outcome of one part of a command that waited for its time. */
  private static Optional<FutureDatedOutcome> futureDated(GbcsMessage message) {
    if (message.header().craFlag() != CraFlag.ALERT
        || !OUTCOMES.contains(message.header().messageCode().value())) {
      return Optional.empty();
    }
    try {
      return AlertPayload.decode(message.content().payload(), message.header().messageCode())
          .futureDatedOutcome();
    } catch (DecodeException malformed) {
      return Optional.empty();
    }
  }
}
