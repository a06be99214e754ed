// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.repository;

import java.util.Optional;

/**
 * The state of a certificate in the SMKI Repository, with the letter that its query interface uses.
 */
public enum CertificateStatus {
  /** Asked for, not yet accepted by its subscriber. */
  PENDING('P'),
  /** Accepted and in force. */
  IN_USE('I'),
  /** Valid but out of service, for example since another one took its place. */
  NOT_IN_USE('N'),
  /** Past its validity. Never stored: it follows from the clock. */
  EXPIRED('E'),
  /** Taken back before its time. Final. */
  REVOKED('R');

  private final char letter;

  CertificateStatus(char letter) {
    this.letter = letter;
  }

  /** The letter that stands for the status in query replies. */
  public char letter() {
    return letter;
  }

  /** The status with this letter. */
  public static Optional<CertificateStatus> ofLetter(char letter) {
    for (CertificateStatus status : values()) {
      if (status.letter == letter) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }

  /**
   * Refuses a status that no plain change or addition leads to.
   *
   * @throws IllegalArgumentException for expiry, which follows from the clock, and for revocation,
   *     which needs a reason
   */
  static void requireChangeable(CertificateStatus status) {
    if (status == EXPIRED || status == REVOKED) {
      throw new IllegalArgumentException("no plain change of status leads to " + status);
    }
  }
}
