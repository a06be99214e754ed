// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.dlms;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/**
 * A COSEM logical name: six numbers A-B:C.D.E.F.
 *
 * @param value the six octets as one number
 */
public record Obis(long value) {
  /** Length of the binary form. */
  public static final int OCTETS = 6;

  private static final Pattern FORM =
      Pattern.compile("(\\d{1,3})-(\\d{1,3}):(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");

  /**
   * Reads the form A-B:C.D.E.F with decimal numbers.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static Obis parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("a logical name has the form A-B:C.D.E.F: " + text);
    }
    long value = 0;
    for (int group = 1; group <= OCTETS; group++) {
      int part = Integer.parseInt(matcher.group(group));
      if (part > 255) {
        throw new IllegalArgumentException("each part of a logical name is 0 to 255: " + text);
      }
      value = (value << 8) | part;
    }
    return new Obis(value);
  }

  /** Reads the six octets. */
  public static Obis read(OctetReader reader) throws DecodeException {
    return new Obis(((long) reader.u16() << 32) | reader.u32());
  }

  /** Writes the six octets. */
  public void write(OctetWriter writer) {
    writer.u16((int) (value >>> 32)).u32(value & 0xFFFF_FFFFL);
  }

  /** The six octets. */
  public Octets octets() {
    OctetWriter writer = new OctetWriter(OCTETS);
    write(writer);
    return writer.toOctets();
  }

  /** The form A-B:C.D.E.F. */
  @Override
  public String toString() {
    Octets o = octets();
    return String.format(
        Locale.ROOT, "%d-%d:%d.%d.%d.%d", o.at(0), o.at(1), o.at(2), o.at(3), o.at(4), o.at(5));
  }
}
