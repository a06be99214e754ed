// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;

final class AlertCodesTest {
  private static final String DLMS = "0F2000000100020212 8F30 090C07DF0101FF000000008000FF";

  @ParameterizedTest
  @CsvSource({
    "0F2000000100020212 8F30 090C07DF0101FF000000008000FF, 8F30",
    "010900 810E 1C374A80, 810E",
    "010901 8F66 38818890 0E006B00000000000003ED07070900, 8F66",
    "3019 0203 008F66 180F32303135303131353030303030305A 020100, 8F66",
    "30820100 0203 008F67 180F, 8F67",
    "3006 0202 1234 0500, 1234",
  })
  void theCodeStandsAtTheHead(String payload, String code) throws DecodeException {
    assertThat(AlertCodes.read(Octets.ofHex(payload))).isEqualTo(Integer.parseInt(code, 16));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"DA20", "0F20000001010202128F30", "0108008F30", "30050201FF", "300502030180FF"})
  void anythingElseIsNoAlert(String payload) {
    assertThatThrownBy(() -> AlertCodes.read(Octets.ofHex(payload)))
        .isInstanceOf(DecodeException.class);
  }

  // Cut anywhere before the end of the code, it must be refused and nothing else.
  @Test
  void aPayloadThatIsCutShortIsRefused() {
    Octets whole = Octets.ofHex(DLMS);
    for (int length = 0; length < 11; length++) {
      Octets cut = whole.slice(0, length);
      assertThatThrownBy(() -> AlertCodes.read(cut)).isInstanceOf(DecodeException.class);
    }
  }
}
