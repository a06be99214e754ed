// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.parse;

import java.util.List;
import java.util.Optional;
import org.meterbox.correlate.parse.UseCase.Service;
import org.meterbox.gbcs.asn1.CredentialContent.UpdateCredentialsResult;
import org.meterbox.gbcs.asn1.UpdateOutcome;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.ServiceReferenceVariant;

/**
 * Which Service Request an answer belongs to. Most use cases answer one; of the others some show in
 * the answer itself which it is, and for the rest only the caller can know.
 */
final class ServiceChoice {
  private ServiceChoice() {}

  static Optional<Service> of(
      UseCase useCase,
      Optional<ServiceReferenceVariant> asked,
      GroupingHeader header,
      Answer answer) {
    List<Service> services = useCase.services();
    if (asked.isPresent()) {
      return services.stream().filter(s -> s.variant().equals(asked.get())).findFirst();
    }
    if (services.size() <= 1) {
      return services.stream().findFirst();
    }
    return told(header, answer)
        .flatMap(variant ->
            services.stream().filter(s -> s.variant().value().equals(variant)).findFirst());
  }

  private static Optional<String> told(GroupingHeader header, Answer answer) {
    boolean onBehalf = header.otherInformation() instanceof OtherInformation.OnBehalfOf;
    return switch (header.messageCode().value()) {
      // The Access Control Broker joins and unjoins what is not critical on behalf of a party.
      case 0x000F -> Optional.of(onBehalf ? "8.8.2" : "8.8.1");
      case 0x00AB, 0x00AF -> Optional.of(onBehalf ? "8.7.2" : "8.7.1");
      case 0x0102, 0x0103 -> Optional.of(isHandover(header, answer) ? "6.21" : "6.15.1");
      // Only resetting needs no duration, so that its answer has one part.
      case 0x0055 ->
          answer instanceof Answer.Dlms dlms && dlms.answers().size() == 1
              ? Optional.of("7.8")
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** A handover replaces the credentials of the party that is answered by those of another. */
  private static boolean isHandover(GroupingHeader header, Answer answer) {
    Eui64 answered = header.messageId().target();
    return answer instanceof Answer.Asn1 asn1
        && asn1.content() instanceof UpdateCredentialsResult(Optional<UpdateOutcome> outcome)
        && outcome.isPresent()
        && outcome.get().results().stream()
            .anyMatch(result ->
                result.existingSubjectUniqueId().equals(answered)
                    && !result.replacingSubjectUniqueId().equals(answered));
  }
}
