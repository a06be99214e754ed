// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.transform;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.meterbox.conformance.ReferenceData;
import org.meterbox.conformance.duis.ConsistentTariff;
import org.meterbox.conformance.duis.SchemaInstances;
import org.meterbox.conformance.transform.Places.Place;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.Reading.Valid;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.schema.DuisSchema;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.Octets;
import org.w3c.dom.Document;

/**
 * Request elements drawn from the schema, with what the schema cannot say put right: indices that
 * do not repeat, certificates that are certificates, and dates from all over the calendar.
 */
final class DrawnRequests {
  private static final String DUIS = "http://www.dccinterface.co.uk/ServiceUserGateway";
  private static final Pattern CERTIFICATE =
      Pattern.compile("Certificate>([A-Za-z0-9+/=\\s]{400,})<");
  private static final int SIGNING = 0;
  private static final int AGREEMENT = 4;
  private static final Pattern DATE_TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT.*");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\dZ?");
  private static final Pattern TIME = Pattern.compile("\\d\\d:\\d\\d:\\d\\d.*");
  private static final Pattern SPECIAL_DAY =
      Pattern.compile("SpecialDay(Definition)?/@(index|identifier)$");
  private static final Pattern SPECIAL_DAY_REFERENCE =
      Pattern.compile("SpecialDayID$|SpecialDaysApplicability/@");
  private static final List<String> NUMBERING =
      List.of("index", "identifier", "auxiliaryControllerN");

  /** From 2000 to 2130, where ZigBee's seconds still reach. */
  private static final long FIRST_SECOND = 946_684_800L;

  private static final long LAST_SECOND = 5_049_129_600L;
  private static final long LONGEST_PERIOD = 1_100 * 86_400L;
  private static final int FIRST_YEAR = 2014;
  private static final int LAST_ZIGBEE_YEAR = 2154;
  private static final String CANCELLATION = "3000-12-31T00:00:00.00Z";

  private final SplittableRandom random;
  private final SchemaInstances instances;
  private final List<String> certificates;
  private final List<String> signingCertificates;
  private final List<String> agreementCertificates;
  private final DuisReader reader = new DuisReader();

  DrawnRequests(SplittableRandom random) {
    this.random = random;
    this.instances = new SchemaInstances("duis.xsd", DuisSchema.class::getResourceAsStream, random);
    this.certificates = certificates();
    this.signingCertificates = certificates.stream().filter(c -> isFor(c, SIGNING)).toList();
    this.agreementCertificates = certificates.stream().filter(c -> isFor(c, AGREEMENT)).toList();
  }

  /** The certificates of the official requests. */
  private static List<String> certificates() {
    TreeSet<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.list(ReferenceData.path("rtds/duis"))) {
      for (Path file : files.toList()) {
        Matcher matcher = CERTIFICATE.matcher(Files.readString(file));
        while (matcher.find()) {
          found.add(matcher.group(1).strip());
        }
      }
      return List.copyOf(found);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a bit of the extension keyUsage is set. */
  private static boolean isFor(String base64, int bit) {
    try {
      byte[] der = Base64.getMimeDecoder().decode(base64);
      boolean[] usage =
          ((X509Certificate)
                  CertificateFactory.getInstance("X.509")
                      .generateCertificate(new ByteArrayInputStream(der)))
              .getKeyUsage();
      return usage != null && usage[bit];
    } catch (CertificateException noCertificate) {
      return false;
    }
  }

  /** A request of any kind. */
  ServiceRequest next() {
    Octets document = octets(instances.draw(DUIS, "Request"));
    return switch (reader.readRequest(document)) {
      case Valid<ServiceRequest> valid -> valid.value();
      default -> throw new IllegalStateException(new String(document.toArray(), UTF_8));
    };
  }

  /** The request's body with what the schema cannot say put right. */
  XmlElement sensible(XmlElement body) {
    XmlElement sensible = ConsistentTariff.of(rebuilt(body));
    long days =
        Places.of(sensible).stream()
            .filter(place -> SPECIAL_DAY.matcher(place.kind()).find())
            .count();
    int phase = 0;
    for (Place place : Places.of(sensible)) {
      if (place.kind().endsWith("PolyPhaseVoltageSettings/Phase")) {
        phase++;
        sensible = Places.replace(sensible, place, Integer.toString(phase));
      } else if (days > 0 && SPECIAL_DAY_REFERENCE.matcher(place.kind()).find()) {
        long day = 1 + random.nextLong(days);
        sensible = Places.replace(sensible, place, Long.toString(day));
      }
    }
    return sensible;
  }

  private XmlElement rebuilt(XmlElement element) {
    if (element.localName().equals("ReadLogPeriod")) {
      return period(element);
    }
    XmlElement.Builder builder = XmlElement.builder(element.namespace(), element.localName());
    element.attributes().forEach(builder::attribute);
    Map<String, List<Integer>> numbers = new HashMap<>();
    for (XmlElement child : element.children()) {
      builder.child(numbered(element, rebuilt(child), numbers));
    }
    return builder.text(element.children().isEmpty() ? value(element) : "").build();
  }

  /** At most as long as a log goes back. */
  private XmlElement period(XmlElement element) {
    long start = random.nextLong(FIRST_SECOND, LAST_SECOND - LONGEST_PERIOD);
    long end = start + random.nextLong(LONGEST_PERIOD);
    return XmlElement.builder(element.namespace(), element.localName())
        .leaf("StartDateTime", Instant.ofEpochSecond(start).toString())
        .leaf("EndDateTime", Instant.ofEpochSecond(end).toString())
        .build();
  }

  /** Siblings of one name are numbered each once, in an order that chance makes. */
  private XmlElement numbered(
      XmlElement parent, XmlElement child, Map<String, List<Integer>> numbers) {
    List<XmlElement> alike = parent.children(child.localName());
    for (String attribute : NUMBERING) {
      if (alike.size() > 1 && child.attribute(attribute).isPresent()) {
        List<Integer> left =
            numbers.computeIfAbsent(child.localName(), n -> shuffled(alike.size()));
        return Places.with(child, attribute, left.removeLast().toString());
      }
    }
    return child;
  }

  private List<Integer> shuffled(int count) {
    List<Integer> numbers = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      numbers.add(random.nextInt(number), number);
    }
    return numbers;
  }

  private String value(XmlElement leaf) {
    String text = leaf.text();
    String name = leaf.localName();
    if (text.isEmpty()) {
      return text;
    }
    if (name.equals("DigitalSigningCertificate")) {
      return signingCertificates.get(random.nextInt(signingCertificates.size()));
    }
    if (name.equals("KeyAgreementCertificate") || name.equals("KeyAgreementTopUpCertificate")) {
      return agreementCertificates.get(random.nextInt(agreementCertificates.size()));
    }
    if (name.contains("Certificate") || name.startsWith("KAPublicSecurity")) {
      return certificates.get(random.nextInt(certificates.size()));
    }
    if (name.equals("SpecifiedYear")) {
      return Integer.toString(random.nextInt(FIRST_YEAR, LAST_ZIGBEE_YEAR + 1));
    }
    if (DATE_TIME.matcher(text).matches()) {
      return name.equals("ExecutionDateTime") && random.nextInt(3) == 0
          ? CANCELLATION
          : Instant.ofEpochSecond(random.nextLong(FIRST_SECOND, LAST_SECOND)).toString();
    }
    if (DATE.matcher(text).matches()) {
      return LocalDate.ofEpochDay(random.nextLong(16_000, 40_000)).toString();
    }
    if (TIME.matcher(text).matches()) {
      // Those of a gas meter's calendar are whole minutes.
      return name.equals("StartTime")
          ? String.format(Locale.ROOT, "%02d:%02d:00Z", random.nextInt(24), random.nextInt(60))
          : String.format(
              Locale.ROOT,
              "%02d:%02d:%02d.%02dZ",
              random.nextInt(24),
              random.nextInt(60),
              random.nextInt(60),
              random.nextInt(100));
    }
    return text;
  }

  private static Octets octets(Document document) {
    try {
      StringWriter text = new StringWriter();
      TransformerFactory.newDefaultInstance()
          .newTransformer()
          .transform(new DOMSource(document), new StreamResult(text));
      return Octets.of(text.toString().getBytes(UTF_8));
    } catch (TransformerException e) {
      throw new IllegalStateException(e);
    }
  }
}
