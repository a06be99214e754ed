// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.issuing;

import java.util.Locale;
import java.util.Optional;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.issuing.Entitlements.Entitlement;
import org.meterbox.smki.issuing.Issuance.Refused;
import org.meterbox.smki.profile.CellUsage;
import org.meterbox.smki.profile.CertificateProfile;
import org.meterbox.smki.profile.CertificateSubject;
import org.meterbox.smki.profile.KeyUse;

/** The rules that depend on the request and the requester's entitlement alone. */
final class IssuingRules {
  private IssuingRules() {}

  /** The first rule that the request breaks, if any. */
  static Optional<Refused> check(CertificateRequest request, Optional<Entitlement> entitlement) {
    if (profile(request).isEmpty()) {
      return refused(
          IssuingRule.PROFILE,
          String.format(
              Locale.ROOT,
              "no certificate profile for %s with %s and %s",
              request.subject(),
              request.use(),
              request.cellUsage()));
    }
    if (entitlement.isEmpty()) {
      return refused(
          IssuingRule.SUBJECT_ENTITLEMENT,
          request.requester() + " is not an Authorised Subscriber");
    }
    return checkEntitlement(request.subject(), entitlement.get());
  }

  /** The profile of the certificate asked for; none where no such certificate exists. */
  static Optional<CertificateProfile> profile(CertificateRequest request) {
    return switch (request.subject()) {
      case CertificateSubject.Organisation organisation ->
          allows(organisation.role(), request.use(), request.cellUsage())
              ? CertificateProfile.organisation(request.use())
              : Optional.empty();
      case CertificateSubject.Device _ ->
          request.cellUsage() == CellUsage.MANAGEMENT
              ? CertificateProfile.device(request.use())
              : Optional.empty();
      case CertificateSubject.Authority _,
          CertificateSubject.Endpoint _,
          CertificateSubject.Website _,
          CertificateSubject.Person _ ->
          Optional.empty();
    };
  }

  /** Which keys a role has: those that trust anchor cells or messages have a place for. */
  private static boolean allows(RemotePartyRole role, KeyUse use, CellUsage cellUsage) {
    boolean signs = use == KeyUse.DIGITAL_SIGNATURE && cellUsage == CellUsage.MANAGEMENT;
    boolean agrees = use == KeyUse.KEY_AGREEMENT && cellUsage == CellUsage.MANAGEMENT;
    return switch (role) {
      case SUPPLIER -> signs || use == KeyUse.KEY_AGREEMENT;
      case NETWORK_OPERATOR, ACCESS_CONTROL_BROKER, LOAD_CONTROLLER, OTHER -> signs || agrees;
      case RECOVERY, TRANSITIONAL_COS, WAN_PROVIDER, XML_SIGNING, DSP_XML_SIGNING -> signs;
      case ROOT, ISSUING_AUTHORITY -> false;
    };
  }

  private static Optional<Refused> checkEntitlement(
      CertificateSubject subject, Entitlement entitlement) {
    return switch (subject) {
      case CertificateSubject.Organisation organisation -> {
        if (!entitlement.coversOrganisation(organisation.eui())) {
          yield notCovered(entitlement, organisation.eui());
        }
        yield entitlement.roles().contains(organisation.role())
            ? Optional.empty()
            : refused(
                IssuingRule.ROLE_ENTITLEMENT,
                entitlement.subscriber() + " does not hold the role " + organisation.role());
      }
      case CertificateSubject.Device device ->
          entitlement.coversDevice(device.eui())
              ? Optional.empty()
              : notCovered(entitlement, device.eui());
      case CertificateSubject.Authority _,
          CertificateSubject.Endpoint _,
          CertificateSubject.Website _,
          CertificateSubject.Person _ ->
          refused(IssuingRule.PROFILE, "not a subject of SMKI");
    };
  }

  private static Optional<Refused> notCovered(Entitlement entitlement, Object eui) {
    return refused(
        IssuingRule.SUBJECT_ENTITLEMENT,
        entitlement.subscriber() + " may not ask for certificates of " + eui);
  }

  private static Optional<Refused> refused(IssuingRule rule, String detail) {
    return Optional.of(new Refused(rule, detail));
  }
}
