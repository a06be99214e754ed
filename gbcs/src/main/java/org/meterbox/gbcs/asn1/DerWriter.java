// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.asn1;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/** Writes the elements of a payload in the order in which {@link DerReader} reads them. */
final class DerWriter {
  private final OctetWriter writer = new OctetWriter(64);
  private final LengthForms.Player forms;

  DerWriter(LengthForms forms) {
    this(new LengthForms.Player(forms));
  }

  private DerWriter(LengthForms.Player forms) {
    this.forms = forms;
  }

  Octets toOctets() {
    return writer.toOctets();
  }

  /** Writes an element that holds others. */
  DerWriter constructed(int tag, Consumer<DerWriter> content) {
    int lengthOctets = forms.element();
    DerWriter inner = new DerWriter(forms);
    content.accept(inner);
    header(tag, inner.writer.length(), lengthOctets);
    writer.put(inner.writer.toArray());
    return this;
  }

  DerWriter sequence(Consumer<DerWriter> content) {
    return constructed(DerTag.SEQUENCE, content);
  }

  <T> DerWriter sequenceOf(List<T> elements, BiConsumer<DerWriter, T> element) {
    return listOf(DerTag.SEQUENCE, elements, element);
  }

  <T> DerWriter listOf(int tag, List<T> elements, BiConsumer<DerWriter, T> element) {
    return constructed(tag, inner -> elements.forEach(one -> element.accept(inner, one)));
  }

  DerWriter nullValue() {
    return primitive(DerTag.NULL, Octets.EMPTY);
  }

  DerWriter integer(int value) {
    return number(DerTag.INTEGER, value);
  }

  DerWriter number(int tag, int value) {
    return unsigned(tag, value);
  }

  DerWriter counter(int tag, OriginatorCounter counter) {
    return unsigned(tag, counter.value());
  }

  private DerWriter unsigned(int tag, long value) {
    int bits = 64 - Long.numberOfLeadingZeros(value);
    int octets = bits / 8 + 1;
    OctetWriter content = new OctetWriter(octets);
    for (int i = octets - 1; i >= 0; i--) {
      content.u8(i == 8 ? 0 : (int) (value >>> (8 * i)) & 0xFF);
    }
    return primitive(tag, content.toOctets());
  }

  DerWriter octetString(Octets octets) {
    return primitive(DerTag.OCTET_STRING, octets);
  }

  DerWriter eui(Eui64 eui) {
    return octetString(eui.octets());
  }

  DerWriter time(GeneralizedTime time) {
    return primitive(DerTag.GENERALIZED_TIME, time.octets());
  }

  /** An element whose content is not built of others. */
  DerWriter primitive(int tag, Octets content) {
    header(tag, content.length(), forms.element());
    writer.put(content);
    return this;
  }

  /** An element that brings its own tag and length. */
  DerWriter whole(Octets element) {
    forms.element();
    writer.put(element);
    return this;
  }

  private void header(int tag, int length, int wantedLengthOctets) {
    int lengthOctets = Math.max(wantedLengthOctets, shortestLengthOctets(length));
    writer.u8(tag);
    if (lengthOctets == 1) {
      writer.u8(length);
      return;
    }
    writer.u8(0x80 | (lengthOctets - 1));
    for (int i = lengthOctets - 2; i >= 0; i--) {
      writer.u8((length >>> (8 * i)) & 0xFF);
    }
  }

  /** How many octets the shortest form of a length takes, its first octet included. */
  static int shortestLengthOctets(int length) {
    if (length < 0x80) {
      return 1;
    }
    return 1 + (32 - Integer.numberOfLeadingZeros(length) + 7) / 8;
  }
}
