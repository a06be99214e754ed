// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate;

/** What a device says that it did. */
public enum Outcome {
  /** Everything that was asked. */
  SUCCESS,
  /** Part of what was asked. */
  PARTIAL,
  /** Nothing of what was asked. */
  FAILURE,
  /** The message is no answer. */
  NOT_AN_ANSWER
}
