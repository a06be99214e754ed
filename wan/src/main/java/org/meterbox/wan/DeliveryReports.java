// SPDX-License-Identifier: Apache-2.0
package org.meterbox.wan;

/** The sender's port for the end of each delivery. */
@FunctionalInterface
public interface DeliveryReports {
  /** Told once for each accepted message, by a thread of the SM WAN; must not block for long. */
  void report(DeliveryReport report);
}
