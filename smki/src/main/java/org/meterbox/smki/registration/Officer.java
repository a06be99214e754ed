// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.registration;

import java.util.Optional;
import org.meterbox.smki.repository.CertificateId;

/**
 * A person who acts for an organisation.
 *
 * @param number counts the organisation's officers from 1
 * @param name as on the identity document
 * @param nominatedBy who put the person forward
 * @param credential the IKI certificate by which the person is known to systems
 */
public record Officer(
    int number,
    String name,
    Duty duty,
    Progress progress,
    String nominatedBy,
    Optional<CertificateId> credential) {

  /** What the person may do. */
  public enum Duty {
    /** Senior Responsible Officer: nominates Authorised Responsible Officers. */
    SENIOR_RESPONSIBLE_OFFICER,
    /** Authorised Responsible Officer: submits certificate requests and revocation requests. */
    AUTHORISED_RESPONSIBLE_OFFICER
  }

  /** How far the person's appointment has come. */
  public enum Progress {
    /** Put forward. */
    NOMINATED,
    /** Identity verified face to face. */
    VERIFIED,
    /** Holds a credential. */
    CREDENTIALLED,
    /** Acts no more. */
    REMOVED
  }

  Officer with(Progress next) {
    return new Officer(number, name, duty, next, nominatedBy, credential);
  }

  Officer with(CertificateId given) {
    return new Officer(number, name, duty, Progress.CREDENTIALLED, nominatedBy, Optional.of(given));
  }

  /** Whether the person may submit requests for the organisation. */
  public boolean maySubmit() {
    return duty == Duty.AUTHORISED_RESPONSIBLE_OFFICER && progress == Progress.CREDENTIALLED;
  }
}
