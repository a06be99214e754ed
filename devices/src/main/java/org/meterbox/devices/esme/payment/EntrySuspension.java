// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.payment;

import java.time.Duration;
import org.meterbox.devices.esme.state.ProductSetting;
import org.meterbox.devices.esme.state.Settings;

/**
 * When the entry of tokens by hand is suspended, and for how long. No public document says it.
 *
 * @param wrongTokens tokens in a row that are not authentic, after which entry is suspended
 * @param first the first suspension; each further wrong token doubles it
 * @param longest the longest suspension
 */
public record EntrySuspension(long wrongTokens, Duration first, Duration longest) {
  private static final int MAX_DOUBLINGS = 12;

  /** As an electricity meter is set. */
  public static EntrySuspension of(Settings settings) {
    return new EntrySuspension(
        ProductSetting.WRONG_TOKENS_BEFORE_SUSPENSION.of(settings),
        ProductSetting.FIRST_SUSPENSION.duration(settings),
        ProductSetting.LONGEST_SUSPENSION.duration(settings));
  }

  /** As meters leave the factory. */
  public static EntrySuspension factory() {
    return of(Settings.NONE);
  }

  /** How long entry is suspended after this many wrong tokens in a row; zero where it is not. */
  Duration after(int wrong) {
    if (wrong < wrongTokens) {
      return Duration.ZERO;
    }
    int doublings = (int) Math.min(wrong - wrongTokens, MAX_DOUBLINGS);
    Duration suspension = first.multipliedBy(1L << doublings);
    return suspension.compareTo(longest) > 0 ? longest : suspension;
  }
}
