// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.registration;

/** How far an organisation has come. Each step presumes the one before; withdrawal ends all. */
public enum Standing {
  /** It has applied; nobody has met it. */
  APPLICANT,
  /** Its identity was verified face to face. */
  VERIFIED,
  /** Authorised Subscriber: it may submit certificate requests. */
  AUTHORISED_SUBSCRIBER,
  /** Eligible Subscriber: it has submitted one. */
  ELIGIBLE_SUBSCRIBER,
  /** Subscriber: it has received a certificate. */
  SUBSCRIBER,
  /** It may do nothing any more. */
  WITHDRAWN;

  /** Whether the organisation may submit certificate requests. */
  public boolean maySubmit() {
    return switch (this) {
      case AUTHORISED_SUBSCRIBER, ELIGIBLE_SUBSCRIBER, SUBSCRIBER -> true;
      case APPLICANT, VERIFIED, WITHDRAWN -> false;
    };
  }
}
