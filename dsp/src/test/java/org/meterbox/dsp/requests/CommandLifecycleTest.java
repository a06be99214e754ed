// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.requests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.meterbox.dsp.requests.CommandEvent.DeadlinePassed;
import org.meterbox.dsp.requests.CommandEvent.NotDelivered;
import org.meterbox.dsp.requests.CommandEvent.Progress;
import org.meterbox.dsp.requests.CommandLifecycle.Step;
import org.meterbox.dsp.requests.CommandState.CommandFailure;
import org.meterbox.dsp.requests.CommandState.Failed;
import org.meterbox.dsp.requests.CommandState.InFlight;

final class CommandLifecycleTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Duration ANSWER_WAIT = Duration.ofSeconds(30);
  private static final RetryPlan PLAN =
      new RetryPlan(ANSWER_WAIT, Duration.ofMinutes(31), Duration.ofSeconds(10), 2);

  private static Optional<Step> decide(CommandState state, CommandEvent event) {
    return CommandLifecycle.decide(state, event, NOW, PLAN, ANSWER_WAIT);
  }

  private static Optional<Step> waits(int sends, Duration until) {
    return Optional.of(new Step(new InFlight(sends, NOW.plus(until)), false));
  }

  private static Optional<Step> sentAgain() {
    return Optional.of(new Step(new InFlight(2, NOW.plus(ANSWER_WAIT)), true));
  }

  private static Optional<Step> failed(CommandFailure failure) {
    return Optional.of(new Step(new Failed(failure), false));
  }

  // "Delivered, no response, sent again, still no response" is E21 with N13.
  @Test
  void whatIsDeliveredAndNotAnsweredIsSentOnceMoreAndThenFails() {
    DeadlinePassed event = new DeadlinePassed(Progress.DELIVERED);
    assertThat(decide(new InFlight(1, NOW), event)).isEqualTo(sentAgain());
    assertThat(decide(new InFlight(2, NOW), event)).isEqualTo(failed(CommandFailure.NO_RESPONSE));
  }

  // "At least one retry made, delivery failed" is E20 with N12.
  @Test
  void whatIsNotDeliveredIsTriedAgainSoonAndThenFails() {
    assertThat(decide(new InFlight(1, NOW), new NotDelivered()))
        .isEqualTo(waits(1, Duration.ofSeconds(10)));
    assertThat(decide(new InFlight(1, NOW), new DeadlinePassed(Progress.NOT_SENT)))
        .isEqualTo(sentAgain());
    assertThat(decide(new InFlight(2, NOW), new NotDelivered()))
        .isEqualTo(failed(CommandFailure.NOT_DELIVERED));
  }

  // The SM WAN will report; a second copy beside the first would only fill its queue.
  @Test
  void whatWaitsInTheWanIsNotSentTwice() {
    assertThat(decide(new InFlight(1, NOW), new DeadlinePassed(Progress.IN_THE_WAN)))
        .isEqualTo(waits(1, ANSWER_WAIT));
  }

  @ParameterizedTest
  @EnumSource(Progress.class)
  void anEndIsAnEnd(Progress progress) {
    for (CommandState end :
        new CommandState[] {
          new CommandState.Answered(),
          new CommandState.GivenBack(),
          new CommandState.Unsupported(),
          new Failed(CommandFailure.NO_RESPONSE)
        }) {
      assertThat(decide(end, new NotDelivered())).isEmpty();
      assertThat(decide(end, new DeadlinePassed(progress))).isEmpty();
    }
  }

  // Whatever happens, a command cannot stay in flight for ever once the WAN has reported.
  @ParameterizedTest
  @EnumSource(value = Progress.class, names = "IN_THE_WAN", mode = EnumSource.Mode.EXCLUDE)
  void everyFlightEnds(Progress progress) {
    CommandState state = new InFlight(1, NOW);
    int steps = 0;
    while (state instanceof InFlight) {
      state = decide(state, new DeadlinePassed(progress)).orElseThrow().state();
      assertThat(++steps).isLessThanOrEqualTo(PLAN.sendsMax());
    }
    assertThat(state).isInstanceOf(Failed.class);
  }
}
