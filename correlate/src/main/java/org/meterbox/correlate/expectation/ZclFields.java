// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.expectation;

import java.util.ArrayList;
import java.util.List;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/** The fields of one ZCL command in order, least significant octet first. */
public final class ZclFields {
  private final List<Segment> segments = new ArrayList<>();

  /** A number that no request can change. */
  public ZclFields prescribed(String what, long value, int octets) {
    segments.add(Segment.prescribed(what, littleEndian(value, octets)));
    return this;
  }

  /** The sender's time (see {@link Segment.SenderTime}). */
  public ZclFields senderTime(String what) {
    segments.add(new Segment.SenderTime(what));
    return this;
  }

  /** A number without sign that an element asks for. */
  public ZclFields unsigned(XmlElement element, int octets) throws ElementException {
    long most = octets == Long.BYTES ? Long.MAX_VALUE : (1L << (8 * octets)) - 1;
    return unsigned(element, Requested.within(element, 0, most), octets);
  }

  /** A number without sign to which an element was converted. */
  public ZclFields unsigned(XmlElement element, long value, int octets) {
    return requested(
        element.path(), Requested.words(element), littleEndian(value, octets), Wording.UNSIGNED);
  }

  /** A number of four octets with sign that an element asks for. */
  public ZclFields signed32(XmlElement element) throws ElementException {
    long value = Requested.within(element, Integer.MIN_VALUE, Integer.MAX_VALUE);
    return requested(
        element.path(), Requested.words(element), littleEndian(value, 4), Wording.SIGNED);
  }

  /** A number that says how many of something the request has. */
  public ZclFields count(String what, int number) {
    return requested(
        "number of " + what, Integer.toString(number), littleEndian(number, 1), Wording.UNSIGNED);
  }

  /** Octets that the request asks for. */
  public ZclFields requested(String field, String words, Octets octets) {
    return requested(field, words, octets, Wording.HEX);
  }

  /** How many octets so far. */
  int length() {
    return segments.stream().mapToInt(Segment::length).sum();
  }

  void addTo(List<Segment> target) {
    target.addAll(segments);
  }

  private ZclFields requested(String field, String words, Octets octets, Wording wording) {
    segments.add(new Segment.Fixed(field, words, octets, wording));
    return this;
  }

  private static Octets littleEndian(long value, int octets) {
    OctetWriter writer = new OctetWriter(octets);
    long rest = value;
    for (int i = 0; i < octets; i++) {
      writer.u8((int) (rest & 0xFF));
      rest >>= 8;
    }
    return writer.toOctets();
  }
}
