// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.xml;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.meterbox.kernel.Octets;

/**
 * A whole document as inclusive Canonical XML 1.0 gives it, without comments, without white space
 * between elements and without anything outside the root element: what is hashed and signed is what
 * is sent.
 *
 * @param octets the document in UTF-8
 */
public record CanonicalXml(Octets octets) {
  private static final Map<String, String> PREFIXES =
      Map.of(
          DuisNames.DUIS, DuisNames.DUIS_PREFIX,
          DuisNames.MMC, "ra",
          DuisNames.SIGNATURE, DuisNames.SIGNATURE_PREFIX);

  /**
   * Writes an element and all in it as a document. Every namespace used is declared at the root.
   *
   * @throws IllegalArgumentException for an element of a namespace that DUIS does not use
   */
  public static CanonicalXml of(XmlElement root) {
    return of(root, PREFIXES);
  }

  /**
   * Writes an element of a namespace that is not DUIS's own, and all in it, as a document that can
   * be signed as DUIS documents are.
   *
   * @param prefix stands for the root's namespace
   * @throws IllegalArgumentException for an element of yet another namespace
   */
  public static CanonicalXml of(XmlElement root, String prefix) {
    return of(root, Map.of(root.namespace(), prefix));
  }

  private static CanonicalXml of(XmlElement root, Map<String, String> prefixes) {
    TreeMap<String, String> declarations = new TreeMap<>();
    collect(root, prefixes, declarations);
    StringBuilder out = new StringBuilder(1024);
    write(root, prefixes, declarations, out);
    return new CanonicalXml(Octets.of(out.toString().getBytes(StandardCharsets.UTF_8)));
  }

  /** Writes character data: the escapes of Canonical XML section 2.3. */
  public static void appendText(String text, StringBuilder out) {
    int done = 0;
    for (int i = 0; i < text.length(); i++) {
      String escaped =
          switch (text.charAt(i)) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '\r' -> "&#xD;";
            default -> "";
          };
      if (!escaped.isEmpty()) {
        out.append(text, done, i).append(escaped);
        done = i + 1;
      }
    }
    out.append(text, done, text.length());
  }

  private static void collect(
      XmlElement element, Map<String, String> prefixes, TreeMap<String, String> declarations) {
    declarations.put(prefix(element, prefixes), element.namespace());
    for (XmlElement child : element.children()) {
      collect(child, prefixes, declarations);
    }
  }

  private static void write(
      XmlElement element,
      Map<String, String> prefixes,
      Map<String, String> declarations,
      StringBuilder out) {
    String prefix = prefix(element, prefixes);
    out.append('<').append(prefix).append(':').append(element.localName());
    declarations.forEach(
        (declared, namespace) -> appendAttribute("xmlns:" + declared, namespace, out));
    List<Map.Entry<String, String>> attributes =
        element.attributes().entrySet().stream()
            .sorted(Comparator.comparing(Map.Entry::getKey))
            .toList();
    for (Map.Entry<String, String> attribute : attributes) {
      appendAttribute(attribute.getKey(), attribute.getValue(), out);
    }
    out.append('>');
    appendText(element.text(), out);
    for (XmlElement child : element.children()) {
      write(child, prefixes, Map.of(), out);
    }
    out.append("</").append(prefix).append(':').append(element.localName()).append('>');
  }

  private static void appendAttribute(String name, String value, StringBuilder out) {
    out.append(' ').append(name);
    appendAttributeValue(value, out);
  }

  /** Writes the equals sign and the value in its quotes: the escapes of section 2.3. */
  static void appendAttributeValue(String value, StringBuilder out) {
    out.append("=\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '"' -> out.append("&quot;");
        case '\t' -> out.append("&#x9;");
        case '\n' -> out.append("&#xA;");
        case '\r' -> out.append("&#xD;");
        default -> out.append(c);
      }
    }
    out.append('"');
  }

  private static String prefix(XmlElement element, Map<String, String> prefixes) {
    String prefix = prefixes.get(element.namespace());
    if (prefix == null) {
      throw new IllegalArgumentException(
          element.path() + " is of a namespace that DUIS does not use");
    }
    return prefix;
  }
}
