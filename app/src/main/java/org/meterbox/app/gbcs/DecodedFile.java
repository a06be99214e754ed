// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.gbcs;

import java.util.List;
import java.util.Optional;
import org.meterbox.gbcs.catalogue.UseCase;
import org.meterbox.gbcs.decode.DecodedMessage;
import org.meterbox.gbcs.decode.MessageVerifier;
import org.meterbox.gbcs.decode.Verification;
import org.meterbox.gbcs.dump.DumpedValue;
import org.meterbox.gbcs.dump.MessageDump;
import org.meterbox.gbcs.transfer.RecordedTransfer;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The outcome for one file. */
sealed interface DecodedFile {
  /** How to speak of the file. */
  String name();

  /** One line of JSON. */
  String toJson();

  /** A message that was read, with the verdicts on it. */
  record Read(String name, DecodedMessage message, Verification verification)
      implements DecodedFile {
    @Override
    public String toJson() {
      MessageId id = message.header().messageId();
      ObjectNode line = Json.MAPPER.createObjectNode();
      line.put("file", name);
      line.put("messageCode", message.header().messageCode().toString());
      line.put("useCase", message.useCase().map(UseCase::name).orElse("unknown"));
      line.put("kind", message.kind().text());
      line.put("originator", id.originator().dashed());
      line.put("target", id.target().dashed());
      line.put("counter", id.counter().toString());
      line.put("mac", verification.mac().text());
      line.put("signature", verification.signature().text());
      line.put("encryptedParts", verification.encryptedParts().size());
      line.put("decryptedParts", verification.decryptedParts());
      put(line.putArray("payload"), MessageDump.payload(message, Optional.of(verification)));
      return line.toString();
    }

    private static void put(ArrayNode array, List<DumpedValue> values) {
      for (DumpedValue value : values) {
        ObjectNode node = array.addObject();
        node.put("name", value.name());
        value.value().ifPresent(text -> node.put("value", text));
        if (!value.parts().isEmpty()) {
          put(node.putArray("parts"), value.parts());
        }
      }
    }
  }

  /**
   * A file without a message that can be read.
   *
   * @param reason where and why
   */
  record Unreadable(String name, String reason) implements DecodedFile {
    @Override
    public String toJson() {
      ObjectNode line = Json.MAPPER.createObjectNode();
      line.put("file", name);
      line.put("error", reason);
      return line.toString();
    }
  }

  /** Decodes and checks a message, or the one that the blocks of a transfer hold. */
  static DecodedFile of(String name, Octets octets, MessageVerifier verifier) {
    try {
      DecodedMessage message = DecodedMessage.decode(RecordedTransfer.messageIn(octets));
      return new Read(name, message, verifier.verify(message));
    } catch (DecodeException malformed) {
      return new Unreadable(name, reason(malformed));
    }
  }

  /** The exception's message, which names offset and part. */
  static String reason(Exception refused) {
    return Optional.ofNullable(refused.getMessage()).orElse("cannot be read");
  }

  /** The writer of JSON. */
  final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}
  }
}
