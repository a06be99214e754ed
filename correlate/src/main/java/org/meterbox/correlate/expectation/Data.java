// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.expectation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.dlms.DlmsCodec;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.envelope.BerLength;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/** DLMS data that a command must carry, part by part with whose words each part is. */
public final class Data {
  private static final int ARRAY = 1;
  private static final int STRUCTURE = 2;

  private final List<Segment> segments;

  private Data(List<Segment> segments) {
    this.segments = segments;
  }

  /** A value that no request can change. */
  public static Data prescribed(String what, DlmsValue value) {
    return new Data(List.of(Segment.prescribed(what, DlmsCodec.encode(value))));
  }

  /** A value that an element of the request asks for. */
  public static Data requested(XmlElement element, DlmsValue value) {
    return requested(element.path(), Requested.words(element), value);
  }

  /** A value that the request asks for. */
  public static Data requested(String field, String words, DlmsValue value) {
    return new Data(
        List.of(new Segment.Fixed(field, words, DlmsCodec.encode(value), Wording.DLMS)));
  }

  /** An element's number as a signed octet. */
  public static Data int8(XmlElement element) throws ElementException {
    long value = Requested.within(element, Byte.MIN_VALUE, Byte.MAX_VALUE);
    return requested(element, new DlmsValue.Int8((int) value));
  }

  /** An element's number as an octet without sign. */
  public static Data uint8(XmlElement element) throws ElementException {
    return requested(element, new DlmsValue.UInt8((int) Requested.within(element, 0, 0xFF)));
  }

  /** An element's number as two octets with sign. */
  public static Data int16(XmlElement element) throws ElementException {
    long value = Requested.within(element, Short.MIN_VALUE, Short.MAX_VALUE);
    return requested(element, new DlmsValue.Int16((int) value));
  }

  /** An element's number as two octets without sign. */
  public static Data uint16(XmlElement element) throws ElementException {
    return requested(element, new DlmsValue.UInt16((int) Requested.within(element, 0, 0xFFFF)));
  }

  /** An element's number as four octets with sign. */
  public static Data int32(XmlElement element) throws ElementException {
    long value = Requested.within(element, Integer.MIN_VALUE, Integer.MAX_VALUE);
    return requested(element, new DlmsValue.Int32((int) value));
  }

  /** An element's number as four octets without sign. */
  public static Data uint32(XmlElement element) throws ElementException {
    return requested(element, new DlmsValue.UInt32(Requested.within(element, 0, 0xFFFF_FFFFL)));
  }

  /** An element's number as a string of one octet. */
  public static Data octet(XmlElement element) throws ElementException {
    return requested(
        element, new DlmsValue.OctetString(Octets.of((byte) Requested.within(element, 0, 0xFF))));
  }

  /** A structure of these parts. */
  public static Data structure(String what, Data... parts) {
    return group(STRUCTURE, what, Arrays.asList(parts));
  }

  /** A structure of these parts. */
  public static Data structure(String what, Collection<Data> parts) {
    return group(STRUCTURE, what, parts);
  }

  /** An array of these elements. */
  public static Data array(String what, Data... elements) {
    return group(ARRAY, what, Arrays.asList(elements));
  }

  /** An array of these elements. */
  public static Data array(String what, Collection<Data> elements) {
    return group(ARRAY, what, elements);
  }

  void addTo(List<Segment> target) {
    target.addAll(segments);
  }

  private static Data group(int tag, String what, Collection<Data> parts) {
    List<Segment> all = new ArrayList<>();
    OctetWriter head = new OctetWriter(4).u8(tag);
    BerLength.write(head, parts.size());
    String number = Integer.toString(parts.size());
    all.add(new Segment.Fixed("number of parts of " + what, number, head.toOctets(), Wording.HEX));
    parts.forEach(part -> part.addTo(all));
    return new Data(all);
  }
}
