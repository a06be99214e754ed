// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterbox.correlate.content.DlmsAnswers;
import org.meterbox.correlate.content.DlmsRendering;
import org.meterbox.correlate.content.UnexpectedContentException;
import org.meterbox.correlate.electricity.Identity;
import org.meterbox.correlate.electricity.ReadLogs;
import org.meterbox.correlate.electricity.Registers;
import org.meterbox.correlate.electricity.Supply;
import org.meterbox.gbcs.dlms.AccessResponse;
import org.meterbox.gbcs.dlms.DlmsCodec;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.ProtectedAttributes;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;

/**
 * Which rendering belongs to which DLMS use case; those without a rendering only succeed or fail.
 */
final class DlmsResponses {
  private static final DlmsRendering OUTCOME_ONLY = (answers, out) -> {};

  private static final Map<String, DlmsRendering> BY_USE_CASE =
      Map.ofEntries(
          Map.entry("ECS17b", Registers::energyImport),
          Map.entry("ECS21a", ReadLogs::dailyRead),
          Map.entry("ECS45", Supply::status),
          Map.entry("ECS52", Identity::firmwareVersion));

  private DlmsResponses() {}

  static DlmsRendering of(UseCase useCase) {
    return BY_USE_CASE.getOrDefault(useCase.name(), OUTCOME_ONLY);
  }

  /** Opens the encrypted parts; those that stay closed are added to {@code closed}. */
  static DlmsAnswers read(Octets payload, SensitiveReader sensitive, List<Octets> closed)
      throws DecodeException, UnexpectedContentException {
    AccessResponse response = AccessResponse.decode(payload);
    List<Optional<List<DlmsValue>>> opened = new ArrayList<>(response.items().size());
    for (AccessResponse.Item item : response.items()) {
      opened.add(opened(item, sensitive, closed));
    }
    return new DlmsAnswers(response, opened);
  }

  private static Optional<List<DlmsValue>> opened(
      AccessResponse.Item item, SensitiveReader sensitive, List<Octets> closed)
      throws DecodeException, UnexpectedContentException {
    Optional<ProtectedAttributes.Response> part =
        item.kind() == AccessResponse.Kind.ACTION && item.successful()
            ? ProtectedAttributes.Response.of(item.data())
            : Optional.empty();
    if (part.isEmpty()) {
      return Optional.empty();
    }
    Optional<Octets> plainText = sensitive.open(part.get().block());
    if (plainText.isEmpty()) {
      closed.add(part.get().block());
      return Optional.empty();
    }
    if (DlmsCodec.decode(plainText.get()) instanceof DlmsValue.Structure(List<DlmsValue> values)) {
      return Optional.of(values);
    }
    throw new UnexpectedContentException("a structure of protected attributes is due");
  }
}
