// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.requests;

import org.meterbox.kernel.MessageId;

/**
 * Names one request in the DSP. A critical request comes twice under one Request ID: first to be
 * transformed, then as Signed Pre-Command to be executed.
 */
public record RequestKey(MessageId id, Stage stage) {
  /** Which of the two it is; every other request has only the second. */
  public enum Stage {
    /** A critical request for transformation (command variant 4). */
    TRANSFORM("T"),
    /** Everything else. */
    EXECUTION("X");

    private final String letter;

    Stage(String letter) {
      this.letter = letter;
    }

    String letter() {
      return letter;
    }

    static Stage of(String letter) {
      return letter.equals(TRANSFORM.letter) ? TRANSFORM : EXECUTION;
    }
  }
}
