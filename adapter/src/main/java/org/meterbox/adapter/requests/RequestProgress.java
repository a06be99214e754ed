// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.requests;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.meterbox.adapter.parameters.JsonReading;
import org.meterbox.adapter.parameters.ParameterException;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.catalogue.FutureDating;
import org.meterbox.kernel.catalogue.ServiceRequestCatalogue;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a received message means for the request that it is about. */
sealed interface RequestProgress {
  /** Nothing. */
  record None() implements RequestProgress {}

  /** The result. */
  record Answered(ObjectNode result) implements RequestProgress {}

  /** It did not succeed. */
  record Failed(String code, String detail, ObjectNode result) implements RequestProgress {}

  /** The DSP holds it back. */
  record Quarantined(String code) implements RequestProgress {}

  /** A part of the result that comes before its end, such as a command for local delivery. */
  record Part(ObjectNode result) implements RequestProgress {}

  /** What became of one instruction of a future dated command, the number-th of total. */
  record Outcome(int number, int total, String code, ObjectNode result)
      implements RequestProgress {}

  /** A device that answers late after all undoes these ends. */
  Set<String> UNKNOWN_OUTCOMES = Set.of("N10", "N12", "N13", "N53", "E20", "E21");

  /** The device's alert that an instruction of a future dated command failed. */
  String INSTRUCTION_FAILED = "8F67";

  /**
   * The step that the request makes; empty where it makes none.
   *
   * @param now the moment of the decision
   */
  default Optional<RequestChange> change(StoredRequest request, Instant now) {
    boolean open =
        !request.state().ended()
            || (request.state() == RequestState.FAILED
                && request.code().filter(UNKNOWN_OUTCOMES::contains).isPresent());
    if (!open) {
      return Optional.empty();
    }
    return switch (this) {
      case None() -> Optional.empty();
      case Answered(ObjectNode result) ->
          Optional.of(
              RequestChange.to(
                      isHeldByDevice(request, now)
                          ? RequestState.AWAITING_EXECUTION
                          : RequestState.ANSWERED)
                  .with(merged(request, result).toString()));
      case Failed(String code, String detail, ObjectNode result) ->
          Optional.of(
              RequestChange.by(RequestState.FAILED, code, detail)
                  .with(merged(request, result).toString()));
      case Quarantined(String code) ->
          Optional.of(
              RequestChange.by(RequestState.QUARANTINED, code, "held back by anomaly detection"));
      case Part(ObjectNode result) ->
          Optional.of(RequestChange.to(request.state()).with(merged(request, result).toString()));
      case Outcome outcome -> Optional.of(outcome(request, outcome));
    };
  }

  private static RequestChange outcome(StoredRequest request, Outcome outcome) {
    ObjectNode result = merged(request, JsonNodeFactory.instance.objectNode());
    ArrayNode outcomes =
        result.get("outcomes") instanceof ArrayNode begun ? begun : result.putArray("outcomes");
    outcomes
        .addObject()
        .put("instruction", outcome.number())
        .put("code", outcome.code())
        .setAll(outcome.result());
    if (outcomes.size() < outcome.total()) {
      return RequestChange.to(RequestState.AWAITING_EXECUTION).with(result.toString());
    }
    for (var one : outcomes) {
      if (one.path("code").asString("").equals(INSTRUCTION_FAILED)) {
        return RequestChange.by(
                RequestState.FAILED,
                INSTRUCTION_FAILED,
                "the device could not carry out an instruction at its time")
            .with(result.toString());
      }
    }
    return RequestChange.to(RequestState.ANSWERED).with(result.toString());
  }

  /** Device-held: the first answer says only that the command was taken. */
  private static boolean isHeldByDevice(StoredRequest request, Instant now) {
    FutureDating dating =
        ServiceRequestCatalogue.current()
            .find(request.service())
            .map(ServiceRequestEntry::futureDating)
            .orElse(FutureDating.NO);
    return (dating == FutureDating.DEVICE || dating == FutureDating.DSP_AND_DEVICE)
        && request.execution().filter(now::isBefore).isPresent()
        && request.execution().filter(CANCELLATION::isAfter).isPresent();
  }

  /** An execution date from this one on cancels an earlier request (DUIS, ExecutionDateTime). */
  Instant CANCELLATION = Instant.parse("3000-12-31T00:00:00Z");

  private static ObjectNode merged(StoredRequest request, ObjectNode more) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    if (request.result().isPresent()) {
      byte[] before = request.result().get().getBytes(java.nio.charset.StandardCharsets.UTF_8);
      try {
        result.setAll(JsonReading.object(Octets.of(before)));
      } catch (ParameterException ownText) {
        throw new IllegalStateException("a stored result is no JSON", ownText);
      }
    }
    result.setAll(more);
    return result;
  }
}
