// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.devices.energy.RateRegisters.InForce;
import org.meterbox.devices.energy.RateRegisters.Readings;
import org.meterbox.devices.energy.Timetable.Switch;

class EnergyTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final LoadShape ONE_KILOWATT =
      new LoadShape(
          Collections.nCopies(LoadShape.HALF_HOURS, 1_000), Collections.nCopies(12, 100), 0);
  private static final Timetable TWO_RATES =
      Timetable.everyDay(
          List.of(
              new Switch(LocalTime.MIDNIGHT, 2),
              new Switch(LocalTime.of(0, 30), 1),
              new Switch(LocalTime.of(7, 30), 2)));

  @Test
  void aConstantLoadIsCountedExactly() {
    EnergyRegister register = register(ONE_KILOWATT, 1, SupplyHistory.ALWAYS_ON);
    assertThat(register.wattHours(START)).isEqualTo(100);
    assertThat(register.wattHours(START.plusSeconds(3))).isEqualTo(100);
    assertThat(register.wattHours(START.plusSeconds(4))).isEqualTo(101);
    assertThat(register.wattHours(START.plus(Duration.ofDays(400)))).isEqualTo(100 + 9_600_000);
  }

  /** Rate 1 from 00:30 to 07:30, one day at 1 kW: 7,000 and 17,000 Wh. */
  @Test
  void twoRatesShareADay() {
    EnergyRegister total =
        new EnergyRegister(
            new LoadCurve(ONE_KILOWATT, 1, START), START, 0, SupplyHistory.ALWAYS_ON);
    Readings readings =
        RateRegisters.primary(
                total,
                List.of(new InForce(START, TWO_RATES)),
                List.of(START.plus(1, ChronoUnit.DAYS)))
            .getFirst();
    assertThat(readings.tou().subList(0, 3)).containsExactly(7_000L, 17_000L, 0L);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void theSameSeedGivesTheSameLoadAndAnotherSeedAnother(long seed) {
    Instant later = START.plus(40, ChronoUnit.DAYS);
    long joules = new LoadCurve(LoadShape.DOMESTIC, seed, START).joules(START, later);
    assertThat(new LoadCurve(LoadShape.DOMESTIC, seed, START).joules(START, later))
        .isEqualTo(joules);
    assertThat(new LoadCurve(LoadShape.DOMESTIC, seed + 1, START).joules(START, later))
        .isNotEqualTo(joules);
  }

  /** However time is cut into pieces, in whatever order they are asked for. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void energyAddsUpAndNeverFalls(long seed) {
    Random random = new Random(seed);
    SupplyHistory history = randomHistory(random);
    EnergyRegister register = register(LoadShape.DOMESTIC, seed, history);
    List<Instant> instants =
        random
            .longs(300, 0, Duration.ofDays(60).toSeconds())
            .sorted()
            .mapToObj(START::plusSeconds)
            .toList();
    long total = 0;
    for (int i = 1; i < instants.size(); i++) {
      long piece = register.wattHours(instants.get(i - 1), instants.get(i));
      assertThat(piece).isNotNegative();
      total += piece;
    }
    assertThat(total)
        .isPositive()
        .isEqualTo(register.wattHours(instants.getFirst(), instants.getLast()));
  }

  @Test
  void nothingIsCountedWhileTheSupplyIsOff() {
    Instant off = START.plus(5, ChronoUnit.HOURS);
    Instant on = START.plus(9, ChronoUnit.HOURS);
    EnergyRegister stillOff = register(ONE_KILOWATT, 1, SupplyHistory.ALWAYS_ON.off(off));
    assertThat(stillOff.wattHours(START.plus(8, ChronoUnit.HOURS))).isEqualTo(5_100);
    EnergyRegister onAgain = register(ONE_KILOWATT, 1, SupplyHistory.ALWAYS_ON.off(off).on(on));
    assertThat(onAgain.wattHours(START.plus(10, ChronoUnit.HOURS))).isEqualTo(6_100);
    assertThat(onAgain.wattHours(START.plus(7, ChronoUnit.HOURS)))
        .as("the past stays what it was")
        .isEqualTo(stillOff.wattHours(START.plus(7, ChronoUnit.HOURS)));
  }

  @Test
  void theRegisterIsContinuousOverAnOpeningAndAClosing() {
    Instant off = START.plusSeconds(12_345);
    Instant on = off.plusSeconds(6_789);
    EnergyRegister before = register(LoadShape.DOMESTIC, 3, SupplyHistory.ALWAYS_ON);
    EnergyRegister after = register(LoadShape.DOMESTIC, 3, SupplyHistory.ALWAYS_ON.off(off).on(on));
    assertThat(after.wattHours(off)).isEqualTo(before.wattHours(off));
    assertThat(after.wattHours(on)).isEqualTo(after.wattHours(off));
  }

  @Test
  void openingWhatIsOpenAndClosingWhatIsClosedChangesNothing() {
    SupplyHistory off = SupplyHistory.ALWAYS_ON.off(START);
    assertThat(off.off(START.plusSeconds(5))).isEqualTo(off);
    assertThat(SupplyHistory.ALWAYS_ON.on(START)).isEqualTo(SupplyHistory.ALWAYS_ON);
  }

  @Test
  void forgetsTheOldestInterruptionWhenThereAreTooMany() {
    SupplyHistory history = SupplyHistory.ALWAYS_ON;
    for (int i = 0; i <= SupplyHistory.MAX_INTERRUPTIONS; i++) {
      history = history.off(START.plusSeconds(10L * i)).on(START.plusSeconds(10L * i + 5));
    }
    assertThat(history.interruptions()).hasSize(SupplyHistory.MAX_INTERRUPTIONS);
    assertThat(history.interruptions().getFirst().from()).isEqualTo(START.plusSeconds(10));
  }

  /** Every Wh of the total is in exactly one rate, at every instant and through every change. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void ratesAlwaysAddUpToTheTotal(long seed) {
    Random random = new Random(seed);
    EnergyRegister total = register(LoadShape.DOMESTIC, seed, randomHistory(random));
    List<InForce> timetables =
        List.of(
            new InForce(START.plusSeconds(random.nextInt(86_400)), TWO_RATES),
            new InForce(START.plus(9, ChronoUnit.DAYS).plusSeconds(777), randomTimetable(random)),
            new InForce(START.plus(20, ChronoUnit.DAYS), randomTimetable(random)));
    List<Instant> instants =
        random
            .longs(40, 0, Duration.ofDays(40).toSeconds())
            .sorted()
            .mapToObj(START::plusSeconds)
            .toList();
    List<Readings> readings = RateRegisters.primary(total, timetables, instants);
    for (int i = 0; i < instants.size(); i++) {
      assertThat(sum(readings.get(i))).isEqualTo(total.wattHours(instants.get(i)));
      if (i > 0) {
        for (int rate = 0; rate < RateRegisters.TOU_RATES; rate++) {
          assertThat(readings.get(i).tou().get(rate))
              .isGreaterThanOrEqualTo(readings.get(i - 1).tou().get(rate));
        }
      }
    }
    assertThat(RateRegisters.primary(total, timetables, instants.subList(39, 40)).getFirst())
        .as("asked alone or with others")
        .isEqualTo(readings.get(39));
  }

  @Test
  void theSecondaryElementCountsItsOwnRatesOnly() {
    Timetable mixed =
        Timetable.everyDay(
            List.of(new Switch(LocalTime.MIDNIGHT, 5), new Switch(LocalTime.NOON, 203)));
    EnergyRegister total = register(ONE_KILOWATT, 1, SupplyHistory.ALWAYS_ON);
    Readings readings =
        RateRegisters.secondary(
                total, List.of(new InForce(START, mixed)), List.of(START.plus(1, ChronoUnit.DAYS)))
            .getFirst();
    // From noon to midnight, and on to the next noon: nothing else concerns this element.
    assertThat(readings.tou()).containsExactly(100L, 0L, 24_000L, 0L);
    assertThat(readings.blocks()).isEmpty();
  }

  @Test
  void aReversedOrImpossibleSpanIsRefused() {
    LoadCurve curve = new LoadCurve(LoadShape.DOMESTIC, 1, START);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> curve.joules(START.plusSeconds(1), START));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> curve.joules(START.minus(1, ChronoUnit.DAYS), START));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> curve.joules(START, START.plus(LoadCurve.MAX_DAYS, ChronoUnit.DAYS)));
  }

  private static EnergyRegister register(LoadShape shape, long seed, SupplyHistory history) {
    return new EnergyRegister(new LoadCurve(shape, seed, START), START, 100, history);
  }

  private static SupplyHistory randomHistory(Random random) {
    SupplyHistory history = SupplyHistory.ALWAYS_ON;
    Instant at = START;
    for (int i = 0; i < 20; i++) {
      at = at.plusSeconds(random.nextInt(200_000));
      history = i % 2 == 0 ? history.off(at) : history.on(at);
    }
    return history;
  }

  private static Timetable randomTimetable(Random random) {
    List<Switch> switches =
        IntStream.range(0, 1 + random.nextInt(6))
            .mapToObj(i -> {
              int selector =
                  random.nextBoolean() ? 1 + random.nextInt(48) : 101 + random.nextInt(8);
              return new Switch(LocalTime.ofSecondOfDay(random.nextInt(86_400)), selector);
            })
            .sorted(java.util.Comparator.comparing(Switch::at))
            .toList();
    return Timetable.everyDay(switches);
  }

  private static long sum(Readings readings) {
    return readings.tou().stream().mapToLong(Long::longValue).sum()
        + readings.blocks().stream().mapToLong(Long::longValue).sum();
  }
}
