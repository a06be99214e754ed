// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.decode;

import java.util.Optional;
import org.meterbox.gbcs.catalogue.UseCase;
import org.meterbox.gbcs.catalogue.UseCaseCatalogue;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;

/**
 * A message with its payload in values.
 *
 * @param message the envelope, with the octets as received: what MAC and signature are verified on
 * @param payload the payload in the language of its use case
 */
public record DecodedMessage(GbcsMessage message, Payload payload) {
  /**
   * Reads a whole message.
   *
   * @throws DecodeException where an octet is missing, left over or not as prescribed; offsets
   *     count from the start of the message
   */
  public static DecodedMessage decode(Octets octets) throws DecodeException {
    GbcsMessage message = GbcsMessage.decode(octets);
    try {
      return new DecodedMessage(
          message, Payload.decode(message.header(), message.content().payload()));
    } catch (DecodeException inPayload) {
      throw message.inPayload(inPayload);
    }
  }

  /** What the message is to those who send and receive it. */
  public MessageKind kind() {
    return MessageKind.of(message);
  }

  /** Parties, counter and message code. */
  public GroupingHeader header() {
    return message.header();
  }

  /** The use case; empty where the message code is not in the catalogue. */
  public Optional<UseCase> useCase() {
    return UseCaseCatalogue.standard().find(header().messageCode());
  }

  /**
   * The message written again from its values: header, payload, signature and MAC, none of them
   * copied from the received octets as a whole.
   */
  public Octets encode() {
    GroupedContent rebuilt = rebuiltContent();
    return switch (message) {
      case GbcsMessage.PreCommand ignored -> new GbcsMessage.PreCommand(rebuilt).encode();
      case GbcsMessage.SignedPreCommand ignored ->
          new GbcsMessage.SignedPreCommand(rebuilt).encode();
      case GbcsMessage.UnsecuredCommand ignored ->
          new GbcsMessage.UnsecuredCommand(rebuilt).encode();
      case GbcsMessage.DirectCommand ignored -> new GbcsMessage.DirectCommand(rebuilt).encode();
      case GbcsMessage.Command command -> new GbcsMessage.Command(rebuilt, command.mac()).encode();
      case GbcsMessage.Response response ->
          new GbcsMessage.Response(rebuilt, response.mac()).encode();
      case GbcsMessage.Alert alert -> new GbcsMessage.Alert(rebuilt, alert.mac()).encode();
    };
  }

  private GroupedContent rebuiltContent() {
    Octets octets = payload.encode();
    GroupedContent received = message.content();
    return switch (received.signatureForm()) {
      case ABSENT -> GroupedContent.unsigned(header(), octets);
      case EMPTY -> GroupedContent.withEmptySignature(header(), octets);
      case SIGNED ->
          GroupedContent.unsigned(header(), octets).signedBy(received.signature().orElseThrow());
    };
  }
}
