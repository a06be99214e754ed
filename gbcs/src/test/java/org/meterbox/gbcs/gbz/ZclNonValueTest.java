// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.gbz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;

/** The octets by which ZCL says that there is no value (ZCL table 2.6.2, "Invalid Number"). */
class ZclNonValueTest {
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "10, FF",
    "20, FF",
    "21, FFFF",
    "22, FFFFFF",
    "23, FFFFFFFF",
    "24, FFFFFFFFFF",
    "25, FFFFFFFFFFFF",
    "26, FFFFFFFFFFFFFF",
    "27, FFFFFFFFFFFFFFFF",
    "28, 80",
    "29, 0080",
    "2A, 000080",
    "2B, 00000080",
    "2C, 0000000080",
    "2D, 000000000080",
    "2E, 00000000000080",
    "2F, 0000000000000080",
    "30, FF",
    "31, FFFF",
    "38, 007E",
    "39, 0000C07F",
    "3A, 000000000000F87F",
    "41, FF",
    "42, FF",
    "43, FFFF",
    "44, FFFF",
    "48, 20FFFF",
    "4C, FFFF",
    "50, 20FFFF",
    "51, 20FFFF",
    "E0, FFFFFFFF",
    "E2, FFFFFFFF",
    "E8, FFFF",
    "E9, FFFF",
    "EA, FFFFFFFF",
    "F0, FFFFFFFFFFFFFFFF",
  })
  void isNoValue(String type, String octets) throws DecodeException {
    ZclValue none = read(type, octets);
    assertThat(none.isNonValue()).isTrue();

    // One bit less is a value, but where the bit belongs to a number that is none either way.
    if (!Set.of("38", "39", "3A", "48", "50", "51").contains(type) && octets.length() > 2) {
      assertThat(read(type, other(octets)).isNonValue()).isFalse();
    }
  }

  private static String other(String octets) {
    return octets.startsWith("FF") ? "FE" + octets.substring(2) : "01" + octets.substring(2);
  }

  // All bits of a bitmap may be set, and a key may be anything.
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "08, FF",
    "0F, FFFFFFFFFFFFFFFF",
    "18, FF",
    "1F, FFFFFFFFFFFFFFFF",
    "E1, FFFFFFFF",
    "F1, FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF",
    "20, FE",
    "28, 81",
    "28, FF",
    "41, 00",
  })
  void isAValue(String type, String octets) throws DecodeException {
    assertThat(read(type, octets).isNonValue()).isFalse();
  }

  // A type that is added later must say whether one of its values is none.
  @Test
  void everyTypeWithoutANonValueIsNamed() {
    Set<String> without = new TreeSet<>();
    for (ZclType type : EnumSet.allOf(ZclType.class)) {
      if (!type.hasNonValue()) {
        without.add(type.name().replaceAll("[0-9]+$", ""));
      }
    }
    assertThat(without)
        .containsExactly("BITMAP", "DATA", "DATE", "NO_DATA", "SECURITY_KEY_", "UNKNOWN");
  }

  private static ZclValue read(String type, String octets) throws DecodeException {
    String data = filled(type, octets);
    return ZclValueCodec.read(
        ZclType.ofCode(Integer.parseInt(type, 16)).orElseThrow(), Octets.ofHex(data).reader());
  }

  /** Strings and lists of another length than "none" need their content. */
  private static String filled(String type, String octets) {
    return switch (type) {
      case "43", "44" -> octets.equals("FFFF") ? octets : octets + "00".repeat(0xFFFF);
      case "4C" -> octets.equals("FFFF") ? octets : "0000";
      default -> octets;
    };
  }
}
