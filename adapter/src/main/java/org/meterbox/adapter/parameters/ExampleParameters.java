// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.parameters;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.meterbox.duis.schema.AttributeDeclaration;
import org.meterbox.duis.schema.Content;
import org.meterbox.duis.schema.ElementDeclaration;
import org.meterbox.duis.schema.Particle;
import org.meterbox.duis.schema.SimpleType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The shortest parameters that the schema allows for a request: what must be there, the first of
 * each choice, the first of the values allowed.
 */
public final class ExampleParameters {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** One value for each pattern of the schema. */
  private static final List<String> PATTERN_SAMPLES =
      List.of(
          "00-DB-12-34-56-78-90-A0",
          "90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:1000",
          "12345678901234567890",
          "1234",
          "Hello");

  private ExampleParameters() {}

  /** The parameters of a request. */
  public static JsonNode of(ElementDeclaration request) {
    return of(request, 1);
  }

  private static JsonNode of(ElementDeclaration declaration, int place) {
    return switch (declaration.content()) {
      case Content.Text(SimpleType type, var attributes) when attributes.isEmpty() -> value(type);
      case Content.Text(SimpleType type, var attributes) -> {
        ObjectNode object = attributes(attributes, place);
        object.set(ParameterMapping.VALUE, value(type));
        yield object;
      }
      case Content.Elements(var particles, var attributes) -> {
        ObjectNode object = attributes(attributes, place);
        particles.forEach(particle -> add(particle, object));
        yield object;
      }
      case Content.Foreign() -> NODES.objectNode();
    };
  }

  private static ObjectNode attributes(List<AttributeDeclaration> attributes, int place) {
    ObjectNode object = NODES.objectNode();
    for (AttributeDeclaration attribute : attributes) {
      if (attribute.required()) {
        object.set(
            attribute.name(),
            attribute.type().base() == SimpleType.Base.INTEGER
                ? NODES.numberNode(place)
                : value(attribute.type()));
      }
    }
    return object;
  }

  private static void add(Particle particle, ObjectNode object) {
    switch (particle) {
      case Particle.One one -> {
        if (one.optional()) {
          return;
        }
        if (!one.repeated()) {
          object.set(one.element().name(), of(one.element(), 1));
          return;
        }
        ArrayNode list = object.putArray(one.element().name());
        for (int place = 1; place <= one.minimum(); place++) {
          list.add(of(one.element(), place));
        }
      }
      case Particle.Sequence(var particles, boolean optional) -> {
        if (!optional) {
          particles.forEach(inner -> add(inner, object));
        }
      }
      case Particle.Choice(var particles, boolean optional) -> {
        if (!optional) {
          add(particles.getFirst(), object);
        }
      }
    }
  }

  private static JsonNode value(SimpleType type) {
    if (!type.enumeration().isEmpty()) {
      return DocumentScalars.of(type, type.enumeration().getFirst());
    }
    return switch (type.base()) {
      case STRING, TOKEN -> NODES.stringNode(text(type));
      case BOOLEAN -> NODES.booleanNode(true);
      case INTEGER, DECIMAL -> number(type);
      case DATE -> NODES.stringNode("2027-01-01");
      case TIME -> NODES.stringNode("00:00:00Z");
      case DATE_TIME -> NODES.stringNode("2027-01-01T00:00:00.00Z");
      case HEX -> NODES.stringNode("00".repeat(Math.max(1, type.minLength().orElse(1))));
      case BASE64 -> NODES.stringNode("AAAA");
    };
  }

  private static String text(SimpleType type) {
    if (type.patterns().isEmpty()) {
      return "1".repeat(Math.max(1, type.minLength().orElse(1)));
    }
    return PATTERN_SAMPLES.stream()
        .filter(sample -> type.patterns().stream().allMatch(p -> Pattern.matches(p, sample)))
        .findFirst()
        .orElse("1");
  }

  private static JsonNode number(SimpleType type) {
    return type.minimum()
        .filter(least -> least.signum() > 0 || type.exclusive())
        .map(least -> type.exclusive() ? above(least, type.maximum()) : least)
        .map(least -> DocumentScalars.of(type, least.toPlainString()))
        .orElseGet(() -> NODES.numberNode(0));
  }

  /** The next whole step; the middle where that is not below the limit. */
  private static BigDecimal above(BigDecimal least, Optional<BigDecimal> limit) {
    BigDecimal next = least.add(BigDecimal.ONE);
    return limit
        .filter(most -> next.compareTo(most) >= 0)
        .map(most -> least.add(most).divide(BigDecimal.TWO))
        .orElse(next);
  }
}
