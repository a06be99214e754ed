// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.parsecorrelate;

import io.helidon.http.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.meterbox.app.files.MessageFile;
import org.meterbox.correlate.Correlation;
import org.meterbox.correlate.Difference;
import org.meterbox.correlate.ParseAndCorrelate;
import org.meterbox.correlate.check.OriginalRequest;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.Reading.Refused;
import org.meterbox.duis.Reading.Valid;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.xml.XmlLimits;
import org.meterbox.kernel.Octets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /v1/correlate}: one Pre-Command is compared with its request. */
final class Correlating {
  /** The longest question: a request whose every character JSON escapes, and a Pre-Command. */
  static final int BODY_MAX = 2 * XmlLimits.ONE_DEVICE.octets() + MessageFile.MAX_FILE_OCTETS;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final DuisReader reader = new DuisReader(XmlLimits.ONE_DEVICE);
  private final ParseAndCorrelate correlator;

  Correlating(ParseAndCorrelate correlator) {
    this.correlator = correlator;
  }

  /**
   * Compares.
   *
   * @param body a JSON object with the DUIS document {@code request} and the hexadecimal digits
   *     {@code preCommand}
   */
  Answer answer(byte[] body) {
    JsonNode question;
    try {
      question = JSON.readTree(body);
    } catch (JacksonException notJson) {
      return Answer.malformed("the body is no JSON: " + notJson.getOriginalMessage());
    }
    Optional<String> request = text(question, "request");
    Optional<String> preCommand = text(question, "preCommand");
    if (request.isEmpty() || preCommand.isEmpty()) {
      return Answer.malformed("expected a JSON object with the texts request and preCommand");
    }
    try {
      MessageFile read = MessageFile.of(preCommand.get().getBytes(StandardCharsets.ISO_8859_1));
      return read.form() instanceof MessageFile.Form.Hexadecimal
          ? correlate(Octets.of(request.get().getBytes(StandardCharsets.UTF_8)), read.octets())
          : Answer.malformed("preCommand: expected hexadecimal digits");
    } catch (MessageFile.UnreadableException malformed) {
      return Answer.malformed("preCommand: " + malformed.getMessage());
    }
  }

  private Answer correlate(Octets document, Octets preCommand) {
    return switch (reader.readRequest(document)) {
      case Refused<ServiceRequest>(var refusal, var _) -> Answer.malformed("request: " + refusal);
      case Valid<ServiceRequest>(ServiceRequest request) ->
          answer(correlator.correlate(OriginalRequest.of(request), preCommand));
    };
  }

  private static Answer answer(Correlation correlation) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    return switch (correlation) {
      case Correlation.Match(var useCase, var issuerTime) -> {
        json.put("match", true);
        json.put("useCase", useCase.hex());
        issuerTime.ifPresent(time -> json.put("issuerTime", time.toString()));
        json.putArray("differences");
        yield new Answer(Status.OK_200, "match", json);
      }
      case Correlation.Mismatch(List<Difference> differences) -> {
        json.put("match", false);
        ArrayNode array = json.putArray("differences");
        for (Difference difference : differences) {
          ObjectNode one = array.addObject();
          one.put("field", difference.field());
          one.put("requested", difference.requested());
          one.put("found", difference.found());
        }
        yield new Answer(Status.OK_200, "mismatch", json);
      }
      case Correlation.Unusable(String reason) ->
          Answer.error(Status.UNPROCESSABLE_CONTENT_422, "unusable", reason);
    };
  }

  private static Optional<String> text(JsonNode question, String name) {
    JsonNode value = question.get(name);
    return value != null && value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
  }
}
