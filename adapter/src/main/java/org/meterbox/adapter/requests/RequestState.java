// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.requests;

import java.util.Locale;

/** Where a request stands. */
public enum RequestState {
  /** Supply-sensitive: a second person has to approve it. */
  AWAITING_APPROVAL(false),
  /** Stored and signed; it is being posted. */
  ACCEPTED(false),
  /** The Pre-Command matched and was signed; it is being posted. */
  PRE_COMMAND_SIGNED(false),
  /** The DSP acknowledged it; the result comes later. */
  SENT(false),
  /** The device took it and carries it out at its time. */
  AWAITING_EXECUTION(false),
  /** The DSP holds it back for anomaly detection. */
  QUARANTINED(false),
  /** Done, with its result. */
  ANSWERED(true),
  /** The DSP did not take it. */
  REFUSED(true),
  /** The Pre-Command was not what was asked; nothing was signed. */
  NOT_SIGNED(true),
  /** It was not carried out, or what came back is not to be trusted. */
  FAILED(true),
  /** The second person did not approve it; nothing was sent. */
  REJECTED(true);

  private final boolean ended;

  RequestState(boolean ended) {
    this.ended = ended;
  }

  /** Whether nothing more is expected. */
  public boolean ended() {
    return ended;
  }

  /** As clients read it, for example {@code awaiting-approval}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
