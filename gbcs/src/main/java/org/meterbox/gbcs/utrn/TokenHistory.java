// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.utrn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The counters of the tokens that a meter has taken from one supplier: what keeps a token from
 * being used twice. A meter remembers the highest hundred; what lies below the lowest of a full
 * memory, or at or below the floor that came with the supplier's credentials, is refused.
 *
 * @param floor the counter that no token may be at or below
 * @param taken in ascending order, at most {@link #CAPACITY}
 */
public record TokenHistory(TokenCounter floor, List<TokenCounter> taken) {
  /** How many counters are remembered (GBCS section 14: at least 100). */
  public static final int CAPACITY = 100;

  /** Copies the list and refuses one that is too long or out of order. */
  public TokenHistory {
    taken = List.copyOf(taken);
    if (taken.size() > CAPACITY) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "at most %d counters", CAPACITY));
    }
    for (int i = 1; i < taken.size(); i++) {
      if (taken.get(i - 1).compareTo(taken.get(i)) >= 0) {
        throw new IllegalArgumentException("the counters must ascend");
      }
    }
  }

  /** Nothing taken yet from a supplier whose tokens begin above the floor. */
  public static TokenHistory startingAbove(TokenCounter floor) {
    return new TokenHistory(floor, List.of());
  }

  /** What a meter makes of a token. */
  public sealed interface Outcome {
    /**
     * The token counts.
     *
     * @param next to be stored before the credit is added
     */
    record Accepted(TokenCounter counter, TokenHistory next) implements Outcome {}

    /** The token was taken before. */
    record Duplicate(TokenCounter counter) implements Outcome {}

    /** The token is older than what the meter can remember. */
    record TooOld(TokenCounter counter) implements Outcome {}

    /** The token is not this supplier's for this meter, or its counter is too far away. */
    record NotAuthentic() implements Outcome {}
  }

  /**
   * Judges a token that was typed in, which holds ten bits of its counter: tried are the nearest
   * counter above those taken and the nearest among or below them. The check digit alone does not
   * make a token good, so nothing is remembered of one that is not authentic.
   *
   * @param authentic whether the token is authentic under a counter
   */
  public Outcome judge(Utrn token, Predicate<TokenCounter> authentic) {
    for (TokenCounter candidate : candidates(token.truncatedCounter())) {
      if (authentic.test(candidate)) {
        return judgeAuthentic(candidate);
      }
    }
    return new Outcome.NotAuthentic();
  }

  /** Judges a token whose whole counter came with the command that carried it. */
  public Outcome judge(TokenCounter counter, Predicate<TokenCounter> authentic) {
    return authentic.test(counter) ? judgeAuthentic(counter) : new Outcome.NotAuthentic();
  }

  private Outcome judgeAuthentic(TokenCounter counter) {
    if (taken.contains(counter)) {
      return new Outcome.Duplicate(counter);
    }
    boolean forgotten = taken.size() == CAPACITY && counter.compareTo(taken.getFirst()) < 0;
    if (forgotten || counter.compareTo(floor) <= 0) {
      return new Outcome.TooOld(counter);
    }
    NavigableSet<TokenCounter> all = new TreeSet<>(taken);
    all.add(counter);
    if (all.size() > CAPACITY) {
      all.pollFirst();
    }
    return new Outcome.Accepted(counter, new TokenHistory(floor, List.copyOf(all)));
  }

  private List<TokenCounter> candidates(int truncated) {
    long highest = highest().map(TokenCounter::value).orElse(floor.value());
    long base = highest - highest % TokenCounter.TRUNCATED_RANGE + truncated;
    long above = base > highest ? base : base + TokenCounter.TRUNCATED_RANGE;
    List<TokenCounter> candidates = new ArrayList<>(2);
    addIfInRange(above, candidates);
    addIfInRange(above - TokenCounter.TRUNCATED_RANGE, candidates);
    return candidates;
  }

  private static void addIfInRange(long value, List<TokenCounter> candidates) {
    if (value > 0 && value <= 0xFFFF_FFFFL) {
      candidates.add(new TokenCounter(value));
    }
  }

  private Optional<TokenCounter> highest() {
    return taken.isEmpty() ? Optional.empty() : Optional.of(taken.getLast());
  }
}
