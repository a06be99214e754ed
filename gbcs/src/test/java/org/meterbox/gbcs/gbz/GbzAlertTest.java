// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.gbz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.gbz.GbzAlert.FirmwareReceipt;
import org.meterbox.gbcs.gbz.GbzAlert.FutureDated;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/** GBCS section 16 in its GBZ form. */
class GbzAlertTest {
  @ParameterizedTest
  @CsvSource({
    "1001, 010900 810E 1C374A80, None",
    "00CD, 010901 8F66 38818890 0E 006B 00000000000003ED 0707 09 00, FutureDated",
    "00CF, 010901 8F72 1C374A80 0920 00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF, FirmwareReceipt",
    "00F2, 010901 81A0 1C374A80 0005, IntegrityIssue",
    "008B, 010901 8F0A 1C374A80 01 0702 0005 00 00 00 0703, BillingData",
    "1001, 010901 8161 1C374A80 0070, UserInterfaceCommand",
    "1001, 010901 8154 1C374A80 0070, Unrecognised",
    "1000, 010902 8F30 1C374A80 CAFE, Unrecognised",
    "1000, 010901 8F30 1C374A80, Unrecognised"
  })
  void readsTheContentThatTheMessageCodePrescribes(String code, String hex, String kind)
      throws DecodeException {
    Octets octets = Octets.ofHex(hex);
    GbzAlert alert = GbzAlert.decode(octets, new MessageCode(Integer.parseInt(code, 16)));

    assertThat(alert.content().getClass().getSimpleName()).isEqualTo(kind);
    assertThat(alert.encode()).isEqualTo(octets);
  }

  @Test
  void aFutureDatedOutcomeNamesCommandAndComponent() throws DecodeException {
    GbzAlert alert =
        GbzAlert.decode(
            Octets.ofHex("010901 8F67 38818890 0E 006F 0000000000000007 0705 01 0C"),
            new MessageCode(0x00CD));

    assertThat(alert.alertCode()).isEqualTo(0x8F67);
    assertThat(alert.content())
        .isEqualTo(
            new FutureDated(
                new MessageCode(0x006F), new OriginatorCounter(7), Cluster.PREPAYMENT, 0x01, 0x0C));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "010900 8F66 38818890 0E 006B 00000000000003ED 0707 09 00",
        "010901 8F66 38818890 0D 006B 00000000000003ED 0707 09 00",
        "010901 8F66 38818890 0E 006B 00000000000003ED 0707 09",
        "010901 8F66 38818890 0E 006B 00000000000003ED 0707 09 00 00"
      })
  void refusesAFutureDatedOutcomeOfAnotherForm(String hex) {
    assertThatThrownBy(() -> GbzAlert.decode(Octets.ofHex(hex), new MessageCode(0x00CD)))
        .isInstanceOf(DecodeException.class);
  }

  @Test
  void aHashHasThirtyTwoOctets() {
    assertThatThrownBy(() -> new FirmwareReceipt(Octets.of((byte) 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
