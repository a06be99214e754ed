// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.service;

import java.util.List;
import java.util.Locale;
import org.meterbox.adapter.parameters.ParameterSchemas;
import org.meterbox.adapter.service.ServiceDirectory.Delivery;
import org.meterbox.kernel.catalogue.ServiceRequestCatalogue;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI 3.1 document: every service with the schema of its parameters and an example. */
final class OpenApiDocument {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String JSON = "application/json";

  /** A way into the API that is not a service: method, path, what it does, what it needs. */
  record Operation(String method, String path, String summary, List<String> query, boolean body) {}

  private OpenApiDocument() {}

  static ObjectNode of(List<Operation> operations) {
    ObjectNode document = NODES.objectNode();
    document.put("openapi", "3.1.0");
    ObjectNode info = document.putObject("info");
    info.put("title", "Meterbox adapter");
    info.put("version", "1.0.0");
    info.put("description", "A DCC User's side as JSON: Service Requests, results and alerts.");
    info.putObject("license").put("name", "Apache-2.0").put("identifier", "Apache-2.0");
    document.putArray("security").addObject().putArray("token");
    ObjectNode paths = document.putObject("paths");
    for (ServiceRequestEntry entry : ServiceRequestCatalogue.current().entries()) {
      paths.putObject("/v1/services/" + entry.variant().value()).set("post", service(entry));
    }
    operations.forEach(operation -> add(paths, operation));
    components(document.putObject("components"));
    return document;
  }

  private static ObjectNode service(ServiceRequestEntry entry) {
    ObjectNode post = NODES.objectNode();
    String element = entry.requestElement();
    post.put(
        "operationId", element.substring(0, 1).toLowerCase(Locale.ROOT) + element.substring(1));
    post.put("summary", entry.variant().value() + " " + entry.name());
    post.putArray("tags").add("Service " + entry.serviceReference().split("\\.", 2)[0]);
    ArrayNode headers = post.putArray("parameters");
    header(headers, "Prefer", "wait=SECONDS (up to 120, usual 30) or respond-async");
    header(headers, "Idempotency-Key", "names the request: a repeat sends nothing twice");
    ObjectNode body = post.putObject("requestBody");
    body.put("required", true);
    ObjectNode media = body.putObject("content").putObject(JSON);
    media.set("schema", body(entry));
    media.set("example", ServiceDirectory.example(entry));
    ObjectNode responses = post.putObject("responses");
    response(responses, "200", "The result", "#/components/schemas/Request");
    response(
        responses, "202", "Taken; GET the address in Location", "#/components/schemas/Request");
    for (String status : List.of("400", "401", "403", "409", "413", "422", "502", "503")) {
      problem(responses, status);
    }
    return post;
  }

  private static ObjectNode body(ServiceRequestEntry entry) {
    ObjectNode schema = NODES.objectNode();
    schema.put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    properties
        .putObject("user")
        .put("type", "string")
        .put("description", "the DCC User that sends; needed where the client has several");
    if (!entry.nonDevice()) {
      properties
          .putObject("device")
          .put("type", "string")
          .put("pattern", "^([0-9A-Fa-f]{2}-){7}[0-9A-Fa-f]{2}$");
      ArrayNode ways = properties.putObject("delivery").put("type", "string").putArray("enum");
      for (Delivery way : Delivery.values()) {
        if (entry.commandVariants().contains(way.variant(entry))) {
          ways.add(way.word());
        }
      }
      properties.putObject("firstInSequence").put("type", "boolean");
      properties.putObject("precedingRequestId").put("type", "string");
      schema.putArray("required").add("device");
    }
    properties.set("parameters", ParameterSchemas.of(ServiceDirectory.declaration(entry)));
    properties.putObject("callback").put("type", "string").put("format", "uri");
    schema.put("additionalProperties", false);
    return schema;
  }

  private static void header(ArrayNode parameters, String name, String description) {
    ObjectNode header = parameters.addObject();
    header.put("name", name).put("in", "header").put("description", description);
    header.putObject("schema").put("type", "string");
  }

  private static void add(ObjectNode paths, Operation operation) {
    ObjectNode path =
        paths.get(operation.path()) instanceof ObjectNode begun
            ? begun
            : paths.putObject(operation.path());
    ObjectNode method = path.putObject(operation.method().toLowerCase(Locale.ROOT));
    method.put("summary", operation.summary());
    ArrayNode parameters = method.putArray("parameters");
    for (String part : operation.path().split("/", -1)) {
      if (part.startsWith("{")) {
        ObjectNode parameter = parameters.addObject();
        parameter.put("name", part.substring(1, part.length() - 1));
        parameter.put("in", "path").put("required", true).putObject("schema").put("type", "string");
      }
    }
    for (String name : operation.query()) {
      ObjectNode parameter = parameters.addObject();
      parameter.put("name", name).put("in", "query").putObject("schema").put("type", "string");
    }
    if (operation.body()) {
      method
          .putObject("requestBody")
          .putObject("content")
          .putObject(JSON)
          .putObject("schema")
          .put("type", "object");
    }
    ObjectNode responses = method.putObject("responses");
    responses.putObject("200").put("description", "as asked");
    for (String status : List.of("400", "401", "403", "404")) {
      problem(responses, status);
    }
  }

  private static void response(
      ObjectNode responses, String status, String description, String schema) {
    ObjectNode response = responses.putObject(status);
    response.put("description", description);
    response.putObject("content").putObject(JSON).putObject("schema").put("$ref", schema);
  }

  private static void problem(ObjectNode responses, String status) {
    responses.putObject(status).put("$ref", "#/components/responses/Problem");
  }

  private static void components(ObjectNode components) {
    ObjectNode schemas = components.putObject("schemas");
    ObjectNode problem = schemas.putObject("Problem").put("type", "object");
    ObjectNode properties = problem.putObject("properties");
    for (String text : List.of("type", "title", "detail", "nextStep", "parameter", "code")) {
      properties.putObject(text).put("type", "string");
    }
    for (String text : List.of("meaning", "requestId")) {
      properties.putObject(text).put("type", "string");
    }
    properties.putObject("status").put("type", "integer");
    ObjectNode request = schemas.putObject("Request").put("type", "object");
    ObjectNode members = request.putObject("properties");
    for (String text :
        List.of("requestId", "duisRequestId", "state", "service", "name", "user", "device")) {
      members.putObject(text).put("type", "string");
    }
    members.putObject("result").put("type", "object");
    members.putObject("failure").put("type", "object");
    ObjectNode response = components.putObject("responses").putObject("Problem");
    response.put("description", "What is wrong, and what to do next (RFC 9457)");
    response
        .putObject("content")
        .putObject("application/problem+json")
        .putObject("schema")
        .put("$ref", "#/components/schemas/Problem");
    components
        .putObject("securitySchemes")
        .putObject("token")
        .put("type", "http")
        .put("scheme", "bearer");
  }
}
