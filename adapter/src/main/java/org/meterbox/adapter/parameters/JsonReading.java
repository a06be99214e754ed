// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.parameters;

import java.util.Locale;
import java.util.Optional;
import org.meterbox.kernel.Octets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads JSON from strangers within limits; numbers keep every digit. */
public final class JsonReading {
  /** How deep objects and lists nest; the deepest request of DUIS 5.4 has nine levels. */
  public static final int DEPTH_MAX = 24;

  /** Characters of a number: the largest of DUIS, a counter of 64 bits, has twenty. */
  public static final int NUMBER_LENGTH_MAX = 40;

  /** Characters of one name. */
  public static final int NAME_LENGTH_MAX = 200;

  /** Characters of one text: a firmware image of 10,240,000 octets in base64. */
  public static final int TEXT_LENGTH_MAX = 14_000_000;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH_MAX)
                          .maxNumberLength(NUMBER_LENGTH_MAX)
                          .maxNameLength(NAME_LENGTH_MAX)
                          .maxStringLength(TEXT_LENGTH_MAX)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private JsonReading() {}

  /**
   * Reads one JSON object.
   *
   * @throws ParameterException where the octets are none, or exceed a limit; it names the place
   */
  public static ObjectNode object(Octets body) throws ParameterException {
    JsonNode read;
    try {
      read = MAPPER.readTree(body.toArray());
    } catch (JacksonException malformed) {
      throw new ParameterException(
          "body" + place(malformed), "is no JSON within the limits: " + firstLine(malformed));
    }
    if (read instanceof ObjectNode object) {
      return object;
    }
    throw new ParameterException("body", "is not a JSON object");
  }

  /** Jackson knows no place where a limit was exceeded outside the parser. */
  private static String place(JacksonException malformed) {
    return Optional.ofNullable(malformed.getLocation())
        .map(location ->
            String.format(
                Locale.ROOT,
                ", line %d, column %d,",
                Math.max(1, location.getLineNr()),
                Math.max(1, location.getColumnNr())))
        .orElse("");
  }

  private static String firstLine(JacksonException malformed) {
    return String.valueOf(malformed.getOriginalMessage()).lines().findFirst().orElse("malformed");
  }
}
