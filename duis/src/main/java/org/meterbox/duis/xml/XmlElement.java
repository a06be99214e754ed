// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.xml;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;

/**
 * One element of a document, unchangeable: its name, attributes, and either child elements or text.
 * Comments and processing instructions are not part of it, and white space between elements is
 * dropped. The typed accessors read the lexical forms of XML Schema part 2.
 */
public final class XmlElement {
  private final String namespace;
  private final String localName;
  private final Map<String, String> attributes;
  private final List<XmlElement> children;
  private final String text;
  private final Place place;

  private XmlElement(
      String namespace,
      String localName,
      Map<String, String> attributes,
      List<XmlElement> children,
      String text,
      Place place) {
    this.namespace = namespace;
    this.localName = localName;
    this.attributes = attributes;
    this.children = children;
    this.text = text;
    this.place = place;
  }

  /** A DUIS element with text only. */
  public static XmlElement leaf(String localName, String text) {
    return new XmlElement(
        DuisNames.DUIS, localName, Map.of(), List.of(), text, Place.outermost(localName));
  }

  /** A DUIS element with child elements only, possibly none. */
  public static XmlElement of(String localName, XmlElement... children) {
    return of(localName, List.of(children));
  }

  /** A DUIS element with child elements only, possibly none. */
  public static XmlElement of(String localName, Collection<XmlElement> children) {
    return builder(DuisNames.DUIS, localName).children(children).build();
  }

  /** Begins an element of any namespace. */
  public static Builder builder(String namespace, String localName) {
    return new Builder(namespace, localName);
  }

  /** The namespace name; empty for none. */
  public String namespace() {
    return namespace;
  }

  /** The name without its prefix. */
  public String localName() {
    return localName;
  }

  /**
   * Where the element stands: local names from the outermost element, separated by slashes; of an
   * element that was built, not read, its own name.
   */
  public String path() {
    return place.toString();
  }

  /**
   * Attributes by local name, without namespace declarations and without other namespaces' ones.
   */
  public Map<String, String> attributes() {
    return attributes;
  }

  /** The value of an attribute. */
  public Optional<String> attribute(String name) {
    return Optional.ofNullable(attributes.get(name));
  }

  /** All child elements in document order. */
  public List<XmlElement> children() {
    return children;
  }

  /** The child elements with this local name in document order. */
  public List<XmlElement> children(String name) {
    List<XmlElement> found = new ArrayList<>();
    for (XmlElement child : children) {
      if (child.localName.equals(name)) {
        found.add(child);
      }
    }
    return found;
  }

  /** The child element with this local name, if there is one; the first of several. */
  public Optional<XmlElement> find(String name) {
    for (XmlElement child : children) {
      if (child.localName.equals(name)) {
        return Optional.of(child);
      }
    }
    return Optional.empty();
  }

  /** Whether there is a child element with this local name. */
  public boolean has(String name) {
    return find(name).isPresent();
  }

  /**
   * The one child element with this local name.
   *
   * @throws ElementException where there is none or more than one
   */
  public XmlElement child(String name) throws ElementException {
    XmlElement found = null;
    for (XmlElement child : children) {
      if (child.localName.equals(name)) {
        if (found != null) {
          throw new ElementException(path() + "/" + name, "is there more than once");
        }
        found = child;
      }
    }
    if (found == null) {
      throw new ElementException(path() + "/" + name, "is missing");
    }
    return found;
  }

  /**
   * The only child element, as of an element that offers a choice.
   *
   * @throws ElementException where there is none or more than one
   */
  public XmlElement onlyChild() throws ElementException {
    if (children.size() != 1) {
      throw new ElementException(
          path(), String.format(Locale.ROOT, "has %d elements, not one", children.size()));
    }
    return children.getFirst();
  }

  /** The text exactly as it stands; empty for an element with child elements. */
  public String text() {
    return text;
  }

  /** The text of the one child with this name, exactly as it stands. */
  public String text(String name) throws ElementException {
    return child(name).text();
  }

  /** The text without outer white space (xs:token and the values built on it). */
  public String token() {
    return text.strip();
  }

  /** xs:decimal. */
  public BigDecimal decimal() throws ElementException {
    return XmlValues.decimal(token()).orElseThrow(() -> notA("decimal number"));
  }

  /** xs:decimal of the one child with this name. */
  public BigDecimal decimal(String name) throws ElementException {
    return child(name).decimal();
  }

  /** Any integer type of XML Schema that fits 64 bits with sign. */
  public long integer() throws ElementException {
    return XmlValues.integer(token()).orElseThrow(() -> notA("whole number of 64 bits"));
  }

  /**
   * Any integer type of XML Schema that fits 64 bits with sign, of the one child with this name.
   */
  public long integer(String name) throws ElementException {
    return child(name).integer();
  }

  /** xs:boolean. */
  public boolean bool() throws ElementException {
    return XmlValues.bool(token()).orElseThrow(() -> notA("boolean"));
  }

  /** xs:boolean of the one child with this name. */
  public boolean bool(String name) throws ElementException {
    return child(name).bool();
  }

  /** xs:dateTime; without a time zone it is taken as UTC. */
  public Instant dateTime() throws ElementException {
    return XmlValues.dateTime(token()).orElseThrow(() -> notA("date and time"));
  }

  /** xs:dateTime of the one child with this name; without a time zone it is taken as UTC. */
  public Instant dateTime(String name) throws ElementException {
    return child(name).dateTime();
  }

  /** xs:date without its time zone. */
  public LocalDate date() throws ElementException {
    return XmlValues.date(token()).orElseThrow(() -> notA("date"));
  }

  /** xs:date of the one child with this name, without its time zone. */
  public LocalDate date(String name) throws ElementException {
    return child(name).date();
  }

  /** xs:time without its time zone; 24:00:00 is midnight. */
  public LocalTime time() throws ElementException {
    return XmlValues.time(token()).orElseThrow(() -> notA("time of day"));
  }

  /** xs:time of the one child with this name, without its time zone. */
  public LocalTime time(String name) throws ElementException {
    return child(name).time();
  }

  /** xs:hexBinary. */
  public Octets hex() throws ElementException {
    return XmlValues.hex(token()).orElseThrow(() -> notA("hexadecimal value"));
  }

  /** xs:hexBinary of the one child with this name. */
  public Octets hex(String name) throws ElementException {
    return child(name).hex();
  }

  /** xs:base64Binary; white space anywhere is allowed. */
  public Octets base64() throws ElementException {
    return XmlValues.base64(text).orElseThrow(() -> notA("base64 value"));
  }

  /** xs:base64Binary of the one child with this name. */
  public Octets base64(String name) throws ElementException {
    return child(name).base64();
  }

  /** An EUI-64 in its dashed form. */
  public Eui64 eui64() throws ElementException {
    try {
      return Eui64.parse(token());
    } catch (IllegalArgumentException e) {
      throw notA("EUI-64");
    }
  }

  /** An EUI-64 in its dashed form, of the one child with this name. */
  public Eui64 eui64(String name) throws ElementException {
    return child(name).eui64();
  }

  /** A RequestID or ResponseID. */
  public MessageId messageId() throws ElementException {
    try {
      return MessageId.parse(token());
    } catch (IllegalArgumentException e) {
      throw notA("message identifier");
    }
  }

  /** A RequestID or ResponseID of the one child with this name. */
  public MessageId messageId(String name) throws ElementException {
    return child(name).messageId();
  }

  /**
   * A refusal at this element.
   *
   * @param message what is wrong with it, to follow its path
   */
  public ElementException fault(String message) {
    return new ElementException(path(), message);
  }

  /** Same name, attributes, text and children; the path does not count. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof XmlElement element
        && namespace.equals(element.namespace)
        && localName.equals(element.localName)
        && attributes.equals(element.attributes)
        && text.equals(element.text)
        && children.equals(element.children);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * localName.hashCode() + text.hashCode()) + children.hashCode();
  }

  /** The path only: the content may be somebody's personal data. */
  @Override
  public String toString() {
    return path();
  }

  private ElementException notA(String type) {
    return new ElementException(path(), "is not a " + type);
  }

  /**
   * Where an element stands. The path is put together only where somebody asks for it: most
   * elements are never complained of.
   *
   * @param around the element around; null for the outermost
   */
  record Place(@Nullable Place around, String localName) {
    static Place outermost(String localName) {
      return new Place(null, localName);
    }

    @Override
    public String toString() {
      return around == null ? localName : around + "/" + localName;
    }
  }

  /** Collects the parts of one element. */
  public static final class Builder {
    private final String namespace;
    private final String localName;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<XmlElement> children = new ArrayList<>();
    private String text = "";

    private Builder(String namespace, String localName) {
      this.namespace = namespace;
      this.localName = localName;
    }

    /** Adds an attribute without namespace. */
    public Builder attribute(String name, String value) {
      attributes.put(name, value);
      return this;
    }

    /** Adds a child element. */
    public Builder child(XmlElement child) {
      children.add(child);
      return this;
    }

    /** Adds a child element where there is one. */
    public Builder child(Optional<XmlElement> child) {
      child.ifPresent(children::add);
      return this;
    }

    /** Adds a child element with text. */
    public Builder leaf(String name, String value) {
      return child(XmlElement.leaf(name, value));
    }

    /** Adds child elements. */
    public Builder children(Collection<XmlElement> more) {
      children.addAll(more);
      return this;
    }

    /** Sets the text. */
    public Builder text(String value) {
      text = value;
      return this;
    }

    /** The element at a place in a document that was read. */
    XmlElement build(Place place) {
      return new XmlElement(
          namespace,
          localName,
          attributes.isEmpty() ? Map.of() : Collections.unmodifiableMap(attributes),
          children.isEmpty() ? List.of() : Collections.unmodifiableList(children),
          text,
          place);
    }

    /**
     * The element.
     *
     * @throws IllegalArgumentException where it would have both text and child elements
     */
    public XmlElement build() {
      if (!text.isEmpty() && !children.isEmpty()) {
        throw new IllegalArgumentException(localName + " cannot have both text and elements");
      }
      return build(Place.outermost(localName));
    }
  }
}
