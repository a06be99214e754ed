// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.web;

import java.util.Locale;
import org.meterbox.smki.desk.Refusal;

/** What was sent cannot be read as what this address takes. */
public final class TurnedAwayException extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient Refusal refusal;

  /** Turns away for this reason. */
  public TurnedAwayException(Refusal.Kind kind, String rule, String demand, String detail) {
    super(rule);
    this.refusal = new Refusal(kind, rule, demand, detail);
  }

  /** A parameter or form field that is missing or cannot be read. */
  public static TurnedAwayException parameter(String name, String demand) {
    return new TurnedAwayException(
        Refusal.Kind.MALFORMED,
        "PARAMETER",
        demand,
        String.format(Locale.ROOT, "what was given as \"%s\"", name));
  }

  /** The reason. */
  public Refusal refusal() {
    return refusal;
  }
}
