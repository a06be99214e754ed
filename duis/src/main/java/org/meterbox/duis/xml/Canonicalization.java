// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.xml;

import java.io.IOException;
import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.crypto.NodeSetData;
import javax.xml.crypto.OctetStreamData;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.TransformException;
import javax.xml.crypto.dsig.TransformService;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import org.jspecify.annotations.Nullable;
import org.meterbox.kernel.Octets;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/** Canonical XML, by the JDK's implementation, of the two kinds that the DUIS profile uses. */
public final class Canonicalization {
  private static final Pattern BLANKS = Pattern.compile("[ \\t\\r\\n]*");

  private Canonicalization() {}

  /**
   * Inclusive Canonical XML 1.0 without comments of the whole document but one element: what the
   * enveloped signature transform leaves of it.
   */
  public static byte[] ofDocumentWithout(Document document, Node left) {
    return canonical(CanonicalizationMethod.INCLUSIVE, document, left);
  }

  /** Exclusive Canonical XML 1.0 without comments of one element and all in it. */
  public static byte[] exclusive(Element element) {
    return canonical(CanonicalizationMethod.EXCLUSIVE, element, null);
  }

  /**
   * The document in canonical form without its own signature, without white space between elements
   * and without anything outside the root element. Changes the tree that it is given.
   */
  public static CanonicalXml compact(Document document) {
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
    return new CanonicalXml(Octets.of(canonical(CanonicalizationMethod.INCLUSIVE, document, null)));
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

  private static byte[] canonical(String method, Node from, @Nullable Node left) {
    List<Node> nodes = new ArrayList<>();
    collect(from, left, nodes);
    NodeSetData<Node> set = nodes::iterator;
    try {
      TransformService service = TransformService.getInstance(method, "DOM");
      service.init((TransformParameterSpec) null);
      OctetStreamData canonical = (OctetStreamData) service.transform(set, null);
      return canonical.getOctetStream().readAllBytes();
    } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException e) {
      throw new IllegalStateException("this JDK lacks Canonical XML", e);
    } catch (TransformException | IOException e) {
      // A parsed tree always has a canonical form; the output is memory.
      throw new IllegalStateException("canonical form of a parsed tree failed", e);
    }
  }

  private static void collect(Node node, @Nullable Node left, List<Node> nodes) {
    if (left != null && node.isSameNode(left)) {
      return;
    }
    nodes.add(node);
    NamedNodeMap attributes = node.getAttributes();
    if (attributes != null) {
      for (int i = 0; i < attributes.getLength(); i++) {
        nodes.add(attributes.item(i));
      }
    }
    for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
      collect(child, left, nodes);
    }
  }
}
