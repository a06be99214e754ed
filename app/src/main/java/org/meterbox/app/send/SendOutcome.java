// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.send;

import java.util.Locale;

/** How sending a request ended, with the exit code of the command. */
enum SendOutcome {
  /** It was answered, by the DSP itself or by the device. */
  ANSWERED(0),
  /** The DSP did not take it, or its Pre-Command was not signed. */
  REFUSED(3),
  /** It was taken but not carried out, or what came back is not to be trusted. */
  FAILED(4),
  /** It was taken, and nothing came back in time. */
  NO_ANSWER(5);

  private final int exitCode;

  SendOutcome(int exitCode) {
    this.exitCode = exitCode;
  }

  /** The exit code; 1 and 2 are faults of the command itself. */
  int exitCode() {
    return exitCode;
  }

  /** For programs: lower case, words joined by dashes. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
