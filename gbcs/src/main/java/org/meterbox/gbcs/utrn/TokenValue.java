// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.utrn;

/**
 * The credit that a token carries.
 *
 * @param valueClass in which unit
 * @param units 0 to 8191 of that unit
 */
public record TokenValue(ValueClass valueClass, int units) {
  /** The greatest number that thirteen bits can say. */
  public static final int MAX_UNITS = 0x1FFF;

  private static final int PENCE_IN_A_POUND = 100;

  /** The unit of a token's value. */
  public enum ValueClass {
    /** Up to 81.91 pounds. */
    PENCE,
    /** Up to 8191 pounds, whole ones only. */
    POUNDS
  }

  /** Refuses what thirteen bits cannot say. */
  public TokenValue {
    if (units < 0 || units > MAX_UNITS) {
      throw new IllegalArgumentException("a token carries 0 to 8191 pence or pounds");
    }
  }

  /**
   * The value of an amount: in pence as far as they reach, in whole pounds above.
   *
   * @throws IllegalArgumentException where no token can carry the amount
   */
  public static TokenValue ofPence(int pence) {
    if (pence <= MAX_UNITS) {
      return new TokenValue(ValueClass.PENCE, pence);
    }
    if (pence % PENCE_IN_A_POUND != 0) {
      throw new IllegalArgumentException("above 81.91 pounds a token carries whole pounds");
    }
    return new TokenValue(ValueClass.POUNDS, pence / PENCE_IN_A_POUND);
  }

  /** The amount in pence. */
  public int pence() {
    return switch (valueClass) {
      case PENCE -> units;
      case POUNDS -> units * PENCE_IN_A_POUND;
    };
  }
}
