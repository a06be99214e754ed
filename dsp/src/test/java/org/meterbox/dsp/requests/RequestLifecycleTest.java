// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.requests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.meterbox.dsp.requests.RequestEvent.NotDelivered;
import org.meterbox.dsp.requests.RequestEvent.Progress;
import org.meterbox.dsp.requests.RequestEvent.ResponseArrived;
import org.meterbox.dsp.requests.RequestEvent.TimePassed;
import org.meterbox.dsp.requests.RequestLifecycle.Effect;
import org.meterbox.dsp.requests.RequestLifecycle.Step;
import org.meterbox.dsp.requests.RequestState.Answered;
import org.meterbox.dsp.requests.RequestState.Failed;
import org.meterbox.dsp.requests.RequestState.InFlight;
import org.meterbox.dsp.requests.RequestState.Refused;
import org.meterbox.kernel.catalogue.ResponseCode;

final class RequestLifecycleTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Duration ANSWER_WAIT = Duration.ofSeconds(30);
  private static final RetryPlan PLAN =
      new RetryPlan(ANSWER_WAIT, Duration.ofMinutes(31), Duration.ofSeconds(10), 2);

  private static Optional<Step> decide(RequestState state, RequestEvent event) {
    return RequestLifecycle.decide(state, event, NOW, PLAN, ANSWER_WAIT);
  }

  private static Optional<Step> step(RequestState state) {
    return Optional.of(new Step(state, Optional.empty()));
  }

  private static Optional<Step> step(RequestState state, Effect effect) {
    return Optional.of(new Step(state, Optional.of(effect)));
  }

  @Test
  void aResponseEndsTheFlight() {
    assertThat(decide(new InFlight(1, NOW), new ResponseArrived()))
        .isEqualTo(step(new Answered(), Effect.DELIVER_RESPONSE));
  }

  // "Delivered, no response, sent again, still no response" is E21 with N13.
  @Test
  void whatIsDeliveredAndNotAnsweredIsSentOnceMoreAndThenFails() {
    TimePassed event = new TimePassed(Progress.DELIVERED);
    assertThat(decide(new InFlight(1, NOW), event))
        .isEqualTo(step(new InFlight(2, NOW.plus(ANSWER_WAIT)), Effect.SEND_COMMAND));
    assertThat(decide(new InFlight(2, NOW), event))
        .isEqualTo(step(new Failed(FailureReason.NO_RESPONSE), Effect.REPORT_FAILURE));
  }

  // "At least one retry made, delivery failed" is E20 with N12.
  @Test
  void whatIsNotDeliveredIsTriedAgainSoonAndThenFails() {
    assertThat(decide(new InFlight(1, NOW), new NotDelivered()))
        .isEqualTo(step(new InFlight(1, NOW.plusSeconds(10))));
    assertThat(decide(new InFlight(1, NOW), new TimePassed(Progress.NOT_SENT)))
        .isEqualTo(step(new InFlight(2, NOW.plus(ANSWER_WAIT)), Effect.SEND_COMMAND));
    assertThat(decide(new InFlight(2, NOW), new NotDelivered()))
        .isEqualTo(step(new Failed(FailureReason.NOT_DELIVERED), Effect.REPORT_FAILURE));
  }

  // The SM WAN will report; a second copy beside the first would only fill its queue.
  @Test
  void whatWaitsInTheWanIsNotSentTwice() {
    assertThat(decide(new InFlight(1, NOW), new TimePassed(Progress.IN_THE_WAN)))
        .isEqualTo(step(new InFlight(1, NOW.plus(ANSWER_WAIT))));
  }

  @ParameterizedTest
  @EnumSource(Progress.class)
  void anEndIsAnEnd(Progress progress) {
    for (RequestState end :
        new RequestState[] {
          new Answered(), new Refused(ResponseCode.E5), new Failed(FailureReason.NO_RESPONSE)
        }) {
      assertThat(decide(end, new ResponseArrived())).isEmpty();
      assertThat(decide(end, new NotDelivered())).isEmpty();
      assertThat(decide(end, new TimePassed(progress))).isEmpty();
    }
  }

  // Whatever happens, a request cannot stay in flight for ever once the WAN has reported.
  @ParameterizedTest
  @EnumSource(value = Progress.class, names = "IN_THE_WAN", mode = EnumSource.Mode.EXCLUDE)
  void everyFlightEnds(Progress progress) {
    RequestState state = new InFlight(1, NOW);
    int steps = 0;
    while (state instanceof InFlight) {
      state = decide(state, new TimePassed(progress)).orElseThrow().state();
      assertThat(++steps).isLessThanOrEqualTo(PLAN.sendsMax());
    }
    assertThat(state).isInstanceOf(Failed.class);
  }
}
