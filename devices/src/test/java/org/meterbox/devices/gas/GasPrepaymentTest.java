// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterbox.devices.gas.GasHomeDevices.part;
import static org.meterbox.devices.gas.GasHomeDevices.status;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meterbox.devices.esme.payment.Account;
import org.meterbox.devices.esme.payment.TokenResult;
import org.meterbox.devices.esme.supply.SupplyState.Position;
import org.meterbox.devices.gas.payment.GasPaymentFunction;
import org.meterbox.devices.gas.payment.GasTopUps;
import org.meterbox.devices.gas.register.GasAccount;
import org.meterbox.devices.gas.state.GasAttribute;
import org.meterbox.devices.gas.valve.ValveState;
import org.meterbox.gbcs.gbz.Component;
import org.meterbox.gbcs.gbz.ZclStatus;
import org.meterbox.kernel.Octets;

/** Debts, emergency credit and tokens typed in at a gas meter that is paid for beforehand. */
class GasPrepaymentTest {
  private static final int MANAGE_DEBT = 0x006E;
  private static final int ACTIVATE_EMERGENCY_CREDIT = 0x0070;
  private static final int ADJUST_BALANCE = 0x0086;
  private static final int TIME_DEBT_1_PAID = 0x81A7;
  private static final int EMERGENCY_CREDIT_ACTIVATED = 0x81AB;
  private static final int ARMED_BY_EMERGENCY_CREDIT = 0x8168;
  private static final int MANUAL_ENTRY_SUSPENDED = 0x81C4;
  private static final ZclStatus ACTION_DENIED = new ZclStatus(0x93);
  private static final ZclStatus INVALID_FIELD = new ZclStatus(0x85);
  private static final long PREPAYMENT = 0x0897;
  private static final int HOURLY = 0;
  private static final int DAILY = 1;

  private final GasHomeDevices gas = new GasHomeDevices();

  @BeforeEach
  void nothingBurns() {
    gas.burn(0, 0);
  }

  @Test
  void recoversTimeDebtsEachHourOrDayAndNeverMoreThanIsOwed() {
    prepay(1_000_000);
    manageDebt(2_500, HOURLY, 1_000, 5_000, DAILY, 3_000, 0);
    gas.waitFor(Duration.ofHours(3).toSeconds());
    assertThat(account().timeDebt1()).isZero();
    assertThat(gas.codes()).containsOnlyOnce(TIME_DEBT_1_PAID);
    assertThat(account().timeDebt2()).isEqualTo(5_000);
    assertThat(account().meterBalance()).isEqualTo(1_000_000 - 2_500);
    gas.waitFor(Duration.ofDays(1).toSeconds());
    assertThat(account().timeDebt2()).isEqualTo(2_000);
    gas.waitFor(Duration.ofDays(3).toSeconds());
    assertThat(account().timeDebt2()).isZero();
    assertThat(account().meterBalance()).isEqualTo(1_000_000 - 2_500 - 5_000);
  }

  @Test
  void recoversNoTimeDebtInCreditMode() {
    manageDebt(2_500, HOURLY, 1_000, 0, DAILY, 0, 0);
    gas.waitFor(Duration.ofHours(5).toSeconds());
    assertThat(account().timeDebt1()).isEqualTo(2_500);
  }

  @Test
  void recoversPaymentDebtOfEachTokenUpToTheCapOfTheWeek() {
    prepay(0);
    gas.set(Map.of(GasAttribute.DEBT_CAP, 60_000L));
    manageDebt(0, DAILY, 0, 0, DAILY, 0, 200_000);
    assertThat(byHand(gas.token(1, 200))).isEqualTo(TokenResult.ACCEPTED);
    assertThat(account().paymentDebt()).as("a quarter of two pounds").isEqualTo(150_000);
    assertThat(account().meterBalance()).isEqualTo(150_000);
    assertThat(byHand(gas.token(2, 200))).isEqualTo(TokenResult.ACCEPTED);
    assertThat(account().paymentDebt()).as("the cap is reached").isEqualTo(140_000);
    gas.waitFor(Duration.ofDays(7).toSeconds());
    byHand(gas.token(3, 200));
    assertThat(account().paymentDebt()).as("another week").isEqualTo(90_000);
  }

  @Test
  void aDebtThatNoFieldCanHoldIsRefused() {
    assertThat(status(manageDebt(-1, HOURLY, 0, 0, DAILY, 0, 0).getFirst()))
        .isEqualTo(ZclStatus.INVALID_VALUE);
    assertThat(status(manageDebt(1, 2, 0, 0, DAILY, 0, 0).getFirst())).isEqualTo(INVALID_FIELD);
    assertThat(account().timeDebt1()).isZero();
  }

  @Test
  void emergencyCreditArmsTheValveAndIsPaidBackFirst() {
    gas.set(
        Map.of(
            GasAttribute.EMERGENCY_CREDIT_LIMIT, 500_000L,
            GasAttribute.EMERGENCY_CREDIT_THRESHOLD, 100_000L));
    assertThat(status(activate())).as("in credit mode").isEqualTo(ACTION_DENIED);
    prepay(0);
    assertThat(position()).isEqualTo(Position.DISABLED);
    gas.codes();
    assertThat(status(activate())).isEqualTo(ZclStatus.SUCCESS);
    assertThat(gas.codes()).contains(EMERGENCY_CREDIT_ACTIVATED, ARMED_BY_EMERGENCY_CREDIT);
    assertThat(position()).isEqualTo(Position.ARMED);
    gas.set(Map.of(GasAttribute.STANDING_CHARGE, 30_000L));
    gas.waitFor(Duration.ofDays(2).toSeconds());
    assertThat(account().emergencyUsed()).isEqualTo(60_000);
    byHand(gas.token(1, 200));
    assertThat(account().emergencyUsed()).isZero();
    assertThat(account().emergencyActive()).isFalse();
    assertThat(account().meterBalance()).isEqualTo(140_000);
    assertThat(status(activate())).as("above the threshold").isEqualTo(ACTION_DENIED);
  }

  @Test
  void theConsumerActivatesEmergencyCreditAtTheMeter() {
    gas.set(Map.of(GasAttribute.EMERGENCY_CREDIT_LIMIT, 500_000L));
    prepay(-1);
    gas.codes();
    gas.locally(GasPaymentFunction::activateEmergencyCreditAtMeter);
    assertThat(gas.codes()).contains(EMERGENCY_CREDIT_ACTIVATED, 0x8161);
    assertThat(account().emergencyActive()).isTrue();
  }

  @Test
  void aTokenIsTakenOnce() {
    prepay(0);
    assertThat(byHand(gas.token(1, 200))).isEqualTo(TokenResult.ACCEPTED);
    assertThat(byHand(gas.token(1, 200))).isEqualTo(TokenResult.ALREADY_TAKEN);
    assertThat(account().meterBalance()).isEqualTo(200_000);
  }

  @Test
  void wrongTokensSuspendFurtherOnesAtTheMeter() {
    prepay(0);
    String wrong = gas.tokenOfAnother(1, 200);
    TokenResult result = TokenResult.NOT_AUTHENTIC;
    int entries = 0;
    while (result == TokenResult.NOT_AUTHENTIC && entries < 10) {
      result = byHand(wrong);
      entries++;
    }
    assertThat(result).isEqualTo(TokenResult.ENTRY_SUSPENDED);
    assertThat(entries).isEqualTo(6);
    assertThat(gas.codes()).contains(MANUAL_ENTRY_SUSPENDED);
    assertThat(byHand(gas.token(1, 200))).isEqualTo(TokenResult.ENTRY_SUSPENDED);
    gas.waitFor(Duration.ofHours(2).toSeconds());
    assertThat(byHand(gas.token(1, 200))).isEqualTo(TokenResult.ACCEPTED);
  }

  private Account account() {
    return GasAccount.of(gas.gsme()).account();
  }

  private Position position() {
    return ValveState.of(gas.gsme()).supply().position();
  }

  /** Prepayment mode, with this balance. */
  private void prepay(long balance) {
    gas.set(
        Map.of(
            GasAttribute.PAYMENT_CONFIGURATION, PREPAYMENT,
            GasAttribute.MAX_CREDIT_PER_TOP_UP, 5_000_000L,
            GasAttribute.MAX_CREDIT_LIMIT, 10_000_000L));
    gas.critical(
        ADJUST_BALANCE,
        part(
            "Credit Adjustment",
            fields ->
                fields
                    .number("Issuer Event Id", 0)
                    .number("Start Time", 0)
                    .number("Credit Adjustment Type", 0)
                    .number("Credit Adjustment Value", balance)));
  }

  private Component activate() {
    return gas.critical(
            ACTIVATE_EMERGENCY_CREDIT,
            part(
                "Select Available Emergency Credit",
                fields ->
                    fields.number("Command Issue Date/Time", 0).number("Originating Device", 0)))
        .getFirst();
  }

  private TokenResult byHand(String digits) {
    TokenResult[] result = new TokenResult[1];
    gas.locally(transition -> result[0] = GasTopUps.byHand(transition, digits));
    return result[0];
  }

  private List<Component> manageDebt(
      int debt1,
      int frequency1,
      int amount1,
      int debt2,
      int frequency2,
      int amount2,
      int paymentDebt) {
    return gas.critical(
        MANAGE_DEBT,
        debt(1, debt1, frequency1, amount1, 0),
        debt(3, debt2, frequency2, amount2, 0),
        debt(5, paymentDebt, 0xFF, 0, 2_500));
  }

  private static Component.Plain debt(
      int type, int debt, int frequency, int amount, int percentage) {
    return part(
        "Change Debt",
        fields ->
            fields
                .number("Issuer Event Id", 0)
                .octets("Debt Label", Octets.EMPTY)
                .number("Debt Amount", debt)
                .number("Debt Recovery Method", 0)
                .number("Debt Amount Type", type)
                .number("Debt Recovery Start Time", 0)
                .number("Debt Recovery Collection Time", 0)
                .number("Debt Recovery Frequency", frequency)
                .number("Debt Recovery Amount", amount)
                .number("Debt Recovery Balance Percentage", percentage));
  }
}
