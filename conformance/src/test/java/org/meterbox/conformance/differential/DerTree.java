// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.differential;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.meterbox.kernel.Octets;

/**
 * A DER value taken apart by its tags and lengths alone, so that one part can be changed and the
 * lengths of all that surround it still agree.
 *
 * @param children empty for a primitive value
 */
record DerTree(int tag, List<DerTree> children, Octets content) {
  private static final int CONSTRUCTED = 0x20;

  static DerTree of(int tag, byte[] primitive) {
    return new DerTree(tag, List.of(), Octets.of(primitive));
  }

  /** A payload that is one DER value. */
  static DerTree read(byte[] der) {
    List<DerTree> all = readAll(der, 0, der.length);
    if (all.size() != 1) {
      throw new IllegalArgumentException("not one DER value");
    }
    return all.getFirst();
  }

  private static List<DerTree> readAll(byte[] der, int from, int to) {
    List<DerTree> values = new ArrayList<>();
    int at = from;
    while (at < to) {
      int tag = der[at++] & 0xFF;
      int length = der[at++] & 0xFF;
      if (length > 0x80) {
        int octets = length & 0x7F;
        length = 0;
        for (int i = 0; i < octets; i++) {
          length = (length << 8) | (der[at++] & 0xFF);
        }
      }
      if (at + length > to) {
        throw new IllegalArgumentException("a DER value is longer than what it stands in");
      }
      // What looks like a certificate of random content is left whole.
      values.add(value(tag, der, at, at + length));
      at += length;
    }
    return values;
  }

  private static DerTree value(int tag, byte[] der, int from, int to) {
    if ((tag & CONSTRUCTED) != 0) {
      try {
        return new DerTree(tag, readAll(der, from, to), Octets.EMPTY);
      } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException noDer) {
        return of(tag, Arrays.copyOfRange(der, from, to));
      }
    }
    return of(tag, Arrays.copyOfRange(der, from, to));
  }

  byte[] encode() {
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    inner.writeBytes(content.toArray());
    children.forEach(child -> inner.writeBytes(child.encode()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int length = inner.size();
    if (length < 0x80) {
      out.write(length);
    } else if (length <= 0xFF) {
      out.write(0x81);
      out.write(length);
    } else {
      out.write(0x82);
      out.write(length >> 8);
      out.write(length);
    }
    out.writeBytes(inner.toByteArray());
    return out.toByteArray();
  }

  DerTree withChildren(List<DerTree> others) {
    return new DerTree(tag, others, content);
  }
}
