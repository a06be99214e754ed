// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.service;

import java.time.Duration;
import java.util.Set;

/**
 * The settings of the adapter.
 *
 * @param needApproval service reference variants that a second person has to approve
 * @param deliveryMax how long a webhook or callback is tried
 * @param retention how long ended requests, messages and events are kept
 * @param callbackHosts hosts to which webhooks and callbacks may go
 */
public record AdapterSettings(
    Set<String> needApproval, Duration deliveryMax, Duration retention, Set<String> callbackHosts) {
  /** Disable Supply needs a second person; two days of tries; about 13 months of data. */
  public static final AdapterSettings STANDARD =
      new AdapterSettings(
          Set.of("7.2"),
          Duration.ofDays(2),
          Duration.ofDays(400),
          Set.of("127.0.0.1", "localhost", "::1"));

  /** Copies the sets. */
  public AdapterSettings {
    needApproval = Set.copyOf(needApproval);
    callbackHosts = Set.copyOf(callbackHosts);
    if (!deliveryMax.isPositive() || !retention.isPositive()) {
      throw new IllegalArgumentException("delivery and retention are positive times");
    }
  }
}
