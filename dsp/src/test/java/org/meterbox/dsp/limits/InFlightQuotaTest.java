// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.limits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.meterbox.dsp.limits.InFlightQuota.Outcome;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.Priority;

/** Nobody's flood takes more than its share, and supply commands find room behind any flood. */
final class InFlightQuotaTest {
  private static final Eui64 USER = Eui64.parse("90B3D51F30010000");
  private static final Eui64 OTHER_USER = Eui64.parse("90B3D51F30020000");
  private static final Eui64 METER = Eui64.parse("00DB1234567890A0");
  private static final int PER_USER = 6;
  private static final int PER_DEVICE = 4;

  private final InFlightQuota quota =
      new InFlightQuota(new InFlightLimits(PER_USER, PER_DEVICE, 2, 1));
  private long counter;

  private MessageId request(Eui64 user, Eui64 device) {
    return new MessageId(user, device, new OriginatorCounter(++counter));
  }

  private static Eui64 meter(int number) {
    return new Eui64(METER.value() + number);
  }

  private boolean takes(MessageId request, Priority priority) {
    return switch (quota.reserve(request, priority)) {
      case Outcome.Granted(var reservation) -> {
        reservation.keep();
        reservation.close();
        yield true;
      }
      case Outcome.LimitReached _ -> false;
    };
  }

  private void flood(int count) {
    for (int i = 0; i < count; i++) {
      assertThat(takes(request(USER, METER), Priority.ON_DEMAND)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(value = Priority.class, names = "SUPPLY", mode = EnumSource.Mode.EXCLUDE)
  void aDeviceTakesNoMoreThanItsLimitWhoeverAsks(Priority priority) {
    flood(PER_DEVICE);
    assertThat(takes(request(USER, METER), priority)).isFalse();
    assertThat(takes(request(OTHER_USER, METER), priority)).isFalse();
    assertThat(takes(request(USER, meter(1)), priority)).isTrue();
  }

  @Test
  void theRefusalSaysWhichLimit() {
    flood(PER_DEVICE);
    assertThat(quota.reserve(request(USER, METER), Priority.BULK))
        .isEqualTo(
            new Outcome.LimitReached(
                "4 requests to 00-DB-12-34-56-78-90-A0 wait for its answers, and more than 4 may"
                    + " not; try again later"));
  }

  @Test
  void behindAFloodOfReadsThereIsRoomForSupply() {
    flood(PER_DEVICE);
    assertThat(takes(request(USER, METER), Priority.SUPPLY)).isTrue();
    assertThat(takes(request(USER, METER), Priority.SUPPLY)).as("its own bound").isFalse();
  }

  @Test
  void aUserTakesNoMoreThanItsLimitAndKeepsNobodyElseOut() {
    for (int i = 0; i < PER_USER; i++) {
      assertThat(takes(request(USER, meter(i)), Priority.ON_DEMAND)).isTrue();
    }
    assertThat(takes(request(USER, meter(99)), Priority.ON_DEMAND)).isFalse();
    assertThat(takes(request(OTHER_USER, meter(99)), Priority.ON_DEMAND)).isTrue();
    assertThat(takes(request(USER, meter(98)), Priority.SUPPLY)).isTrue();
  }

  @Test
  void whatHasEndedMakesRoomOnce() {
    MessageId first = request(USER, METER);
    assertThat(takes(first, Priority.ON_DEMAND)).isTrue();
    flood(PER_DEVICE - 1);
    quota.ended(first);
    quota.ended(first);
    assertThat(quota.ofDevice(METER)).isEqualTo(PER_DEVICE - 1);
    assertThat(takes(request(USER, METER), Priority.ON_DEMAND)).isTrue();
    assertThat(takes(request(USER, METER), Priority.ON_DEMAND)).isFalse();
  }

  @Test
  void aRequestThatCameToNothingGivesItsRoomBack() {
    if (quota.reserve(request(USER, METER), Priority.BULK) instanceof Outcome.Granted(var room)) {
      assertThat(quota.ofUser(USER)).isEqualTo(1);
      room.close();
    }
    assertThat(quota.ofUser(USER)).isZero();
  }

  // The same document posted again, while the first is in flight, must not free the first's room.
  @Test
  void theSameRequestAgainNeedsNoFurtherRoomAndFreesNone() {
    MessageId request = request(USER, METER);
    assertThat(takes(request, Priority.BULK)).isTrue();
    if (quota.reserve(request, Priority.BULK) instanceof Outcome.Granted(var second)) {
      second.close();
    }
    assertThat(quota.ofDevice(METER)).isEqualTo(1);
  }

  @Test
  void whatWasInFlightBeforeARestartCountsWhateverTheLimit() {
    for (int i = 0; i < PER_DEVICE + 3; i++) {
      quota.count(request(USER, METER));
    }
    assertThat(quota.ofDevice(METER)).isEqualTo(PER_DEVICE + 3);
    assertThat(takes(request(USER, METER), Priority.ON_DEMAND)).isFalse();
  }
}
