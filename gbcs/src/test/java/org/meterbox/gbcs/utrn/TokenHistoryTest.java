// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.utrn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.meterbox.gbcs.utrn.TokenHistory.Outcome.Accepted;
import org.meterbox.gbcs.utrn.TokenHistory.Outcome.Duplicate;
import org.meterbox.gbcs.utrn.TokenHistory.Outcome.NotAuthentic;
import org.meterbox.gbcs.utrn.TokenHistory.Outcome.TooOld;

/** No token counts twice, and none that is authentic and new is lost to a later one. */
class TokenHistoryTest {
  private static final long SEED = 100;
  private static final TokenCounter NOTHING_BELOW = new TokenCounter(0);

  @Test
  void aTokenCountsOnce() {
    TokenHistory history = TokenHistory.startingAbove(NOTHING_BELOW);
    Accepted first = (Accepted) type(history, 1);
    assertThat(first.counter()).isEqualTo(new TokenCounter(1));
    assertThat(type(first.next(), 1)).isEqualTo(new Duplicate(new TokenCounter(1)));
    // The judgement alone changes nothing.
    assertThat(type(history, 1)).isInstanceOf(Accepted.class);
  }

  @Test
  void tokensMayBeTypedInAnyOrder() {
    TokenHistory history = TokenHistory.startingAbove(NOTHING_BELOW);
    for (long counter : new long[] {5, 3, 9, 1, 1000, 1030, 1024}) {
      Accepted accepted = (Accepted) type(history, counter);
      assertThat(accepted.counter()).isEqualTo(new TokenCounter(counter));
      history = accepted.next();
    }
    assertThat(history.taken()).isSorted();
    assertThat(type(history, 1000)).isInstanceOf(Duplicate.class);
  }

  @Test
  void tenBitsReachTheNearestCountersOnBothSides() {
    TokenHistory history = historyOf(5000);
    assertThat(type(history, 5000 + 1023)).isInstanceOf(Accepted.class);
    assertThat(type(history, 5000 - 1023)).isInstanceOf(Accepted.class);
    // Farther counters share their bits with nearer ones, under which they are not authentic.
    assertThat(type(history, 5000 + 1025)).isInstanceOf(NotAuthentic.class);
    assertThat(type(history, 5000 - 1024)).isInstanceOf(NotAuthentic.class);
    // A command brings the whole counter, so no distance is too great.
    assertThat(history.judge(new TokenCounter(50_000), counter -> true))
        .isInstanceOf(Accepted.class);
    assertThat(history.judge(new TokenCounter(50_000), counter -> false))
        .isInstanceOf(NotAuthentic.class);
  }

  @Test
  void whatAFullMemoryHasForgottenIsRefused() {
    TokenHistory history = historyOf(LongStream.rangeClosed(11, 110).toArray());
    assertThat(type(history, 10)).isEqualTo(new TooOld(new TokenCounter(10)));
    Accepted accepted = (Accepted) type(history, 111);
    assertThat(accepted.next().taken()).hasSize(TokenHistory.CAPACITY);
    assertThat(accepted.next().taken().getFirst()).isEqualTo(new TokenCounter(12));
    assertThat(type(accepted.next(), 11)).isInstanceOf(TooOld.class);
  }

  @Test
  void theFloorOfNewCredentialsHolds() {
    TokenHistory history = TokenHistory.startingAbove(new TokenCounter(700));
    assertThat(type(history, 700)).isInstanceOf(TooOld.class);
    assertThat(type(history, 699)).isInstanceOf(TooOld.class);
    assertThat(type(history, 701)).isInstanceOf(Accepted.class);
    // Zero is the counter of no token.
    assertThat(type(TokenHistory.startingAbove(NOTHING_BELOW), 0)).isInstanceOf(NotAuthentic.class);
  }

  @Test
  void theEndOfTheRangeIsReached() {
    TokenHistory history = historyOf(0xFFFF_FFFEL);
    assertThat(type(history, 0xFFFF_FFFFL)).isInstanceOf(Accepted.class);
    assertThat(type(historyOf(0xFFFF_FFFFL), 0xFFFF_FFFFL)).isInstanceOf(Duplicate.class);
  }

  @Test
  void whateverIsTypedNothingCountsTwice() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    TokenHistory history = TokenHistory.startingAbove(NOTHING_BELOW);
    Set<TokenCounter> counted = new HashSet<>();
    long issued = 1;
    for (int run = 0; run < 5_000; run++) {
      issued += random.nextInt(3);
      long typed = Math.max(1, issued - random.nextInt(150));
      switch (type(history, typed)) {
        case Accepted accepted -> {
          assertThat(counted.add(accepted.counter())).as("seed %d, run %d", SEED, run).isTrue();
          history = accepted.next();
        }
        case Duplicate duplicate -> assertThat(counted).contains(duplicate.counter());
        case TooOld old -> assertThat(old.counter()).isLessThan(history.taken().getFirst());
        case NotAuthentic ignored ->
            throw new AssertionError("every token of this test is authentic");
      }
    }
    assertThat(counted.size()).isGreaterThan(1000);
  }

  @Test
  void anImpossibleHistoryCannotBeMade() {
    TokenCounter one = new TokenCounter(1);
    assertThatThrownBy(() -> new TokenHistory(NOTHING_BELOW, List.of(one, one)))
        .isInstanceOf(IllegalArgumentException.class);
    List<TokenCounter> tooMany =
        LongStream.rangeClosed(1, 101).mapToObj(TokenCounter::new).toList();
    assertThatThrownBy(() -> new TokenHistory(NOTHING_BELOW, tooMany))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Types in the token of this counter; it is authentic under that counter alone. */
  private static TokenHistory.Outcome type(TokenHistory history, long counter) {
    Utrn token = token(counter);
    Predicate<TokenCounter> authentic = new TokenCounter(counter)::equals;
    return history.judge(token, authentic);
  }

  private static Utrn token(long counter) {
    long ptut = (new TokenCounter(counter).truncated() * (1L << 47)) | 12_345;
    String nineteen = Long.toUnsignedString(ptut + 7394156990786306048L);
    return new Utrn(nineteen + CheckDigit.of(nineteen));
  }

  private static TokenHistory historyOf(long... counters) {
    return new TokenHistory(
        NOTHING_BELOW, LongStream.of(counters).mapToObj(TokenCounter::new).toList());
  }
}
