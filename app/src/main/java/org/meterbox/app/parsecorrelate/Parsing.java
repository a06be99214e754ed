// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.parsecorrelate;

import io.helidon.http.Status;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.app.files.MessageFile;
import org.meterbox.correlate.ParseAndCorrelate;
import org.meterbox.correlate.ParseResult;
import org.meterbox.correlate.ParseResult.Parsed;
import org.meterbox.correlate.ParseResult.Refuted;
import org.meterbox.correlate.Verdict;
import org.meterbox.correlate.keys.PartyCertificate;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.ServiceReferenceVariant;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /v1/parse}: one device message becomes one MMC document. */
final class Parsing {
  /** The longest question: a message in hexadecimal text, with some white space. */
  static final int BODY_MAX = MessageFile.MAX_FILE_OCTETS;

  private final ParseAndCorrelate parser;

  Parsing(ParseAndCorrelate parser) {
    this.parser = parser;
  }

  /**
   * Parses.
   *
   * @param body a message in hexadecimal text or octets
   * @param service the Service Reference Variant of the request that it answers, where the caller
   *     says it
   */
  Answer answer(byte[] body, Optional<String> service) {
    try {
      Octets message = MessageFile.of(body).octets();
      ParseResult result =
          service.isPresent()
              ? parser.parse(message, new ServiceReferenceVariant(service.get()))
              : parser.parse(message);
      return switch (result) {
        case Parsed parsed -> new Answer(Status.OK_200, "parsed", json(parsed));
        case Refuted refuted ->
            new Answer(Status.UNPROCESSABLE_CONTENT_422, "refuted", json(refuted));
      };
    } catch (MessageFile.UnreadableException | DecodeException malformed) {
      return Answer.malformed("no GBCS message: " + malformed.getMessage());
    } catch (IllegalArgumentException noVariant) {
      return Answer.malformed("service: " + noVariant.getMessage());
    }
  }

  private ObjectNode json(Parsed parsed) {
    ObjectNode json = facts(parsed);
    json.set("sensitiveContent", verdict(parsed.sensitiveContent()));
    json.put("authentic", parsed.authentic());
    json.put("outcome", word(parsed.outcome()));
    parsed.service().ifPresent(variant -> json.put("service", variant.value()));
    if (parsed.service().isEmpty()) {
      ArrayNode possible = json.putArray("possibleServices");
      parser.servicesAnswered(parsed.header()).forEach(variant -> possible.add(variant.value()));
    }
    parsed.remark().ifPresent(remark -> json.put("remark", remark));
    json.put("document", new String(parsed.document().toArray(), StandardCharsets.UTF_8));
    return json;
  }

  private static ObjectNode json(Refuted refuted) {
    ObjectNode json = facts(refuted);
    json.set("sensitiveContent", verdict(refuted.sensitiveContent()));
    json.put("error", "the message is not what its originator sent");
    return json;
  }

  private static ObjectNode facts(ParseResult result) {
    MessageId id = result.header().messageId();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("originator", id.originator().dashed());
    json.put("target", id.target().dashed());
    json.put("counter", id.counter().toString());
    json.put("messageCode", result.header().messageCode().hex());
    json.set("mac", verdict(result.mac()));
    json.set("signature", verdict(result.signature()));
    return json;
  }

  private static ObjectNode verdict(Verdict verdict) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    switch (verdict) {
      case Verdict.Valid(PartyCertificate certificate) -> {
        json.put("verdict", "valid");
        json.put("holder", certificate.holder().dashed());
        json.put("issuer", certificate.issuer());
        json.put("serialNumber", certificate.serialNumber().toString());
      }
      case Verdict.Invalid invalid -> {
        json.put("verdict", "invalid");
        json.put("certificatesTried", invalid.tried().size());
      }
      case Verdict.NoKey(var party, var use) -> {
        json.put("verdict", "no-key");
        json.put("holder", party.dashed());
        json.put("missing", word(use));
      }
      case Verdict.Absent() -> json.put("verdict", "absent");
    }
    return json;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
