// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.meterbox.devices.TestHome;
import org.meterbox.devices.esme.log.SampleLog;
import org.meterbox.devices.esme.supply.SupplyState.Position;
import org.meterbox.devices.gas.mirror.GpfState;
import org.meterbox.devices.gas.register.GasAccount;
import org.meterbox.devices.gas.register.GasLogs;
import org.meterbox.devices.gas.register.Volumes;
import org.meterbox.devices.gas.state.GasAttribute;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.devices.gas.valve.ValveFunction;
import org.meterbox.devices.gas.valve.ValveState;
import org.meterbox.gbcs.gbz.Cluster;
import org.meterbox.gbcs.gbz.Component;
import org.meterbox.gbcs.gbz.TypedValue;
import org.meterbox.gbcs.gbz.ZclFieldsBuilder;
import org.meterbox.gbcs.gbz.ZclFrame;
import org.meterbox.gbcs.gbz.ZclPayload;
import org.meterbox.gbcs.gbz.ZclStatus;
import org.meterbox.gbcs.gbz.ZclType;
import org.meterbox.gbcs.utrn.TokenCounter;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/** A gas meter through time, and what the gas proxy function knows of it. */
class GasMeterTest {
  private static final int READ_BALANCE = 0x008D;
  private static final int PREPAYMENT = 0x006D;
  private static final int CLOSE = 0x0081;
  private static final int ARM = 0x0085;
  private static final int UNCONTROLLED_FLOW = 0x81BF;
  private static final ZclStatus ACTION_DENIED = new ZclStatus(0x93);

  private final GasHomeDevices gas = new GasHomeDevices();

  @Test
  void measuresWhatFlowsAndLogsItByHalfHours() {
    gas.burn(1_001, 0);
    gas.waitFor(Duration.ofHours(2).toSeconds() + 1);
    assertThat(Volumes.of(gas.gsme()).litres()).isEqualTo(2_002);
    SampleLog profile = GasLogs.of(gas.gsme()).profile();
    assertThat(profile.size()).isEqualTo(4);
    assertThat(profile.at(3)).isEqualTo(TestHome.MANUFACTURED.plus(Duration.ofHours(2)));
    assertThat(sum(profile)).isEqualTo(2_002);
  }

  @Test
  void itIsTheSameHoweverTimeIsCut() {
    GasHomeDevices other = new GasHomeDevices();
    Instant end = TestHome.MANUFACTURED.plus(Duration.ofDays(3));
    gas.charge(4_321, 25_000);
    other.charge(4_321, 25_000);
    gas.waitUntil(end);
    while (other.now().isBefore(end)) {
      Instant next = other.now().plusSeconds(7_919);
      other.waitUntil(next.isBefore(end) ? next : end);
    }
    assertThat(gas.gsme()).isEqualTo(other.gsme());
    assertThat(Volumes.of(gas.gsme()).litres()).isPositive();
  }

  /** Cubic metres times calorific value times conversion factor by 3.6 are kilowatt hours. */
  @Test
  void chargesForTheEnergyOfTheVolume() {
    gas.charge(4_000, 0);
    gas.burn(1_000, 0);
    gas.waitFor(Duration.ofHours(3).toSeconds());
    BigDecimal kilowattHours =
        new BigDecimal("3")
            .multiply(new BigDecimal("39.5"))
            .multiply(new BigDecimal("1.02264"))
            .divide(new BigDecimal("3.6"), 9, RoundingMode.HALF_UP);
    long expected =
        kilowattHours.multiply(new BigDecimal(4_000)).setScale(0, RoundingMode.DOWN).longValue();
    assertThat(GasAccount.of(gas.gsme()).bill()).isEqualTo(expected);
    assertThat(GasAccount.of(gas.gsme()).account().meterBalance()).isZero();
  }

  @Test
  void chargesTheStandingChargeAtMidnightOfUtc() {
    gas.charge(0, 25_000);
    gas.waitUntil(Instant.parse("2026-01-10T23:59:59Z"));
    assertThat(GasAccount.of(gas.gsme()).bill()).isZero();
    gas.waitFor(1);
    assertThat(GasAccount.of(gas.gsme()).bill()).isEqualTo(25_000);
  }

  @Test
  void aClosedValveStopsTheFlowAndOnlyTheConsumerOpensIt() {
    gas.burn(1_000, 0);
    assertThat(status(supply(ARM, 1))).as("only what is closed").isEqualTo(ACTION_DENIED);
    assertThat(supply(CLOSE, 0).frame().name()).isEqualTo("Supply Status Response");
    assertThat(supply(ARM, 1).frame().name()).isEqualTo("Supply Status Response");
    gas.waitFor(3_600);
    assertThat(Volumes.of(gas.gsme()).total()).isZero();
    gas.burn(0, 0);
    gas.locally(ValveFunction::openAtMeter);
    gas.waitFor(600);
    gas.burn(1_000, 0);
    gas.waitFor(3_600);
    assertThat(Volumes.of(gas.gsme()).litres()).isEqualTo(1_000);
  }

  /** The consumer opens with all appliances off; what flows then escapes. */
  @Test
  void aLeakAfterOpeningClosesTheValveAgain() {
    gas.burn(0, 200);
    supply(CLOSE, 0);
    supply(ARM, 1);
    gas.locally(ValveFunction::openAtMeter);
    assertThat(ValveState.of(gas.gsme()).isOpen()).isTrue();
    gas.codes();
    gas.waitFor(600);
    assertThat(ValveState.of(gas.gsme()).supply().position()).isEqualTo(Position.ARMED);
    assertThat(gas.codes()).contains(UNCONTROLLED_FLOW);
  }

  @Test
  void anUnsignedCommandDoesNotCloseTheValve() {
    gas.refused(gas.unsigned(CLOSE, "Change Supply", fields -> supplyFields(fields, 0)));
    assertThat(ValveState.of(gas.gsme()).isOpen()).isTrue();
  }

  @Test
  void aTokenCreditsThePrepaymentMeterOnce() {
    Octets digits = token(1, 2_000);
    gas.set(
        Map.of(
            GasAttribute.MAX_CREDIT_PER_TOP_UP, 5_000_000L,
            GasAttribute.MAX_CREDIT_LIMIT, 10_000_000L));
    assertThat(resultType(gas.topUp(counter(1), digits))).as("in credit mode").isNotZero();
    assertThat(prepayment().frame().name()).isEqualTo("Change Payment Mode Response");
    assertThat(resultType(gas.topUp(counter(2), token(2, 2_000)))).isZero();
    assertThat(GasAccount.of(gas.gsme()).account().meterBalance()).isEqualTo(2_000_000);
    assertThat(resultType(gas.topUp(counter(3), token(2, 2_000)))).as("again").isNotZero();
    assertThat(GasAccount.of(gas.gsme()).account().meterBalance()).isEqualTo(2_000_000);
  }

  /** Ten pence for a kWh and eleven kWh in an hour: a pound lasts less than one. */
  @Test
  void withoutCreditTheValveClosesInPrepaymentMode() {
    gas.set(
        Map.of(
            GasAttribute.MAX_CREDIT_PER_TOP_UP, 5_000_000L,
            GasAttribute.MAX_CREDIT_LIMIT, 10_000_000L));
    gas.burn(0, 0);
    prepayment();
    assertThat(position()).as("without any credit").isEqualTo(Position.DISABLED);
    gas.topUp(counter(1), token(1, 100));
    assertThat(position()).as("with credit").isEqualTo(Position.ARMED);
    gas.locally(ValveFunction::openAtMeter);
    gas.waitFor(600);
    gas.charge(10_000, 0);
    gas.burn(1_000, 0);
    gas.waitFor(3_600);
    assertThat(position()).as("used up").isEqualTo(Position.DISABLED);
    assertThat(GasAccount.of(gas.gsme()).account().meterBalance()).isBetween(-200L, 0L);
    long litres = Volumes.of(gas.gsme()).litres();
    assertThat(litres).isBetween(890L, 892L);
    gas.waitFor(3_600);
    assertThat(Volumes.of(gas.gsme()).litres()).as("closed").isEqualTo(litres);
  }

  @Test
  void aPowerLossLosesNothing() throws Exception {
    gas.charge(4_321, 25_000);
    gas.waitFor(Duration.ofDays(40).toSeconds());
    GsmeModel model = new GsmeModel();
    OctetWriter image = new OctetWriter();
    model.write(gas.gsme(), image);
    GsmeState read = model.read(image.toOctets().reader());
    assertThat(read).isEqualTo(gas.gsme());
  }

  /** The hub was out of reach for a week. */
  @Test
  void theProxyLearnsTheHalfHoursThatItMissed() throws Exception {
    gas.waitFor(Duration.ofDays(1).toSeconds());
    gas.proxyHears();
    long known = sum(gas.gpf().profile());
    gas.waitFor(Duration.ofDays(7).toSeconds());
    assertThat(sum(gas.gpf().profile())).as("before it hears again").isEqualTo(known);
    gas.proxyHears();
    SampleLog profile = gas.gpf().profile();
    assertThat(profile.size()).isEqualTo(8 * 48);
    assertThat(sum(profile)).isEqualTo(Volumes.of(gas.gsme()).litres()).isGreaterThan(known);
    assertThat(gas.gpf().daily().size()).as("whole days").isEqualTo(7);

    GpfModel model = new GpfModel();
    OctetWriter image = new OctetWriter();
    model.write(gas.gpf(), image);
    GpfState read = model.read(image.toOctets().reader());
    assertThat(read).isEqualTo(gas.gpf());
  }

  /** GCS60: what the meter owed when it was last awake, however much it owes now. */
  @Test
  void theProxyAnswersWithWhatTheMeterToldLast() {
    gas.charge(4_000, 0);
    gas.burn(1_000, 0);
    gas.waitFor(3_600);
    gas.proxyHears();
    long told = GasAccount.of(gas.gsme()).bill();
    gas.waitFor(3_600);
    assertThat(GasAccount.of(gas.gsme()).bill()).isGreaterThan(told);
    Component.Plain answer =
        (Component.Plain)
            gas.readProxy(
                    READ_BALANCE,
                    ZclFrame.readAttributes(Cluster.METERING, 0, 0x0A00),
                    ZclFrame.readAttributes(Cluster.PREPAYMENT, 1, 0x0001))
                .getFirst();
    assertThat(((ZclPayload.AttributeReadings) answer.frame().payload()).readings())
        .singleElement()
        .satisfies(reading ->
            assertThat(reading.value()).contains(TypedValue.number(ZclType.UINT32, told)));
  }

  private Position position() {
    return ValveState.of(gas.gsme()).supply().position();
  }

  private Component.Plain supply(int code, int status) {
    return gas.critical(code, "Change Supply", fields -> supplyFields(fields, status));
  }

  private static void supplyFields(ZclFieldsBuilder fields, int proposedStatus) {
    fields
        .number("Provider Id", 0)
        .number("Issuer Event Id", 0)
        .number("Request Date/Time", 0)
        .number("Implementation Date/Time", 0)
        .number("Proposed Supply Status", proposedStatus)
        .number("Originator Id/Supply Control Bits", 0);
  }

  private Component.Plain prepayment() {
    return gas.critical(
        PREPAYMENT,
        "Change Payment Mode",
        fields ->
            fields
                .number("Provider Id", 0)
                .number("Issuer Event Id", 0)
                .number("Implementation Date/Time", 0)
                .number("Proposed Payment Control Configuration", 0x0897)
                .number("Cut Off Value", 0));
  }

  private static ZclStatus status(Component.Plain answer) {
    return ((ZclPayload.DefaultResponse) answer.frame().payload()).status();
  }

  /** Zero where the token was accepted. */
  private static long resultType(Component.Plain answer) {
    return switch (answer.frame().payload()) {
      case ZclPayload.ClusterCommand(var fields) -> fields.number("Result Type");
      case ZclPayload.DefaultResponse(int _, ZclStatus status) -> status.code();
      default -> throw new IllegalStateException(answer.toString());
    };
  }

  private static long counter(long number) {
    return new TokenCounter(number).originatorCounter().value();
  }

  private Octets token(long number, int pence) {
    return Octets.of(gas.token(number, pence).getBytes(StandardCharsets.US_ASCII));
  }

  private static long sum(SampleLog log) {
    long sum = 0;
    for (int entry = 0; entry < log.size(); entry++) {
      sum += log.number(entry, 0);
    }
    return sum;
  }
}
