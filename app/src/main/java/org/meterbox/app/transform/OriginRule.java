// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.transform;

import java.util.Optional;
import java.util.Set;
import org.meterbox.app.keys.KeyFiles;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.gbcs.catalogue.UseCase;
import org.meterbox.gbcs.catalogue.UseCaseCatalogue;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.kernel.UserRole;
import org.meterbox.kernel.catalogue.ServiceRequestCatalogue;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;
import org.meterbox.transform.Mapping;
import org.meterbox.transform.Origin;
import org.meterbox.transform.Subject;

/**
 * In whose name a command goes out: the user's own, where its role may send the use case (Known
 * Remote Party); the broker's on its behalf, where it may not, where it brings its key agreement
 * certificate, as only an Unknown Remote Party does, or where the DCC signs for it; or that of the
 * DCC's own party that answers for the request. What the broker itself requests goes out as it is.
 *
 * @param keys whose certificates name the DCC's parties
 * @param broker the Access Control Broker, where it is known
 * @param brokerCounter its counter, where one was given
 * @param unknownParties whether the devices hold no certificates of the users, so that the broker
 *     sends whatever is not critical
 */
record OriginRule(
    KeyFiles keys,
    Optional<Eui64> broker,
    Optional<OriginatorCounter> brokerCounter,
    boolean unknownParties) {
  /**
   * How far the counter of the DCC's parties is ahead of the request's where none was given: as in
   * most of the published messages. Both are counters of their own; nothing ties them together.
   */
  static final long COUNTER_AHEAD = 300;

  /** Handover, retrieval of credentials and opt out: the broker asks for itself. */
  private static final Set<String> ANSWERED_FOR_BY_BROKER = Set.of("6.21", "6.24.1", "8.5");

  private static final String ANSWERED_FOR_BY_CHANGE_OF_SUPPLIER = "6.23";

  private static final Set<String> AGREEMENT_CERTIFICATES =
      Set.of("KAPublicSecurityCredentials", "KAPublicSecurityCredential");

  /** The party that is needed is not known. */
  static final class NoPartyException extends Exception {
    private static final long serialVersionUID = 1L;

    NoPartyException(String message) {
      super(message);
    }
  }

  /**
   * The origin of the command for this request.
   *
   * @param mapping the use case that was chosen
   */
  Origin of(Subject subject, Mapping mapping) throws NoPartyException, ElementException {
    ServiceRequest request = subject.request();
    if (broker.filter(request.requestId().originator()::equals).isPresent()) {
      return new Origin.KnownRemoteParty();
    }
    String variant = request.serviceReferenceVariant().value();
    OriginatorCounter counter = brokerCounter.orElseGet(() -> counterFor(request));
    if (ANSWERED_FOR_BY_BROKER.contains(variant)) {
      return new Origin.DccParty(requireBroker(), counter);
    }
    if (variant.equals(ANSWERED_FOR_BY_CHANGE_OF_SUPPLIER)) {
      return new Origin.DccParty(changeOfSupplier(), counter);
    }
    Optional<Octets> certificate = agreementCertificate(request);
    return certificate.isEmpty() && isKnownRemoteParty(subject, mapping)
        ? new Origin.KnownRemoteParty()
        : new Origin.Broker(requireBroker(), counter, certificate);
  }

  private boolean isKnownRemoteParty(Subject subject, Mapping mapping) {
    Eui64 user = subject.request().requestId().originator();
    Optional<UseCase> useCase = UseCaseCatalogue.standard().find(mapping.code());
    boolean signedByUser =
        ServiceRequestCatalogue.current()
            .find(subject.request().serviceReferenceVariant())
            .map(ServiceRequestEntry::critical)
            .orElse(false);
    boolean signedByDcc =
        !signedByUser
            && useCase.filter(found -> found.weight() == UseCase.Weight.CRITICAL).isPresent();
    return signedByUser
        || (!signedByDcc && !unknownParties && mayOriginate(user, subject, useCase));
  }

  private boolean mayOriginate(Eui64 user, Subject subject, Optional<UseCase> useCase) {
    return useCase.filter(found -> found.roles().include(role(user, subject))).isPresent();
  }

  /** What the user's certificates say; without any, what the role that it sends in stands for. */
  private RemotePartyRole role(Eui64 user, Subject subject) {
    return keys.roles().getOrDefault(user, Set.of()).stream()
        .findFirst()
        .orElseGet(() -> role(subject.supplement().requester().orElse(UserRole.OU)));
  }

  private static RemotePartyRole role(UserRole role) {
    return switch (role) {
      case IS, GS, ES -> RemotePartyRole.SUPPLIER;
      case ED, GT -> RemotePartyRole.NETWORK_OPERATOR;
      case LC -> RemotePartyRole.LOAD_CONTROLLER;
      case RSA, OU -> RemotePartyRole.OTHER;
    };
  }

  private static Optional<Octets> agreementCertificate(ServiceRequest request)
      throws ElementException {
    for (String name : AGREEMENT_CERTIFICATES) {
      if (request.body().has(name)) {
        return Optional.of(request.body().base64(name));
      }
    }
    return Optional.empty();
  }

  private static OriginatorCounter counterFor(ServiceRequest request) {
    return new OriginatorCounter(request.requestId().counter().value() + COUNTER_AHEAD);
  }

  private Eui64 requireBroker() throws NoPartyException {
    return broker.orElseThrow(() ->
        new NoPartyException(
            "the Access Control Broker sends this command: name it with --broker EUI, or give its"
                + " certificate with --keys"));
  }

  private Eui64 changeOfSupplier() throws NoPartyException {
    var parties = keys.inRole(RemotePartyRole.TRANSITIONAL_COS);
    if (parties.size() != 1) {
      throw new NoPartyException(
          "the change of supplier party sends this command: give its certificate with --keys");
    }
    return parties.getFirst();
  }
}
