// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis;

import java.util.Optional;
import java.util.function.Supplier;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.ServiceReferenceVariant;

/**
 * As much of a refused request's header as could be read.
 *
 * @param requestId originator, target and counter
 * @param commandVariant the command variant
 * @param serviceReferenceVariant the variant
 */
public record PartialHeader(
    Optional<MessageId> requestId,
    Optional<CommandVariant> commandVariant,
    Optional<ServiceReferenceVariant> serviceReferenceVariant) {

  /** Nothing could be read. */
  public static final PartialHeader NOTHING =
      new PartialHeader(Optional.empty(), Optional.empty(), Optional.empty());

  static PartialHeader of(XmlElement root) {
    return root.find("Header").map(PartialHeader::ofHeader).orElse(NOTHING);
  }

  private static PartialHeader ofHeader(XmlElement header) {
    return new PartialHeader(
        header.find("RequestID").flatMap(id -> tried(() -> MessageId.parse(id.token()))),
        header
            .find("CommandVariant")
            .flatMap(number -> tried(() -> Integer.parseInt(number.token())))
            .flatMap(CommandVariant::of),
        header
            .find("ServiceReferenceVariant")
            .flatMap(variant -> tried(() -> new ServiceReferenceVariant(variant.token()))));
  }

  private static <T> Optional<T> tried(Supplier<T> parser) {
    try {
      return Optional.of(parser.get());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
