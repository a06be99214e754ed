// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javax.xml.crypto.NodeSetData;
import javax.xml.crypto.OctetStreamData;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.TransformService;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.kernel.Octets;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/** Our canonical forms are those of the JDK's implementation, octet for octet. */
class CanonicalizationTest {
  private static final XmlParser PARSER = XmlParser.wellFormed(XmlLimits.DUIS);
  private static final long SEED = 20261120;
  private static final int DOCUMENTS = 1_000;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<a/>",
        "<?xml version='1.0'?>\n<?one?><!-- c -->\n<?two  data?>\n<a/>\n",
        "<a b='2' a='1'  c = '3'>text<!-- comment -->more</a>",
        "<a>&lt;&gt;&amp;&#13;&#9;&quot;'<![CDATA[<&>\r\n]]></a>",
        "<a b='&lt;&gt;&amp;&#13;&#10;&#9;&quot; \t\n'/>",
        "<a xmlns='urn:1'><b xmlns=''><c xmlns='urn:1'/><d xmlns=''/></b></a>",
        "<a xmlns=''><b xmlns=''/></a>",
        "<p:a xmlns:p='urn:1' xmlns:q='urn:2'><p:b xmlns:p='urn:1'/><p:b xmlns:p='urn:3'/></p:a>",
        "<a xmlns:z='urn:1' xmlns:y='urn:2' z:x='1' y:x='2' x='3' z:a='4' xml:lang='en'/>",
        "<a xmlns:xml='http://www.w3.org/XML/1998/namespace' xml:space='preserve'> <b/> </a>",
        "<a xmlns:p='urn:1' xmlns:q='urn:1' p:x='1' q:y='2'><q:b/></a>",
        "<a>\u00E9\u20AC\uD83D\uDE00 &#x1F600;</a>",
        "<a><?pi with &amp; in it ?></a>",
        "<a xmlns='urn:1' xmlns:p='urn:2' p:q=''><p:b r='1'><c xmlns=''/></p:b></a>"
      })
  void formsAreThoseOfTheJdk(String document) throws Exception {
    assertSame(document);
  }

  /**
   * Canonical XML 1.0, section 2.3: a line feed before each instruction behind the root. (The
   * oracle, given a set of nodes, forgets these; given a document, as for a signature, it does not:
   * see OtherImplementationTest.)
   */
  @Test
  void instructionsBehindTheRootStandOnTheirOwnLines() throws Exception {
    Document document = parse("<a/>\n<?three?><!-- d --><?four x?>");
    assertThat(
            string(
                Canonicalization.ofDocumentWithout(document, document.createElement("elsewhere"))))
        .isEqualTo("<a></a>\n<?three?>\n<?four x?>");
  }

  /** Documents with namespaces declared, declared again, undeclared and unused at random. */
  @Test
  void formsOfDrawnDocumentsAreThoseOfTheJdk() throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < DOCUMENTS; i++) {
      assertSame(new Drawing(random).document());
    }
  }

  /** The recommendation leaves such documents without a canonical form, hence unsigned. */
  @ParameterizedTest
  @ValueSource(strings = {"<a xmlns:p='b'/>", "<a xmlns='../b'/>", "<a><b xmlns:p='#c'/></a>"})
  void relativeNamespacesHaveNoForm(String document) {
    Document tree = parse(document);
    assertThatThrownBy(() -> Canonicalization.compact(tree))
        .isInstanceOf(NoCanonicalFormException.class);
  }

  private static void assertSame(String text) throws Exception {
    Document document = parse(text);
    List<Element> elements = elements(document);
    // The root is never left out: where there is nothing else, nothing is.
    Element left = elements.size() > 1 ? elements.getLast() : document.createElement("elsewhere");

    assertThat(string(Canonicalization.ofDocumentWithout(document, left)))
        .as(text)
        .isEqualTo(string(oracle(CanonicalizationMethod.INCLUSIVE, document, left)));
    for (Element element : elements) {
      assertThat(string(Canonicalization.exclusive(element)))
          .as(text)
          .isEqualTo(string(oracle(CanonicalizationMethod.EXCLUSIVE, element, null)));
    }
  }

  private static String string(byte[] octets) {
    return new String(octets, StandardCharsets.UTF_8);
  }

  private static Document parse(String text) {
    return switch (PARSER.parse(Octets.of(text.getBytes(StandardCharsets.UTF_8)))) {
      case XmlParser.Tree tree -> tree.document();
      case XmlParser.NotXml not -> throw new IllegalStateException(text + ": " + not.refusal());
    };
  }

  private static byte[] oracle(String method, Node from, @Nullable Node left) throws Exception {
    List<Node> nodes = new ArrayList<>();
    collect(from, left, nodes);
    NodeSetData<Node> set = nodes::iterator;
    TransformService service = TransformService.getInstance(method, "DOM");
    service.init((TransformParameterSpec) null);
    OctetStreamData canonical = (OctetStreamData) service.transform(set, null);
    return canonical.getOctetStream().readAllBytes();
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

  private static List<Element> elements(Document document) {
    List<Element> elements = new ArrayList<>();
    var found = document.getElementsByTagName("*");
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  /** Writes one document at random; every prefix used is declared. */
  private record Drawing(SplittableRandom random) {
    private static final List<String> PREFIXES = List.of("p", "q", "zz");
    private static final List<String> NAMES = List.of("urn:1", "urn:2", "http://x/y");
    private static final List<String> TEXTS =
        List.of(
            "", " ", "\n  ", "text", "&amp;&lt;", "&#13;", "<![CDATA[a<b]]>", "<?pi d?>", "\u00E9");

    String document() {
      StringBuilder out = new StringBuilder();
      element(out, 0, true);
      return out.toString();
    }

    private void element(StringBuilder out, int depth, boolean root) {
      String prefix = random.nextInt(3) == 0 ? "" : pick(PREFIXES) + ":";
      String name = prefix + pick(List.of("a", "b", "c"));
      out.append('<').append(name);
      for (String declared : PREFIXES) {
        if (root || random.nextInt(4) == 0) {
          out.append(" xmlns:" + declared + "='" + pick(NAMES) + "'");
        }
      }
      if (random.nextInt(4) == 0) {
        out.append(" xmlns='" + (random.nextBoolean() ? "" : pick(NAMES)) + "'");
      }
      // One local name for each attribute: two prefixes may stand for one namespace.
      for (String attribute : List.of("k", "l", "m")) {
        if (random.nextInt(3) == 0) {
          String of = random.nextBoolean() ? "" : pick(PREFIXES) + ":";
          out.append(" " + of + attribute + "='" + pick(List.of("1", "&#10;x", "&quot;>")) + "'");
        }
      }
      out.append('>');
      int children = depth > 3 ? 0 : random.nextInt(4);
      for (int i = 0; i < children; i++) {
        out.append(pick(TEXTS));
        element(out, depth + 1, false);
      }
      out.append(pick(TEXTS)).append("</").append(name).append('>');
    }

    private String pick(List<String> from) {
      return from.get(random.nextInt(from.size()));
    }
  }
}
