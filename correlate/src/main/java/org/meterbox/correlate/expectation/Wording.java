// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.expectation;

import java.util.Locale;
import org.meterbox.gbcs.dlms.DlmsCodec;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;

/** How to say octets of one kind in words a person can compare with the request. */
@FunctionalInterface
interface Wording {
  /** The most octets that are written out. */
  int MAX_OCTETS_SHOWN = 64;

  /** Octets in hexadecimal digits. */
  Wording HEX = Wording::hex;

  /** One A-XDR value: a number, a date-time, or its octets. */
  Wording DLMS = Wording::dlms;

  /** A number without sign, its least significant octet first. */
  Wording UNSIGNED = octets -> Long.toString(littleEndian(octets));

  /** A number with sign, its least significant octet first. */
  Wording SIGNED = octets -> Long.toString(signExtended(octets));

  /** These octets in words. */
  String of(Octets octets);

  private static String hex(Octets octets) {
    if (octets.isEmpty()) {
      return "nothing";
    }
    return octets.length() <= MAX_OCTETS_SHOWN
        ? octets.hex()
        : String.format(
            Locale.ROOT,
            "%s... (%d octets)",
            octets.slice(0, MAX_OCTETS_SHOWN).hex(),
            octets.length());
  }

  private static String dlms(Octets octets) {
    try {
      return words(DlmsCodec.decode(octets), octets);
    } catch (DecodeException another) {
      return hex(octets);
    }
  }

  private static String words(DlmsValue value, Octets octets) {
    return switch (value) {
      case DlmsValue.Bool bool -> Boolean.toString(bool.value());
      case DlmsValue.Int8 number -> Integer.toString(number.value());
      case DlmsValue.Int16 number -> Integer.toString(number.value());
      case DlmsValue.Int32 number -> Integer.toString(number.value());
      case DlmsValue.UInt8 number -> Integer.toString(number.value());
      case DlmsValue.UInt16 number -> Integer.toString(number.value());
      case DlmsValue.UInt32 number -> Long.toString(number.value());
      case DlmsValue.OctetString _ ->
          DlmsDateTime.of(value).map(DlmsDateTime::toString).orElseGet(() -> hex(octets));
      case DlmsValue.NullData _,
          DlmsValue.ArrayOf _,
          DlmsValue.Structure _,
          DlmsValue.BitString _,
          DlmsValue.VisibleString _,
          DlmsValue.Utf8String _,
          DlmsValue.Int64 _,
          DlmsValue.UInt64 _,
          DlmsValue.Enumerated _,
          DlmsValue.CompactArray _ ->
          hex(octets);
    };
  }

  private static long littleEndian(Octets octets) {
    long value = 0;
    for (int i = octets.length() - 1; i >= 0; i--) {
      value = (value << 8) | octets.at(i);
    }
    return value;
  }

  private static long signExtended(Octets octets) {
    int unused = Long.SIZE - 8 * octets.length();
    return unused >= Long.SIZE ? 0 : littleEndian(octets) << unused >> unused;
  }
}
