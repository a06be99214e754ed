// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.meterbox.adapter.parameters.DocumentJson;
import org.meterbox.adapter.parameters.ExampleParameters;
import org.meterbox.adapter.parameters.JsonReading;
import org.meterbox.adapter.parameters.ParameterException;
import org.meterbox.adapter.parameters.ParameterMapping;
import org.meterbox.conformance.ReferenceData;
import org.meterbox.conformance.duis.SchemaInstances;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.Reading;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.schema.DuisSchema;
import org.meterbox.duis.schema.DuisStructure;
import org.meterbox.duis.schema.ElementDeclaration;
import org.meterbox.duis.xml.Refusal;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.duis.xml.XmlTree;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.catalogue.ServiceRequestCatalogue;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The adapter's JSON against the schema: what goes in comes out, for every service. */
final class EveryRequestAsJsonTest {
  private static final DuisReader READER = new DuisReader();
  private static final int DRAWN_OF_EACH = 12;
  private static final MessageId ID =
      MessageId.parse("90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:1000");

  private static ElementDeclaration declaration(String element) {
    return DuisStructure.current().request(element).orElseThrow();
  }

  @Test
  void theStructureKnowsAll129Services() {
    assertThat(ServiceRequestCatalogue.current().entries())
        .hasSize(129)
        .allSatisfy(entry ->
            assertThat(DuisStructure.current().request(entry.requestElement()))
                .as(entry.requestElement())
                .isPresent());
  }

  // The examples of the OpenAPI document must be requests that the DSP's schema takes.
  @Test
  void theExampleOfEveryServiceIsValid() {
    for (ServiceRequestEntry entry : ServiceRequestCatalogue.current().entries()) {
      ElementDeclaration request = declaration(entry.requestElement());
      XmlElement element = mapped(request, throughText(ExampleParameters.of(request)));
      assertThat(schemaFault(entry, element)).as(entry.requestElement()).isEmpty();
    }
  }

  @Test
  void drawnRequestsOfEveryServiceComeBackAsTheyWere() {
    long seed = 20261130;
    int drawn = 0;
    for (ServiceRequestEntry entry : ServiceRequestCatalogue.current().entries()) {
      for (int i = 0; i < DRAWN_OF_EACH; i++) {
        SplittableRandom random = new SplittableRandom(seed + drawn);
        XmlElement element = drawn(entry, random);
        assertRoundTrip("seed " + (seed + drawn) + " " + entry.requestElement(), element);
        drawn++;
      }
    }
    System.out.println("drawn requests through JSON and back: " + drawn + " of 129 services");
  }

  private static XmlElement drawn(ServiceRequestEntry entry, SplittableRandom random) {
    SchemaInstances instances =
        new SchemaInstances("duis.xsd", name -> DuisSchema.class.getResourceAsStream(name), random);
    return XmlTree.of(instances.drawFromGroup(entry.requestElement()).getDocumentElement());
  }

  @Test
  void everyOfficialExampleComesBackAsItWas() throws IOException {
    TreeSet<String> elements = new TreeSet<>();
    List<Path> examples;
    try (Stream<Path> files = Files.list(ReferenceData.path("rtds/duis"))) {
      examples = files.filter(file -> file.toString().endsWith(".XML")).sorted().toList();
    }
    for (Path file : examples) {
      XmlElement element = bodyOf(Octets.of(Files.readAllBytes(file)));
      assertRoundTrip(file.getFileName().toString(), element);
      elements.add(element.localName());
    }
    System.out.println(
        "official requests through JSON and back: "
            + examples.size()
            + " of "
            + elements.size()
            + " services");
    assertThat(examples).hasSizeGreaterThan(290);
  }

  private static XmlElement bodyOf(Octets document) {
    return switch (READER.readRequest(document)) {
      case Reading.Valid<ServiceRequest>(ServiceRequest request) -> request.body();
      case Reading.Refused<ServiceRequest> refused -> throw new AssertionError(refused);
    };
  }

  private static void assertRoundTrip(String what, XmlElement element) {
    ElementDeclaration declaration = declaration(element.localName());
    JsonNode json = DocumentJson.of(declaration, element);
    assertThat(mapped(declaration, throughText(json)).equals(element))
        .as("%s through %s", what, json)
        .isTrue();
  }

  /** As it travels: written and read again. */
  private static JsonNode throughText(JsonNode json) {
    ObjectNode around = JsonNodeFactory.instance.objectNode();
    around.set("parameters", json);
    try {
      return JsonReading.object(Octets.of(around.toString().getBytes(StandardCharsets.UTF_8)))
          .get("parameters");
    } catch (ParameterException refused) {
      throw new AssertionError(refused);
    }
  }

  private static XmlElement mapped(ElementDeclaration declaration, JsonNode json) {
    try {
      return ParameterMapping.element(declaration, json);
    } catch (ParameterException refused) {
      throw new AssertionError(declaration.name() + ": " + refused.getMessage(), refused);
    }
  }

  private static Optional<Refusal> schemaFault(ServiceRequestEntry entry, XmlElement element) {
    CommandVariant variant = new ArrayList<>(new TreeSet<>(entry.commandVariants())).getFirst();
    return READER.schemaFault(
        RequestDraft.single(ID, variant, entry.variant(), element).write().octets());
  }
}
