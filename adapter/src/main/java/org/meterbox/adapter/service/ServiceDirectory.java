// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.meterbox.adapter.parameters.ExampleParameters;
import org.meterbox.adapter.parameters.ParameterMapping;
import org.meterbox.adapter.parameters.ParameterSchemas;
import org.meterbox.duis.schema.DuisStructure;
import org.meterbox.duis.schema.ElementDeclaration;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.catalogue.ServiceRequestCatalogue;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The services by number or name, described from catalogue and schema. */
final class ServiceDirectory {
  /** Ways of delivery by which a client chooses the command variant. */
  enum Delivery {
    /** Over the SM WAN. */
    WAN(CommandVariant.NON_CRITICAL_WAN, CommandVariant.CRITICAL_WAN),
    /** Given back, to be delivered by hand. */
    LOCAL(CommandVariant.NON_CRITICAL_LOCAL, CommandVariant.CRITICAL_LOCAL),
    /** Both. */
    BOTH(CommandVariant.NON_CRITICAL_BOTH, CommandVariant.CRITICAL_BOTH);

    private final CommandVariant nonCritical;
    private final CommandVariant critical;

    Delivery(CommandVariant nonCritical, CommandVariant critical) {
      this.nonCritical = nonCritical;
      this.critical = critical;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    CommandVariant variant(ServiceRequestEntry service) {
      if (service.nonDevice()) {
        return CommandVariant.NON_DEVICE;
      }
      return service.critical() ? critical : nonCritical;
    }
  }

  private final Map<String, ServiceRequestEntry> byName = new LinkedHashMap<>();

  ServiceDirectory() {
    for (ServiceRequestEntry entry : ServiceRequestCatalogue.current().entries()) {
      byName.put(entry.variant().value(), entry);
      byName.put(entry.requestElement().toLowerCase(Locale.ROOT), entry);
    }
  }

  /** The service with this number, for example 4.1.1, or the name of its request element. */
  Optional<ServiceRequestEntry> find(String name) {
    return Optional.ofNullable(byName.get(name.toLowerCase(Locale.ROOT)));
  }

  static ElementDeclaration declaration(ServiceRequestEntry entry) {
    return DuisStructure.current()
        .request(entry.requestElement())
        .orElseThrow(() -> new IllegalStateException("the schema lacks " + entry.requestElement()));
  }

  ArrayNode list() {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    ServiceRequestCatalogue.current().entries().forEach(entry -> list.add(summary(entry)));
    return list;
  }

  private static ObjectNode summary(ServiceRequestEntry entry) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("service", entry.variant().value());
    json.put("name", entry.name());
    json.put("request", entry.requestElement());
    json.put("nature", entry.nature().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    json.put(
        "futureDating", entry.futureDating().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    json.put("sensitive", entry.returnsSensitiveData());
    words(json.putArray("roles"), entry.eligibleRoles());
    words(json.putArray("deviceTypes"), entry.targets());
    ArrayNode delivery = json.putArray("delivery");
    if (!entry.nonDevice()) {
      for (Delivery way : Delivery.values()) {
        if (entry.commandVariants().contains(way.variant(entry))) {
          delivery.add(way.word());
        }
      }
    }
    ArrayNode parameters = json.putArray("parameters");
    names(entry).forEach(parameters::add);
    return json;
  }

  private static List<String> names(ServiceRequestEntry entry) {
    ElementDeclaration declaration = declaration(entry);
    return ParameterMapping.parameters(declaration).stream()
        .filter(name -> !name.equals(ParameterMapping.VALUE) || hasValue(declaration))
        .toList();
  }

  private static boolean hasValue(ElementDeclaration declaration) {
    return declaration.content() instanceof org.meterbox.duis.schema.Content.Text;
  }

  private static void words(ArrayNode array, Iterable<? extends Enum<?>> words) {
    TreeSet<String> sorted = new TreeSet<>();
    words.forEach(word -> sorted.add(word.name()));
    sorted.forEach(array::add);
  }

  /** Everything about one service: summary, JSON Schema and example of the parameters. */
  ObjectNode describe(ServiceRequestEntry entry) {
    ObjectNode json = summary(entry);
    json.set("schema", ParameterSchemas.of(declaration(entry)));
    json.set("example", example(entry));
    return json;
  }

  /** A whole body for POST. */
  static ObjectNode example(ServiceRequestEntry entry) {
    ObjectNode example = JsonNodeFactory.instance.objectNode();
    if (!entry.nonDevice()) {
      example.put("device", "00-DB-12-34-56-78-90-A0");
    }
    example.set("parameters", ExampleParameters.of(declaration(entry)));
    return example;
  }
}
