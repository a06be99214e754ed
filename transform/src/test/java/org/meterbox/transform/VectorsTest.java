// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.Reading.Valid;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.catalogue.ServiceRequestCatalogue;
import org.meterbox.transform.TargetDevice.Generation;

/** Whole payloads of our own, one for each family of mappings. */
class VectorsTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  /** One vector of the file. */
  record Vector(String variant, DeviceType type, Set<String> traits, String body, String payload) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%s for a %s %s", variant, type, traits);
    }
  }

  static Stream<Vector> vectors() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(VectorsTest.class.getResourceAsStream("vectors.txt"))) {
      List<String> lines =
          new String(file.readAllBytes(), UTF_8)
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .toList();
      return Stream.iterate(0, at -> at < lines.size(), at -> at + 3)
          .map(at -> vector(lines.subList(at, at + 3)))
          .toList()
          .stream();
    }
  }

  private static Vector vector(List<String> lines) {
    List<String> head = List.of(lines.get(0).split(" ", -1));
    return new Vector(
        head.get(0),
        DeviceType.valueOf(head.get(1)),
        Set.copyOf(head.subList(2, head.size())),
        lines.get(1),
        lines.get(2).substring(1).replace(" ", ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void theRequestBecomesThePayload(Vector vector) {
    TargetDevice device =
        new TargetDevice(
            request(vector).requestId().target(),
            vector.type(),
            vector.traits().contains("twin"),
            vector.traits().contains("polyphase"),
            vector.traits().contains("earlier") ? Generation.EARLIER : Generation.CURRENT);

    TransformResult result =
        Transform.standard()
            .translate(
                new TranslationRequest(request(vector), device, TranslationContext.at(NOW)),
                new BusinessOriginator.KnownRemoteParty());

    assertThat(content(result).payload().hex()).isEqualTo(vector.payload());
  }

  private static GroupedContent content(TransformResult result) {
    return switch (result) {
      case TransformResult.Critical critical -> critical.preCommand().content();
      case TransformResult.NonCritical nonCritical -> nonCritical.command().content();
      case TransformResult.Refused refused -> throw new AssertionError(refused.reason());
      case TransformResult.NotYetTranslated not -> throw new AssertionError(not.reason());
    };
  }

  /** What is critical is to be transformed, the rest to be sent. */
  private static int commandVariant(Vector vector) {
    return ServiceRequestCatalogue.current()
            .find(new ServiceReferenceVariant(vector.variant()))
            .orElseThrow()
            .critical()
        ? 4
        : 1;
  }

  private static ServiceRequest request(Vector vector) {
    String[] parts = vector.variant().split("\\.", -1);
    String xml =
        "<Request xmlns='http://www.dccinterface.co.uk/ServiceUserGateway' schemaVersion='5.4'>"
            + "<Header><RequestID>90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:4660</RequestID>"
            + "<CommandVariant>"
            + commandVariant(vector)
            + "</CommandVariant><ServiceReference>"
            + parts[0]
            + "."
            + parts[1]
            + "</ServiceReference><ServiceReferenceVariant>"
            + vector.variant()
            + "</ServiceReferenceVariant></Header><Body>"
            + vector.body()
            + "</Body></Request>";
    return switch (new DuisReader().readRequest(Octets.of(xml.getBytes(UTF_8)))) {
      case Valid<ServiceRequest> valid -> valid.value();
      default -> throw new IllegalArgumentException("no valid request: " + vector.body());
    };
  }
}
