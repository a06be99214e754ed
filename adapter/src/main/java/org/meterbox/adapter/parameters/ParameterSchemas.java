// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.parameters;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.meterbox.duis.schema.AttributeDeclaration;
import org.meterbox.duis.schema.Content;
import org.meterbox.duis.schema.ElementDeclaration;
import org.meterbox.duis.schema.Particle;
import org.meterbox.duis.schema.SimpleType;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Describes the JSON of a request in JSON Schema 2020-12, as OpenAPI 3.1 uses it. */
public final class ParameterSchemas {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ParameterSchemas() {}

  /** The schema of what {@link ParameterMapping} takes for this element. */
  public static ObjectNode of(ElementDeclaration declaration) {
    ObjectNode schema =
        switch (declaration.content()) {
          case Content.Text(SimpleType type, var attributes) when attributes.isEmpty() ->
              value(type);
          case Content.Text(SimpleType type, var attributes) -> {
            ObjectNode object = object();
            List<String> required = attributes(attributes, object);
            properties(object).set(ParameterMapping.VALUE, value(type));
            required.add(ParameterMapping.VALUE);
            yield finished(object, required);
          }
          case Content.Elements(var particles, var attributes) -> {
            ObjectNode object = object();
            List<String> required = attributes(attributes, object);
            particles.forEach(particle -> add(particle, object, required, false));
            yield finished(object, required);
          }
          case Content.Foreign() -> object();
        };
    if (!declaration.documentation().isEmpty()) {
      schema.put("description", declaration.documentation());
    }
    return schema;
  }

  private static ObjectNode object() {
    ObjectNode object = NODES.objectNode();
    object.put("type", "object");
    object.putObject("properties");
    return object;
  }

  private static ObjectNode properties(ObjectNode object) {
    return (ObjectNode) object.get("properties");
  }

  private static ObjectNode finished(ObjectNode object, List<String> required) {
    if (!required.isEmpty()) {
      ArrayNode names = object.putArray("required");
      required.forEach(names::add);
    }
    object.put("additionalProperties", false);
    return object;
  }

  private static List<String> attributes(List<AttributeDeclaration> attributes, ObjectNode object) {
    List<String> required = new ArrayList<>();
    for (AttributeDeclaration attribute : attributes) {
      properties(object).set(attribute.name(), value(attribute.type()));
      if (attribute.required()) {
        required.add(attribute.name());
      }
    }
    return required;
  }

  private static void add(
      Particle particle, ObjectNode object, List<String> required, boolean chosen) {
    switch (particle) {
      case Particle.One one -> {
        ObjectNode schema = of(one.element());
        properties(object).set(one.element().name(), one.repeated() ? list(one, schema) : schema);
        if (!one.optional() && !chosen) {
          required.add(one.element().name());
        }
      }
      case Particle.Sequence(var particles, boolean optional) ->
          particles.forEach(inner -> add(inner, object, required, chosen || optional));
      case Particle.Choice choice -> {
        choice.particles().forEach(inner -> add(inner, object, required, true));
        if (!choice.optional() && !chosen) {
          alternatives(choice, object);
        }
      }
    }
  }

  /** At least one alternative is there; which may stand together the service itself checks. */
  private static void alternatives(Particle.Choice choice, ObjectNode object) {
    ArrayNode anyOf = NODES.arrayNode();
    for (String name : ParameterMapping.names(choice)) {
      anyOf.addObject().putArray("required").add(name);
    }
    ArrayNode all =
        object.get("allOf") instanceof ArrayNode begun ? begun : object.putArray("allOf");
    all.addObject().set("anyOf", anyOf);
  }

  private static ObjectNode list(Particle.One one, ObjectNode items) {
    ObjectNode list = NODES.objectNode();
    list.put("type", "array");
    list.set("items", items);
    list.put("minItems", one.minimum());
    if (one.maximum() < Integer.MAX_VALUE) {
      list.put("maxItems", one.maximum());
    }
    return list;
  }

  private static ObjectNode value(SimpleType type) {
    ObjectNode schema = NODES.objectNode();
    switch (type.base()) {
      case STRING, TOKEN -> {
        schema.put("type", "string");
        type.minLength().ifPresent(least -> schema.put("minLength", least));
        type.maxLength().ifPresent(most -> schema.put("maxLength", most));
        type.patterns().forEach(pattern -> schema.put("pattern", "^(" + pattern + ")$"));
      }
      case BOOLEAN -> schema.put("type", "boolean");
      case INTEGER -> range(type, schema.put("type", "integer"));
      case DECIMAL -> range(type, schema.put("type", "number"));
      case DATE -> schema.put("type", "string").put("format", "date");
      case TIME -> schema.put("type", "string").put("format", "time");
      case DATE_TIME -> schema.put("type", "string").put("format", "date-time");
      case HEX -> schema.put("type", "string").put("pattern", "^([0-9A-Fa-f]{2})*$");
      case BASE64 -> schema.put("type", "string").put("contentEncoding", "base64");
    }
    if (!type.enumeration().isEmpty()) {
      ArrayNode values = schema.putArray("enum");
      type.enumeration().forEach(value -> values.add(DocumentScalars.of(type, value)));
    }
    return schema;
  }

  private static void range(SimpleType type, ObjectNode schema) {
    String least = type.exclusive() ? "exclusiveMinimum" : "minimum";
    String most = type.exclusive() ? "exclusiveMaximum" : "maximum";
    type.minimum().ifPresent(bound -> schema.set(least, NODES.numberNode(plain(bound))));
    type.maximum().ifPresent(bound -> schema.set(most, NODES.numberNode(plain(bound))));
  }

  private static BigDecimal plain(BigDecimal bound) {
    return bound.scale() < 0 ? bound.setScale(0) : bound;
  }
}
