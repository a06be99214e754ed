// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.dlms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.meterbox.kernel.Octets;

class TimesTest {
  @Test
  void aDateTimeIsTwelveOctetsInUtcWithoutWeekdayOrDeviation() {
    DlmsDateTime time = DlmsDateTime.of(Instant.parse("2024-02-29T23:59:58.999Z"));

    assertThat(time.octets().hex()).isEqualTo("07E8021DFF173B3A008000FF");
    assertThat(time.instant()).contains(Instant.parse("2024-02-29T23:59:58Z"));
    assertThat(time).hasToString("2024-02-29T23:59:58Z");
  }

  @Test
  void aClockStatusIsKept() {
    DlmsDateTime doubtful = DlmsDateTime.of(Instant.parse("2015-01-01T00:00:00Z"), 0x02);

    assertThat(doubtful.octets().hex()).isEqualTo("07DF0101FF00000000800002");
    assertThat(doubtful.clockStatus()).isEqualTo(2);
  }

  @Test
  void nowAndNeverAreNoInstants() {
    assertThat(DlmsDateTime.NOW.isNow()).isTrue();
    assertThat(DlmsDateTime.NOW.isNever()).isFalse();
    assertThat(DlmsDateTime.NOW.instant()).isEmpty();
    assertThat(DlmsDateTime.NEVER.isNever()).isTrue();
    assertThat(DlmsDateTime.NEVER.isNow()).isFalse();
    assertThat(DlmsDateTime.NEVER.instant()).isEmpty();
  }

  @Test
  void aDateThatNoCalendarKnowsIsNoInstant() {
    DlmsDateTime thirtiethOfFebruary = dateTime("07E8021EFF000000008000FF");
    DlmsDateTime everyYear = dateTime("FFFF0101FF000000008000FF");

    assertThat(thirtiethOfFebruary.instant()).isEmpty();
    assertThat(everyYear.instant()).isEmpty();
    assertThat(everyYear).hasToString("FFFF0101FF000000008000FF");
  }

  /** DLMS counts the deviation from local time to UTC: an hour east of Greenwich is -60. */
  @Test
  void aDeviationLeadsToUtc() {
    assertThat(dateTime("07E80601FF0C000000FFC400").instant())
        .contains(Instant.parse("2024-06-01T11:00:00Z"));
  }

  @Test
  void aLogTimestampCountsSecondsOfThisMillennium() {
    LogTimestamp time = new LogTimestamp(473_385_600);

    assertThat(time.instant()).isEqualTo(Instant.parse("2015-01-01T00:00:00Z"));
    assertThat(LogTimestamp.of(Instant.parse("2015-01-01T00:00:00Z"))).isEqualTo(time);
    assertThatThrownBy(() -> LogTimestamp.of(Instant.parse("1999-12-31T23:59:59Z")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> LogTimestamp.of(Instant.parse("2136-02-07T06:28:16Z")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRangeOfLogEntriesIsWrittenAsGbcsPrescribesAndReadAgain() throws Exception {
    SelectiveAccess range =
        new SelectiveAccess(new LogTimestamp(0x1C374A80), new LogTimestamp(0x1C389C00));

    assertThat(DlmsCodec.encode(range.toParameter()).hex())
        .isEqualTo("020402041200010906" + "00005E2C64FF0F02120000061C374A80061C389C000100");
    assertThat(SelectiveAccess.of(range.toParameter())).contains(range);
  }

  @Test
  void aRangeOverAnotherColumnIsNotUnderstood() throws Exception {
    DlmsValue other =
        DlmsCodec.decode(
            Octets.ofHex("0204020412000109060000010000FF0F02120000061C374A80061C389C000100"));

    assertThat(SelectiveAccess.of(other)).isEmpty();
  }

  private static DlmsDateTime dateTime(String hex) {
    return new DlmsDateTime(Octets.ofHex(hex));
  }
}
