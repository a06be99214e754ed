// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.schema;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** Which elements with a value the schema knows within the content of each request. */
public final class RequestElements {
  private static final List<String> FILES =
      List.of(
          "values.xsd",
          "calendar.xsd",
          "sub-ghz.xsd",
          "service-1.xsd",
          "service-2.xsd",
          "service-3.xsd",
          "service-4.xsd",
          "service-5.xsd",
          "service-6-configuration.xsd",
          "service-6-security.xsd",
          "alert-settings.xsd",
          "service-7.xsd",
          "service-8.xsd",
          "service-9-to-12.xsd");

  /** The type of elements that say something by being there. */
  private static final String NO_VALUE = "d:Nothing";

  /** Declarations with a name at the outermost level: types and groups. */
  private final Map<String, Element> named = new HashMap<>();

  /** Elements anywhere; of several with one name the first is what a request's body may hold. */
  private final Map<String, Element> requests = new HashMap<>();

  private RequestElements() {
    FILES.forEach(file -> index(read(file)));
  }

  private static final class Known {
    private static final RequestElements INSTANCE = new RequestElements();
  }

  /**
   * Whether an element with a value may stand within a request's content.
   *
   * @param request local name of the element in the request's body
   * @param element local name of the element with the value
   */
  public static boolean hasValue(String request, String element) {
    return Known.INSTANCE.values(request).contains(element);
  }

  private Set<String> values(String request) {
    Set<String> values = new HashSet<>();
    Element declaration = requests.get(request);
    if (declaration != null) {
      collect(declaration, values, new HashSet<>());
    }
    return values;
  }

  /** Walks through what stands in a declaration, and once through each type that it names. */
  private void collect(Element declaration, Set<String> values, Set<Element> seen) {
    for (Node node = declaration.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element part) {
        boolean element = part.getLocalName().equals("element") && part.hasAttribute("name");
        boolean empty = part.getAttribute("type").equals(NO_VALUE);
        if (element && !empty && !hasElements(part, new HashSet<>())) {
          values.add(part.getAttribute("name"));
        }
        collect(part, values, seen);
      }
    }
    for (Element other : referred(declaration)) {
      if (seen.add(other)) {
        collect(other, values, seen);
      }
    }
  }

  private boolean hasElements(Element declaration, Set<Element> seen) {
    for (Node node = declaration.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element part
          && (part.getLocalName().equals("element") || hasElements(part, seen))) {
        return true;
      }
    }
    return referred(declaration).stream()
        .anyMatch(other -> seen.add(other) && hasElements(other, seen));
  }

  /** The types and groups that a declaration names by itself. */
  private Set<Element> referred(Element declaration) {
    Set<Element> found = new HashSet<>();
    for (String attribute : new String[] {"type", "ref", "base"}) {
      String name = declaration.getAttribute(attribute);
      Element other = named.get(name.substring(name.indexOf(':') + 1));
      if (name.startsWith("d:") && other != null) {
        found.add(other);
      }
    }
    return found;
  }

  private void index(Element schema) {
    for (Node node = schema.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element declaration && declaration.hasAttribute("name")) {
        named.putIfAbsent(declaration.getAttribute("name"), declaration);
        if (declaration.getLocalName().equals("group")) {
          indexRequests(declaration);
        }
      }
    }
  }

  private void indexRequests(Element group) {
    for (Node choice = group.getFirstChild(); choice != null; choice = choice.getNextSibling()) {
      for (Node node = choice.getFirstChild(); node != null; node = node.getNextSibling()) {
        if (node instanceof Element declaration && declaration.getLocalName().equals("element")) {
          requests.putIfAbsent(declaration.getAttribute("name"), declaration);
        }
      }
    }
  }

  private static Element read(String file) {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
    try (InputStream stream = DuisSchema.open(file)) {
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      return factory.newDocumentBuilder().parse(stream).getDocumentElement();
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new IllegalStateException("the DUIS schema of this build cannot be read", e);
    }
  }
}
