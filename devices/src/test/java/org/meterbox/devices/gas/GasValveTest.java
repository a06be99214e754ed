// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterbox.devices.gas.GasHomeDevices.part;
import static org.meterbox.devices.gas.GasHomeDevices.status;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.meterbox.devices.TestHome;
import org.meterbox.devices.esme.supply.SupplyState.Position;
import org.meterbox.devices.gas.state.GasAttribute;
import org.meterbox.devices.gas.valve.Battery;
import org.meterbox.devices.gas.valve.CaseSensor;
import org.meterbox.devices.gas.valve.ValveFunction;
import org.meterbox.devices.gas.valve.ValveState;
import org.meterbox.gbcs.gbz.Component;
import org.meterbox.gbcs.gbz.GbzAlert;
import org.meterbox.gbcs.gbz.ZclPayload;
import org.meterbox.gbcs.gbz.ZclStatus;

/** What closes the valve of a gas meter by itself, and what opens the way again. */
class GasValveTest {
  private static final int ARM = 0x0085;
  private static final int SET_SUPPLY_STATES = 0x007D;
  private static final int MAGNETIC_FIELD = 0x8F75;
  private static final int LOCKED = 0x81BE;
  private static final int BATTERY_LOW = 0x8F1F;
  private static final int POWER_LOST = 0x8F1D;
  private static final long LOCK = 0;
  private static final long UNCHANGED = 3;

  private final GasHomeDevices gas = new GasHomeDevices();

  @Test
  void tamperingClosesTheValveAndASupplierReleasesIt() {
    assertThat(setStates(LOCK, UNCHANGED)).isEqualTo(ZclStatus.SUCCESS);
    gas.locally(CaseSensor.MAGNETIC_FIELD::report);
    assertThat(position()).isEqualTo(Position.DISABLED);
    assertThat(sent()).contains(MAGNETIC_FIELD, LOCKED);
    assertThat(isArmed()).as("over a lock").isFalse();
    assertThat(setStates(UNCHANGED, UNCHANGED)).isEqualTo(ZclStatus.SUCCESS);
    assertThat(position()).isEqualTo(Position.DISABLED);
    assertThat(isArmed()).isTrue();
    gas.locally(ValveFunction::openAtMeter);
    assertThat(position()).isEqualTo(Position.ENABLED);
  }

  @Test
  void tamperingIsToldAlsoWhereItLocksNothing() {
    gas.locally(CaseSensor.MAGNETIC_FIELD::report);
    assertThat(position()).isEqualTo(Position.ENABLED);
    assertThat(sent()).contains(MAGNETIC_FIELD).doesNotContain(LOCKED);
  }

  @Test
  void aStateThatTheMeterDoesNotKnowIsRefused() {
    assertThat(setStates(1, UNCHANGED)).isEqualTo(ZclStatus.INVALID_VALUE);
    assertThat(setStates(LOCK, 2)).isEqualTo(ZclStatus.INVALID_VALUE);
    gas.locally(CaseSensor.MAGNETIC_FIELD::report);
    assertThat(position()).as("nothing of it was set").isEqualTo(Position.ENABLED);
  }

  @Test
  void aBatteryWarnsAndAnEmptyOneClosesTheValve() {
    gas.set(Map.of(GasAttribute.SUPPLY_DEPLETION_STATE, LOCK));
    battery(181);
    gas.waitFor(Duration.ofDays(1).toSeconds());
    assertThat(sent()).containsOnlyOnce(BATTERY_LOW);
    gas.waitFor(Duration.ofDays(179).toSeconds());
    assertThat(position()).isEqualTo(Position.ENABLED);
    assertThat(sent()).doesNotContain(BATTERY_LOW, POWER_LOST);
    gas.waitFor(Duration.ofDays(3).toSeconds());
    assertThat(sent()).containsOnlyOnce(POWER_LOST);
    assertThat(position()).isEqualTo(Position.DISABLED);
    assertThat(isArmed()).as("over a lock").isFalse();
    gas.locally(Battery::replacedAtMeter);
    assertThat(Battery.of(gas.gsme()).days()).isEqualTo(Battery.NEW_DAYS);
    assertThat(isArmed()).isTrue();
  }

  @Test
  void anEmptyBatteryLeavesTheValveWhereTheSupplierHasItSo() {
    battery(1);
    gas.waitFor(Duration.ofDays(1).toSeconds());
    assertThat(sent()).contains(POWER_LOST);
    assertThat(position()).isEqualTo(Position.ENABLED);
  }

  private void battery(int days) {
    gas.locally(t -> t.updateFunction(gsme -> gsme.with(new Battery(days, TestHome.MANUFACTURED))));
  }

  private List<Integer> sent() {
    return gas.alerts().stream().map(GbzAlert::alertCode).toList();
  }

  private Position position() {
    return ValveState.of(gas.gsme()).supply().position();
  }

  private boolean isArmed() {
    Component.Plain answer =
        gas.critical(
            ARM,
            "Change Supply",
            fields ->
                fields
                    .number("Provider Id", 0)
                    .number("Issuer Event Id", 0)
                    .number("Request Date/Time", 0)
                    .number("Implementation Date/Time", 0)
                    .number("Proposed Supply Status", 1)
                    .number("Originator Id/Supply Control Bits", 0));
    return !(answer.frame().payload() instanceof ZclPayload.DefaultResponse);
  }

  private ZclStatus setStates(long tamper, long depletion) {
    List<Component> answers =
        gas.critical(
            SET_SUPPLY_STATES,
            part(
                "Set Uncontrolled Flow Threshold",
                fields ->
                    fields
                        .number("Provider Id", 0)
                        .number("Issuer Event Id", 0)
                        .number("Uncontrolled Flow Threshold", 100)
                        .number("Unit of Measure", 1)
                        .number("Multiplier", 1)
                        .number("Divisor", 1)
                        .number("Stabilisation Period", 60)
                        .number("Measurement Period", 60)),
            part(
                "Set Supply Status",
                fields ->
                    fields
                        .number("Issuer Event Id", 0)
                        .number("Supply Tamper State", tamper)
                        .number("Supply Depletion State", depletion)
                        .number("Supply Uncontrolled Flow State", 0)
                        .number("Load Limit Supply State", 0)));
    return status(answers.getLast());
  }
}
