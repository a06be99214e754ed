// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.repository;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * When and why a certificate was taken back.
 *
 * @param at the moment, in whole seconds as revocation lists count
 */
public record Revocation(Instant at, Reason reason) {
  /** Cuts the moment to whole seconds. */
  public Revocation {
    at = at.truncatedTo(ChronoUnit.SECONDS);
  }

  /** Why a certificate was taken back (RFC 5280 section 5.3.1). */
  public enum Reason {
    /** No particular reason; lists then give none. */
    UNSPECIFIED(0),
    /** Somebody else has the private key. */
    KEY_COMPROMISE(1),
    /** Somebody else has the issuing authority's private key. */
    CA_COMPROMISE(2),
    /** The organisation is no longer what the certificate says. */
    AFFILIATION_CHANGED(3),
    /** Another certificate took its place. */
    SUPERSEDED(4),
    /** The organisation needs it no more. */
    CESSATION_OF_OPERATION(5),
    /** The organisation lost the right to it. */
    PRIVILEGE_WITHDRAWN(9);

    private final int code;

    Reason(int code) {
      this.code = code;
    }

    /** The number in revocation lists. */
    public int code() {
      return code;
    }

    /** The reason with this number. */
    public static Optional<Reason> ofCode(int code) {
      for (Reason reason : values()) {
        if (reason.code == code) {
          return Optional.of(reason);
        }
      }
      return Optional.empty();
    }
  }
}
