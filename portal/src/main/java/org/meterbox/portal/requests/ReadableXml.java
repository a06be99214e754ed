// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.requests;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.meterbox.kernel.Octets;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A stored DUIS document, indented for reading. It was checked when it was received or made; here
 * no document type and nothing outside is read all the same.
 *
 * @param text the indented document, or its octets in hexadecimal where it is no XML
 * @param code the first ResponseCode in it
 */
record ReadableXml(String text, Optional<String> code) {
  static ReadableXml of(Octets document) {
    try {
      Document parsed = parse(document);
      NodeList codes = parsed.getElementsByTagNameNS("*", "ResponseCode");
      Optional<String> code =
          codes.getLength() == 0
              ? Optional.empty()
              : Optional.of(codes.item(0).getTextContent().strip());
      return new ReadableXml(write(parsed), code);
    } catch (SAXException | IOException notXml) {
      return new ReadableXml(document.hex(), Optional.empty());
    }
  }

  private static Document parse(Octets document) throws SAXException, IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setXIncludeAware(false);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      Document parsed = builder.parse(new ByteArrayInputStream(document.toArray()));
      dropBlanks(parsed.getDocumentElement());
      return parsed;
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("the JDK's parser lacks a feature", e);
    }
  }

  /** Blanks between elements would stand beside the indentation. */
  private static void dropBlanks(Node node) {
    Node child = node.getFirstChild();
    boolean hasElements = false;
    for (Node each = child; each != null; each = each.getNextSibling()) {
      hasElements |= each.getNodeType() == Node.ELEMENT_NODE;
    }
    while (child != null) {
      Node next = child.getNextSibling();
      if (child.getNodeType() == Node.TEXT_NODE && hasElements && child.getNodeValue().isBlank()) {
        node.removeChild(child);
      } else {
        dropBlanks(child);
      }
      child = next;
    }
  }

  private static String write(Document document) {
    try {
      TransformerFactory factory = TransformerFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_STYLESHEET, "");
      Transformer indenting = factory.newTransformer();
      indenting.setOutputProperty(OutputKeys.INDENT, "yes");
      indenting.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      indenting.setOutputProperty("{http://xml.apache.org/xslt}indent-amount", "2");
      StringWriter text = new StringWriter();
      indenting.transform(new DOMSource(document), new StreamResult(text));
      return text.toString();
    } catch (TransformerException e) {
      throw new IllegalStateException("the JDK cannot write a document that it has read", e);
    }
  }
}
