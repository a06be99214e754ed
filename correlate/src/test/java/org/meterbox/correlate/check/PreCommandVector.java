// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.duis.xml.XmlLimits;
import org.meterbox.duis.xml.XmlParser;
import org.meterbox.duis.xml.XmlTree;
import org.meterbox.gbcs.envelope.BerLength;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.ServiceReferenceVariant;

/**
 * A request and the Pre-Command that carries it out.
 *
 * @param title for reports
 */
record PreCommandVector(String title, OriginalRequest request, Octets preCommand) {
  private static final String RESOURCE = "pre-commands.txt";
  private static final String PARTIES = "90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:";
  private static final String NAMESPACE = "http://www.dccinterface.co.uk/ServiceUserGateway";

  static List<PreCommandVector> all() {
    List<PreCommandVector> vectors = new ArrayList<>();
    List<String> lines =
        text().lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    for (int i = 0; i < lines.size(); i += 4) {
      List<String> facts = List.of(lines.get(i + 1).split(" ", -1));
      OriginalRequest request =
          request(facts.get(0), Long.parseLong(facts.get(2)), lines.get(i + 2));
      int useCase = Integer.parseInt(facts.get(1), 16);
      Octets preCommand = preCommand(request, useCase, Octets.ofHex(lines.get(i + 3)));
      String title =
          String.format(
              Locale.ROOT, "%s (%s %s)", lines.get(i).substring(2), facts.get(0), facts.get(1));
      vectors.add(new PreCommandVector(title, request, preCommand));
    }
    return vectors;
  }

  /** The vector whose title begins so. */
  static PreCommandVector named(String beginning) {
    return all().stream()
        .filter(vector -> vector.title().startsWith(beginning))
        .findFirst()
        .orElseThrow();
  }

  /** The request's body as the vector writes it. */
  static String body(String beginning) {
    List<String> lines = text().lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("* " + beginning)) {
        return lines.get(i + 2);
      }
    }
    throw new IllegalArgumentException(beginning);
  }

  /** A request with this body. */
  static OriginalRequest request(String service, long counter, String body) {
    ServiceReferenceVariant variant = new ServiceReferenceVariant(service);
    return new OriginalRequest(
        MessageId.parse(PARTIES + counter),
        CommandVariant.TRANSFORM,
        variant.serviceReference(),
        variant,
        element(body));
  }

  /** The same vector with another text in its request. */
  PreCommandVector asking(XmlElement body) {
    return new PreCommandVector(title, request.withBody(body), preCommand);
  }

  static XmlElement element(String body) {
    String document = String.format(Locale.ROOT, "<Body xmlns='%s'>%s</Body>", NAMESPACE, body);
    XmlParser.Parsed parsed =
        XmlParser.wellFormed(XmlLimits.DUIS)
            .parse(Octets.of(document.getBytes(StandardCharsets.UTF_8)));
    try {
      return XmlTree.of(((XmlParser.Tree) parsed).document().getDocumentElement()).onlyChild();
    } catch (ElementException e) {
      throw new IllegalArgumentException(body, e);
    }
  }

  static Octets preCommand(OriginalRequest request, int useCase, Octets payload) {
    OctetWriter writer =
        new OctetWriter(payload.length() + 40)
            .u16(0xDF09)
            .u8(0x01)
            .u64(request.requestId().counter().value())
            .u8(8)
            .put(request.requestId().originator().octets())
            .u8(8)
            .put(request.requestId().target().octets())
            .u8(0)
            .u8(2)
            .u16(useCase);
    BerLength.write(writer, payload.length());
    return writer.put(payload).toOctets();
  }

  private static String text() {
    try (InputStream resource =
        Objects.requireNonNull(PreCommandVector.class.getResourceAsStream(RESOURCE))) {
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return title;
  }
}
