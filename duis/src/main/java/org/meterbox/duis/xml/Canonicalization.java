// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.xml;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import org.jspecify.annotations.Nullable;
import org.meterbox.kernel.Octets;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.ProcessingInstruction;

/**
 * Canonical XML without comments, of the two kinds that the DUIS profile uses, for the trees that
 * {@link XmlParser} gives: no document type, no entities, no comments, CDATA as text. Within these
 * bounds little is left of the recommendations: attributes and namespaces in order, namespaces
 * where they change (inclusive) or are used (exclusive), and the escapes. The JDK's implementation,
 * three times as slow, is the oracle of the tests.
 */
public final class Canonicalization {
  private static final Pattern BLANKS = Pattern.compile("[ \\t\\r\\n]*");
  private static final Pattern ABSOLUTE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");

  /** Attributes without namespace first, then by namespace name, then by local name. */
  private static final Comparator<Attr> IN_ORDER =
      Comparator.comparing((Attr attribute) -> orEmpty(attribute.getNamespaceURI()))
          .thenComparing(Attr::getLocalName);

  private final StringBuilder out = new StringBuilder(4096);

  /** Prefix and name in turns of the namespaces that the elements around this one declare. */
  private final List<String> declared = new ArrayList<>();

  private final boolean exclusive;
  private final @Nullable Node left;

  private Canonicalization(boolean exclusive, @Nullable Node left) {
    this.exclusive = exclusive;
    this.left = left;
  }

  /**
   * Inclusive Canonical XML 1.0 without comments of the whole document but one element: what the
   * enveloped signature transform leaves of it.
   */
  public static byte[] ofDocumentWithout(Document document, Node left)
      throws NoCanonicalFormException {
    return new Canonicalization(false, left).document(document);
  }

  /** Exclusive Canonical XML 1.0 without comments of one element and all in it. */
  public static byte[] exclusive(Element element) throws NoCanonicalFormException {
    Canonicalization canonical = new Canonicalization(true, null);
    canonical.element(element);
    return canonical.octets();
  }

  /**
   * The document in canonical form without its own signature, without white space between elements
   * and without anything outside the root element. Changes the tree that it is given.
   */
  public static CanonicalXml compact(Document document) throws NoCanonicalFormException {
    for (Node node : nodes(document)) {
      if (!(node instanceof Element)) {
        document.removeChild(node);
      }
    }
    Element root = document.getDocumentElement();
    for (Node node : nodes(root)) {
      if (DuisNames.SIGNATURE.equals(node.getNamespaceURI())
          && "Signature".equals(node.getLocalName())) {
        root.removeChild(node);
      }
    }
    dropBlanks(root);
    return new CanonicalXml(Octets.of(new Canonicalization(false, null).document(document)));
  }

  /** White space is content in an element without elements; elsewhere it is layout. */
  private static void dropBlanks(Element element) {
    List<Node> nodes = nodes(element);
    boolean elementsOnly = nodes.stream().anyMatch(Element.class::isInstance);
    for (Node node : nodes) {
      if (node instanceof Element child) {
        dropBlanks(child);
      } else if (elementsOnly && BLANKS.matcher(String.valueOf(node.getNodeValue())).matches()) {
        element.removeChild(node);
      }
    }
  }

  private static List<Node> nodes(Node parent) {
    List<Node> nodes = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      nodes.add(node);
    }
    return nodes;
  }

  /** Instructions outside the root element stand on lines of their own. */
  private byte[] document(Document document) throws NoCanonicalFormException {
    boolean afterRoot = false;
    for (Node node = document.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element root) {
        element(root);
        afterRoot = true;
      } else if (node instanceof ProcessingInstruction instruction) {
        if (afterRoot) {
          out.append('\n');
        }
        instruction(instruction);
        if (!afterRoot) {
          out.append('\n');
        }
      }
    }
    return octets();
  }

  private byte[] octets() {
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void element(Element element) throws NoCanonicalFormException {
    int outside = declared.size();
    String name = element.getNodeName();
    out.append('<').append(name);
    if (exclusive) {
      usedNamespaces(element);
    } else if (element.hasAttributes()) {
      newNamespaces(element);
    }
    if (element.hasAttributes()) {
      attributes(element);
    }
    out.append('>');
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child) {
        if (left == null || !node.isSameNode(left)) {
          element(child);
        }
      } else if (node instanceof ProcessingInstruction instruction) {
        instruction(instruction);
      } else {
        CanonicalXml.appendText(node.getNodeValue(), out);
      }
    }
    out.append("</").append(name).append('>');
    declared.subList(outside, declared.size()).clear();
  }

  /** What the element declares, unless it stands so around it already. */
  private void newNamespaces(Element element) throws NoCanonicalFormException {
    NavigableMap<String, String> found = new TreeMap<>();
    NamedNodeMap attributes = element.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      Attr attribute = (Attr) attributes.item(i);
      if (isDeclaration(attribute)) {
        String prefix = attribute.getPrefix() == null ? "" : attribute.getLocalName();
        found.put(prefix, attribute.getValue());
      }
    }
    declare(found);
  }

  /** What the names of the element and its attributes use, unless it stands so around it. */
  private void usedNamespaces(Element element) throws NoCanonicalFormException {
    NavigableMap<String, String> used = new TreeMap<>();
    used.put(orEmpty(element.getPrefix()), orEmpty(element.getNamespaceURI()));
    NamedNodeMap attributes = element.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      Attr attribute = (Attr) attributes.item(i);
      if (!isDeclaration(attribute) && attribute.getPrefix() != null) {
        used.put(attribute.getPrefix(), orEmpty(attribute.getNamespaceURI()));
      }
    }
    declare(used);
  }

  private void declare(NavigableMap<String, String> namespaces) throws NoCanonicalFormException {
    int around = declared.size();
    for (Map.Entry<String, String> namespace : namespaces.entrySet()) {
      String prefix = namespace.getKey();
      String name = namespace.getValue();
      if (!prefix.equals(XMLConstants.XML_NS_PREFIX) && !name.equals(nameOf(prefix, around))) {
        if (!name.isEmpty() && !ABSOLUTE.matcher(name).matches()) {
          throw new NoCanonicalFormException();
        }
        out.append(prefix.isEmpty() ? " xmlns" : " xmlns:").append(prefix);
        CanonicalXml.appendAttributeValue(name, out);
        declared.add(prefix);
        declared.add(name);
      }
    }
  }

  /** The name of a prefix among the declarations around; nothing is the name of no prefix. */
  private String nameOf(String prefix, int around) {
    for (int i = around - 2; i >= 0; i -= 2) {
      if (declared.get(i).equals(prefix)) {
        return declared.get(i + 1);
      }
    }
    return "";
  }

  private void attributes(Element element) {
    NamedNodeMap attributes = element.getAttributes();
    List<Attr> inOrder = new ArrayList<>(attributes.getLength());
    for (int i = 0; i < attributes.getLength(); i++) {
      Attr attribute = (Attr) attributes.item(i);
      if (!isDeclaration(attribute)) {
        inOrder.add(attribute);
      }
    }
    if (inOrder.size() > 1) {
      inOrder.sort(IN_ORDER);
    }
    for (Attr attribute : inOrder) {
      out.append(' ').append(attribute.getNodeName());
      CanonicalXml.appendAttributeValue(attribute.getValue(), out);
    }
  }

  private void instruction(ProcessingInstruction instruction) {
    out.append("<?").append(instruction.getTarget());
    if (!instruction.getData().isEmpty()) {
      out.append(' ').append(instruction.getData().replace("\r", "&#xD;"));
    }
    out.append("?>");
  }

  private static boolean isDeclaration(Attr attribute) {
    return XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(attribute.getNamespaceURI());
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
