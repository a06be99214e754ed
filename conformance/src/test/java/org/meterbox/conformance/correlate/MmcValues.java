// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.correlate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.meterbox.kernel.Octets;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** The values that an MMC document gives, in their order, each with its path. */
final class MmcValues {
  /** What repeats octets or names an outcome instead of giving values. */
  private static final Set<String> NOT_VALUES = Set.of("Header", "GBCSData", "DebugInfo");

  /**
   * A text or an attribute.
   *
   * @param path names of the elements, and of the attribute
   */
  record Value(String path, String text) {
    String name() {
      return path.substring(path.lastIndexOf('/') + 1);
    }
  }

  private final DocumentBuilder builder;

  MmcValues() throws ParserConfigurationException {
    builder = DocumentBuilderFactory.newDefaultNSInstance().newDocumentBuilder();
  }

  /** All values of the body. */
  List<Value> of(Octets document) throws IOException, SAXException {
    Document parsed = builder.parse(new ByteArrayInputStream(document.toArray()));
    List<Value> values = new ArrayList<>();
    collect(parsed.getDocumentElement(), "", values);
    return values;
  }

  private static void collect(Element element, String above, List<Value> values) {
    if (NOT_VALUES.contains(element.getLocalName())) {
      return;
    }
    String path = above + "/" + element.getLocalName();
    NamedNodeMap attributes = element.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      Node attribute = attributes.item(i);
      if (attribute.getNamespaceURI() == null && !attribute.getNodeName().contains(":")) {
        values.add(new Value(path + "/@" + attribute.getNodeName(), attribute.getNodeValue()));
      }
    }
    boolean leaf = true;
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child) {
        leaf = false;
        collect(child, path, values);
      }
    }
    if (leaf) {
      values.add(new Value(path, element.getTextContent()));
    }
  }
}
