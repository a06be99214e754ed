// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterbox.devices.cosem.ValueNotation;

/** Which script of a schedule holds. */
class SwitchScheduleTest {
  /** In winter weekends all day; every day 22:00 to 07:00; 25 December is special and all day. */
  private static final SwitchSchedule SCHEDULE =
      SwitchSchedule.read(
          ValueNotation.parse(
              "["
                  + entry(1, 32, "00000000", "0000011", "0", "FFFF0B01FF", "FFFF021CFF")
                  + ", "
                  + entry(2, 32, "16000000", "1111111", "0", "FFFFFFFFFF", "FFFFFFFFFF")
                  + ", "
                  + entry(3, 33, "07000000", "1111100", "0", "FFFFFFFFFF", "FFFFFFFFFF")
                  + ", "
                  + entry(4, 33, "07000000", "0000011", "0", "FFFF0301FF", "FFFF0A1FFF")
                  + ", "
                  + entry(5, 32, "00000000", "0000000", "1", "FFFFFFFFFF", "FFFFFFFFFF")
                  + ", "
                  + entry(6, 33, "0C000000", "1111111", "0", "07EA0605FF", "07EA0605FF")
                  + "]"),
          ValueNotation.parse("[{u16:1, os:FFFF0C19FF, u8:1}]"));

  @ParameterizedTest
  @CsvSource({
    "2026-06-03T21:59:59Z, 33, a Wednesday evening",
    "2026-06-03T22:00:00Z, 32, the second in which the night begins",
    "2026-06-04T06:59:59Z, 32, the end of the night",
    "2026-06-04T07:00:00Z, 33, the second in which it is over",
    "2026-06-06T12:00:00Z, 33, a Saturday in summer",
    "2026-12-05T12:00:00Z, 32, a Saturday in winter before the turn of the year",
    "2027-01-09T12:00:00Z, 32, a Saturday in winter after it",
    "2026-10-31T12:00:00Z, 33, the last day of summer",
    "2026-12-25T12:00:00Z, 32, the special day",
    "2026-12-26T12:00:00Z, 32, the Saturday after it",
    "2026-12-24T12:00:00Z, 33, the day before it",
  })
  void theLatestEntryHolds(Instant at, int script, String when) {
    assertThat(SCHEDULE.latest(at, s -> true)).as(when).isEqualTo(OptionalInt.of(script));
  }

  @Test
  void theNextEntryIsKnownAndWithoutEntriesThereIsNone() {
    assertThat(SCHEDULE.next(Instant.parse("2026-06-05T07:00:00Z")))
        .as("on that date only")
        .isEqualTo(Instant.parse("2026-06-05T12:00:00Z"));
    assertThat(SCHEDULE.next(Instant.parse("2026-06-04T07:00:00Z")))
        .isEqualTo(Instant.parse("2026-06-04T22:00:00Z"));
    assertThat(SCHEDULE.next(Instant.parse("2026-06-04T22:00:00Z")))
        .isEqualTo(Instant.parse("2026-06-05T00:00:00Z"));
    SwitchSchedule empty =
        SwitchSchedule.read(ValueNotation.parse("[]"), ValueNotation.parse("[]"));
    assertThat(empty.next(Instant.EPOCH)).isEqualTo(Instant.MAX);
    assertThat(empty.latest(Instant.EPOCH, s -> true)).isEmpty();
  }

  private static String entry(
      int index, int script, String time, String days, String special, String from, String until) {
    return "{u16:"
        + index
        + ", true, os:00000A006AFF, u16:"
        + script
        + ", os:"
        + time
        + ", u16:65535, bits:"
        + days
        + ", bits:"
        + special
        + ", os:"
        + from
        + ", os:"
        + until
        + "}";
  }
}
