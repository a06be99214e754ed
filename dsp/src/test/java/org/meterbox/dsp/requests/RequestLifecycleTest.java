// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.requests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.meterbox.dsp.requests.RequestLifecycle.Step;
import org.meterbox.dsp.requests.RequestState.Ended;
import org.meterbox.dsp.requests.RequestState.WaitingForPredecessor;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.catalogue.ResponseCode;

/** The whole table of transitions: every open state against every event. */
final class RequestLifecycleTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Instant LATER = NOW.plus(Duration.ofHours(5));
  private static final MessageId PREDECESSOR =
      new MessageId(
          Eui64.parse("90B3D51F30010000"),
          Eui64.parse("00DB1234567890A0"),
          new OriginatorCounter(1));

  private static final Map<String, RequestState> STATES = new LinkedHashMap<>();
  private static final Map<String, RequestEvent> EVENTS = new LinkedHashMap<>();

  static {
    STATES.put("held", new RequestState.Held(NOW));
    STATES.put("waiting", new WaitingForPredecessor(PREDECESSOR, NOW));
    STATES.put("cosParty", new RequestState.AwaitingCosParty(NOW));
    STATES.put("quarantined", new RequestState.Quarantined(7));
    STATES.put("inFlight", new RequestState.InFlight());
    STATES.put("outcomes", new RequestState.AwaitingOutcomes(3, 1, NOW));
    STATES.put("lastOutcome", new RequestState.AwaitingOutcomes(3, 2, NOW));
    EVENTS.put("time", new RequestEvent.TimeCame());
    EVENTS.put("predecessorOk", new RequestEvent.PredecessorSucceeded(Optional.empty()));
    EVENTS.put("predecessorOkLater", new RequestEvent.PredecessorSucceeded(Optional.of(LATER)));
    EVENTS.put("predecessorFailed", new RequestEvent.PredecessorFailed());
    EVENTS.put("predecessorOpen", new RequestEvent.PredecessorOpen());
    EVENTS.put("command", new RequestEvent.CommandMade());
    EVENTS.put("refused", new RequestEvent.CarryingOutRefused(FailureReason.HELD_NOT_ENTITLED));
    EVENTS.put("givenUp", new RequestEvent.CommandGivenUp(FailureReason.NO_RESPONSE));
    EVENTS.put("unsupported", new RequestEvent.CommandUnsupported());
    EVENTS.put("response", RequestEvent.ResponseArrived.only(NOW));
    EVENTS.put("responseOf3", new RequestEvent.ResponseArrived(3, 1, LATER));
    EVENTS.put("responseAfterAll", new RequestEvent.ResponseArrived(3, 3, LATER));
    EVENTS.put("outcome", new RequestEvent.OutcomeArrived());
    EVENTS.put("withdrawn", new RequestEvent.Withdrawn(CancellationReason.CHANGE_OF_TENANCY));
    EVENTS.put("givenBack", new RequestEvent.CommandGivenBack());
    EVENTS.put("postponed", new RequestEvent.Postponed(new RequestState.Held(LATER)));
    EVENTS.put("released", new RequestEvent.Released());
  }

  private static Optional<Step> decide(RequestState state, RequestEvent event) {
    return RequestLifecycle.decide(state, event, NOW, RequestTimes.STANDARD);
  }

  private static RequestState state(String name) {
    return Objects.requireNonNull(STATES.get(name));
  }

  private static String text(Optional<Step> step) {
    if (step.isEmpty()) {
      return "-";
    }
    String effects =
        step.get().effects().stream()
            .map(effect -> effect.name().substring(0, 1))
            .sorted()
            .collect(Collectors.joining());
    String state = step.get().state().toString().replaceAll("^RequestState\\.", "");
    return (state.replaceAll("\\[.*", "") + " " + effects).strip();
  }

  // C carry out, T tell the sender, R release followers. What is not in the table changes nothing.
  private static final Map<String, String> TABLE =
      Stream.of(
              "held time = Held C",
              "held command = InFlight",
              "held givenBack = Answered",
              "held refused = Failed RT",
              "held withdrawn = Cancelled RT",
              "waiting time = Expired RT",
              "waiting predecessorOk = WaitingForPredecessor C",
              "waiting predecessorOkLater = Held",
              "waiting predecessorFailed = Failed RT",
              "waiting predecessorOpen = WaitingForPredecessor",
              "waiting command = InFlight",
              "waiting givenBack = Answered",
              "waiting refused = Failed RT",
              "waiting withdrawn = Cancelled RT",
              "cosParty time = Expired RT",
              "cosParty command = InFlight",
              "cosParty givenBack = Answered",
              "cosParty refused = Failed RT",
              "cosParty withdrawn = Cancelled RT",
              "quarantined released = Quarantined C",
              "quarantined postponed = Held",
              "quarantined command = InFlight",
              "quarantined givenBack = Answered",
              "quarantined refused = Failed RT",
              "quarantined withdrawn = Cancelled RT",
              "inFlight response = Answered R",
              "inFlight responseOf3 = AwaitingOutcomes R",
              "inFlight responseAfterAll = Answered R",
              "inFlight outcome = InFlight",
              "inFlight givenUp = Failed RT",
              "inFlight unsupported = Failed RT",
              "outcomes outcome = AwaitingOutcomes",
              "outcomes time = Expired T",
              "outcomes withdrawn = Cancelled T",
              "lastOutcome outcome = Answered",
              "lastOutcome time = Expired T",
              "lastOutcome withdrawn = Cancelled T")
          .map(line -> line.split(" = ", -1))
          .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));

  static Stream<String> pairs() {
    return STATES.keySet().stream()
        .flatMap(state -> EVENTS.keySet().stream().map(event -> state + " " + event));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void everyStateAnswersEveryEventAsTheTableSays(String pair) {
    String[] names = pair.split(" ", -1);
    Optional<Step> step = decide(state(names[0]), Objects.requireNonNull(EVENTS.get(names[1])));
    assertThat(text(step)).isEqualTo(TABLE.getOrDefault(pair, "-"));
  }

  @Test
  void theTableNamesOnlyWhatThereIs() {
    assertThat(pairs().toList()).containsAll(TABLE.keySet());
  }

  @Test
  void anEndIsAnEnd() {
    for (Ended end :
        new Ended[] {
          new RequestState.Answered(),
          new RequestState.Refused(ResponseCode.E5),
          new RequestState.Failed(FailureReason.NO_RESPONSE),
          new RequestState.Cancelled(CancellationReason.BY_SENDER),
          new RequestState.Expired(FailureReason.OUTCOME_MISSING)
        }) {
      EVENTS.values().forEach(event -> assertThat(decide(end, event)).isEmpty());
    }
  }

  @Test
  void numbersAndTimesAreCarriedAlong() {
    assertThat(decide(new RequestState.InFlight(), new RequestEvent.ResponseArrived(3, 1, LATER)))
        .map(Step::state)
        .contains(new RequestState.AwaitingOutcomes(3, 1, LATER));
    assertThat(decide(state("outcomes"), new RequestEvent.OutcomeArrived()))
        .map(Step::state)
        .contains(new RequestState.AwaitingOutcomes(3, 2, NOW));
    assertThat(decide(state("waiting"), new RequestEvent.PredecessorOpen()))
        .map(Step::state)
        .contains(
            new WaitingForPredecessor(
                PREDECESSOR, NOW.plus(RequestTimes.STANDARD.predecessorWait())));
    assertThat(decide(state("waiting"), new RequestEvent.PredecessorSucceeded(Optional.of(LATER))))
        .map(Step::state)
        .contains(new RequestState.Held(LATER));
  }

  // The codes and alerts of the specifications, each for its own cause.
  @ParameterizedTest
  @CsvSource({
    "NOT_DELIVERED, E20, N12",
    "NO_RESPONSE, E21, N13",
    "OUTCOME_MISSING, E30, N10",
    "HELD_REQUEST_FAILED, E31, N11",
    "PREDECESSOR_FAILED, E40, N14",
    "PREDECESSOR_MISSING, E41, N15",
    "SCHEDULE_NOT_ENTITLED, E46, N35",
    "HELD_NOT_ENTITLED, E47, N36"
  })
  void eachFailureHasItsCodeAndItsAlert(FailureReason reason, String code, String alert) {
    assertThat(reason.report().orElseThrow().code().code()).isEqualTo(code);
    assertThat(reason.report().orElseThrow().alert().code()).isEqualTo(alert);
  }

  // A predecessor outside any sequence, or the 99th member, cannot be followed.
  @ParameterizedTest
  @CsvSource({"1, true, false", "98, true, false", "99, true, true", "0, false, true"})
  void aSequenceHasNinetyNineMembersAtMost(int position, boolean inSequence, boolean outOfOrder) {
    Predecessor predecessor = new Predecessor(new RequestState.Answered(), position, inSequence);
    assertThat(SequenceRules.outOfOrder(predecessor)).isEqualTo(outOfOrder);
  }
}
