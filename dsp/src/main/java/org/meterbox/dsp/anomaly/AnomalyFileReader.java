// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.anomaly;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.meterbox.dsp.anomaly.AnomalyFile.Decision;
import org.meterbox.dsp.anomaly.AnomalyFile.Order;
import org.meterbox.dsp.anomaly.Threshold.Amount;
import org.meterbox.duis.schema.RequestElements;
import org.meterbox.duis.signature.SignatureBlock;
import org.meterbox.duis.signature.SignatureReader;
import org.meterbox.duis.xml.CanonicalXml;
import org.meterbox.duis.xml.DuisNames;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.duis.xml.XmlLimits;
import org.meterbox.duis.xml.XmlParser;
import org.meterbox.duis.xml.XmlTree;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.catalogue.ServiceRequestCatalogue;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;

/**
 * Reads files of thresholds, value limits and orders about quarantined requests. The procedures
 * (SEC appendix AA) are public, the format of their files is not: this one is the project's own.
 *
 * <pre>{@code
 * <AnomalyDetection xmlns="urn:meterbox:anomaly-detection" made="2026-11-30T12:00:00Z">
 *   <Threshold service="7.2" requests="100" warning="80" hours="24" from="2026-12-01T00:00:00Z"/>
 *   <Threshold service="1.1.1" percent="10" expectedPerMonth="20000" for="all-users"/>
 *   <ValueLimit service="1.5" element="AdjustMeterBalance" min="-10000" max="10000"/>
 *   <Release event="12"/>
 *   <Delete event="13"/>
 * </AnomalyDetection>
 * }</pre>
 */
public final class AnomalyFileReader {
  /** The namespace of the file's elements. */
  public static final String NAMESPACE = "urn:meterbox:anomaly-detection";

  /** Octets of a file at most: some thousand lines. */
  public static final int OCTETS_MAX = 1024 * 1024;

  /** How far from the DSP's clock the time may lie at which a file was made. */
  static final Duration MADE_WITHIN = Duration.ofHours(24);

  private static final String ROOT = "AnomalyDetection";
  private static final String PREFIX = "an";
  private static final XmlLimits LIMITS = new XmlLimits(OCTETS_MAX, 20_000, 12, 16);
  private static final Set<String> THRESHOLD =
      Set.of(
          "service",
          "requests",
          "percent",
          "expectedPerMonth",
          "hours",
          "warning",
          "from",
          "until",
          "for");
  private static final String MADE = "made";
  private static final Set<String> HEAD = Set.of(MADE);
  private static final Set<String> LIMIT =
      Set.of("service", "element", "min", "max", "from", "until", "for");
  private static final Set<String> ORDER = Set.of("event");

  /** What came of reading a file. */
  sealed interface Result {
    /**
     * It can be read.
     *
     * @param signature what it is signed with, not verified yet
     */
    record Read(Element root, SignatureBlock signature) implements Result {}

    /** It cannot; every fault is named. */
    record Faulty(List<String> faults) implements Result {}
  }

  /** The file's content, once its signer is known. */
  record Element(XmlElement xml) {}

  private final List<String> faults = new ArrayList<>();
  private final List<Threshold> thresholds = new ArrayList<>();
  private final List<ValueLimit> limits = new ArrayList<>();
  private final List<Order> orders = new ArrayList<>();
  private final CountedParty signer;
  private final Instant now;

  private AnomalyFileReader(CountedParty signer, Instant now) {
    this.signer = signer;
    this.now = now;
  }

  /** Reads a document as far as its signature. */
  static Result open(Octets document) {
    return switch (XmlParser.wellFormed(LIMITS).parse(document)) {
      case XmlParser.NotXml(var refusal) -> new Result.Faulty(List.of(refusal.toString()));
      case XmlParser.Tree(var tree, var _) -> {
        XmlElement root = XmlTree.of(tree.getDocumentElement());
        yield root.localName().equals(ROOT) && root.namespace().equals(NAMESPACE)
            ? new Result.Read(new Element(root), SignatureReader.read(tree))
            : new Result.Faulty(
                List.of("the root element is not " + ROOT + " of the namespace " + NAMESPACE));
      }
    };
  }

  /** What a person wrote, before it is signed. */
  public sealed interface Draft {
    /** It can be signed. */
    record Ready(CanonicalXml document) implements Draft {}

    /** It cannot; every fault is named. */
    record Faulty(List<String> faults) implements Draft {}
  }

  /**
   * Makes a document that can be signed of what a person wrote: without a signature, and with the
   * time at which it was made.
   */
  public static Draft draft(Octets written, Instant made) {
    return switch (open(written)) {
      case Result.Faulty(List<String> faults) -> new Draft.Faulty(faults);
      case Result.Read(Element(XmlElement xml), SignatureBlock _) -> {
        XmlElement.Builder root =
            XmlElement.builder(NAMESPACE, ROOT).attribute(MADE, made.toString());
        xml.attributes().entrySet().stream()
            .filter(attribute -> !attribute.getKey().equals(MADE))
            .forEach(attribute -> root.attribute(attribute.getKey(), attribute.getValue()));
        xml.children().stream()
            .filter(line -> !line.namespace().equals(DuisNames.SIGNATURE))
            .forEach(root::child);
        try {
          yield new Draft.Ready(CanonicalXml.of(root.build(), PREFIX));
        } catch (IllegalArgumentException otherNamespace) {
          yield new Draft.Faulty(List.of("an element is not of the namespace " + NAMESPACE));
        }
      }
    };
  }

  /** A value of the file that is not as it must be. */
  private static final class FaultException extends Exception {
    private static final long serialVersionUID = 1L;

    FaultException(String message) {
      super(message);
    }
  }

  /** What a file says, or every fault in it. */
  sealed interface Content {
    /** Everything in it is as it must be. */
    record Complete(AnomalyFile file) implements Content {}

    /** Nothing of it counts. */
    record Faulty(List<String> faults) implements Content {}
  }

  /**
   * Reads the content.
   *
   * @param signer whose requests it is about where it does not say
   * @param now from when on it is in effect where it does not say
   */
  static Content read(Element root, CountedParty signer, Instant now) {
    AnomalyFileReader reader = new AnomalyFileReader(signer, now);
    reader.head(root.xml());
    int number = 0;
    for (XmlElement line : root.xml().children()) {
      number++;
      if (line.namespace().equals(DuisNames.SIGNATURE)) {
        continue;
      }
      try {
        reader.line(line);
      } catch (FaultException | IllegalArgumentException e) {
        reader.faults.add(
            String.format(
                Locale.ROOT, "element %d (%s): %s", number, line.localName(), e.getMessage()));
      }
    }
    if (reader.faults.isEmpty()
        && reader.thresholds.isEmpty()
        && reader.limits.isEmpty()
        && reader.orders.isEmpty()) {
      reader.faults.add("the file says nothing");
    }
    return reader.faults.isEmpty()
        ? new Content.Complete(new AnomalyFile(reader.thresholds, reader.limits, reader.orders))
        : new Content.Faulty(List.copyOf(reader.faults));
  }

  /** An old file, for example one that allowed much for a day, must not come again. */
  private void head(XmlElement root) {
    try {
      Instant made =
          time(only(root, HEAD), MADE)
              .orElseThrow(() -> new FaultException("needs made, the time at which it was made"));
      if (Duration.between(made, now).abs().compareTo(MADE_WITHIN) > 0) {
        throw new FaultException(
            "made must lie within "
                + MADE_WITHIN.toHours()
                + " hours of now; make and sign the file anew");
      }
    } catch (FaultException e) {
      faults.add("the root element: " + e.getMessage());
    }
  }

  private void line(XmlElement line) throws FaultException {
    if (!line.namespace().equals(NAMESPACE)) {
      throw new FaultException("an element of another namespace");
    }
    switch (line.localName()) {
      case "Threshold" -> thresholds.add(threshold(only(line, THRESHOLD)));
      case "ValueLimit" -> limits.add(limit(only(line, LIMIT)));
      default -> orders.add(order(line));
    }
  }

  private Order order(XmlElement line) throws FaultException {
    Optional<Decision> decision = Decision.of(line.localName());
    if (decision.isEmpty()) {
      throw new FaultException("no such element; there are Threshold, ValueLimit, Release, Delete");
    }
    return new Order(integer(only(line, ORDER), "event"), decision.get());
  }

  private Threshold threshold(XmlElement line) throws FaultException {
    boolean absolute = line.attribute("requests").isPresent();
    boolean relative =
        line.attribute("percent").isPresent() || line.attribute("expectedPerMonth").isPresent();
    if (absolute == relative) {
      throw new FaultException("needs either requests, or percent and expectedPerMonth");
    }
    Amount amount =
        absolute
            ? new Amount.Requests(integer(line, "requests"))
            : new Amount.PercentOfMonth(
                decimal(line, "percent").orElseThrow(() -> new FaultException("needs percent")),
                integer(line, "expectedPerMonth"));
    Optional<Long> warning =
        line.attribute("warning").isPresent()
            ? Optional.of(integer(line, "warning"))
            : Optional.empty();
    return new Threshold(
        counted(line), service(line).variant(), amount, hours(line), warning, validity(line));
  }

  private static int hours(XmlElement line) throws FaultException {
    return line.attribute("hours").isPresent()
        ? Math.clamp(integer(line, "hours"), 0, Integer.MAX_VALUE)
        : Threshold.HOURS_STANDARD;
  }

  private ValueLimit limit(XmlElement line) throws FaultException {
    String element =
        line.attribute("element").orElseThrow(() -> new FaultException("needs element"));
    ServiceRequestEntry service = service(line);
    if (!RequestElements.hasValue(service.requestElement(), element)) {
      throw new FaultException(
          String.format(
              Locale.ROOT,
              "a request of service %s (%s) has no value %s",
              service.variant(),
              service.requestElement(),
              element));
    }
    return new ValueLimit(
        counted(line),
        service.variant(),
        element,
        decimal(line, "min"),
        decimal(line, "max"),
        validity(line));
  }

  private static XmlElement only(XmlElement line, Set<String> known) throws FaultException {
    for (String name : line.attributes().keySet()) {
      if (!known.contains(name)) {
        throw new FaultException("has no attribute " + name);
      }
    }
    return line;
  }

  private CountedParty counted(XmlElement line) throws FaultException {
    Optional<String> named = line.attribute("for");
    if (named.isEmpty()) {
      return signer;
    }
    return switch (named.get()) {
      case "all-users" -> new CountedParty.AllUsers();
      case "cos-party" -> new CountedParty.CosParty();
      default -> new CountedParty.User(Eui64.parse(named.get()));
    };
  }

  private static ServiceRequestEntry service(XmlElement line) throws FaultException {
    ServiceReferenceVariant service =
        new ServiceReferenceVariant(
            line.attribute("service").orElseThrow(() -> new FaultException("needs service")));
    return ServiceRequestCatalogue.current()
        .find(service)
        .filter(entry -> !entry.nonDevice())
        .orElseThrow(() -> new FaultException("there is no service " + service + " for devices"));
  }

  private Validity validity(XmlElement line) throws FaultException {
    return new Validity(
        time(line, "from").orElse(now.truncatedTo(ChronoUnit.MILLIS)), time(line, "until"));
  }

  private static Optional<Instant> time(XmlElement line, String name) throws FaultException {
    try {
      return line.attribute(name).map(Instant::parse);
    } catch (DateTimeParseException e) {
      throw new FaultException(name + " must be like 2026-12-01T00:00:00Z");
    }
  }

  private static long integer(XmlElement line, String name) throws FaultException {
    String text = line.attribute(name).orElseThrow(() -> new FaultException("needs " + name));
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new FaultException(name + " must be a whole number");
    }
  }

  private static Optional<BigDecimal> decimal(XmlElement line, String name) throws FaultException {
    Optional<String> text = line.attribute(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!ValueLimit.isNumber(text.get())) {
      throw new FaultException(name + " must be a decimal number");
    }
    return Optional.of(new BigDecimal(text.get()));
  }
}
