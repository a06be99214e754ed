// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.alerts;

import java.util.List;
import java.util.Optional;

/**
 * A page of alerts, the newest first.
 *
 * @param next where the next page begins; empty at the end
 */
public record AlertList(List<AlertSummary> alerts, Optional<String> next) {
  /** Copies the list. */
  public AlertList {
    alerts = List.copyOf(alerts);
  }
}
