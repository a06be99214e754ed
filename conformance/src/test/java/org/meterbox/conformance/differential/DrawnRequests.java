// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.meterbox.conformance.duis.ConsistentTariff;
import org.meterbox.conformance.duis.SchemaInstances;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.Reading;
import org.meterbox.duis.Reading.Valid;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.schema.DuisSchema;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.duis.xml.XmlLimits;
import org.meterbox.duis.xml.XmlParser;
import org.meterbox.duis.xml.XmlTree;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;

/**
 * Requests of one kind that our schema allows: drawn from the schema itself, and examples in which
 * parts were exchanged for drawn ones. Only what the reader accepts is given out.
 */
final class DrawnRequests {
  private static final String DUIS = "http://www.dccinterface.co.uk/ServiceUserGateway";
  private static final Pattern DATE_TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT.*");
  private static final int ATTEMPTS = 200;
  private static final int LARGE_CERTIFICATE = 600;

  /** The octets at the end of a certificate belong to a signature that nobody verifies here. */
  private static final int VARIED_OCTETS = 8;

  /** Dates about which something is special: leap days, ends of years, what stands for never. */
  private static final List<String> DATE_TIMES =
      List.of(
          "2028-02-29T00:00:00Z",
          "2026-12-31T23:59:59Z",
          "2026-06-30T22:30:00-02:30",
          "2014-12-31T00:00:00.00Z",
          "3000-12-31T00:00:00.00Z",
          "3000-12-31T00:00:00Z",
          "3000-12-31T01:00:00+01:00");

  /** The hand-made pairs of requests and Pre-Commands that the correlate room is tested with. */
  private static final Path OWN_VECTORS =
      Path.of("../correlate/src/test/resources/org/meterbox/correlate/check/pre-commands.txt");

  private static final ServiceReferenceVariant UPDATE_CREDENTIALS =
      new ServiceReferenceVariant("6.15.1");

  private final RandomGenerator random;
  private final SchemaInstances instances;
  private final DuisReader reader = new DuisReader();
  private final Map<ServiceReferenceVariant, List<XmlElement>> examples = new HashMap<>();
  private final String signingCertificate;
  private final String agreementCertificate;

  /**
   * Begins from the requests of this project's own vectors, so that most of those drawn make sense
   * where there is no reference data too.
   */
  DrawnRequests(RandomGenerator random) {
    this.random = random;
    this.instances = new SchemaInstances("duis.xsd", DuisSchema.class::getResourceAsStream, random);
    takeOwnExamples();
    this.signingCertificate = ownCertificate("DigitalSigningCertificate");
    this.agreementCertificate = ownCertificate("KeyAgreementCertificate");
  }

  /** Takes every request of a directory as an example of its kind. */
  DrawnRequests with(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file :
          files
              .filter(f -> f.toString().toUpperCase(Locale.ROOT).endsWith(".XML"))
              .sorted()
              .toList()) {
        Reading<ServiceRequest> reading = reader.readRequest(Octets.of(Files.readAllBytes(file)));
        if (reading instanceof Valid<ServiceRequest>(ServiceRequest request)) {
          examples
              .computeIfAbsent(request.serviceReferenceVariant(), kind -> new ArrayList<>())
              .add(request.body());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  private void takeOwnExamples() {
    try {
      List<String> lines =
          Files.readAllLines(OWN_VECTORS).stream()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .toList();
      // Four lines each: a title; service, use case and counter; the request's body; the payload.
      for (int i = 0; i < lines.size(); i += 4) {
        String service = lines.get(i + 1).split(" ", 2)[0];
        examples
            .computeIfAbsent(new ServiceReferenceVariant(service), kind -> new ArrayList<>())
            .add(element(lines.get(i + 2)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first certificate in an element of this name in which credentials are replaced. */
  private String ownCertificate(String element) {
    return examples.getOrDefault(UPDATE_CREDENTIALS, List.of()).stream()
        .flatMap(body -> body.find("ReplacementCertificates").stream())
        .flatMap(
            replacements -> replacements.find("SupplierOrNetworkOperatorCertificates").stream())
        .flatMap(certificates -> certificates.find(element).stream())
        .map(XmlElement::text)
        .findFirst()
        .orElseThrow();
  }

  private static XmlElement element(String xml) {
    String document = String.format(Locale.ROOT, "<Body xmlns='%s'>%s</Body>", DUIS, xml);
    XmlParser.Parsed parsed =
        XmlParser.wellFormed(XmlLimits.DUIS)
            .parse(Octets.of(document.getBytes(StandardCharsets.UTF_8)));
    try {
      return XmlTree.of(((XmlParser.Tree) parsed).document().getDocumentElement()).onlyChild();
    } catch (ElementException e) {
      throw new IllegalArgumentException(xml, e);
    }
  }

  /** A request of this kind that the schema accepts. */
  ServiceRequest draw(ServiceRequestEntry kind) {
    for (int i = 0; i < ATTEMPTS; i++) {
      XmlElement drawn = drawn(kind);
      List<XmlElement> known = examples.getOrDefault(kind.variant(), List.of());
      boolean pure = known.isEmpty() || random.nextInt(4) == 0;
      XmlElement body =
          pure
              ? drawn
              : blend(known.get(random.nextInt(known.size())), drawn, 2 + random.nextInt(12));
      // The parts of a blend need not go together: the reader decides.
      if (read(kind, varied(numbered(body)))
          instanceof Valid<ServiceRequest>(ServiceRequest request)) {
        return request;
      }
    }
    throw new IllegalStateException("the reader accepts no drawn " + kind.requestElement());
  }

  private XmlElement drawn(ServiceRequestEntry kind) {
    return XmlTree.of(instances.drawFromGroup(kind.requestElement()).getDocumentElement());
  }

  private Reading<ServiceRequest> read(ServiceRequestEntry kind, XmlElement body) {
    CommandVariant variant =
        kind.critical()
            ? CommandVariant.TRANSFORM
            : kind.commandVariants().stream().sorted().findFirst().orElseThrow();
    return reader.readRequest(
        RequestDraft.single(messageId(), variant, kind.variant(), body).write().octets());
  }

  private MessageId messageId() {
    long counter =
        switch (random.nextInt(6)) {
          case 0 -> random.nextInt(300);
          case 1 -> 0x00FF_FFFF + (long) random.nextInt(3);
          case 2 -> Long.MAX_VALUE - random.nextInt(2);
          default -> random.nextLong() >>> random.nextInt(1, 63);
        };
    return new MessageId(
        new Eui64(random.nextLong()), new Eui64(random.nextLong()), new OriginatorCounter(counter));
  }

  /** The first with some of its values and parts taken from the second, one in so many. */
  private XmlElement blend(XmlElement example, XmlElement drawn, int oneIn) {
    if (random.nextInt(oneIn * 2) == 0) {
      return drawn;
    }
    XmlElement.Builder blended = XmlElement.builder(DUIS, example.localName());
    boolean exchange = random.nextInt(oneIn) == 0;
    (exchange ? drawn : example).attributes().forEach(blended::attribute);
    if (example.children().isEmpty()) {
      return drawn.children().isEmpty()
          ? blended.text((exchange ? drawn : example).text()).build()
          : drawn;
    }
    for (XmlElement child : example.children()) {
      List<XmlElement> counterparts = drawn.children(child.localName());
      if (counterparts.isEmpty()) {
        // Most likely optional, or another choice than the drawn one: sometimes it goes.
        if (random.nextInt(oneIn * 2) != 0) {
          blended.child(child);
        }
      } else {
        blended.child(blend(child, counterparts.get(random.nextInt(counterparts.size())), oneIn));
      }
    }
    return blended.build();
  }

  /**
   * The schema lets two lines of a table have one number, and lets an entry name what is not
   * defined. Most of the requests are to make sense.
   */
  private XmlElement numbered(XmlElement body) {
    return random.nextInt(10) == 0
        ? body
        : ConsistentTariff.of(new Numbering(random, body).numbered());
  }

  /** More dates than the schema's facets suggest, and certificates that are DER. */
  private XmlElement varied(XmlElement element) {
    XmlElement.Builder varied = XmlElement.builder(DUIS, element.localName());
    element.attributes().forEach(varied::attribute);
    if (!element.children().isEmpty()) {
      element.children().forEach(child -> varied.child(varied(child)));
      return varied.build();
    }
    String text = element.text();
    if (random.nextInt(200) == 0) {
      // The reader refuses it where anything but free text is due.
      return varied.text(text + "\u00e9").build();
    }
    if (DATE_TIME.matcher(text.strip()).matches() && random.nextInt(3) == 0) {
      text = dateTime();
    } else if (element.localName().endsWith("Certificate") && random.nextInt(20) != 0) {
      text = certificate(element.localName());
    }
    return varied.text(text).build();
  }

  private String dateTime() {
    if (random.nextInt(4) == 0) {
      return DATE_TIMES.get(random.nextInt(DATE_TIMES.size()));
    }
    return Instant.parse("2012-01-01T00:00:00Z")
        .plus(random.nextInt(30 * 365), ChronoUnit.DAYS)
        .plus(random.nextInt(24 * 3600), ChronoUnit.SECONDS)
        .toString();
  }

  /**
   * For a cell on a device a certificate of its use, now and then of another; elsewhere a DER
   * sequence of any content, into which nobody on this way looks.
   */
  private String certificate(String element) {
    boolean usual = random.nextInt(20) != 0;
    return switch (element) {
      case "DigitalSigningCertificate" -> varied(usual ? signingCertificate : agreementCertificate);
      case "KeyAgreementCertificate", "KeyAgreementTopUpCertificate" ->
          varied(usual ? agreementCertificate : signingCertificate);
      default -> anyCertificate();
    };
  }

  private String varied(String certificate) {
    byte[] octets = Base64.getDecoder().decode(certificate);
    for (int i = octets.length - VARIED_OCTETS; i < octets.length; i++) {
      octets[i] = (byte) random.nextInt();
    }
    return Base64.getEncoder().encodeToString(octets);
  }

  private String anyCertificate() {
    byte[] content = new byte[random.nextInt(LARGE_CERTIFICATE)];
    random.nextBytes(content);
    return Base64.getEncoder().encodeToString(DerTree.of(0x30, content).encode());
  }
}
