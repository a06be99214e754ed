// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.xml;

import org.meterbox.duis.xml.XmlElement.Place;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/** Turns parsed elements into {@link XmlElement}s. */
public final class XmlTree {
  private XmlTree() {}

  /** The element and everything in it, with paths that start at its own name. */
  public static XmlElement of(Element element) {
    return of(element, Place.outermost(element.getLocalName()));
  }

  private static XmlElement of(Element element, Place place) {
    String namespace = element.getNamespaceURI();
    XmlElement.Builder builder =
        XmlElement.builder(namespace == null ? "" : namespace, element.getLocalName());
    addAttributes(element, builder);
    boolean elements = false;
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child) {
        elements = true;
        builder.child(of(child, new Place(place, child.getLocalName())));
      }
    }
    if (!elements) {
      builder.text(element.getTextContent());
    }
    return builder.build(place);
  }

  private static void addAttributes(Element element, XmlElement.Builder builder) {
    NamedNodeMap attributes = element.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      Attr attribute = (Attr) attributes.item(i);
      // DUIS defines no attribute in a namespace: the others are declarations and hints.
      if (attribute.getNamespaceURI() == null) {
        builder.attribute(attribute.getLocalName(), attribute.getValue());
      }
    }
  }
}
