// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.metering;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.devices.TestHome;
import org.meterbox.devices.cosem.ValueNotation;
import org.meterbox.devices.esme.EsmeModel;
import org.meterbox.devices.esme.home.Home;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.EsmeVariant;
import org.meterbox.devices.machine.DeviceMachine;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.gbcs.dlms.CosemAttribute;

/** Time passes, and the registers count. */
class RegistersTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final TestHome home = new TestHome();
  private final DeviceMachine<EsmeState> machine = new DeviceMachine<>(new EsmeModel());

  /** Rate 1 from 00:30 to 07:30, one day at 1 kW: 7,000 and 17,000 Wh. */
  @Test
  void twoRatesShareADay() {
    Registers registers =
        Registers.of(advanced(drawing(1_000), START.plus(Duration.ofDays(1))).function());
    assertThat(registers.tou().toList().subList(0, 3)).containsExactly(7_000L, 17_000L, 0L);
    assertThat(registers.importWattHours()).isEqualTo(24_000);
  }

  /** However time is cut into pieces, the meter comes to the same state. */
  @ParameterizedTest
  @EnumSource(EsmeVariant.class)
  void timeMayBeCutAnyhow(EsmeVariant variant) {
    for (long seed = 1; seed <= 3; seed++) {
      Random random = new Random(seed);
      DeviceState<EsmeState> made = meter(EsmeModel.manufactured(variant, seed, START));
      Instant end = START.plus(Duration.ofDays(9));
      DeviceState<EsmeState> inPieces = made;
      Instant at = START;
      while (at.isBefore(end)) {
        at = at.plusSeconds(1 + random.nextInt(40_000));
        at = at.isAfter(end) ? end : at;
        inPieces = advanced(inPieces, at);
      }
      assertThat(inPieces.function()).as("seed %d", seed).isEqualTo(advanced(made, end).function());
    }
  }

  /** Every Wh of the total is in exactly one rate, whatever the tariff. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void ratesAlwaysAddUpToTheTotal(long seed) {
    Random random = new Random(seed);
    DeviceState<EsmeState> meter =
        meter(EsmeModel.manufactured(EsmeVariant.TWIN_ELEMENT, seed, START));
    Instant at = START;
    for (int change = 0; change < 8; change++) {
      meter = meter.withFunction(withRandomTariff(meter.function(), random));
      at = at.plusSeconds(random.nextInt(300_000));
      meter = advanced(meter, at);
      Registers registers = Registers.of(meter.function());
      assertThat(registers.tou().sum(0, 48) + registers.blocks().sum(0, 32))
          .isEqualTo(registers.primaryWattHours());
      assertThat(registers.secondaryTou().sum(0, 4)).isEqualTo(registers.secondaryWattHours());
    }
  }

  /** The first 1,500 Wh stand in block 1, the next 500 in block 2, the rest in block 3. */
  @Test
  void whatGoesOverAThresholdCountsInTheNextBlock() {
    EsmeState esme =
        drawing(1_000)
            .function()
            .withValue(
                CosemAttribute.of(20, "0-0:13.0.0.255", 5),
                ValueNotation.parse("[{u8:1, [{os:00000000, os:00000A0064FF, u16:102}]}]"))
            .withValue(
                CosemAttribute.of(21, "0-0:16.0.12.255", 2),
                ValueNotation.parse("[u32:1500, u32:2000, u32:4294967295]"));
    Registers registers =
        Registers.of(advanced(meter(esme), START.plus(Duration.ofHours(3))).function());
    List<Long> second = new ArrayList<>();
    for (int block = 0; block < 4; block++) {
      second.add(registers.blocks().get(block * 8 + 1));
    }
    assertThat(second).containsExactly(1_500L, 500L, 1_000L, 0L);
  }

  @Test
  void whatTheHomeDoesNotUseIsExported() {
    EsmeState esme = drawing(500).function();
    Home solar = esme.part(Home.class).withGeneration(OptionalInt.of(2_000));
    Registers registers =
        Registers.of(advanced(meter(esme.with(solar)), START.plus(Duration.ofHours(2))).function());
    assertThat(registers.exportWattHours()).isEqualTo(3_000);
    assertThat(registers.importWattHours()).isZero();
    assertThat(registers.reactiveExportVarHours()).isPositive();
  }

  private DeviceState<EsmeState> drawing(int watts) {
    EsmeState esme = EsmeModel.manufactured(EsmeVariant.SINGLE_ELEMENT, 1, START);
    return meter(
        esme.with(
            esme.part(Home.class)
                .withLoad(OptionalInt.of(watts))
                .withGeneration(OptionalInt.of(0))));
  }

  private static EsmeState withRandomTariff(EsmeState esme, Random random) {
    int selector = random.nextBoolean() ? 1 + random.nextInt(48) : 101 + random.nextInt(8);
    String days =
        String.format(
            Locale.ROOT,
            "[{u8:1, [{os:00000000, os:00000A0064FF, u16:%d}, {os:0C%02X0000, os:00000A0064FF, u16:%d}]}]",
            selector,
            random.nextInt(60),
            1 + random.nextInt(48));
    return esme.withValue(CosemAttribute.of(20, "0-0:13.0.0.255", 5), ValueNotation.parse(days));
  }

  private DeviceState<EsmeState> meter(EsmeState esme) {
    return home.meter().withFunction(esme);
  }

  private DeviceState<EsmeState> advanced(DeviceState<EsmeState> meter, Instant until) {
    return machine.advance(meter, until).state();
  }
}
