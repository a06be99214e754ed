// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.meterbox.devices.TestHome;
import org.meterbox.devices.cosem.ValueNotation;
import org.meterbox.devices.esme.EsmeModel;
import org.meterbox.devices.esme.home.Home;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.EsmeVariant;
import org.meterbox.devices.esme.supply.SupplyState;
import org.meterbox.devices.machine.DeviceMachine;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.gbcs.dlms.CosemAttribute;

/** What time does to a meter in prepayment mode. */
class PrepaymentTimeTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant END = START.plus(Duration.ofDays(5));
  private static final long POUND = PrepaymentMeter.POUND;

  private final TestHome home = new TestHome();
  private final DeviceMachine<EsmeState> machine = new DeviceMachine<>(new EsmeModel());

  /**
   * Blocks, the second element's price, debts, emergency credit, warnings, the cut: all come in the
   * same second, however time is cut into pieces.
   */
  @ParameterizedTest
  @EnumSource(EsmeVariant.class)
  void timeMayBeCutAnyhow(EsmeVariant variant) {
    for (long seed = 1; seed <= 4; seed++) {
      Random random = new Random(seed);
      DeviceState<EsmeState> made = prepaid(variant, random);
      DeviceState<EsmeState> whole = machine.advance(made, END).state();
      DeviceState<EsmeState> inPieces = made;
      Instant at = START;
      while (at.isBefore(END)) {
        at = at.plusSeconds(1 + random.nextInt(9_000));
        at = at.isAfter(END) ? END : at;
        inPieces = machine.advance(inPieces, at).state();
      }
      assertThat(inPieces.function()).as("seed %d", seed).isEqualTo(whole.function());
      assertThat(inPieces.eventLog()).as("seed %d", seed).isEqualTo(whole.eventLog());
      assertThat(whole.function().part(SupplyState.class).isEnabled())
          .as("credit ran out")
          .isFalse();
    }
  }

  /** The meter was off over two midnights. */
  @Test
  void whatFellDueDuringAnOutageIsChargedWhenTheSupplyIsBack() {
    DeviceState<EsmeState> made = prepaid(EsmeVariant.SINGLE_ELEMENT, new Random(1));
    Account before = made.function().part(Account.class);
    DeviceState<EsmeState> dark = outage(made, START, Optional.of(START));
    Instant back = START.plus(Duration.ofHours(49)).plusSeconds(7);
    DeviceState<EsmeState> stillDark = machine.advance(dark, back).state();
    assertThat(stillDark.function().part(Account.class)).isEqualTo(before);
    Account after = outage(stillDark, back, Optional.empty()).function().part(Account.class);
    assertThat(after.timeDebt1()).isEqualTo(before.timeDebt1() - 49 * 150);
    assertThat(after.timeDebt2()).isEqualTo(before.timeDebt2() - 2 * 4_000);
    assertThat(after.meterBalance())
        .isEqualTo(before.meterBalance() - 49 * 150 - 2 * 4_000 - 2 * 25_000);
  }

  private DeviceState<EsmeState> outage(
      DeviceState<EsmeState> meter, Instant at, Optional<Instant> since) {
    return machine
        .locally(
            meter,
            t -> t.updateFunction(esme -> esme.with(esme.part(Home.class).withOutage(since))),
            at)
        .state();
  }

  private DeviceState<EsmeState> prepaid(EsmeVariant variant, Random random) {
    EsmeState esme =
        EsmeModel.manufactured(variant, random.nextLong(), START)
            .withValue(PaymentSettings.MODE, PaymentMode.PREPAYMENT.toValue())
            .withValue(
                PaymentSettings.CONFIGURATION,
                new PaymentConfiguration(
                        PaymentMode.PREPAYMENT, random.nextBoolean(), random.nextBoolean())
                    .toValue(variant))
            .with(
                new Account(
                    (2 + random.nextInt(3)) * POUND, 0, random.nextBoolean(), 0, 0, POUND, POUND));
    esme = with(esme, 111, "0-0:19.0.0.255", 16, "i32:150000");
    esme = with(esme, 112, "0-0:19.10.1.255", 9, "i32:100000");
    esme = with(esme, 112, "0-0:19.10.1.255", 10, "i32:70000");
    esme = with(esme, 113, "0-0:19.20.4.255", 5, charge("", 25_000));
    esme = with(esme, 113, "0-0:19.20.1.255", 5, charge("", 150));
    esme = with(esme, 113, "0-0:19.20.1.255", 8, "u32:3600");
    esme = with(esme, 113, "0-0:19.20.2.255", 5, charge("", 4_000));
    esme =
        with(
            esme,
            113,
            "0-0:19.20.0.255",
            5,
            "{{i8:3, i8:-5}, {u16:3, os:0100010800FF, i8:2}, [{os:01, i16:21777},"
                + " {os:A2, i16:11003}, {os:B2, i16:32003}, {os:C2, i16:7}]}");
    if (variant == EsmeVariant.TWIN_ELEMENT) {
      esme =
          with(
              esme,
              113,
              "0-0:19.20.5.255",
              5,
              "{{i8:3, i8:-5}, {u16:3, os:0114010800FF, i8:2}, [{os:01, i16:9333}]}");
    }
    esme = with(esme, 21, "0-0:16.0.12.255", 2, "[u32:2000, u32:7000, u32:4294967295]");
    esme =
        with(
            esme,
            20,
            "0-0:13.0.0.255",
            5,
            "[{u8:1, [{os:00000000, os:00000A0064FF, u16:1}, {os:0A1E0000, os:00000A0064FF,"
                + " u16:102}]}]");
    esme =
        with(
            esme,
            10,
            "0-0:12.0.1.255",
            2,
            PrepaymentMeter.schedule("32", "15000000", "33", "08001E00"));
    return home.meter(variant).withFunction(esme);
  }

  private static String charge(String index, int amount) {
    return "{{i8:0, i8:-5}, {u16:0, os:000000000000, i8:0}, [{os:"
        + index
        + ", i16:"
        + amount
        + "}]}";
  }

  private static EsmeState with(
      EsmeState esme, int classId, String object, int member, String value) {
    return esme.withValue(CosemAttribute.of(classId, object, member), ValueNotation.parse(value));
  }
}
