// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterbox.devices.esme.payment.PrepaymentMeter.EVENINGS_AND_NIGHTS;
import static org.meterbox.devices.esme.payment.PrepaymentMeter.NO_SCHEDULE;
import static org.meterbox.devices.esme.payment.PrepaymentMeter.POUND;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.meterbox.devices.cosem.ValueNotation;
import org.meterbox.devices.esme.local.LocalActions;
import org.meterbox.devices.esme.state.EsmeVariant;
import org.meterbox.devices.esme.state.ProductSetting;
import org.meterbox.devices.esme.supply.SupplyEvent;
import org.meterbox.devices.esme.supply.SupplyFunction;
import org.meterbox.devices.esme.supply.SupplyState.Position;
import org.meterbox.gbcs.dlms.AccessRequest.Item;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.utrn.Utrn;
import org.meterbox.kernel.Eui64;

/** Prepayment as the supplier's commands and the consumer's hands make it go. */
class PrepaymentTest {
  private static final int SUCCESS = 0;
  private static final int SCOPE_VIOLATED = 13;
  private static final int OTHER_REASON = 250;

  private final PrepaymentMeter meter = new PrepaymentMeter(EsmeVariant.SINGLE_ELEMENT);

  /** From a pound in the evening over the night to the cut in the morning, and back. */
  @Test
  void creditRunsOutTheSupplyIsCutAfterTheNightAndComesBackByHand() {
    meter.use(1_000, 20_000, 0);
    succeeds(meter.configure(POUND, 2 * POUND, POUND / 2, EVENINGS_AND_NIGHTS));
    succeeds(meter.adjust(POUND));
    succeeds(meter.prepaymentMode(0, false, false));
    Instant evening = meter.now();
    assertThat(meter.codes()).as("a pound is not below a pound").isEmpty();

    meter.waitFor(600);
    assertThat(meter.codes()).as("warned").containsExactly(0x810D);
    meter.waitUntil(evening.plus(Duration.ofHours(3)));
    assertThat(meter.codes()).as("emergency credit is offered").containsExactly(0x8119);
    meter.waitUntil(evening.plus(Duration.ofHours(6)));
    assertThat(meter.codes()).as("out of credit, but it is night").containsExactly(0x8F0F, 0x8F83);
    assertThat(meter.supply().isEnabled()).isTrue();

    Instant morning = Instant.parse("2026-02-15T09:00:00Z");
    meter.waitUntil(morning.minusSeconds(1));
    assertThat(meter.supply().isEnabled()).isTrue();
    meter.waitUntil(morning);
    assertThat(meter.supply().position()).isEqualTo(Position.DISABLED);
    assertThat(meter.codes()).as("told once").isEmpty();
    long owed = meter.account().meterBalance();
    assertThat(owed).isBetween(-190_000L, -180_000L);

    meter.locally(PaymentFunction::activateEmergencyCreditAtMeter);
    assertThat(meter.codes()).containsExactly(0x81AB, 0x8F32, 0x8168, 0x8161);
    assertThat(meter.supply().position()).isEqualTo(Position.ARMED);
    enableAtMeter();
    assertThat(meter.supply().isEnabled()).isTrue();
    meter.codes();
    meter.waitFor(3_600);
    assertThat(meter.supply().position()).isEqualTo(Position.DISABLED);
    assertThat(meter.codes()).containsExactly(0x8F0F);
    assertThat(meter.account().meterBalance()).isEqualTo(owed);

    long used = meter.account().emergencyUsed();
    assertThat(meter.topUp(1, meter.token(1, 1_000))).isEqualTo(SUCCESS);
    assertThat(meter.account().meterBalance()).isEqualTo(10L * POUND + owed - used);
    assertThat(meter.account().emergencyUsed()).isZero();
    assertThat(meter.account().emergencyActive()).isFalse();
    assertThat(meter.supply().position()).isEqualTo(Position.ARMED);
    assertThat(meter.codes()).containsExactly(0x8F32);
    enableAtMeter();
    meter.codes();
    meter.waitFor(86_400);
    assertThat(meter.codes()).isEmpty();
    assertThat(meter.supply().isEnabled()).isTrue();
  }

  /**
   * At 20 thousandths of a penny per Wh a pound is 5,000 Wh, at 1 kW five hours less what began.
   */
  @Test
  void theSupplyIsCutInTheSecondInWhichCreditRunsOutHoweverTimeIsCut() {
    meter.use(1_000, 20_000, 0);
    succeeds(meter.configure(0, 0, 0, NO_SCHEDULE));
    succeeds(meter.adjust(POUND));
    succeeds(meter.prepaymentMode(0, false, false));
    Instant horizon = meter.now().plus(Duration.ofDays(1));
    Instant cut = meter.nextNoticeable(horizon);
    assertThat(Duration.between(meter.now(), cut).toSeconds()).isBetween(17_997L, 18_000L);
    while (meter.now().isBefore(cut.minusSeconds(1))) {
      Instant step = meter.now().plusSeconds(977);
      meter.waitUntil(step.isBefore(cut) ? step : cut.minusSeconds(1));
    }
    assertThat(meter.supply().isEnabled()).isTrue();
    meter.waitFor(1);
    assertThat(meter.supply().isEnabled()).isFalse();
    assertThat(meter.account().meterBalance()).isZero();
  }

  /** A tenth of each ten pounds, five pounds a week: Monday to Friday, nothing at the weekend. */
  @Test
  void paymentsRecoverDebtUpToTheWeeksCap() {
    meter.use(0, 0, 0);
    succeeds(meter.configure(0, 0, 0, NO_SCHEDULE));
    succeeds(meter.prepaymentMode(0, false, false));
    succeeds(meter.debts(0, 0, 1_000, 50 * POUND, 0, 0));
    meter.waitUntil(Instant.parse("2026-02-16T12:00:00Z"));
    List<Long> taken = new ArrayList<>();
    for (int day = 1; day <= 8; day++) {
      long debt = meter.account().paymentDebt();
      assertThat(meter.topUp(day, meter.token(day, 1_000))).isEqualTo(SUCCESS);
      taken.add(debt - meter.account().paymentDebt());
      meter.waitFor(86_400);
    }
    long pound = POUND;
    assertThat(taken).containsExactly(pound, pound, pound, pound, pound, 0L, 0L, pound);
    assertThat(meter.account().meterBalance()).isEqualTo(74L * POUND);
    PaymentLogs logs = meter.esme().part(PaymentLogs.class);
    assertThat(logs.credits().size()).isEqualTo(5);
    assertThat(logs.credits().number(4, 0)).isEqualTo(10L * POUND);
    assertThat(logs.debtPayments().size()).isEqualTo(6);
  }

  /** From Monday to Tuesday two pounds of one week, from Wednesday five of the next. */
  @Test
  void theProductSaysOnWhichDayTheWeekOfTheCapBegins() {
    meter.use(0, 0, 0);
    succeeds(meter.configure(0, 0, 0, NO_SCHEDULE));
    succeeds(meter.prepaymentMode(0, false, false));
    succeeds(meter.debts(0, 0, 1_000, 50 * POUND, 0, 0));
    long wednesday = Duration.ofDays(2).toSeconds();
    meter.locally(LocalActions.productSetting(ProductSetting.RECOVERY_WEEK_START, wednesday)::on);
    meter.waitUntil(Instant.parse("2026-02-16T12:00:00Z"));
    List<Long> taken = new ArrayList<>();
    for (int day = 1; day <= 8; day++) {
      long debt = meter.account().paymentDebt();
      assertThat(meter.topUp(day, meter.token(day, 1_000))).isEqualTo(SUCCESS);
      taken.add(debt - meter.account().paymentDebt());
      meter.waitFor(86_400);
    }
    long pound = POUND;
    assertThat(taken).containsExactly(pound, pound, pound, pound, pound, pound, pound, 0L);
  }

  @Test
  void timeDebtsAndStandingChargeAreTakenAtTheirTimesAndTheLastPartIsTold() {
    meter.use(0, 0, 25_000);
    succeeds(meter.configure(0, 0, 0, NO_SCHEDULE));
    succeeds(meter.adjust(10 * POUND));
    succeeds(meter.prepaymentMode(0, false, false));
    succeeds(meter.debts(1_000, 30_000, 0, 0, 3_500, 40_000));
    meter.waitUntil(Instant.parse("2026-02-14T19:00:00Z"));
    assertThat(meter.account().timeDebt1()).isEqualTo(2_500);
    assertThat(meter.account().meterBalance()).isEqualTo(10L * POUND - 1_000);
    meter.waitUntil(Instant.parse("2026-02-15T00:00:00Z"));
    assertThat(meter.codes()).containsExactly(0x81A7);
    assertThat(meter.account().meterBalance()).isEqualTo(10L * POUND - 3_500 - 30_000 - 25_000);
    meter.waitUntil(Instant.parse("2026-02-16T00:00:00Z"));
    assertThat(meter.codes()).containsExactly(0x81A8);
    assertThat(meter.account().meterBalance()).isEqualTo(10L * POUND - 3_500 - 40_000 - 50_000);
    assertThat(meter.esme().part(PaymentLogs.class).daily())
        .extracting(PrepaymentRead::at)
        .endsWith(Instant.parse("2026-02-15T00:00:00Z"), Instant.parse("2026-02-16T00:00:00Z"));
  }

  /** What falls due while emergency credit is in use waits as accumulated debt. */
  @Test
  void chargesForTimeAreAccumulatedWhileEmergencyCreditIsInUse() {
    meter.use(0, 0, 25_000);
    succeeds(meter.configure(0, 3 * POUND, POUND, NO_SCHEDULE));
    succeeds(meter.prepaymentMode(0, false, true));
    succeeds(meter.activateEmergencyCredit());
    succeeds(meter.debts(1_000, 0, 0, 0, POUND, 0));
    meter.waitUntil(Instant.parse("2026-02-15T00:00:00Z"));
    Account account = meter.account();
    assertThat(account.accumulatedDebt()).isEqualTo(25_000 + 6 * 1_000);
    assertThat(account.emergencyUsed()).isZero();
    assertThat(account.meterBalance()).isZero();
    assertThat(meter.topUp(1, meter.token(1, 100))).isEqualTo(SUCCESS);
    assertThat(meter.account().accumulatedDebt()).isZero();
    assertThat(meter.account().meterBalance()).isEqualTo(POUND - 31_000);
  }

  @Test
  void debtIsNotRecoveredWhileDisabledWhereSoSet() {
    meter.use(0, 0, 10);
    succeeds(meter.configure(0, 0, 0, NO_SCHEDULE));
    succeeds(meter.debts(1_000, 0, 0, 0, POUND, 0));
    succeeds(meter.prepaymentMode(0, true, false));
    assertThat(meter.supply().position()).isEqualTo(Position.DISABLED);
    meter.waitFor(86_400);
    assertThat(meter.account().timeDebt1()).isEqualTo(POUND);
    assertThat(meter.account().meterBalance()).isEqualTo(-10);
    succeeds(meter.prepaymentMode(0, false, false));
    meter.waitFor(3_600);
    assertThat(meter.account().timeDebt1()).isEqualTo(POUND - 1_000);
  }

  @Test
  void aTokenCountsOnceHoweverItComes() {
    prepaid(NO_SCHEDULE);
    Utrn token = meter.token(1, 500);
    assertThat(meter.topUp(1, token)).isEqualTo(SUCCESS);
    long balance = meter.account().meterBalance();
    assertThat(meter.topUp(1, token)).isEqualTo(OTHER_REASON);
    meter.restart();
    assertThat(meter.enter(token.digits())).isEqualTo(TokenResult.ALREADY_TAKEN);
    assertThat(meter.codes()).containsExactly(0x8F51, 0x8F51);
    assertThat(meter.enter(meter.token(2, 300).digits())).isEqualTo(TokenResult.ACCEPTED);
    assertThat(meter.codes()).containsExactly(0x810E);
    assertThat(meter.topUp(2, meter.token(2, 300))).isEqualTo(OTHER_REASON);
    assertThat(meter.account().meterBalance()).isEqualTo(balance + 3L * POUND);
    succeeds(meter.adjust(1));
  }

  @Test
  void tokensThatAreNotForThisMeterOrTooLargeAreRefusedAndLeaveATrace() {
    prepaid(NO_SCHEDULE);
    Account before = meter.account();
    Utrn foreign = meter.token(Eui64.parse("00DB000000000099"), 1, 500);
    assertThat(meter.topUp(1, foreign)).isEqualTo(OTHER_REASON);
    assertThat(meter.topUp(2, meter.token(1, 500))).as("another counter").isEqualTo(OTHER_REASON);
    assertThat(meter.codes()).containsExactly(0x8F63, 0x8F63);
    Utrn large = meter.token(1, 5_100);
    assertThat(meter.topUp(1, large)).isEqualTo(OTHER_REASON);
    assertThat(meter.codes()).containsExactly(0x8F5B);
    assertThat(meter.account()).isEqualTo(before);
    succeeds(meter.adjust(60 * POUND));
    Utrn full = meter.token(2, 5_000);
    assertThat(meter.enter(full.digits())).isEqualTo(TokenResult.ABOVE_MAXIMUM_BALANCE);
    assertThat(meter.codes()).containsExactly(0x8F47);
    succeeds(meter.adjust(-60 * POUND));
    assertThat(meter.enter(full.digits())).as("not used up").isEqualTo(TokenResult.ACCEPTED);
    assertThat(meter.enter("12345678901234567890")).isEqualTo(TokenResult.NO_TOKEN);
  }

  @Test
  void guessingAtTheKeypadIsSuspendedForLongerAndLonger() {
    prepaid(NO_SCHEDULE);
    String foreign = meter.token(Eui64.parse("00DB000000000099"), 1, 500).digits();
    for (int i = 1; i < 5; i++) {
      assertThat(meter.enter(foreign)).isEqualTo(TokenResult.NOT_AUTHENTIC);
    }
    assertThat(meter.codes()).containsOnly(0x8F63);
    assertThat(meter.enter(foreign)).isEqualTo(TokenResult.NOT_AUTHENTIC);
    assertThat(meter.codes()).containsExactly(0x8F63, 0x81C4);
    String good = meter.token(1, 500).digits();
    assertThat(meter.enter(good)).isEqualTo(TokenResult.ENTRY_SUSPENDED);
    assertThat(meter.codes()).containsExactly(0x81C5);
    meter.restart();
    meter.waitFor(59);
    assertThat(meter.enter(good)).isEqualTo(TokenResult.ENTRY_SUSPENDED);
    assertThat(meter.topUp(2, meter.token(2, 100))).as("from afar").isEqualTo(SUCCESS);
    meter.waitFor(1);
    assertThat(meter.enter(foreign)).isEqualTo(TokenResult.NOT_AUTHENTIC);
    meter.waitFor(61);
    assertThat(meter.enter(good)).as("two minutes now").isEqualTo(TokenResult.ENTRY_SUSPENDED);
    meter.waitFor(60);
    assertThat(meter.enter(good)).isEqualTo(TokenResult.ACCEPTED);
    assertThat(meter.enter(foreign)).as("counted from new").isEqualTo(TokenResult.NOT_AUTHENTIC);
    assertThat(meter.enter(foreign)).isEqualTo(TokenResult.NOT_AUTHENTIC);
  }

  @Test
  void creditModeTakesNoTokensGivesNoEmergencyCreditAndNeverCuts() {
    meter.use(1_000, 20_000, 0);
    succeeds(meter.configure(POUND, POUND, POUND, NO_SCHEDULE));
    assertThat(meter.topUp(1, meter.token(1, 100))).isEqualTo(OTHER_REASON);
    assertThat(meter.activateEmergencyCredit()).containsExactly(OTHER_REASON);
    meter.waitFor(86_400);
    assertThat(meter.supply().isEnabled()).isTrue();
    assertThat(meter.account().meterBalance()).isBetween(-480_020L, -479_980L);
    assertThat(meter.codes()).isEmpty();
    succeeds(meter.prepaymentMode(0, false, false));
    assertThat(meter.supply().position()).isEqualTo(Position.DISABLED);
    succeeds(meter.creditMode());
    assertThat(meter.supply().position()).isEqualTo(Position.ARMED);
  }

  @Test
  void whatIsOutOfRangeOrNotForTheVariantIsRefused() {
    assertThat(
            meter.command(
                0x001B,
                PrepaymentMeter.set(111, "0-1:19.0.0.255", 2, "{enum:2, enum:1}"),
                PrepaymentMeter.set(9000, "0-0:94.44.128.22", 4, "i32:0"),
                new Item.Set(
                    PrepaymentMeter.at(111, "0-1:19.0.0.255", 11),
                    new PaymentConfiguration(PaymentMode.PREPAYMENT, true, true)
                        .toValue(EsmeVariant.TWIN_ELEMENT))))
        .as("a twin element meter's configuration")
        .containsExactly(SUCCESS, SUCCESS, SCOPE_VIOLATED);
    assertThat(
            meter.command(
                0x001A,
                PrepaymentMeter.set(111, "0-1:19.0.0.255", 2, "{enum:2, enum:1}"),
                new Item.Set(
                    PrepaymentMeter.at(111, "0-1:19.0.0.255", 11),
                    PaymentConfiguration.CREDIT.toValue(EsmeVariant.SINGLE_ELEMENT)),
                new Item.Set(
                    PrepaymentMeter.at(111, "0-1:19.0.0.255", 13), DlmsDateTime.NOW.toValue())))
        .as("prepayment mode with the configuration of credit mode")
        .containsExactly(SUCCESS, SUCCESS, OTHER_REASON);
    assertThat(
            meter.command(
                0x001A, PrepaymentMeter.set(111, "0-1:19.0.0.255", 2, "{enum:3, enum:1}")))
        .containsExactly(SCOPE_VIOLATED);
    assertThat(meter.debts(1, 1, 10_001, 0, 0, 0)).startsWith(0, 0, SCOPE_VIOLATED, OTHER_REASON);
    assertThat(meter.debts(-1, 1, 0, 0, 0, 0)).startsWith(SCOPE_VIOLATED, OTHER_REASON);
    assertThat(meter.debts(1, 1, 0, -1, 0, 0))
        .as("no debt below zero")
        .containsExactly(0, 0, 0, 0, 0, 0, 0, SCOPE_VIOLATED, OTHER_REASON, OTHER_REASON);
    assertThat(meter.configure(0, -1, 0, NO_SCHEDULE)).contains(SCOPE_VIOLATED);
    succeeds(meter.adjust(Integer.MAX_VALUE));
    assertThat(meter.adjust(1)).containsExactly(SCOPE_VIOLATED);
    assertThat(
            meter.command(
                0x00B3,
                new Item.Action(
                    PrepaymentMeter.at(112, "0-0:19.10.0.255", 2), new DlmsValue.Int32(1))))
        .containsExactly(SCOPE_VIOLATED);
    assertThat(PaymentSettings.of(meter.esme()).isPrepayment()).isFalse();
  }

  @Test
  void theModeChangesAtItsTimeAndEachPartIsTold() {
    succeeds(meter.configure(0, 0, 0, EVENINGS_AND_NIGHTS));
    Instant at = meter.now().plus(Duration.ofDays(2));
    succeeds(meter.prepaymentMode(-POUND, true, true, DlmsDateTime.of(at)));
    meter.waitUntil(at.minusSeconds(1));
    assertThat(PaymentSettings.of(meter.esme()).isPrepayment()).isFalse();
    meter.waitUntil(at);
    PaymentSettings settings = PaymentSettings.of(meter.esme());
    assertThat(settings.isPrepayment()).isTrue();
    assertThat(settings.configuration())
        .isEqualTo(new PaymentConfiguration(PaymentMode.PREPAYMENT, true, true));
    assertThat(settings.disablementThreshold()).isEqualTo(-POUND);
    assertThat(meter.esme().settings().get(PaymentSettings.MODE))
        .contains(ValueNotation.parse("{enum:2, enum:2}"));
    assertThat(meter.codes()).filteredOn(code -> code == 0x8F66).hasSize(2);
  }

  @Test
  void aModeThatLeavesNoCreditCutsInTheSecondInWhichItTakesEffect() {
    meter.use(1_000, 20_000, 0);
    Instant at = meter.now().plusSeconds(7_777);
    succeeds(meter.prepaymentMode(POUND, false, false, DlmsDateTime.of(at)));
    meter.waitUntil(at.minusSeconds(1));
    assertThat(meter.supply().isEnabled()).isTrue();
    meter.waitUntil(at);
    assertThat(meter.supply().position()).isEqualTo(Position.DISABLED);
    assertThat(meter.codes()).containsExactlyInAnyOrder(0x8F66, 0x8F66, 0x8F0F);
  }

  /** In the night the supply stays on when the last of the emergency credit is gone. */
  @Test
  void theEndOfEmergencyCreditAndOfPaymentDebtIsTold() {
    meter.use(1_000, 20_000, 0);
    succeeds(meter.configure(0, POUND / 5, POUND / 10, EVENINGS_AND_NIGHTS));
    succeeds(meter.prepaymentMode(0, false, false));
    succeeds(meter.activateEmergencyCredit());
    meter.codes();
    meter.waitFor(3_700);
    assertThat(meter.codes()).containsExactly(0x81AA, 0x8F0F, 0x8F83, 0x810D);
    assertThat(meter.supply().isEnabled()).isTrue();
    assertThat(meter.account().emergencyUsed()).isEqualTo(POUND / 5);
    assertThat(meter.account().meterBalance()).isNegative();
    succeeds(meter.debts(0, 0, 10_000, 3_000, 0, 0));
    assertThat(meter.topUp(1, meter.token(1, 200))).isEqualTo(SUCCESS);
    assertThat(meter.codes()).containsExactly(0x81A9);
    assertThat(meter.account().paymentDebt()).isZero();
    assertThat(meter.account().emergencyUsed()).isZero();
  }

  @Test
  void resetLeavesNothingPaidAndNothingOwedButTheDebts() {
    prepaid(NO_SCHEDULE);
    succeeds(meter.debts(0, 0, 0, 7, 8, 9));
    succeeds(meter.adjust(-POUND));
    succeeds(meter.activateEmergencyCredit());
    succeeds(meter.activateEmergencyCredit());
    succeeds(meter.reset());
    assertThat(meter.account()).isEqualTo(new Account(0, 0, false, 0, 7, 8, 9));
  }

  private void prepaid(String schedule) {
    meter.use(0, 0, 0);
    succeeds(meter.configure(0, 2 * POUND, POUND, schedule));
    succeeds(meter.prepaymentMode(-5 * POUND, false, false));
    meter.codes();
  }

  private void enableAtMeter() {
    meter.locally(t -> SupplyFunction.move(t, SupplyEvent.ENABLED_AT_METER));
  }

  private static void succeeds(List<Integer> results) {
    assertThat(results).isNotEmpty().containsOnly(SUCCESS);
  }
}
