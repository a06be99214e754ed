// SPDX-License-Identifier: Apache-2.0
package org.meterbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OctetsTest {
  // A signature is verified over what was received; nobody may change it meanwhile.
  @Test
  void cannotBeChangedFromOutside() {
    byte[] source = {1, 2, 3};
    Octets octets = Octets.of(source);
    Octets part = Octets.of(source, 1, 2);
    source[1] = 9;
    octets.toArray()[0] = 9;
    assertThat(octets.hex()).isEqualTo("010203");
    assertThat(part.hex()).isEqualTo("0203");
  }

  // They are keys of maps and members of records.
  @Test
  void areEqualByContent() {
    assertThat(Octets.ofHex("0a0B")).isEqualTo(Octets.of((byte) 10, (byte) 11));
    assertThat(Octets.ofHex("0A0B")).hasSameHashCodeAs(Octets.ofHex("0a 0b\n"));
    assertThat(Octets.ofHex("0A")).isNotEqualTo(Octets.ofHex("0A00"));
    assertThat(Octets.of()).isEqualTo(Octets.EMPTY).isEqualTo(Octets.ofHex(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0G", "0x01", "01-02", "٣٣"})
  void refusesWhatIsNotHexadecimal(String text) {
    assertThatThrownBy(() -> Octets.ofHex(text)).isInstanceOf(IllegalArgumentException.class);
  }

  // Cutting anywhere and joining gives back the whole.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void joinsWhatItCut(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] content = new byte[random.nextInt(1, 300)];
    random.nextBytes(content);
    Octets whole = Octets.of(content);
    for (int cut = 0; cut <= whole.length(); cut++) {
      Octets joined = whole.slice(0, cut).concat(whole.slice(cut, whole.length()));
      assertThat(joined).as("seed %d, cut at %d", seed, cut).isEqualTo(whole);
    }
    assertThat(Octets.ofHex(whole.hex())).isEqualTo(whole);
  }

  // An octet is 0 to 255, whatever Java thinks of bytes.
  @Test
  void showsOctetsUnsigned() {
    assertThat(Octets.ofHex("80FF").at(0)).isEqualTo(128);
    assertThat(Octets.ofHex("80FF").at(1)).isEqualTo(255);
  }

  // The copy goes where it was told and nowhere else.
  @Test
  void copiesIntoAnArrayAtAnOffset() {
    byte[] target = {9, 9, 9, 9};
    Octets.ofHex("0102").copyTo(target, 1);
    assertThat(target).containsExactly(9, 1, 2, 9);
  }

  // A part shares the memory of the whole; nothing of the neighbours may show.
  @Test
  void aPartIsEqualToTheSameOctetsStandingAlone() throws DecodeException {
    Octets part = Octets.ofHex("AA 01 02 03 BB").slice(1, 4);
    Octets alone = Octets.ofHex("010203");
    assertThat(part).isEqualTo(alone).hasSameHashCodeAs(alone).hasToString("010203");
    assertThat(part.toArray()).containsExactly(1, 2, 3);
    assertThat(part.slice(1, 2)).isEqualTo(Octets.ofHex("02"));
    assertThat(part.concat(part)).isEqualTo(Octets.ofHex("010203010203"));
    assertThat(part.reader().takeRemaining()).isEqualTo(alone);
    assertThatThrownBy(() -> part.at(3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> part.at(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> part.slice(0, 4)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
