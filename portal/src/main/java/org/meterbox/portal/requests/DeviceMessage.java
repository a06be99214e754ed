// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.requests;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.gbcs.catalogue.UseCase;
import org.meterbox.gbcs.decode.DecodedMessage;
import org.meterbox.gbcs.dump.DumpedValue;
import org.meterbox.gbcs.dump.MessageDump;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;

/**
 * A GBCS message, decoded field by field. Encrypted parts stay so: the data systems have no key.
 *
 * @param title what people read
 * @param at when it was made or received
 * @param useCase the use case, where the catalogue knows it
 * @param fields header and payload
 * @param fault why it could not be decoded; empty where it was
 * @param octets the message as it is, in hexadecimal
 */
public record DeviceMessage(
    String title,
    Instant at,
    Optional<String> useCase,
    List<Field> fields,
    Optional<String> fault,
    String octets) {
  /** Fields of one message that are shown; the longest profiles have more. */
  public static final int FIELDS_MAX = 2_000;

  /**
   * A field of a message.
   *
   * @param depth how deep it stands, from 0
   */
  public record Field(int depth, String name, Optional<String> value) {}

  /** Copies the list. */
  public DeviceMessage {
    fields = List.copyOf(fields);
  }

  /** Decodes a message. */
  public static DeviceMessage of(String title, Instant at, Octets octets) {
    try {
      DecodedMessage message = DecodedMessage.decode(octets);
      List<Field> fields = new ArrayList<>(header(message));
      append(fields, 0, MessageDump.payload(message, Optional.empty()));
      return new DeviceMessage(
          title,
          at,
          message.useCase().map(DeviceMessage::name),
          fields,
          Optional.empty(),
          octets.hex());
    } catch (DecodeException e) {
      return new DeviceMessage(
          title,
          at,
          Optional.empty(),
          List.of(),
          Optional.of(String.valueOf(e.getMessage())),
          octets.hex());
    }
  }

  private static String name(UseCase useCase) {
    return useCase.name() + " " + useCase.title();
  }

  private static List<Field> header(DecodedMessage message) {
    GroupingHeader header = message.header();
    return List.of(
        new Field(0, "message", Optional.of(message.kind().text())),
        new Field(0, "message code", Optional.of(header.messageCode().toString())),
        new Field(
            0,
            "use case",
            Optional.of(message.useCase().map(DeviceMessage::name).orElse("not in the catalogue"))),
        new Field(0, "originator", Optional.of(header.messageId().originator().dashed())),
        new Field(0, "target", Optional.of(header.messageId().target().dashed())),
        new Field(0, "counter", Optional.of(header.messageId().counter().toString())));
  }

  private static void append(List<Field> fields, int depth, List<DumpedValue> values) {
    for (DumpedValue value : values) {
      if (fields.size() == FIELDS_MAX) {
        return;
      }
      // The dump sets the parts of a name apart in columns.
      fields.add(new Field(depth, value.name().replaceAll(" {2,}", " "), value.value()));
      append(fields, depth + 1, value.parts());
    }
  }

  /** Whether fields were left out. */
  public boolean isCut() {
    return fields.size() == FIELDS_MAX;
  }
}
