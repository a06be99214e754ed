// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.meterbox.gbcs.HostileOctets;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.Octets;

/** What Transfer Data commands carry between hub and devices. */
class HanFrameTest {
  private static final Octets MESSAGE = Octets.ofHex("DF0901CAFE");

  static List<HanFrame> frames() {
    return List.of(
        new HanFrame.Direct(MESSAGE),
        new HanFrame.Direct(Octets.ofHex("DD00")),
        new HanFrame.Get(),
        new HanFrame.GetResponse(3, MESSAGE),
        new HanFrame.GetResponse(0, Octets.EMPTY),
        new HanFrame.Put(MESSAGE));
  }

  @ParameterizedTest
  @MethodSource("frames")
  void readsWhatItWrites(HanFrame frame) throws DecodeException {
    assertThat(HanFrame.decode(frame.encode())).isEqualTo(frame);
    HostileOctets.checkOpenEnded(frame.encode(), 15, octets -> HanFrame.decode(octets).encode());
  }

  @Test
  void theFirstOctetTellsTheFrame() throws DecodeException {
    assertThat(new HanFrame.Get().encode()).isEqualTo(Octets.ofHex("01"));
    assertThat(new HanFrame.GetResponse(3, MESSAGE).encode())
        .isEqualTo(Octets.ofHex("0203DF0901CAFE"));
    assertThat(new HanFrame.Put(MESSAGE).encode()).isEqualTo(Octets.ofHex("03DF0901CAFE"));
  }

  @Test
  void refusesWhatNoFrameIs() {
    assertRefused(Octets.ofHex("0100"), Fault.LEFT_OVER);
    assertRefused(Octets.ofHex("02"), Fault.TRUNCATED);
    assertRefused(Octets.ofHex("04"), Fault.UNKNOWN_TAG);
    assertRefused(Octets.EMPTY, Fault.TRUNCATED);
    byte[] tooLong = new byte[HanFrame.MAX_OCTETS + 1];
    tooLong[0] = (byte) 0xDD;
    assertRefused(Octets.of(tooLong), Fault.LIMIT_EXCEEDED);
  }

  private static void assertRefused(Octets octets, Fault fault) {
    assertThatThrownBy(() -> HanFrame.decode(octets))
        .isInstanceOfSatisfying(
            DecodeException.class, refusal -> assertThat(refusal.fault()).isEqualTo(fault));
  }
}
