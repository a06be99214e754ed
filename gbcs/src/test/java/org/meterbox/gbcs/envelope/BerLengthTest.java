// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

class BerLengthTest {
  @ParameterizedTest
  @CsvSource({
    "0, 00",
    "127, 7F",
    "128, 8180",
    "255, 81FF",
    "256, 820100",
    "65535, 82FFFF",
    "65536, 83010000",
    "152448, 83025380",
    "16777215, 83FFFFFF"
  })
  void hasOneFormForEachLength(int length, String octets) throws DecodeException {
    OctetWriter writer = new OctetWriter();
    BerLength.write(writer, length);
    assertThat(writer.toOctets().hex()).isEqualTo(octets);
    assertThat(BerLength.readCount(Octets.ofHex(octets).reader())).isEqualTo(length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"8100", "817F", "820000", "8200FF", "83000000", "8300FFFF"})
  void refusesALongerFormThanIsNeeded(String octets) {
    assertThatThrownBy(() -> BerLength.readCount(Octets.ofHex(octets).reader()))
        .isInstanceOf(DecodeException.class)
        .hasMessageContaining("shortest");
  }

  @ParameterizedTest
  @ValueSource(strings = {"80", "8400000001", "FF", "81", "82FF", "83FFFF"})
  void refusesOtherFormsAndCutOnes(String octets) {
    assertThatThrownBy(() -> BerLength.readCount(Octets.ofHex(octets).reader()))
        .isInstanceOf(DecodeException.class);
  }

  // Sixteen million octets are announced: nothing is reserved for them.
  @Test
  void refusesALengthBeyondWhatRemains() {
    assertThatThrownBy(() -> BerLength.read(Octets.ofHex("83FFFFFF00").reader()))
        .isInstanceOf(DecodeException.class)
        .hasMessageContaining("1 octets remain");
  }

  @Test
  void writesNoLongerLength() {
    assertThatThrownBy(() -> BerLength.write(new OctetWriter(), BerLength.MAX + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
