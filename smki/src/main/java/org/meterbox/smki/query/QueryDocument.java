// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.query;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.meterbox.kernel.Octets;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** A query in XML: a root element with plain text elements below it, no namespace, no entities. */
final class QueryDocument {
  private final Element root;

  private QueryDocument(Element root) {
    this.root = root;
  }

  /** Reads a query; none where the octets are not well-formed XML or bring a document type. */
  static Optional<QueryDocument> parse(Octets xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setXIncludeAware(false);
      factory.setExpandEntityReferences(false);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new Strict());
      return Optional.of(
          new QueryDocument(
              builder.parse(new ByteArrayInputStream(xml.toArray())).getDocumentElement()));
    } catch (SAXException | IOException malformed) {
      return Optional.empty();
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("this JDK cannot read XML safely", e);
    }
  }

  /** Whether the root element has this name. */
  boolean is(String name) {
    return root.getTagName().equals(name);
  }

  /** The text of the one element below the root with this name; none where it is not the only. */
  Optional<String> only(String name) {
    List<Element> elements = new ArrayList<>();
    for (Node node = root.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        elements.add(element);
      }
    }
    return elements.size() == 1 && elements.getFirst().getTagName().equals(name)
        ? Optional.of(elements.getFirst().getTextContent().strip())
        : Optional.empty();
  }

  /** Keeps the parser from printing what strangers send. */
  private static final class Strict implements ErrorHandler {
    @Override
    public void warning(SAXParseException warning) {}

    @Override
    public void error(SAXParseException error) throws SAXException {
      throw error;
    }

    @Override
    public void fatalError(SAXParseException error) throws SAXException {
      throw error;
    }
  }
}
