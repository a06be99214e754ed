// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.schema;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.meterbox.duis.schema.SimpleType.Base;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * Reads the schema files of this build into {@link DuisStructure}. Knows the constructs of XML
 * Schema that they use; any other one is a fault of the build.
 */
final class StructureReader {
  private static final String OWN_PREFIX = "d:";
  private static final String ELEMENT = "element";
  private static final String SIGNATURES = "signature.xsd";

  private final Map<String, Element> elements = new LinkedHashMap<>();
  private final Map<String, Element> types = new LinkedHashMap<>();
  private final Map<String, Element> groups = new LinkedHashMap<>();
  private final Map<String, Content> contents = new LinkedHashMap<>();

  private StructureReader() {}

  /** The outermost elements by name. */
  static Map<String, ElementDeclaration> read() {
    StructureReader reader = new StructureReader();
    reader.load("duis.xsd", new HashSet<>());
    Map<String, ElementDeclaration> documents = new LinkedHashMap<>();
    reader.elements.forEach((name, element) -> documents.put(name, reader.declaration(element)));
    return documents;
  }

  private void load(String file, Set<String> loaded) {
    if (!loaded.add(file) || file.equals(SIGNATURES)) {
      return;
    }
    for (Element child : children(parse(file))) {
      String name = child.getAttribute("name");
      switch (child.getLocalName()) {
        case "include" -> load(child.getAttribute("schemaLocation"), loaded);
        case ELEMENT -> elements.put(name, child);
        case "simpleType", "complexType" -> types.put(name, child);
        case "group" -> groups.put(name, child);
        case "import", "annotation" -> {}
        default -> throw unknown(child);
      }
    }
  }

  private static Element parse(String file) {
    try (InputStream stream = DuisSchema.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalStateException("the DUIS schema of this build lacks " + file);
      }
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      return factory.newDocumentBuilder().parse(stream).getDocumentElement();
    } catch (IOException | SAXException | ParserConfigurationException e) {
      throw new IllegalStateException("the DUIS schema of this build cannot be read: " + file, e);
    }
  }

  private ElementDeclaration declaration(Element element) {
    return new ElementDeclaration(
        element.getAttribute("name"), documentation(element), contentOf(element));
  }

  private Content contentOf(Element element) {
    String type = element.getAttribute("type");
    if (!type.isEmpty()) {
      return named(type);
    }
    for (Element child : children(element)) {
      switch (child.getLocalName()) {
        case "complexType" -> {
          return complex(child);
        }
        case "simpleType" -> {
          return new Content.Text(simple(child), List.of());
        }
        default -> {
          // An annotation, which says nothing about the content.
        }
      }
    }
    throw new IllegalStateException("an element without a type: " + element.getAttribute("name"));
  }

  private Content named(String type) {
    if (!type.startsWith(OWN_PREFIX)) {
      return new Content.Text(builtIn(type), List.of());
    }
    Content known = contents.get(type);
    if (known != null) {
      return known;
    }
    Element definition = definition(type);
    Content content =
        definition.getLocalName().equals("simpleType")
            ? new Content.Text(simple(definition), List.of())
            : complex(definition);
    contents.put(type, content);
    return content;
  }

  private Element definition(String type) {
    return Optional.ofNullable(types.get(type.substring(OWN_PREFIX.length())))
        .orElseThrow(() -> new IllegalStateException("the schema lacks the type " + type));
  }

  private Content complex(Element type) {
    List<Particle> particles = new ArrayList<>();
    List<AttributeDeclaration> attributes = new ArrayList<>();
    for (Element child : children(type)) {
      switch (child.getLocalName()) {
        case "simpleContent", "complexContent" -> {
          return extension(child);
        }
        case "attribute" -> attributes.add(attribute(child));
        case "annotation" -> {}
        default -> particles.add(particle(child));
      }
    }
    return new Content.Elements(particles, attributes);
  }

  private Content extension(Element derived) {
    Element extension = children(derived).getFirst();
    if (!extension.getLocalName().equals("extension")) {
      throw unknown(extension);
    }
    List<AttributeDeclaration> attributes = new ArrayList<>();
    for (Element child : children(extension)) {
      attributes.add(attribute(child));
    }
    return switch (named(extension.getAttribute("base"))) {
      case Content.Text(SimpleType type, var before) ->
          new Content.Text(type, joined(before, attributes));
      case Content.Elements(var particles, var before) ->
          new Content.Elements(particles, joined(before, attributes));
      case Content.Foreign foreign -> foreign;
    };
  }

  private static <T> List<T> joined(List<T> before, List<T> more) {
    List<T> all = new ArrayList<>(before);
    all.addAll(more);
    return all;
  }

  private AttributeDeclaration attribute(Element attribute) {
    String type = attribute.getAttribute("type");
    SimpleType simple =
        type.isEmpty()
            ? simple(children(attribute).getLast())
            : type.startsWith(OWN_PREFIX) ? simple(definition(type)) : builtIn(type);
    return new AttributeDeclaration(
        attribute.getAttribute("name"), simple, attribute.getAttribute("use").equals("required"));
  }

  private Particle particle(Element particle) {
    return switch (particle.getLocalName()) {
      case ELEMENT -> one(particle);
      case "group" -> group(particle);
      case "sequence" -> new Particle.Sequence(particles(particle), optional(particle));
      case "choice" -> new Particle.Choice(particles(particle), optional(particle));
      case "any" ->
          new Particle.One(
              new ElementDeclaration("any", "", new Content.Foreign()), 0, Integer.MAX_VALUE);
      default -> throw unknown(particle);
    };
  }

  private Particle group(Element reference) {
    String name = reference.getAttribute("ref").substring(OWN_PREFIX.length());
    Element group =
        Optional.ofNullable(groups.get(name))
            .orElseThrow(() -> new IllegalStateException("the schema lacks the group " + name));
    for (Element child : children(group)) {
      if (!child.getLocalName().equals("annotation")) {
        return particle(child);
      }
    }
    throw unknown(group);
  }

  private Particle.One one(Element element) {
    String reference = element.getAttribute("ref");
    ElementDeclaration declaration;
    if (reference.isEmpty()) {
      declaration = declaration(element);
    } else {
      String name = reference.substring(reference.indexOf(':') + 1);
      declaration =
          reference.startsWith(OWN_PREFIX)
              ? declaration(Optional.ofNullable(elements.get(name)).orElseThrow())
              : new ElementDeclaration(name, "", new Content.Foreign());
    }
    String maximum = element.getAttribute("maxOccurs");
    return new Particle.One(
        declaration,
        optional(element) ? 0 : occurs(element.getAttribute("minOccurs")),
        maximum.equals("unbounded") ? Integer.MAX_VALUE : occurs(maximum));
  }

  private List<Particle> particles(Element around) {
    String maximum = around.getAttribute("maxOccurs");
    if (!maximum.isEmpty() && !maximum.equals("1")) {
      throw unknown(around);
    }
    List<Particle> particles = new ArrayList<>();
    for (Element child : children(around)) {
      if (!child.getLocalName().equals("annotation")) {
        particles.add(particle(child));
      }
    }
    return particles;
  }

  private SimpleType simple(Element type) {
    for (Element child : children(type)) {
      if (child.getLocalName().equals("restriction")) {
        String base = child.getAttribute("base");
        SimpleType start = base.startsWith(OWN_PREFIX) ? simple(definition(base)) : builtIn(base);
        return restricted(start, children(child));
      }
    }
    throw unknown(type);
  }

  private static SimpleType restricted(SimpleType start, List<Element> facets) {
    List<String> enumeration = new ArrayList<>();
    List<String> patterns = new ArrayList<>(start.patterns());
    Optional<BigDecimal> minimum = start.minimum();
    Optional<BigDecimal> maximum = start.maximum();
    boolean exclusive = start.exclusive();
    OptionalInt minLength = start.minLength();
    OptionalInt maxLength = start.maxLength();
    OptionalInt fractionDigits = start.fractionDigits();
    for (Element facet : facets) {
      String value = facet.getAttribute("value");
      switch (facet.getLocalName()) {
        case "enumeration" -> enumeration.add(value);
        case "pattern" -> patterns.add(value);
        case "minInclusive" -> minimum = Optional.of(new BigDecimal(value));
        case "maxInclusive" -> maximum = Optional.of(new BigDecimal(value));
        case "minExclusive" -> {
          minimum = Optional.of(new BigDecimal(value));
          exclusive = true;
        }
        case "maxExclusive" -> {
          maximum = Optional.of(new BigDecimal(value));
          exclusive = true;
        }
        case "minLength" -> minLength = OptionalInt.of(occurs(value));
        case "maxLength" -> maxLength = OptionalInt.of(occurs(value));
        case "length" -> {
          minLength = OptionalInt.of(occurs(value));
          maxLength = minLength;
        }
        case "fractionDigits" -> fractionDigits = OptionalInt.of(occurs(value));
        case "annotation" -> {}
        default -> throw unknown(facet);
      }
    }
    return new SimpleType(
        start.base(),
        enumeration.isEmpty() ? start.enumeration() : enumeration,
        patterns,
        minimum,
        maximum,
        exclusive,
        minLength,
        maxLength,
        fractionDigits);
  }

  private static SimpleType builtIn(String type) {
    return switch (type) {
      case "string", "anyURI" -> SimpleType.of(Base.STRING);
      case "token" -> SimpleType.of(Base.TOKEN);
      case "boolean" -> SimpleType.of(Base.BOOLEAN);
      case "integer" -> SimpleType.of(Base.INTEGER);
      case "short" -> SimpleType.integer(Short.MIN_VALUE, Short.MAX_VALUE);
      case "unsignedShort" -> SimpleType.integer(0, 0xFFFF);
      case "int" -> SimpleType.integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
      case "unsignedInt" -> SimpleType.integer(0, 0xFFFF_FFFFL);
      case "decimal" -> SimpleType.of(Base.DECIMAL);
      case "date" -> SimpleType.of(Base.DATE);
      case "time" -> SimpleType.of(Base.TIME);
      case "dateTime" -> SimpleType.of(Base.DATE_TIME);
      case "hexBinary" -> SimpleType.of(Base.HEX);
      case "base64Binary" -> SimpleType.of(Base.BASE64);
      default -> throw new IllegalStateException("the schema uses a type not known here: " + type);
    };
  }

  private static boolean optional(Element particle) {
    return particle.getAttribute("minOccurs").equals("0");
  }

  private static int occurs(String number) {
    return number.isEmpty() ? 1 : Integer.parseInt(number);
  }

  private static String documentation(Element element) {
    for (Element child : children(element)) {
      if (child.getLocalName().equals("annotation")) {
        return children(child).getFirst().getTextContent().strip();
      }
    }
    return "";
  }

  private static List<Element> children(Element around) {
    List<Element> found = new ArrayList<>();
    for (Node node = around.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child) {
        found.add(child);
      }
    }
    return found;
  }

  private static IllegalStateException unknown(Element construct) {
    return new IllegalStateException(
        "the schema uses a construct that is not known here: " + construct.getTagName());
  }
}
