// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.xml;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.validation.Schema;
import org.jspecify.annotations.Nullable;
import org.meterbox.duis.xml.Refusal.Fault;
import org.meterbox.kernel.Octets;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.Attributes;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.ext.DefaultHandler2;
import org.xml.sax.ext.Locator2;

/**
 * Parses documents from strangers: XML 1.0 in UTF-8 only, no document type declaration, hence no
 * entities of any kind, nothing fetched from anywhere, and within {@link XmlLimits}. The trees that
 * it gives stay inside this room. Safe for use by many threads.
 */
public final class XmlParser {
  /** Parsers kept for reuse; making one costs about 50 microseconds. */
  private static final int POOLED_PARSERS = 32;

  /** An XML declaration ends well before this many octets. */
  private static final int DECLARATION_OCTETS = 256;

  /** After so many faults against the schema the rest of a document is not looked at. */
  private static final int MAX_SCHEMA_FAULTS = 20;

  private static final String NORMALIZED_VALUES =
      "http://apache.org/xml/features/validation/schema/normalized-value";

  private static final Pattern DECLARED_ENCODING =
      Pattern.compile(
          "^(?:\u00EF\u00BB\u00BF)?<\\?xml\\s[^>]*?encoding\\s*=\\s*[\"']([^\"']*)[\"']");

  /** A rule of XML Schema (cvc-...) or a limit of the JDK's parser (JAXP...) before its message. */
  private static final Pattern RULE =
      Pattern.compile("^([a-zA-Z][-a-zA-Z0-9.]*-[-a-zA-Z0-9.]+|JAXP[0-9]+):");

  private final XmlLimits limits;
  private final SAXParserFactory factory;
  private final BlockingQueue<Pooled> idle = new ArrayBlockingQueue<>(POOLED_PARSERS);

  /** A parser, and what makes the document that it fills. */
  private record Pooled(SAXParser parser, DocumentBuilder documents) {}

  /** The outcome of reading a document. */
  public sealed interface Parsed {}

  /**
   * A well-formed document.
   *
   * @param document the tree; comments are left out
   * @param schemaFault the first fault against the schema
   */
  public record Tree(Document document, Optional<Refusal> schemaFault) implements Parsed {}

  /**
   * Octets that are no document.
   *
   * @param refusal why
   */
  public record NotXml(Refusal refusal) implements Parsed {}

  private XmlParser(XmlLimits limits, SAXParserFactory factory) {
    this.limits = limits;
    this.factory = factory;
  }

  /** A parser that checks well-formedness only. */
  public static XmlParser wellFormed(XmlLimits limits) {
    return new XmlParser(limits, hardened());
  }

  /** A parser that checks against a schema too. */
  public static XmlParser validating(XmlLimits limits, Schema schema) {
    SAXParserFactory factory = hardened();
    try {
      // The tree holds what was received, not what the schema's types make of it: it is digested.
      factory.setFeature(NORMALIZED_VALUES, false);
    } catch (ParserConfigurationException | SAXException e) {
      throw new IllegalStateException("this JDK's XML parser changes what it reads", e);
    }
    factory.setSchema(schema);
    return new XmlParser(limits, factory);
  }

  /** Parses one document. */
  public Parsed parse(Octets octets) {
    byte[] content = octets.toArray();
    Optional<Refusal> refusal = boundsFault(content);
    return refusal.isPresent() ? new NotXml(refusal.get()) : parseBounded(content);
  }

  private Parsed parseBounded(byte[] content) {
    Pooled pooled = borrow();
    Document document = pooled.documents().newDocument();
    TreeFilling faults = new TreeFilling(document);
    try {
      pooled.parser().parse(new ByteArrayInputStream(content), faults);
      // Canonical XML, hence the signature, is defined for XML 1.0 only.
      return "1.0".equals(faults.xmlVersion())
          ? new Tree(document, Optional.ofNullable(faults.schemaFault))
          : new NotXml(
              Refusal.ofDocument(Fault.MALFORMED, "xml-version", "the document is not XML 1.0"));
    } catch (SAXParseException e) {
      return new NotXml(refusal(Fault.MALFORMED, "not-well-formed", e));
    } catch (SAXException stoppedByFaults) {
      return new NotXml(
          Optional.ofNullable(faults.schemaFault)
              .orElseGet(() ->
                  Refusal.ofDocument(
                      Fault.MALFORMED,
                      "not-well-formed",
                      String.valueOf(stoppedByFaults.getMessage()))));
    } catch (IOException badEncoding) {
      return new NotXml(
          Refusal.ofDocument(Fault.MALFORMED, "encoding", "the octets are not UTF-8"));
    } finally {
      idle.offer(pooled);
    }
  }

  private Optional<Refusal> boundsFault(byte[] content) {
    if (content.length > limits.octets()) {
      return limit(
          "octets",
          String.format(Locale.ROOT, "%d octets, more than %d", content.length, limits.octets()));
    }
    int markup = 0;
    for (byte octet : content) {
      if (octet == '<') {
        markup++;
      }
    }
    if (markup > limits.markup()) {
      return limit(
          "markup", String.format(Locale.ROOT, "%d marks, more than %d", markup, limits.markup()));
    }
    // The count above holds only where '<' is this octet: another encoding could hide elements.
    return isUtf8(content)
        ? Optional.empty()
        : Optional.of(
            Refusal.ofDocument(Fault.MALFORMED, "encoding", "the document is not in UTF-8"));
  }

  private static boolean isUtf8(byte[] content) {
    int length = Math.min(content.length, DECLARATION_OCTETS);
    String start = new String(content, 0, length, StandardCharsets.ISO_8859_1);
    if (start.indexOf('\0') >= 0) {
      return false;
    }
    Matcher declared = DECLARED_ENCODING.matcher(start);
    return !declared.find() || declared.group(1).toLowerCase(Locale.ROOT).equals("utf-8");
  }

  private static Optional<Refusal> limit(String rule, String message) {
    return Optional.of(Refusal.ofDocument(Fault.LIMIT_EXCEEDED, rule, message));
  }

  private Pooled borrow() {
    Pooled pooled = idle.poll();
    if (pooled != null) {
      return pooled;
    }
    try {
      // Factories are not safe for use by many threads.
      synchronized (factory) {
        SAXParser parser = factory.newSAXParser();
        parser.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        parser.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        parser.setProperty("jdk.xml.maxElementDepth", String.valueOf(limits.depth()));
        parser.setProperty("jdk.xml.elementAttributeLimit", String.valueOf(limits.attributes()));
        return new Pooled(
            parser, DocumentBuilderFactory.newDefaultNSInstance().newDocumentBuilder());
      }
    } catch (ParserConfigurationException | SAXException e) {
      throw new IllegalStateException("this JDK lacks a hardened XML parser", e);
    }
  }

  private static SAXParserFactory hardened() {
    SAXParserFactory factory = SAXParserFactory.newDefaultNSInstance();
    try {
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
      factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
      factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
      // Declarations of namespaces are part of what is signed.
      factory.setFeature("http://xml.org/sax/features/namespace-prefixes", true);
    } catch (ParserConfigurationException | SAXException e) {
      throw new IllegalStateException("this JDK's XML parser cannot be hardened", e);
    }
    factory.setXIncludeAware(false);
    return factory;
  }

  private static Refusal refusal(Fault fault, String otherwise, SAXParseException e) {
    String message = String.valueOf(e.getMessage());
    Matcher rule = RULE.matcher(message);
    boolean named = rule.find();
    return new Refusal(
        fault,
        Math.max(0, e.getLineNumber()),
        Math.max(0, e.getColumnNumber()),
        named ? rule.group(1) : otherwise,
        FaultText.readable(named ? message.substring(rule.end()).strip() : message));
  }

  /**
   * Fills a tree from what the parser reads: comments are left out, CDATA becomes text. The JDK's
   * own tree builder copies all white space between two elements again for each piece of it that
   * the parser hands over: here time and memory are linear in the length of the document. Keeps the
   * first fault against the schema, and lets the parser stop where XML itself breaks.
   */
  private static final class TreeFilling extends DefaultHandler2 {
    private final Document document;
    private final StringBuilder text = new StringBuilder();
    private Node parent;
    private @Nullable Locator locator;
    private @Nullable Refusal schemaFault;
    private int faults;
    private String version = "";

    TreeFilling(Document document) {
      this.document = document;
      this.parent = document;
      // The parser has checked every name.
      document.setStrictErrorChecking(false);
    }

    String xmlVersion() {
      return version;
    }

    @Override
    public void setDocumentLocator(Locator reading) {
      locator = reading;
    }

    @Override
    public void startElement(String uri, String localName, String name, Attributes attributes) {
      endText();
      noteVersion();
      Element element = document.createElementNS(uri.isEmpty() ? null : uri, name);
      for (int i = 0; i < attributes.getLength(); i++) {
        String attribute = attributes.getQName(i);
        element.setAttributeNS(
            namespace(attribute, attributes.getURI(i)), attribute, attributes.getValue(i));
      }
      parent.appendChild(element);
      parent = element;
    }

    /** Known once the declaration was read, and until the document ends. */
    private void noteVersion() {
      if (version.isEmpty() && locator instanceof Locator2 known) {
        String declared = known.getXMLVersion();
        version = declared == null ? "1.0" : declared;
      }
    }

    private static @Nullable String namespace(String attribute, String uri) {
      if (attribute.equals(XMLConstants.XMLNS_ATTRIBUTE) || attribute.startsWith("xmlns:")) {
        return XMLConstants.XMLNS_ATTRIBUTE_NS_URI;
      }
      return uri.isEmpty() ? null : uri;
    }

    @Override
    public void endElement(String uri, String localName, String name) {
      endText();
      parent = parent.getParentNode();
    }

    @Override
    public void characters(char[] piece, int start, int length) {
      text.append(piece, start, length);
    }

    @Override
    public void ignorableWhitespace(char[] piece, int start, int length) {
      text.append(piece, start, length);
    }

    @Override
    public void processingInstruction(String target, String data) {
      endText();
      parent.appendChild(document.createProcessingInstruction(target, data == null ? "" : data));
    }

    private void endText() {
      if (!text.isEmpty()) {
        parent.appendChild(document.createTextNode(text.toString()));
        text.setLength(0);
      }
    }

    @Override
    public void warning(SAXParseException e) {
      // Nothing that a valid document could cause; the verdict does not hang on it.
    }

    @Override
    public void error(SAXParseException e) throws SAXException {
      if (schemaFault == null) {
        schemaFault = refusal(Fault.INVALID, "schema", e);
      }
      if (++faults > MAX_SCHEMA_FAULTS) {
        throw new SAXException("too many faults against the schema");
      }
    }

    @Override
    public void fatalError(SAXParseException e) throws SAXParseException {
      throw e;
    }
  }
}
