// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.utrn;

import org.meterbox.kernel.OriginatorCounter;

/**
 * The number of a token between one supplier and one meter: 1 for the first, one more for each
 * next. The token's digits hold its low ten bits.
 *
 * @param value 0 to 4294967295; 0 before the first token
 */
public record TokenCounter(long value) implements Comparable<TokenCounter> {
  /** How many counters share the bits in a token's digits. */
  static final int TRUNCATED_RANGE = 1 << 10;

  private static final long MAX = 0xFFFF_FFFFL;

  /** Refuses what 32 bits cannot say. */
  public TokenCounter {
    if (value < 0 || value > MAX) {
      throw new IllegalArgumentException("a token counter has 32 bits");
    }
  }

  /**
   * The counter of the token that a top-up command carries.
   *
   * @throws IllegalArgumentException where the low half is not zero: a counter of no token
   */
  public static TokenCounter of(OriginatorCounter counter) {
    if ((counter.value() & MAX) != 0) {
      throw new IllegalArgumentException("the low 32 bits of a token's Originator Counter are 0");
    }
    return new TokenCounter(counter.value() >>> 32);
  }

  /** The Originator Counter of the token and of the command that carries it. */
  public OriginatorCounter originatorCounter() {
    return new OriginatorCounter(value << 32);
  }

  /** The low ten bits. */
  public int truncated() {
    return (int) (value % TRUNCATED_RANGE);
  }

  @Override
  public int compareTo(TokenCounter other) {
    return Long.compare(value, other.value);
  }
}
