// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.cosem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.gbcs.dlms.DlmsCodec;

class ValueNotationTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "null                | 00",
        "true                | 03FF",
        "false               | 0300",
        "u8:255              | 11FF",
        "u16:513             | 120201",
        "u32:4294967295      | 06FFFFFFFF",
        "i8:-5               | 0FFB",
        "i16:-2              | 10FFFE",
        "i32:-1              | 05FFFFFFFF",
        "enum:7              | 1607",
        "os:                 | 0900",
        "os:0A0b             | 09020A0B",
        "vs:41               | 0A0141",
        "utf:C2A3            | 0C02C2A3",
        "bits:               | 0400",
        "bits:101            | 0403A0",
        "bits:111111110      | 0409FF00",
        "[]                  | 0100",
        "{}                  | 0200",
        "[u8:1, u8:2]        | 010211011102",
        "{ u8:1 ,{os:,true}} | 0202110102020900" + "03FF",
      })
  void readsWhatAPersonWrites(String text, String octets) {
    assertThat(DlmsCodec.encode(ValueNotation.parse(text)).hex()).isEqualTo(octets);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "u9:1",
        "u8:256",
        "u8:x",
        "u8:",
        "os:0",
        "[",
        "[u8:1",
        "{u8:1]",
        "u8:1 u8:2",
        "maybe",
        "bits:102",
        "bits256:00"
      })
  void refusesEverythingElse(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ValueNotation.parse(text));
  }
}
