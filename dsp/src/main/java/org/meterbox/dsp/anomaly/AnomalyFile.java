// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.anomaly;

import java.util.List;
import java.util.Optional;

/**
 * What a signed file says. Whose requests a threshold or limit counts is left open where the file
 * does not say: they are the signer's.
 */
public record AnomalyFile(List<Threshold> thresholds, List<ValueLimit> limits, List<Order> orders) {
  /** Keeps unchangeable copies. */
  public AnomalyFile {
    thresholds = List.copyOf(thresholds);
    limits = List.copyOf(limits);
    orders = List.copyOf(orders);
  }

  /** What is to be done with a quarantined request. */
  public enum Decision {
    /** It goes on as if it had come now. */
    RELEASE,
    /** It is cancelled. */
    DELETE;

    /** The decision in this word. */
    static Optional<Decision> of(String word) {
      return switch (word) {
        case "Release" -> Optional.of(RELEASE);
        case "Delete" -> Optional.of(DELETE);
        default -> Optional.empty();
      };
    }
  }

  /**
   * One person's order.
   *
   * @param event the QuarantineEventRef of which the sender was told
   */
  public record Order(long event, Decision decision) {}
}
