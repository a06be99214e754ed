// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterbox.devices.esme.payment.PrepaymentMeter.POUND;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.devices.esme.metering.Registers;
import org.meterbox.devices.esme.state.EsmeVariant;
import org.meterbox.devices.esme.supply.SupplyEvent;
import org.meterbox.devices.esme.supply.SupplyFunction;
import org.meterbox.gbcs.utrn.Utrn;

/**
 * A month in which everything happens at random. Beside the meter a ledger is kept that knows only
 * what was paid, commanded and consumed.
 */
class PrepaymentMonthsTest {
  private static final int PRICE = 27_333;
  private static final int STANDING_CHARGE = 30_011;
  private static final Duration MONTH = Duration.ofDays(30);

  /** Every penny that came in or was charged is somewhere, whatever happened in which order. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noPennyIsMadeOrLostNoTokenCountsTwiceAndTheNightIsNeverCut(long seed) {
    new Month(seed).run();
  }

  private static final class Month {
    private final Random random;
    private final PrepaymentMeter meter = new PrepaymentMeter(EsmeVariant.SINGLE_ELEMENT);
    private final List<Utrn> tokens = new ArrayList<>();
    private long paid;
    private long wattHoursBefore;
    private Instant start = Instant.MIN;
    private int cuts;

    Month(long seed) {
      random = new Random(seed);
    }

    void run() {
      meter.use(400 + random.nextInt(3_000), PRICE, STANDING_CHARGE);
      meter.configure(
          random.nextInt(3 * POUND),
          random.nextInt(10 * POUND),
          random.nextInt(2 * POUND),
          PrepaymentMeter.EVENINGS_AND_NIGHTS);
      meter.prepaymentMode(
          random.nextInt(POUND) - POUND / 2, random.nextBoolean(), random.nextBoolean());
      meter.debts(random.nextInt(3_000), random.nextInt(30_000), random.nextInt(10_001), 0, 0, 0);
      start = meter.now();
      wattHoursBefore = Registers.of(meter.esme()).importWattHours();
      paid = wealth() + charged();
      while (meter.now().isBefore(start.plus(MONTH))) {
        happen();
        check();
      }
      assertThat(tokens).as("a month in which something happened").hasSizeGreaterThan(5);
      assertThat(cuts).isPositive();
    }

    private void happen() {
      switch (random.nextInt(12)) {
        case 0 -> newToken();
        case 2 -> oldToken();
        case 3 -> meter.locally(PaymentFunction::activateEmergencyCreditAtMeter);
        case 4, 5 -> meter.locally(t -> SupplyFunction.move(t, SupplyEvent.ENABLED_AT_METER));
        case 6 -> meter.load(random.nextInt(6_000));
        case 7 -> meter.restart();
        case 8 -> {
          int amount = random.nextInt(POUND) - POUND / 2;
          assertThat(meter.adjust(amount)).containsExactly(0);
          paid += amount;
        }
        case 9 -> moreDebt();
        default -> waitAWhile();
      }
    }

    private void waitAWhile() {
      boolean enabled = meter.supply().isEnabled();
      Instant until = meter.now().plusSeconds(1 + random.nextInt(20_000));
      while (meter.now().isBefore(until)) {
        Instant next = meter.nextNoticeable(until);
        meter.waitUntil(next.isAfter(meter.now()) ? next : until);
        boolean now = meter.supply().isEnabled();
        if (enabled && !now) {
          cuts++;
          assertThat(isNight(meter.now())).as("cut at %s", meter.now()).isFalse();
        }
        enabled = now;
      }
    }

    private static boolean isNight(Instant at) {
      LocalTime time = LocalTime.ofInstant(at, ZoneOffset.UTC);
      return time.isBefore(LocalTime.of(9, 0)) || !time.isBefore(LocalTime.of(18, 0));
    }

    private void newToken() {
      int number = tokens.size() + 1;
      Utrn token = meter.token(number, 1 + random.nextInt(600));
      boolean taken =
          random.nextBoolean()
              ? meter.topUp(number, token) == 0
              : meter.enter(token.digits()) == TokenResult.ACCEPTED;
      if (taken) {
        tokens.add(token);
        paid += token.value().pence() * 1_000L;
      }
    }

    private void oldToken() {
      if (tokens.isEmpty()) {
        return;
      }
      int number = 1 + random.nextInt(tokens.size());
      Utrn token = tokens.get(number - 1);
      Account before = meter.account();
      if (random.nextBoolean()) {
        assertThat(meter.topUp(number, token)).isEqualTo(250);
      } else {
        assertThat(meter.enter(token.digits())).isEqualTo(TokenResult.ALREADY_TAKEN);
      }
      assertThat(meter.account()).isEqualTo(before);
    }

    private void moreDebt() {
      int payment = random.nextInt(POUND);
      int time1 = random.nextInt(POUND);
      int time2 = random.nextInt(POUND);
      assertThat(
              meter.debts(
                  random.nextInt(3_000),
                  random.nextInt(30_000),
                  random.nextInt(10_001),
                  payment,
                  time1,
                  time2))
          .containsOnly(0);
      paid -= payment + time1 + time2;
    }

    /** What the consumer has less what the consumer owes. */
    private long wealth() {
      Account account = meter.account();
      return account.meterBalance()
          - account.emergencyUsed()
          - account.accumulatedDebt()
          - account.paymentDebt()
          - account.timeDebt1()
          - account.timeDebt2();
    }

    private long charged() {
      long wattHours = Registers.of(meter.esme()).importWattHours() - wattHoursBefore;
      long days =
          Math.floorDiv(meter.now().getEpochSecond(), 86_400)
              - Math.floorDiv(start.getEpochSecond(), 86_400);
      return wattHours * PRICE / 1_000 + days * STANDING_CHARGE;
    }

    private void check() {
      PaymentSettings settings = PaymentSettings.of(meter.esme());
      Account account = meter.account();
      assertThat(wealth()).as("at %s", meter.now()).isEqualTo(paid - charged());
      assertThat(account.emergencyBalance(settings)).isBetween(0L, settings.emergencyLimit());
      assertThat(account.emergencyUsed()).isLessThanOrEqualTo(settings.emergencyLimit());
    }
  }
}
