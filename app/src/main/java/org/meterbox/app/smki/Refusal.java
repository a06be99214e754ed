// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.smki;

import java.io.PrintWriter;
import java.util.Locale;

/** How a refusal is said: which rule, what it demands, and what broke it. */
final class Refusal {
  /** The exit code of a command that was refused. */
  static final int EXIT_CODE = 1;

  private Refusal() {}

  static int say(PrintWriter err, Enum<?> rule, String demand, String detail) {
    err.printf(Locale.ROOT, "refused under %s (%s): %s%n", rule.name(), demand, detail);
    err.flush();
    return EXIT_CODE;
  }
}
