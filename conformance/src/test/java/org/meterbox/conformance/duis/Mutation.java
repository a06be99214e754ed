// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.duis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import javax.xml.XMLConstants;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/**
 * Changes one thing in a document, as a careless or hostile sender might.
 *
 * @param random where chance comes from
 */
record Mutation(RandomGenerator random) {
  /** Texts beyond, at and within the bounds of most types. */
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "0",
          "-1",
          "+1",
          "1",
          "2",
          "5",
          "8",
          "9",
          "16",
          "17",
          "21",
          "28",
          "29",
          "32",
          "49",
          "100",
          "101",
          "255",
          "256",
          "1800",
          "3600",
          "3601",
          "10000",
          "10001",
          "32768",
          "65535",
          "65536",
          "86401",
          "2147483648",
          "4294967296",
          "9223372036854775808",
          "1000000000001",
          "18446744073709551616",
          "99999999999999999999999",
          "1.5",
          "1.50",
          "100.001",
          "1e3",
          "0x1",
          "abc",
          "true",
          "TRUE",
          "Enable",
          "enable",
          "2026-02-30",
          "2026-01-01",
          "24:00:00",
          "25:00:00",
          "2026-01-01T00:00:00Z",
          "2026-01-01T24:00:00",
          "AA==",
          "AA=",
          "ABC",
          "ABCD",
          "8F66",
          "8f66",
          "ESME",
          "4.1.1",
          "4.7",
          "I0",
          "E4",
          "E6",
          "90-B3-D5-1F-30-01-00-00",
          "90b3d51f30010000",
          "90-B3-D5-1F-30-01-00-0",
          "90-B3-D5-1F-30-01-00-00,90-B3-D5-1F-30-01-00-00",
          "90-B3-D5-1F-30-01-00-00:90-B3-D5-1F-30-00-00-02:01",
          "1234567890123",
          "é",
          "A text that is longer than most of the limits on names and references that there are");

  /** Changes the document and says how. */
  String apply(Document document) {
    List<Element> elements = elements(document);
    Element element = elements.get(random.nextInt(elements.size()));
    return switch (random.nextInt(14)) {
      case 0 -> remove(element);
      case 1 -> repeat(element);
      case 2 -> moveBack(element);
      case 3 -> rename(document, element, elements);
      case 4 -> changeNamespace(document, element);
      case 5, 6, 7, 8 -> changeText(leaf(elements));
      case 9 -> blanksAround(leaf(elements));
      case 10 -> changeAttribute(elements);
      case 11 -> insertElement(element, elements);
      case 12 -> insertText(element);
      default -> markNil(element);
    };
  }

  private String remove(Element element) {
    if (element.getParentNode() instanceof Element parent) {
      parent.removeChild(element);
    }
    return "removed " + element.getNodeName();
  }

  private String repeat(Element element) {
    if (element.getParentNode() instanceof Element parent) {
      parent.insertBefore(element.cloneNode(true), element);
    }
    return "repeated " + element.getNodeName();
  }

  private String moveBack(Element element) {
    Node before = element.getPreviousSibling();
    while (before != null && !(before instanceof Element)) {
      before = before.getPreviousSibling();
    }
    if (before != null && element.getParentNode() instanceof Element parent) {
      parent.insertBefore(element, before);
    }
    return "moved " + element.getNodeName() + " before its predecessor";
  }

  private String rename(Document document, Element element, List<Element> elements) {
    Element other = elements.get(random.nextInt(elements.size()));
    String name = random.nextInt(4) == 0 ? element.getLocalName() + "X" : other.getLocalName();
    String old = element.getNodeName();
    document.renameNode(element, element.getNamespaceURI(), "x:" + name);
    return "renamed " + old + " to " + name;
  }

  private String changeNamespace(Document document, Element element) {
    String[] namespaces = {
      "http://www.dccinterface.co.uk/ResponseAndAlert",
      "http://www.dccinterface.co.uk/ServiceUserGateway",
      "http://www.w3.org/2000/09/xmldsig#",
      "urn:example"
    };
    String namespace = namespaces[random.nextInt(namespaces.length)];
    String name = element.getNodeName();
    document.renameNode(element, namespace, "y:" + element.getLocalName());
    return "moved " + name + " to namespace " + namespace;
  }

  private String changeText(Element leaf) {
    String old = leaf.getTextContent();
    String text =
        switch (random.nextInt(6)) {
          case 0 -> old + "0";
          case 1 -> old + old;
          case 2 -> old.isEmpty() ? "x" : old.substring(1);
          default -> TEXTS.get(random.nextInt(TEXTS.size()));
        };
    leaf.setTextContent(text);
    return String.format(
        Locale.ROOT, "text of %s changed from '%s' to '%s'", leaf.getNodeName(), old, text);
  }

  private String blanksAround(Element leaf) {
    leaf.setTextContent(" " + leaf.getTextContent() + "\n");
    return "blanks around the text of " + leaf.getNodeName();
  }

  private String changeAttribute(List<Element> elements) {
    List<Attr> attributes = new ArrayList<>();
    for (Element element : elements) {
      NamedNodeMap all = element.getAttributes();
      for (int i = 0; i < all.getLength(); i++) {
        if (!XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(all.item(i).getNamespaceURI())) {
          attributes.add((Attr) all.item(i));
        }
      }
    }
    Attr attribute = attributes.get(random.nextInt(attributes.size()));
    Element owner = attribute.getOwnerElement();
    switch (random.nextInt(3)) {
      case 0 -> owner.removeAttributeNode(attribute);
      case 1 -> owner.setAttribute("unknown", "1");
      default -> attribute.setValue(TEXTS.get(random.nextInt(TEXTS.size())));
    }
    return String.format(
        Locale.ROOT,
        "attribute %s of %s removed, changed or joined by another",
        attribute.getName(),
        owner.getNodeName());
  }

  private String insertElement(Element element, List<Element> elements) {
    Element other = elements.get(random.nextInt(elements.size()));
    Node copy = other.cloneNode(true);
    element.insertBefore(copy, element.getFirstChild());
    return "inserted " + other.getNodeName() + " into " + element.getNodeName();
  }

  private String insertText(Element element) {
    String text = random.nextInt(3) == 0 ? "x" : "\n ";
    element.appendChild(element.getOwnerDocument().createTextNode(text));
    return "inserted text into " + element.getNodeName();
  }

  private String markNil(Element element) {
    element.setAttributeNS(
        XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI,
        "xsi:nil",
        random.nextBoolean() ? "true" : "false");
    return "marked nil: " + element.getNodeName();
  }

  private Element leaf(List<Element> elements) {
    List<Element> leaves =
        elements.stream()
            .filter(element -> element.getElementsByTagName("*").getLength() == 0)
            .toList();
    return leaves.get(random.nextInt(leaves.size()));
  }

  private static List<Element> elements(Document document) {
    List<Element> elements = new ArrayList<>();
    collect(document.getDocumentElement(), elements);
    return elements;
  }

  private static void collect(Element element, List<Element> elements) {
    elements.add(element);
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child) {
        collect(child, elements);
      }
    }
  }
}
