// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.response;

import java.util.Optional;

/**
 * Marks an alert that stands for a burst of equal ones which the DCC has consolidated.
 *
 * @param sequenceId ThrottledAlertSequenceId, 0 to 4294967295
 * @param count ThrottledAlertCount, 0 to 4294967295
 */
public record Throttling(Optional<Long> sequenceId, Optional<Long> count) {
  /** The alert stands for itself. */
  public static final Throttling NONE = new Throttling(Optional.empty(), Optional.empty());
}
