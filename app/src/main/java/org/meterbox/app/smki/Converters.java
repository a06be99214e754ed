// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.smki;

import java.math.BigInteger;
import java.util.Locale;
import org.meterbox.kernel.Eui64;
import org.meterbox.smki.issuing.EuiRange;
import org.meterbox.smki.profile.KeyUse;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How words on the command line become words of the domain. */
final class Converters {
  private static final String BETWEEN = "..";
  private static final int SERIAL_LENGTH_MAX = 40;

  private Converters() {}

  /** With dashes or without. */
  static final class Eui implements ITypeConverter<Eui64> {
    @Override
    public Eui64 convert(String text) {
      return eui(text);
    }
  }

  /** Two identifiers, or one for a range of one. */
  static final class Range implements ITypeConverter<EuiRange> {
    @Override
    public EuiRange convert(String text) {
      int at = text.indexOf(BETWEEN);
      try {
        return at < 0
            ? EuiRange.of(eui(text))
            : new EuiRange(eui(text.substring(0, at)), eui(text.substring(at + BETWEEN.length())));
      } catch (IllegalArgumentException reversed) {
        throw new TypeConversionException(
            String.format(Locale.ROOT, "'%s' ends before it begins", text));
      }
    }
  }

  /** DS or KA. */
  static final class Use implements ITypeConverter<KeyUse> {
    @Override
    public KeyUse convert(String text) {
      for (KeyUse use : KeyUse.values()) {
        if (use.code().equals(text.toUpperCase(Locale.ROOT))) {
          return use;
        }
      }
      throw new TypeConversionException(
          String.format(Locale.ROOT, "'%s' is not DS, KA or CA", text));
    }
  }

  /** A serial number in hexadecimal digits, as tables and openssl show it. */
  static final class Serial implements ITypeConverter<BigInteger> {
    @Override
    public BigInteger convert(String text) {
      String digits = text.replace(":", "");
      if (digits.length() > SERIAL_LENGTH_MAX || !digits.matches("[0-9a-fA-F]+")) {
        throw new TypeConversionException(
            String.format(Locale.ROOT, "'%s' is not a serial number in hexadecimal digits", text));
      }
      return new BigInteger(digits, 16);
    }
  }

  private static Eui64 eui(String text) {
    try {
      return Eui64.parse(text);
    } catch (IllegalArgumentException malformed) {
      throw new TypeConversionException(String.format(Locale.ROOT, "'%s' is not an EUI-64", text));
    }
  }
}
