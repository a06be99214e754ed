// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.parameters;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterbox.duis.schema.AttributeDeclaration;
import org.meterbox.duis.schema.Content;
import org.meterbox.duis.schema.ElementDeclaration;
import org.meterbox.duis.schema.Particle;
import org.meterbox.duis.schema.SimpleType;
import org.meterbox.duis.xml.XmlElement;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns DUIS elements into JSON, by the rule of {@link ParameterMapping} the other way round. What
 * comes out gives the same element again: a number whose digits JSON would change stays a text.
 */
public final class DocumentJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private DocumentJson() {}

  /**
   * The JSON form of an element.
   *
   * @param declaration what the schema says of it
   * @throws IllegalArgumentException for an element that the schema does not allow there
   */
  public static JsonNode of(ElementDeclaration declaration, XmlElement element) {
    return switch (declaration.content()) {
      case Content.Text(SimpleType type, var attributes) when attributes.isEmpty() ->
          DocumentScalars.of(type, element.text());
      case Content.Text(SimpleType type, var attributes) -> {
        ObjectNode object = attributes(attributes, element);
        object.set(ParameterMapping.VALUE, DocumentScalars.of(type, element.text()));
        yield object;
      }
      case Content.Elements(var particles, var attributes) -> {
        ObjectNode object = attributes(attributes, element);
        add(particles, element, object);
        yield object;
      }
      case Content.Foreign() -> NODES.objectNode();
    };
  }

  private static ObjectNode attributes(List<AttributeDeclaration> attributes, XmlElement element) {
    ObjectNode object = NODES.objectNode();
    for (AttributeDeclaration attribute : attributes) {
      element
          .attribute(attribute.name())
          .ifPresent(
              value -> object.set(attribute.name(), DocumentScalars.of(attribute.type(), value)));
    }
    return object;
  }

  private static void add(List<Particle> particles, XmlElement element, ObjectNode object) {
    Map<String, List<Particle.One>> known = new LinkedHashMap<>();
    particles.forEach(particle -> collect(particle, known));
    for (XmlElement child : element.children()) {
      Particle.One one = declared(known, element, child);
      JsonNode json = of(one.element(), child);
      if (one.repeated()) {
        ArrayNode list =
            object.get(child.localName()) instanceof ArrayNode begun
                ? begun
                : object.putArray(child.localName());
        list.add(json);
      } else {
        object.set(child.localName(), json);
      }
    }
  }

  /** Alternatives of a choice may declare one name twice: the one that knows all below stands. */
  private static Particle.One declared(
      Map<String, List<Particle.One>> known, XmlElement element, XmlElement child) {
    List<Particle.One> declared =
        Optional.ofNullable(known.get(child.localName()))
            .orElseThrow(() ->
                new IllegalArgumentException(element.path() + " cannot hold " + child.localName()));
    return declared.stream()
        .filter(one -> fits(one.element(), child))
        .findFirst()
        .orElse(declared.getFirst());
  }

  private static boolean fits(ElementDeclaration declaration, XmlElement element) {
    return switch (declaration.content()) {
      case Content.Text text ->
          element.children().isEmpty() && text.type().fault(element.text()).isEmpty();
      case Content.Elements(var particles, var _) -> {
        Map<String, List<Particle.One>> known = new LinkedHashMap<>();
        particles.forEach(particle -> collect(particle, known));
        yield element.children().stream().allMatch(child -> known.containsKey(child.localName()));
      }
      case Content.Foreign() -> true;
    };
  }

  private static void collect(Particle particle, Map<String, List<Particle.One>> known) {
    switch (particle) {
      case Particle.One one ->
          known.computeIfAbsent(one.element().name(), _ -> new ArrayList<>()).add(one);
      case Particle.Sequence sequence ->
          sequence.particles().forEach(inner -> collect(inner, known));
      case Particle.Choice choice -> choice.particles().forEach(inner -> collect(inner, known));
    }
  }
}
