// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.duis;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Draws documents that a schema allows, by walking the schema's own text. What one schema allows,
 * the other must accept: that covers the parts for which no official example exists.
 */
public final class SchemaInstances {
  private static final String XS = XMLConstants.W3C_XML_SCHEMA_NS_URI;
  private static final String DS = "http://www.w3.org/2000/09/xmldsig#";

  /** How many more than the least are drawn of an element that may be repeated. */
  private static final int MORE = 2;

  private final DocumentBuilder builder = builder();
  private final Map<String, Element> components = new HashMap<>();
  private final RandomGenerator random;
  private final SampleValues values;

  /**
   * Reads a schema with all that it includes and imports.
   *
   * @param open gives the file of a name; parts named in it are asked for likewise
   */
  public SchemaInstances(String main, Function<String, InputStream> open, RandomGenerator random) {
    this.random = random;
    this.values = new SampleValues(random);
    load(main, open, new HashSet<>());
  }

  /** A document whose root is this global element. */
  public Document draw(String namespace, String rootElement) {
    Document document = builder.newDocument();
    append(document, component("element", namespace, rootElement), document);
    return document;
  }

  /** A document whose root is the element of this name that some group of the schema declares. */
  public Document drawFromGroup(String elementName) {
    Document document = builder.newDocument();
    append(document, inGroups(elementName), document);
    return document;
  }

  private Element inGroups(String elementName) {
    for (Map.Entry<String, Element> component : components.entrySet()) {
      if (component.getKey().startsWith("group ")) {
        for (Element particle : children(component.getValue())) {
          for (Element declaration : children(particle)) {
            if (declaration.getAttribute("name").equals(elementName)) {
              return declaration;
            }
          }
        }
      }
    }
    throw new IllegalStateException("no group of the schema declares " + elementName);
  }

  private void load(String name, Function<String, InputStream> open, Set<String> loaded) {
    if (!loaded.add(name)) {
      return;
    }
    Element schema = parse(name, open).getDocumentElement();
    String namespace = schema.getAttribute("targetNamespace");
    for (Element child : children(schema)) {
      switch (child.getLocalName()) {
        case "include" -> load(child.getAttribute("schemaLocation"), open, loaded);
        case "import" -> {
          if (!child.getAttribute("namespace").equals(DS)) {
            load(child.getAttribute("schemaLocation"), open, loaded);
          }
        }
        default ->
            components.put(
                key(kind(child.getLocalName()), namespace, child.getAttribute("name")), child);
      }
    }
  }

  private void append(Node parent, Element declaration, Document document) {
    if (declaration.hasAttribute("ref")) {
      QualifiedName name = name(declaration, declaration.getAttribute("ref"));
      if (name.namespace().equals(DS)) {
        parent.appendChild(signature(document));
      } else {
        append(parent, component("element", name.namespace(), name.localName()), document);
      }
      return;
    }
    String namespace =
        declaration.getOwnerDocument().getDocumentElement().getAttribute("targetNamespace");
    Element element = document.createElementNS(namespace, "x:" + declaration.getAttribute("name"));
    parent.appendChild(element);
    if (declaration.hasAttribute("type")) {
      fillNamed(element, name(declaration, declaration.getAttribute("type")));
    } else {
      fill(element, children(declaration).getLast());
    }
  }

  private void fillNamed(Element element, QualifiedName type) {
    if (type.namespace().equals(XS)) {
      element.setTextContent(values.of(type.localName(), List.of()));
    } else {
      fill(element, component("type", type.namespace(), type.localName()));
    }
  }

  private void fill(Element element, Element type) {
    if (type.getLocalName().equals("simpleType")) {
      element.setTextContent(simple(type, new ArrayList<>()));
      return;
    }
    for (Element part : children(type)) {
      switch (part.getLocalName()) {
        case "complexContent", "simpleContent" -> {
          Element extension = children(part).getFirst();
          fillNamed(element, name(extension, extension.getAttribute("base")));
          fill(element, extension);
        }
        case "attribute" ->
            element.setAttributeNS(null, part.getAttribute("name"), attributeValue(part));
        case "annotation" -> {}
        default -> particle(element, part);
      }
    }
  }

  private String attributeValue(Element attribute) {
    if (!attribute.hasAttribute("type")) {
      return simple(children(attribute).getLast(), new ArrayList<>());
    }
    QualifiedName type = name(attribute, attribute.getAttribute("type"));
    return type.namespace().equals(XS)
        ? values.of(type.localName(), List.of())
        : simple(component("type", type.namespace(), type.localName()), new ArrayList<>());
  }

  private String simple(Element simpleType, List<Map.Entry<String, String>> facets) {
    Element restriction = children(simpleType).getLast();
    for (Element facet : children(restriction)) {
      facets.add(Map.entry(facet.getLocalName(), facet.getAttribute("value")));
    }
    QualifiedName base = name(restriction, restriction.getAttribute("base"));
    return base.namespace().equals(XS)
        ? values.of(base.localName(), facets)
        : simple(component("type", base.namespace(), base.localName()), facets);
  }

  private void particle(Element parent, Element particle) {
    int times = times(particle);
    for (int i = 0; i < times; i++) {
      switch (particle.getLocalName()) {
        case "element" -> append(parent, particle, parent.getOwnerDocument());
        case "sequence" -> children(particle).forEach(part -> particle(parent, part));
        case "choice" -> {
          List<Element> choices = children(particle);
          particle(parent, choices.get(random.nextInt(choices.size())));
        }
        case "group" -> {
          QualifiedName name = name(particle, particle.getAttribute("ref"));
          Element group = component("group", name.namespace(), name.localName());
          particle(parent, children(group).getLast());
        }
        // What a wildcard lets through is nobody's content.
        case "any" -> {}
        case "annotation" -> {}
        default -> throw new IllegalStateException("no way to draw xs:" + particle.getLocalName());
      }
    }
  }

  private int times(Element particle) {
    int least = number(particle.getAttribute("minOccurs"));
    String max = particle.getAttribute("maxOccurs");
    int most = max.equals("unbounded") ? least + MORE : number(max);
    // The most that is allowed is drawn now and then, where it is not many.
    if (most <= 64 && random.nextInt(16) == 0) {
      return most;
    }
    return least + random.nextInt(Math.min(most - least, MORE) + 1);
  }

  private static int number(String occurs) {
    return occurs.isEmpty() ? 1 : Integer.parseInt(occurs);
  }

  private Element signature(Document document) {
    String xml =
        "<ds:Signature xmlns:ds='"
            + DS
            + "'><ds:SignedInfo><ds:CanonicalizationMethod Algorithm='a'/>"
            + "<ds:SignatureMethod Algorithm='b'/><ds:Reference URI=''><ds:DigestMethod"
            + " Algorithm='c'/><ds:DigestValue>AA==</ds:DigestValue></ds:Reference>"
            + "</ds:SignedInfo><ds:SignatureValue>AA==</ds:SignatureValue></ds:Signature>";
    Document parsed =
        parse(xml, text -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    return (Element) document.importNode(parsed.getDocumentElement(), true);
  }

  private Document parse(String name, Function<String, InputStream> open) {
    try (InputStream stream = open.apply(name)) {
      return builder.parse(new InputSource(stream));
    } catch (SAXException e) {
      throw new IllegalStateException(name + " does not parse", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Element component(String kind, String namespace, String name) {
    Element found = components.get(key(kind, namespace, name));
    if (found == null) {
      throw new IllegalStateException("the schema lacks " + key(kind, namespace, name));
    }
    return found;
  }

  private static String kind(String localName) {
    return localName.endsWith("Type") ? "type" : localName;
  }

  private static String key(String kind, String namespace, String name) {
    return kind + " {" + namespace + "}" + name;
  }

  private record QualifiedName(String namespace, String localName) {}

  private static QualifiedName name(Element at, String qualified) {
    int colon = qualified.indexOf(':');
    String prefix = colon < 0 ? null : qualified.substring(0, colon);
    return new QualifiedName(at.lookupNamespaceURI(prefix), qualified.substring(colon + 1));
  }

  private static List<Element> children(Element parent) {
    List<Element> elements = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        elements.add(element);
      }
    }
    return elements;
  }

  private static DocumentBuilder builder() {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
      return factory.newDocumentBuilder();
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }
}
