// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.parameters;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.meterbox.duis.schema.AttributeDeclaration;
import org.meterbox.duis.schema.Content;
import org.meterbox.duis.schema.ElementDeclaration;
import org.meterbox.duis.schema.Particle;
import org.meterbox.duis.schema.SimpleType;
import org.meterbox.duis.schema.SimpleType.Base;
import org.meterbox.duis.xml.DuisNames;
import org.meterbox.duis.xml.XmlElement;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns JSON parameters into the element of a Service Request. One rule for every service: an
 * element with elements is an object, its members have the elements' names, what may be repeated is
 * a list, an attribute is a member beside the elements, the value of an element with attributes is
 * the member {@link #VALUE}, and an element that is always empty is {@code {}} or {@code true}. The
 * order of members does not matter; elements come in the order of the schema.
 */
public final class ParameterMapping {
  /** The member with the value of an element that also has attributes. */
  public static final String VALUE = "value";

  /** How far a number's exponent may move its point. */
  private static final int SCALE_MAX = 40;

  private ParameterMapping() {}

  /**
   * The request element that the parameters describe.
   *
   * @throws ParameterException naming the first parameter that is missing, unknown or wrong
   */
  public static XmlElement element(ElementDeclaration declaration, JsonNode parameters)
      throws ParameterException {
    return element(declaration, parameters, "");
  }

  private static XmlElement element(ElementDeclaration declaration, JsonNode json, String path)
      throws ParameterException {
    XmlElement.Builder builder = XmlElement.builder(DuisNames.DUIS, declaration.name());
    switch (declaration.content()) {
      case Content.Text(SimpleType type, var attributes) when attributes.isEmpty() ->
          builder.text(text(type, json, path));
      case Content.Text(SimpleType type, var attributes) -> {
        Members members = new Members(object(json, path), path);
        attributes(attributes, members, builder);
        JsonNode value =
            members
                .take(VALUE)
                .orElseThrow(() -> new ParameterException(join(path, VALUE), "is missing"));
        builder.text(text(type, value, join(path, VALUE)));
        members.end(declaration);
      }
      case Content.Elements(var particles, var attributes)
          when particles.isEmpty() && attributes.isEmpty() ->
          requireEmpty(json, path);
      case Content.Elements(var particles, var attributes) -> {
        Members members = new Members(object(json, path), path);
        attributes(attributes, members, builder);
        for (Particle particle : particles) {
          add(particle, members, builder);
        }
        members.end(declaration);
      }
      case Content.Foreign() ->
          throw new ParameterException(path, "cannot be given: it is not part of a request");
    }
    return builder.build();
  }

  private static void attributes(
      List<AttributeDeclaration> attributes, Members members, XmlElement.Builder builder)
      throws ParameterException {
    for (AttributeDeclaration attribute : attributes) {
      Optional<JsonNode> given = members.take(attribute.name());
      String path = members.path(attribute.name());
      if (given.isPresent()) {
        builder.attribute(attribute.name(), text(attribute.type(), given.get(), path));
      } else if (attribute.required()) {
        throw new ParameterException(path, "is missing");
      }
    }
  }

  private static void add(Particle particle, Members members, XmlElement.Builder builder)
      throws ParameterException {
    switch (particle) {
      case Particle.One one -> addOne(one, members, builder);
      case Particle.Sequence(var particles, boolean optional) -> {
        if (!optional || members.hasAnyOf(names(particle))) {
          for (Particle inner : particles) {
            add(inner, members, builder);
          }
        }
      }
      case Particle.Choice choice -> addChosen(choice, members, builder);
    }
  }

  private static void addOne(Particle.One one, Members members, XmlElement.Builder builder)
      throws ParameterException {
    String name = one.element().name();
    String path = members.path(name);
    Optional<JsonNode> given = members.take(name);
    if (given.isEmpty()) {
      if (!one.optional()) {
        throw new ParameterException(path, "is missing");
      }
      return;
    }
    if (!one.repeated()) {
      builder.child(element(one.element(), given.get(), path));
      return;
    }
    JsonNode list = given.get();
    if (!list.isArray()) {
      throw new ParameterException(path, "is not a list: write it in brackets");
    }
    if (list.size() < one.minimum() || list.size() > one.maximum()) {
      throw new ParameterException(
          path,
          String.format(
              Locale.ROOT,
              "has %d entries instead of %d to %d",
              list.size(),
              one.minimum(),
              one.maximum()));
    }
    for (int i = 0; i < list.size(); i++) {
      builder.child(element(one.element(), list.get(i), path + "[" + i + "]"));
    }
  }

  /**
   * Where members of several alternatives are given, the alternative that uses most of them stands;
   * what it leaves over is refused with the other unknown members.
   */
  private static void addChosen(Particle.Choice choice, Members members, XmlElement.Builder builder)
      throws ParameterException {
    List<Particle> possible =
        choice.particles().stream()
            .filter(alternative -> members.hasAnyOf(names(alternative)))
            .toList();
    if (possible.isEmpty()) {
      if (choice.optional() || choice.particles().stream().anyMatch(Particle::optional)) {
        return;
      }
      throw new ParameterException(
          members.path(String.join("|", names(choice))), "is missing: one of these is needed");
    }
    Particle best = possible.getFirst();
    int fewestLeft = Integer.MAX_VALUE;
    for (Particle alternative : possible) {
      int left = members.leftAfter(alternative);
      if (left < fewestLeft) {
        fewestLeft = left;
        best = alternative;
      }
    }
    add(best, members, builder);
    Set<String> excluded = new TreeSet<>(names(choice));
    excluded.retainAll(members.left());
    if (!excluded.isEmpty()) {
      throw new ParameterException(
          members.path(excluded.iterator().next()),
          "cannot stand beside " + String.join(", ", names(best)) + ": give one of them");
    }
  }

  /** The names of all elements that a part may begin with or hold at its own level. */
  static Set<String> names(Particle particle) {
    Set<String> found = new LinkedHashSet<>();
    switch (particle) {
      case Particle.One one -> found.add(one.element().name());
      case Particle.Sequence sequence ->
          sequence.particles().forEach(inner -> found.addAll(names(inner)));
      case Particle.Choice choice ->
          choice.particles().forEach(inner -> found.addAll(names(inner)));
    }
    return found;
  }

  private static ObjectNode object(JsonNode json, String path) throws ParameterException {
    if (json instanceof ObjectNode object) {
      return object;
    }
    throw new ParameterException(path.isEmpty() ? "parameters" : path, "is not an object");
  }

  private static void requireEmpty(JsonNode json, String path) throws ParameterException {
    boolean empty = (json.isObject() && json.isEmpty()) || (json.isBoolean() && json.asBoolean());
    if (!empty) {
      throw new ParameterException(
          json.isObject() ? join(path, json.propertyNames().iterator().next()) : path,
          json.isObject()
              ? "is not a parameter: there are none"
              : "has no value: write {} or true");
    }
  }

  private static String text(SimpleType type, JsonNode json, String path)
      throws ParameterException {
    String text = lexical(type, json, path);
    Optional<String> fault = type.fault(text);
    if (fault.isPresent()) {
      throw new ParameterException(path, fault.get());
    }
    if (text.chars().anyMatch(ParameterMapping::isNoXmlCharacter)) {
      throw new ParameterException(path, "has a character that XML cannot hold");
    }
    return text;
  }

  private static boolean isNoXmlCharacter(int c) {
    return (c < ' ' && c != '\t' && c != '\n' && c != '\r') || c >= 0xFFFE;
  }

  private static String lexical(SimpleType type, JsonNode json, String path)
      throws ParameterException {
    boolean number = type.base() == Base.INTEGER || type.base() == Base.DECIMAL;
    if (json.isString()) {
      return json.stringValue();
    }
    if (json.isNumber() && number) {
      BigDecimal value = json.decimalValue();
      if (Math.abs(value.scale()) > SCALE_MAX) {
        throw new ParameterException(path, "is a number out of every range");
      }
      return value.toPlainString();
    }
    if (json.isBoolean() && type.base() == Base.BOOLEAN) {
      return json.asString();
    }
    throw new ParameterException(
        path,
        json.isNumber() && type.base() != Base.BOOLEAN
            ? "is a text: write it in quotes"
            : "is not " + type.form());
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** The members of one object, and which of them are not used yet. */
  private static final class Members {
    private final ObjectNode object;
    private final String path;
    private final Set<String> left;

    Members(ObjectNode object, String path) {
      this(object, path, new LinkedHashSet<>(object.propertyNames()));
    }

    private Members(ObjectNode object, String path, Set<String> left) {
      this.object = object;
      this.path = path;
      this.left = left;
    }

    Optional<JsonNode> take(String name) {
      return left.remove(name) ? Optional.ofNullable(object.get(name)) : Optional.empty();
    }

    boolean hasAnyOf(Set<String> names) {
      return names.stream().anyMatch(left::contains);
    }

    Set<String> left() {
      return left;
    }

    /** How many members an alternative would leave over; very many where it does not fit. */
    int leftAfter(Particle alternative) {
      Members trial = new Members(object, path, new LinkedHashSet<>(left));
      try {
        add(alternative, trial, XmlElement.builder(DuisNames.DUIS, "trial"));
        return trial.left.size();
      } catch (ParameterException doesNotFit) {
        return Integer.MAX_VALUE - 1;
      }
    }

    String path(String name) {
      return join(path, name);
    }

    void end(ElementDeclaration declaration) throws ParameterException {
      if (!left.isEmpty()) {
        Set<String> known = known(declaration.content());
        throw new ParameterException(
            path(left.iterator().next()),
            known.isEmpty()
                ? "is not a parameter: there are none"
                : "is not a parameter; there are " + String.join(", ", known));
      }
    }

    private static Set<String> known(Content content) {
      Set<String> known = new LinkedHashSet<>();
      content.attributes().forEach(attribute -> known.add(attribute.name()));
      if (content instanceof Content.Elements(List<Particle> particles, var _)) {
        particles.forEach(particle -> known.addAll(names(particle)));
      } else {
        known.add(VALUE);
      }
      return known;
    }
  }

  /** The names of the parameters of a request, in the order of the schema. */
  public static List<String> parameters(ElementDeclaration request) {
    return new ArrayList<>(Members.known(request.content()));
  }
}
