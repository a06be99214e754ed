// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.certificates;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** An XML answer of the SMKI Repository, read without any outside entity. */
final class RepositoryDocument {
  private final Element root;

  private RepositoryDocument(Element root) {
    this.root = root;
  }

  static RepositoryDocument parse(byte[] xml) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setXIncludeAware(false);
      factory.setExpandEntityReferences(false);
      Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml));
      return new RepositoryDocument(document.getDocumentElement());
    } catch (SAXException malformed) {
      throw new IOException("the SMKI Repository's answer is not XML", malformed);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("this JDK cannot read XML safely", e);
    }
  }

  /** Everything below elements with this name. */
  List<RepositoryDocument> all(String name) {
    List<RepositoryDocument> found = new ArrayList<>();
    NodeList nodes = root.getElementsByTagName(name);
    for (int i = 0; i < nodes.getLength(); i++) {
      Node node = nodes.item(i);
      if (node instanceof Element element) {
        found.add(new RepositoryDocument(element));
      }
    }
    return found;
  }

  /** The text of the first element with this name. */
  Optional<String> text(String name) {
    NodeList nodes = root.getElementsByTagName(name);
    return nodes.getLength() == 0
        ? Optional.empty()
        : Optional.of(nodes.item(0).getTextContent().strip());
  }
}
