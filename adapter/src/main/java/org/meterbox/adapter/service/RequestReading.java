// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.service;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.meterbox.adapter.parameters.JsonReading;
import org.meterbox.adapter.parameters.ParameterException;
import org.meterbox.adapter.parameters.ParameterMapping;
import org.meterbox.adapter.requests.DccUser;
import org.meterbox.adapter.requests.NewRequest;
import org.meterbox.adapter.service.ServiceDirectory.Delivery;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes a request of the JSON that a client posts. */
final class RequestReading {
  private static final Set<String> MEMBERS =
      Set.of(
          "user",
          "device",
          "delivery",
          "parameters",
          "firstInSequence",
          "precedingRequestId",
          "callback");

  private final Function<String, Optional<DccUser>> users;
  private final AdapterSettings settings;

  RequestReading(Function<String, Optional<DccUser>> users, AdapterSettings settings) {
    this.users = users;
    this.settings = settings;
  }

  NewRequest read(
      ApiClient client, ServiceRequestEntry service, Octets body, Optional<String> idempotencyKey)
      throws ParameterException, Problem {
    ObjectNode json =
        body.length() == 0 ? JsonNodeFactory.instance.objectNode() : JsonReading.object(body);
    return read(client, service, json, idempotencyKey);
  }

  NewRequest read(
      ApiClient client, ServiceRequestEntry service, ObjectNode json, Optional<String> key)
      throws ParameterException, Problem {
    for (String name : json.propertyNames()) {
      if (!MEMBERS.contains(name)) {
        throw new ParameterException(
            name, "is not known here; there are " + String.join(", ", new TreeSet<>(MEMBERS)));
      }
    }
    DccUser user = user(client, service, text(json, "user"));
    Delivery delivery = delivery(service, text(json, "delivery"));
    // Before the parameters: a device in the wrong place is what they lack.
    Optional<Eui64> device = device(service, text(json, "device"));
    JsonNode parameters =
        json.has("parameters") ? json.get("parameters") : JsonNodeFactory.instance.objectNode();
    XmlElement element = element(service, parameters);
    return new NewRequest(
        client.name(),
        key,
        user,
        service,
        delivery.variant(service),
        device,
        element,
        parameters.toString(),
        flag(json, "firstInSequence"),
        preceding(text(json, "precedingRequestId")),
        callback(text(json, "callback")));
  }

  private static XmlElement element(ServiceRequestEntry service, JsonNode parameters)
      throws ParameterException {
    try {
      return ParameterMapping.element(ServiceDirectory.declaration(service), parameters);
    } catch (ParameterException fault) {
      throw new ParameterException(
          fault.parameter().startsWith("parameters")
              ? fault.parameter()
              : "parameters." + fault.parameter(),
          fault.fault());
    }
  }

  private DccUser user(ApiClient client, ServiceRequestEntry service, Optional<String> name)
      throws ParameterException, Problem {
    String chosen =
        name.or(() -> theOnly(client, service))
            .orElseThrow(() ->
                new ParameterException(
                    "user",
                    "is missing; this client may be "
                        + String.join(", ", new TreeSet<>(client.users()))));
    if (!client.users().contains(chosen)) {
      throw Problem.forbidden(client.name() + " may not send as " + chosen);
    }
    return users
        .apply(chosen)
        .orElseThrow(() -> new ParameterException("user", "is no user of this adapter"));
  }

  /** The one user of the client whose role may use the service, where there is one. */
  private Optional<String> theOnly(ApiClient client, ServiceRequestEntry service) {
    java.util.List<String> eligible =
        client.users().stream()
            .filter(name ->
                users
                    .apply(name)
                    .filter(
                        user -> user.roles().stream().anyMatch(service.eligibleRoles()::contains))
                    .isPresent())
            .toList();
    return eligible.size() == 1 ? Optional.of(eligible.getFirst()) : Optional.empty();
  }

  private static Delivery delivery(ServiceRequestEntry service, Optional<String> word)
      throws ParameterException {
    if (service.nonDevice()) {
      if (word.isPresent()) {
        throw new ParameterException("delivery", "does not apply: the DSP itself answers");
      }
      return Delivery.WAN;
    }
    for (Delivery way : Delivery.values()) {
      if (way.word().equals(word.orElse("wan"))) {
        CommandVariant variant = way.variant(service);
        if (!service.commandVariants().contains(variant)) {
          throw new ParameterException("delivery", "is not offered by this service");
        }
        return way;
      }
    }
    throw new ParameterException("delivery", "is not one of wan, local, both");
  }

  private static Optional<Eui64> device(ServiceRequestEntry service, Optional<String> text)
      throws ParameterException {
    if (service.nonDevice()) {
      if (text.isPresent()) {
        throw new ParameterException(
            "device", "does not apply: name devices in the parameters, the DSP itself answers");
      }
      return Optional.empty();
    }
    if (text.isEmpty()) {
      throw new ParameterException("device", "is missing: the EUI-64 of the target");
    }
    try {
      return Optional.of(Eui64.parse(text.get()));
    } catch (IllegalArgumentException malformed) {
      throw new ParameterException("device", "is no EUI-64 such as 00-DB-12-34-56-78-90-A0");
    }
  }

  private static Optional<MessageId> preceding(Optional<String> text) throws ParameterException {
    try {
      return text.map(MessageId::parse);
    } catch (IllegalArgumentException malformed) {
      throw new ParameterException("precedingRequestId", "is no ORIGINATOR:TARGET:COUNTER");
    }
  }

  private Optional<String> callback(Optional<String> text) throws ParameterException {
    if (text.isPresent()) {
      requireAllowed("callback", text.get(), settings.callbackHosts());
    }
    return text;
  }

  /** Only hosts that the operator named are called, so that nobody reaches others through us. */
  static void requireAllowed(String name, String address, Set<String> hosts)
      throws ParameterException {
    URI uri;
    try {
      uri = URI.create(address);
    } catch (IllegalArgumentException malformed) {
      throw new ParameterException(name, "is no URL");
    }
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!http || uri.getHost() == null || uri.getUserInfo() != null) {
      throw new ParameterException(name, "is no URL of http or https");
    }
    String host = uri.getHost().replace("[", "").replace("]", "");
    if (!hosts.contains(host)) {
      throw new ParameterException(
          name, "goes to " + host + ", which is not among this adapter's callback hosts");
    }
  }

  private static boolean flag(ObjectNode json, String name) throws ParameterException {
    JsonNode value = json.get(name);
    if (value == null) {
      return false;
    }
    if (!value.isBoolean()) {
      throw new ParameterException(name, "is not true or false");
    }
    return value.booleanValue();
  }

  private static Optional<String> text(ObjectNode json, String name) throws ParameterException {
    JsonNode value = json.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isString()) {
      throw new ParameterException(name, "is not a text");
    }
    return Optional.of(value.stringValue());
  }
}
