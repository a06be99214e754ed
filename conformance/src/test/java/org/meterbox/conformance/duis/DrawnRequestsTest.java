// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.duis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.junit.jupiter.api.Test;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.Reading.Refused;
import org.meterbox.duis.Reading.Valid;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.request.SignedPreCommand;
import org.meterbox.duis.schema.DuisSchema;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.catalogue.ServiceRequestCatalogue;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;
import org.w3c.dom.Document;

/** Requests drawn from our schema are read, and come out the same when they are written again. */
class DrawnRequestsTest {
  private static final String DUIS = "http://www.dccinterface.co.uk/ServiceUserGateway";
  private static final long SEED = 20260115;
  private static final int REQUESTS = 4_000;

  @Test
  void whatIsReadIsWhatIsWritten() {
    SchemaInstances instances =
        new SchemaInstances(
            "duis.xsd", DuisSchema.class::getResourceAsStream, new SplittableRandom(SEED));
    DuisReader reader = new DuisReader();
    Set<String> drawnElements = new TreeSet<>();

    for (int i = 0; i < REQUESTS; i++) {
      ServiceRequest drawn = read(reader, octets(instances.draw(DUIS, "Request")));
      RequestDraft draft =
          new RequestDraft(
              drawn.requestId(),
              drawn.commandVariant(),
              drawn.serviceReferenceVariant(),
              drawn.firstInSequence(),
              drawn.precedingRequestId(),
              drawn.body());

      ServiceRequest written = read(reader, draft.write().octets());

      assertThat(written.body()).isEqualTo(drawn.body());
      assertThat(written.requestId()).isEqualTo(drawn.requestId());
      assertThat(written.precedingRequestId()).isEqualTo(drawn.precedingRequestId());
      drawnElements.add(drawn.body().localName());
    }

    Set<String> catalogue =
        ServiceRequestCatalogue.current().entries().stream()
            .map(ServiceRequestEntry::requestElement)
            .collect(Collectors.toCollection(TreeSet::new));
    catalogue.add(SignedPreCommand.ELEMENT);
    assertThat(drawnElements).isEqualTo(catalogue);
  }

  private static ServiceRequest read(DuisReader reader, Octets document) {
    return switch (reader.readRequest(document)) {
      case Valid<ServiceRequest>(ServiceRequest request) -> request;
      case Refused<ServiceRequest> refused ->
          throw new AssertionError(
              refused.refusal()
                  + ": "
                  + new String(document.toArray(), StandardCharsets.UTF_8)
                  + " (seed "
                  + SEED
                  + ")");
    };
  }

  private static Octets octets(Document document) {
    StringWriter out = new StringWriter();
    try {
      TransformerFactory.newDefaultInstance()
          .newTransformer()
          .transform(new DOMSource(document), new StreamResult(out));
    } catch (TransformerException e) {
      throw new IllegalStateException(e);
    }
    return Octets.of(out.toString().getBytes(StandardCharsets.UTF_8));
  }
}
