// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.asn1;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/**
 * Reads the elements of a payload in the order in which its type prescribes them. Strict DER but
 * for the form of lengths, which is recorded. Never deeper than the types nest, since each method
 * asks for one element; never more allocated than octets are there.
 */
final class DerReader {
  private static final int MAX_LENGTH_OCTETS = 4;
  private static final int MAX_COUNTER_OCTETS = 9;

  private final OctetReader reader;
  private final LengthForms.Recorder forms;

  DerReader(OctetReader reader, LengthForms.Recorder forms) {
    this.reader = reader;
    this.forms = forms;
  }

  /** Reads one element of a list. */
  @FunctionalInterface
  interface ElementReader<T> {
    T read(DerReader reader) throws DecodeException;
  }

  boolean atEnd() {
    return reader.remaining() == 0;
  }

  /** Whether an element with this tag comes next. */
  boolean nextIs(int tag) throws DecodeException {
    return !atEnd() && reader.peek() == tag;
  }

  void end() throws DecodeException {
    reader.expectEnd();
  }

  DecodeException fault(Fault fault, String message) {
    return reader.fault(fault, message);
  }

  /** The content of an element that holds others. */
  DerReader enter(int tag, String part) throws DecodeException {
    return new DerReader(content(tag, part), forms);
  }

  /** The content of a SEQUENCE. */
  DerReader sequence(String part) throws DecodeException {
    return enter(DerTag.SEQUENCE, part);
  }

  /** All elements of a SEQUENCE OF. */
  <T> List<T> sequenceOf(String part, ElementReader<T> element) throws DecodeException {
    return listOf(DerTag.SEQUENCE, part, element);
  }

  /** All elements of a SEQUENCE OF under a tag of its own. */
  <T> List<T> listOf(int tag, String part, ElementReader<T> element) throws DecodeException {
    DerReader inner = enter(tag, part);
    List<T> elements = new ArrayList<>();
    while (!inner.atEnd()) {
      elements.add(element.read(inner));
    }
    return elements;
  }

  /** An element that may be left out. */
  <T> Optional<T> optional(int tag, ElementReader<T> element) throws DecodeException {
    return nextIs(tag) ? Optional.of(element.read(this)) : Optional.empty();
  }

  void nullValue() throws DecodeException {
    OctetReader content = content(DerTag.NULL, "null");
    content.expectEnd();
  }

  /** A small number from 0 to {@code max}. */
  int integer(int max, String part) throws DecodeException {
    return number(DerTag.INTEGER, max, part);
  }

  /** A number from 0 to {@code max} under any tag of a number. */
  int number(int tag, int max, String part) throws DecodeException {
    long value = unsigned(tag, part);
    if (value < 0 || value > max) {
      throw fault(
          Fault.UNEXPECTED_VALUE,
          String.format(
              Locale.ROOT, "%s must be 0 to %d, not %s", part, max, Long.toUnsignedString(value)));
    }
    return (int) value;
  }

  OriginatorCounter counter(int tag, String part) throws DecodeException {
    return new OriginatorCounter(unsigned(tag, part));
  }

  /** An unsigned number of up to 64 bits in its shortest form. */
  private long unsigned(int tag, String part) throws DecodeException {
    OctetReader content = content(tag, part);
    int length = content.remaining();
    int first = content.peek();
    boolean tooLong = length > MAX_COUNTER_OCTETS || (length == MAX_COUNTER_OCTETS && first != 0);
    boolean padded = length > 1 && first == 0 && content.peek(1) < 0x80;
    if (first >= 0x80 || tooLong || padded) {
      throw content.fault(
          Fault.UNEXPECTED_VALUE, part + " must be an unsigned number in its shortest form");
    }
    long value = 0;
    while (content.remaining() > 0) {
      value = (value << 8) | content.u8();
    }
    return value;
  }

  /** An octet string of exactly this length. */
  Octets octetString(int length, String part) throws DecodeException {
    OctetReader content = content(DerTag.OCTET_STRING, part);
    if (content.remaining() != length) {
      throw content.fault(
          Fault.BAD_LENGTH,
          String.format(
              Locale.ROOT, "%s has %d octets, not %d", part, length, content.remaining()));
    }
    return content.takeRemaining();
  }

  Eui64 eui(String part) throws DecodeException {
    OctetReader content = content(DerTag.OCTET_STRING, part);
    Eui64 eui = Eui64.read(content);
    content.expectEnd();
    return eui;
  }

  /** The content of any octet string under a tag of its own. */
  Octets octets(int tag, String part) throws DecodeException {
    return content(tag, part).takeRemaining();
  }

  /** The characters of a string of any type. */
  String text(String part) throws DecodeException {
    Octets content = content(reader.peek(), part).takeRemaining();
    return new String(content.toArray(), StandardCharsets.UTF_8);
  }

  GeneralizedTime time(String part) throws DecodeException {
    OctetReader content = content(DerTag.GENERALIZED_TIME, part);
    return GeneralizedTime.read(content);
  }

  /** A whole element with tag and length, not looked into. */
  Octets whole(int tag, String part) throws DecodeException {
    int start = reader.position();
    content(tag, part).takeRemaining();
    return reader.readSince(start);
  }

  private OctetReader content(int tag, String part) throws DecodeException {
    int found = reader.peek();
    if (found != tag) {
      throw fault(
          Fault.UNKNOWN_TAG,
          String.format(Locale.ROOT, "%s has the tag %02X, not %02X", part, tag, found));
    }
    reader.u8();
    return reader.slice(length(), part);
  }

  private int length() throws DecodeException {
    int first = reader.u8();
    if (first < 0x80) {
      forms.element(1, 1);
      return first;
    }
    int octets = first & 0x7F;
    if (octets == 0 || octets > MAX_LENGTH_OCTETS) {
      throw fault(Fault.BAD_LENGTH, String.format(Locale.ROOT, "length form %02X", first));
    }
    long length = 0;
    for (int i = 0; i < octets; i++) {
      length = (length << 8) | reader.u8();
    }
    if (length > reader.remaining()) {
      throw fault(
          Fault.TRUNCATED,
          String.format(
              Locale.ROOT,
              "a length of %d is announced, %d octets remain",
              length,
              reader.remaining()));
    }
    forms.element(1 + octets, DerWriter.shortestLengthOctets((int) length));
    return (int) length;
  }
}
