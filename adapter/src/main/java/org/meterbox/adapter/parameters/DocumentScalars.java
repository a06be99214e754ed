// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.parameters;

import java.math.BigDecimal;
import org.meterbox.duis.schema.SimpleType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Single values as JSON: numbers and truth values only where JSON keeps every character. */
final class DocumentScalars {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private DocumentScalars() {}

  static JsonNode of(SimpleType type, String text) {
    return switch (type.base()) {
      case BOOLEAN ->
          text.equals("true") || text.equals("false")
              ? NODES.booleanNode(text.equals("true"))
              : NODES.stringNode(text);
      case INTEGER, DECIMAL -> number(text);
      case STRING, TOKEN, DATE, TIME, DATE_TIME, HEX, BASE64 -> NODES.stringNode(text);
    };
  }

  private static JsonNode number(String text) {
    if (text.length() <= JsonReading.NUMBER_LENGTH_MAX) {
      try {
        BigDecimal number = new BigDecimal(text);
        if (number.scale() >= 0 && number.toPlainString().equals(text)) {
          return number.scale() == 0
              ? NODES.numberNode(number.toBigIntegerExact())
              : NODES.numberNode(number);
        }
      } catch (NumberFormatException notANumberOfJson) {
        return NODES.stringNode(text);
      }
    }
    return NODES.stringNode(text);
  }
}
