// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.intake;

import org.meterbox.dsp.requests.CommandForDevice;

/** Whether a command for a device came about. */
sealed interface Making {
  /** It did: a Pre-Command, or a command with its MAC. */
  record Made(CommandForDevice command) implements Making {}

  /** It did not. */
  record NotMade(Outcome.Refused refusal) implements Making {}

  /** A refusal for which no public document names a code. */
  static NotMade unnamed(String rule) {
    return new NotMade(Outcome.unnamed(rule));
  }
}
