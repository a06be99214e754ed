// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis;

import java.util.Map;
import java.util.Optional;
import org.meterbox.duis.Reading.Refused;
import org.meterbox.duis.Reading.Valid;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.response.ReceivedResponse;
import org.meterbox.duis.response.ResponseReader;
import org.meterbox.duis.schema.DuisSchema;
import org.meterbox.duis.signature.SignatureReader;
import org.meterbox.duis.xml.CanonicalXml;
import org.meterbox.duis.xml.Canonicalization;
import org.meterbox.duis.xml.DuisNames;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.NoCanonicalFormException;
import org.meterbox.duis.xml.Refusal;
import org.meterbox.duis.xml.Refusal.Fault;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.duis.xml.XmlLimits;
import org.meterbox.duis.xml.XmlParser;
import org.meterbox.duis.xml.XmlParser.NotXml;
import org.meterbox.duis.xml.XmlParser.Tree;
import org.meterbox.duis.xml.XmlTree;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Reads DUIS documents: once, within limits, against the schema. Signatures are taken along and
 * verified by {@link org.meterbox.duis.signature.XmlVerifier}. Safe for use by many threads; one
 * instance serves a whole program.
 */
public final class DuisReader {
  private static final String REQUEST = "Request";
  private static final String RESPONSE = "Response";

  private final XmlParser parser;
  private final XmlParser plainParser;

  /** A reader within the limits of DUIS. */
  public DuisReader() {
    this(XmlLimits.DUIS);
  }

  /** A reader within other limits. */
  public DuisReader(XmlLimits limits) {
    this.parser = XmlParser.validating(limits, DuisSchema.compiled());
    this.plainParser = XmlParser.wellFormed(limits);
  }

  /** Reads a Service Request or Signed Pre-Command. */
  public Reading<ServiceRequest> readRequest(Octets document) {
    return read(document, Map.of(REQUEST, DuisReader::request));
  }

  /** Reads a Service Response, Device Alert or DCC Alert. */
  public Reading<ReceivedResponse> readResponse(Octets document) {
    return read(document, Map.of(RESPONSE, DuisReader::response));
  }

  /** Reads a document of either direction. */
  public Reading<DuisDocument> read(Octets document) {
    return read(
        document,
        Map.of(
            REQUEST,
            (tree, root, octets) -> new DuisDocument.Request(request(tree, root, octets)),
            RESPONSE,
            (tree, root, octets) -> new DuisDocument.Response(response(tree, root, octets))));
  }

  /**
   * The first fault of a document as XML within limits and against the schema, whatever its root
   * element is; empty where it is valid.
   */
  public Optional<Refusal> schemaFault(Octets document) {
    return switch (parser.parse(document)) {
      case NotXml(Refusal refusal) -> Optional.of(refusal);
      case Tree(Document _, Optional<Refusal> schemaFault) -> schemaFault;
    };
  }

  /**
   * Brings any DUIS document, for example a template with a placeholder for its signature, into the
   * form in which it can be signed: canonical, compact, without its signature. Does not look at the
   * schema.
   */
  public Reading<CanonicalXml> readForSigning(Octets document) {
    return switch (plainParser.parse(document)) {
      case NotXml notXml -> new Refused<>(notXml.refusal(), PartialHeader.NOTHING);
      case Tree(Document tree, Optional<Refusal> _) ->
          DuisNames.DUIS.equals(tree.getDocumentElement().getNamespaceURI())
              ? compact(tree)
              : new Refused<>(wrongDocument("document"), PartialHeader.NOTHING);
    };
  }

  private static Reading<CanonicalXml> compact(Document tree) {
    try {
      return new Valid<>(Canonicalization.compact(tree));
    } catch (NoCanonicalFormException e) {
      return new Refused<>(
          Refusal.ofDocument(Fault.BAD_VALUE, "canonical-xml", String.valueOf(e.getMessage())),
          PartialHeader.NOTHING);
    }
  }

  /** How one kind of document becomes a value. */
  private interface Model<T> {
    T of(Document tree, XmlElement root, Octets asReceived) throws ElementException;
  }

  private <T> Reading<T> read(Octets document, Map<String, Model<T>> byRootElement) {
    return switch (parser.parse(document)) {
      case NotXml notXml -> new Refused<>(notXml.refusal(), PartialHeader.NOTHING);
      case Tree(Document tree, Optional<Refusal> schemaFault) -> {
        Element root = tree.getDocumentElement();
        Model<T> model =
            DuisNames.DUIS.equals(root.getNamespaceURI())
                ? byRootElement.get(root.getLocalName())
                : null;
        yield model == null
            ? new Refused<>(
                wrongDocument(String.join(" or ", byRootElement.keySet())), PartialHeader.NOTHING)
            : modelled(tree, schemaFault, model, document);
      }
    };
  }

  private static <T> Reading<T> modelled(
      Document tree, Optional<Refusal> schemaFault, Model<T> model, Octets asReceived) {
    XmlElement root = XmlTree.of(tree.getDocumentElement());
    if (schemaFault.isPresent()) {
      return new Refused<>(schemaFault.get(), PartialHeader.of(root));
    }
    try {
      return new Valid<>(model.of(tree, root, asReceived));
    } catch (ElementException e) {
      return new Refused<>(
          Refusal.ofDocument(Fault.BAD_VALUE, "value", String.valueOf(e.getMessage())),
          PartialHeader.of(root));
    }
  }

  private static Refusal wrongDocument(String due) {
    return Refusal.ofDocument(
        Fault.WRONG_DOCUMENT, "root-element", "the root element is not that of a DUIS " + due);
  }

  private static ServiceRequest request(Document tree, XmlElement root, Octets asReceived)
      throws ElementException {
    XmlElement header = root.child("Header");
    return new ServiceRequest(
        header.messageId("RequestID"),
        commandVariant(header.child("CommandVariant")),
        header.child("ServiceReference").token(),
        serviceReferenceVariant(header.child("ServiceReferenceVariant")),
        header.has("FirstInSequence")
            ? Optional.of(header.bool("FirstInSequence"))
            : Optional.empty(),
        header.has("PrecedingServiceRequestID")
            ? Optional.of(header.messageId("PrecedingServiceRequestID"))
            : Optional.empty(),
        schemaVersion(root),
        root.child("Body").onlyChild(),
        SignatureReader.read(tree),
        asReceived);
  }

  private static ReceivedResponse response(Document tree, XmlElement root, Octets asReceived)
      throws ElementException {
    return new ReceivedResponse(
        ResponseReader.read(root), schemaVersion(root), SignatureReader.read(tree), asReceived);
  }

  private static String schemaVersion(XmlElement root) throws ElementException {
    return root.attribute("schemaVersion")
        .map(String::strip)
        .orElseThrow(() -> root.fault("names no schemaVersion"));
  }

  private static CommandVariant commandVariant(XmlElement element) throws ElementException {
    long number = element.integer();
    Optional<CommandVariant> variant =
        number == (int) number ? CommandVariant.of((int) number) : Optional.empty();
    return variant.orElseThrow(() -> element.fault("is not a command variant"));
  }

  private static ServiceReferenceVariant serviceReferenceVariant(XmlElement element)
      throws ElementException {
    try {
      return new ServiceReferenceVariant(element.token());
    } catch (IllegalArgumentException e) {
      throw element.fault("is not a service reference variant");
    }
  }
}
