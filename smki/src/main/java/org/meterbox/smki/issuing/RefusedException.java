// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.issuing;

/** Carries a refusal to a caller who expected none, such as the set-up of the DCC's own parties. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Issuance.Refused refusal;

  /** Carries this refusal. */
  public RefusedException(Issuance.Refused refusal) {
    super(refusal.rule() + ": " + refusal.detail());
    this.refusal = refusal;
  }

  /** The refusal. */
  public Issuance.Refused refusal() {
    return refusal;
  }
}
