// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.requests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meterbox.adapter.requests.RequestProgress.Answered;
import org.meterbox.adapter.requests.RequestProgress.Failed;
import org.meterbox.adapter.requests.RequestProgress.Outcome;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.catalogue.FutureDating;
import org.meterbox.kernel.catalogue.ServiceRequestCatalogue;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What received messages mean for the request that they are about. */
final class RequestProgressTest {
  private static final Instant NOW = Instant.parse("2027-01-31T07:30:00Z");
  private static final ServiceReferenceVariant HELD_BY_DEVICE =
      ServiceRequestCatalogue.current().entries().stream()
          .filter(entry -> entry.futureDating() == FutureDating.DEVICE)
          .findFirst()
          .orElseThrow()
          .variant();

  private static ObjectNode empty() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static StoredRequest request(
      RequestState state,
      Optional<String> code,
      Optional<Instant> execution,
      Optional<String> result) {
    MessageId id = MessageId.parse("90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:7");
    return new StoredRequest(
        id.toString(),
        id,
        "operator",
        "supplier1",
        HELD_BY_DEVICE,
        Optional.of(id.target().dashed()),
        CommandVariant.CRITICAL_WAN,
        "{}",
        execution,
        Optional.empty(),
        state,
        Optional.empty(),
        Optional.empty(),
        code,
        Optional.empty(),
        Optional.empty(),
        result,
        0,
        NOW,
        NOW);
  }

  private static RequestState after(RequestProgress progress, StoredRequest request) {
    return progress.change(request, NOW).map(RequestChange::state).orElse(request.state());
  }

  // The DSP gave up the delivery, and the meter answers after all.
  @Test
  void aLateAnswerUndoesAnEndWhoseOutcomeWasUnknown() {
    Answered answered = new Answered(empty());
    assertThat(
            after(
                answered,
                request(
                    RequestState.FAILED, Optional.of("N12"), Optional.empty(), Optional.empty())))
        .isEqualTo(RequestState.ANSWERED);
    assertThat(
            after(
                answered,
                request(
                    RequestState.FAILED,
                    Optional.of(NextStep.DEVICE_REFUSED),
                    Optional.empty(),
                    Optional.empty())))
        .isEqualTo(RequestState.FAILED);
    assertThat(
            after(
                answered,
                request(
                    RequestState.REFUSED, Optional.of("E4"), Optional.empty(), Optional.empty())))
        .isEqualTo(RequestState.REFUSED);
  }

  @Test
  void nothingChangesWhatWasAnswered() {
    StoredRequest answered =
        request(RequestState.ANSWERED, Optional.empty(), Optional.empty(), Optional.empty());
    assertThat(new Failed("N13", "no answer", empty()).change(answered, NOW)).isEmpty();
  }

  // The first answer of a future dated command says only that the meter took it.
  @Test
  void aCommandThatTheMeterHoldsWaitsForItsTime() {
    Answered answered = new Answered(empty());
    Optional<Instant> later = Optional.of(NOW.plus(Duration.ofSeconds(1)));
    assertThat(
            after(answered, request(RequestState.SENT, Optional.empty(), later, Optional.empty())))
        .isEqualTo(RequestState.AWAITING_EXECUTION);
    assertThat(
            after(
                answered,
                request(RequestState.SENT, Optional.empty(), Optional.of(NOW), Optional.empty())))
        .isEqualTo(RequestState.ANSWERED);
    assertThat(
            after(
                answered,
                request(
                    RequestState.SENT,
                    Optional.empty(),
                    Optional.of(RequestProgress.CANCELLATION),
                    Optional.empty())))
        .as("a cancellation is carried out at once")
        .isEqualTo(RequestState.ANSWERED);
  }

  @Test
  void allInstructionsOfACommandMustSucceed() {
    StoredRequest waiting =
        request(
            RequestState.AWAITING_EXECUTION, Optional.empty(), Optional.empty(), Optional.empty());
    RequestChange first = new Outcome(1, 2, "8F66", empty()).change(waiting, NOW).orElseThrow();
    assertThat(first.state()).isEqualTo(RequestState.AWAITING_EXECUTION);
    StoredRequest half =
        request(
            RequestState.AWAITING_EXECUTION, Optional.empty(), Optional.empty(), first.result());
    assertThat(after(new Outcome(2, 2, "8F66", empty()), half)).isEqualTo(RequestState.ANSWERED);
    assertThat(after(new Outcome(2, 2, "8F67", empty()), half)).isEqualTo(RequestState.FAILED);
  }
}
