// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.expectation;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.envelope.BerLength;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/** ASN.1 content in DER that a command must carry, part by part with whose words each part is. */
public final class Der {
  private static final int INTEGER = 0x02;
  private static final int OCTET_STRING = 0x04;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int SEQUENCE = 0x30;
  private static final int LONG_LENGTH = 0x80;

  private final List<Segment> segments;

  private Der(List<Segment> segments) {
    this.segments = segments;
  }

  /** Whole DER values that no request can change. */
  public static Der prescribed(String what, Octets der) {
    return new Der(List.of(Segment.prescribed(what, der)));
  }

  /** An INTEGER that no request can change. */
  public static Der integer(String what, long value) {
    return prescribed(what, primitive(INTEGER, content(value)));
  }

  /**
   * An INTEGER that the request asks for.
   *
   * @param tag the context tag that stands in place of INTEGER's own
   */
  public static Der integer(XmlElement element, int tag, long value) {
    return requested(element, primitive(tag, content(value)));
  }

  /** An INTEGER that the request asks for. */
  public static Der integer(XmlElement element, long value) {
    return integer(element, INTEGER, value);
  }

  /** An INTEGER that no request can change, under a context tag. */
  public static Der integer(String what, int tag, long value) {
    return prescribed(what, primitive(tag, content(value)));
  }

  /** An OCTET STRING that the request asks for. */
  public static Der octetString(XmlElement element, Octets content) {
    return requested(element, primitive(OCTET_STRING, content));
  }

  /**
   * A GeneralizedTime that the request asks for.
   *
   * @param text as the encoding writes it
   */
  public static Der generalizedTime(String field, String words, String text) {
    OctetWriter content = new OctetWriter(text.length());
    text.chars().forEach(content::u8);
    Octets octets = primitive(GENERALIZED_TIME, content.toOctets());
    return new Der(List.of(new Segment.Fixed(field, words, octets, Wording.HEX)));
  }

  /**
   * A certificate that an element brings.
   *
   * @throws ElementException unless its octets are exactly one sequence: more of them would say
   *     something else where the next part is due
   */
  public static Der certificate(XmlElement element) throws ElementException {
    Octets octets = element.base64();
    if (octets.length() < 2 || octets.at(0) != SEQUENCE) {
      throw element.fault("is no certificate");
    }
    int first = octets.at(1);
    int more = first < LONG_LENGTH ? 0 : first - LONG_LENGTH;
    long length = first < LONG_LENGTH ? first : 0;
    for (int i = 0; i < more && i + 2 < octets.length() && i < Integer.BYTES; i++) {
      length = length << 8 | octets.at(i + 2);
    }
    if (first == LONG_LENGTH || 2 + more + length != octets.length()) {
      throw element.fault("is no certificate");
    }
    return requested(element, octets);
  }

  /** A whole DER value as the request gives it, for example a certificate. */
  public static Der requested(XmlElement element, Octets der) {
    return requested(element.path(), Requested.words(element), der);
  }

  /** A whole DER value that the request asks for. */
  public static Der requested(String field, String words, Octets der) {
    return new Der(List.of(new Segment.Fixed(field, words, der, Wording.HEX)));
  }

  /** A SEQUENCE of these parts. */
  public static Der sequence(String what, Der... parts) {
    return constructed(SEQUENCE, what, Arrays.asList(parts));
  }

  /** A SEQUENCE of these parts. */
  public static Der sequence(String what, Collection<Der> parts) {
    return constructed(SEQUENCE, what, parts);
  }

  /** A SEQUENCE of these parts under a context tag. */
  public static Der sequence(int tag, String what, Der... parts) {
    return constructed(tag, what, Arrays.asList(parts));
  }

  /** All of it in order. */
  public List<Segment> payload() {
    return segments;
  }

  private static Der constructed(int tag, String what, Collection<Der> parts) {
    List<Segment> content = new ArrayList<>();
    parts.forEach(part -> content.addAll(part.segments));
    int length = content.stream().mapToInt(Segment::length).sum();
    OctetWriter head = new OctetWriter(5).u8(tag);
    BerLength.write(head, length);
    List<Segment> all = new ArrayList<>(content.size() + 1);
    all.add(Segment.prescribed("the beginning of " + what, head.toOctets()));
    all.addAll(content);
    return new Der(all);
  }

  private static Octets primitive(int tag, Octets content) {
    OctetWriter writer = new OctetWriter(content.length() + 4).u8(tag);
    BerLength.write(writer, content.length());
    return writer.put(content).toOctets();
  }

  /** As few octets as keep the sign. */
  private static Octets content(long value) {
    return Octets.of(BigInteger.valueOf(value).toByteArray());
  }
}
