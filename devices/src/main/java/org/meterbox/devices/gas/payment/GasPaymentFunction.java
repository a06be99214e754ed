// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.payment;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.meterbox.devices.esme.payment.Account;
import org.meterbox.devices.esme.payment.TokenEntry;
import org.meterbox.devices.esme.payment.TokenResult;
import org.meterbox.devices.gas.event.GasEvents;
import org.meterbox.devices.gas.futuredated.DatedCommands;
import org.meterbox.devices.gas.futuredated.DatedCommands.Application;
import org.meterbox.devices.gas.register.GasAccount;
import org.meterbox.devices.gas.register.GasLogs;
import org.meterbox.devices.gas.register.GasTerms;
import org.meterbox.devices.gas.register.Snapshot;
import org.meterbox.devices.gas.state.GasAttribute;
import org.meterbox.devices.gas.state.GasFunction;
import org.meterbox.devices.gas.state.GasPartCodec;
import org.meterbox.devices.gas.state.GasSettings;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.devices.gas.tariff.CalendarCommands;
import org.meterbox.devices.gas.tariff.GasCalendars;
import org.meterbox.devices.gbz.GbzUseCase;
import org.meterbox.devices.gbz.ZclAnswer;
import org.meterbox.devices.gbz.ZclCall;
import org.meterbox.devices.gbz.ZclInvocation;
import org.meterbox.devices.machine.CommandContext;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.gbz.ZclAttribute;
import org.meterbox.gbcs.gbz.ZclFields;
import org.meterbox.gbcs.gbz.ZclStatus;
import org.meterbox.gbcs.utrn.TokenCounter;
import org.meterbox.kernel.OriginatorCounter;

/**
 * What is owed, paid and charged, in credit and in prepayment mode: charges for energy and time,
 * recovery of debt, emergency credit, tokens, and the valve when credit runs out (GCS02 to GCS06,
 * GCS40a to GCS40d, CS01b).
 */
public final class GasPaymentFunction implements GasFunction {
  private static final String CHANGE_MODE = "Change Payment Mode";
  private static final String EMERGENCY_SETUP = "Emergency Credit Setup";
  private static final String DEBT_CAP = "Set Overall Debt Cap";
  private static final String LOW_CREDIT = "Set Low Credit Warning Level";
  private static final String CREDIT_LIMIT = "Set Maximum Credit Limit";

  private static final int EMERGENCY_CREDIT_ACTIVATED = 0x81AB;
  private static final int ARMED_BY_EMERGENCY_CREDIT = 0x8168;
  private static final int USER_COMMAND_DONE = 0x8161;
  private static final int USER_COMMAND_REFUSED = 0x8162;
  private static final int ACTIVATE_AT_METER = 0x0002;

  /** Prepayment, with debt suspended in none, one or both of the two ways. */
  private static final Set<Long> PREPAYMENT_MODES = Set.of(0x0497L, 0x0097L, 0x0C97L, 0x0897L);

  /** A cut off value that leaves the one that holds. */
  private static final long LEAVE_CUT_OFF = -1;

  private static final ZclStatus ACTION_DENIED = new ZclStatus(0x93);
  private static final ZclStatus INVALID_FIELD = new ZclStatus(0x85);
  private static final int MODE_REPLY = 0x19;
  private static final int REPLY = 0x09;
  private static final int NON_DISABLEMENT_CALENDAR_ID = 2;
  private static final int MAX_DAYS = 5;
  private static final int LEAVE_FREQUENCY = 0xFF;
  private static final int WHOLE_PAYMENT = 10_000;
  private static final int TOKEN_COUNTER_SHIFT = 32;

  /** What carries out each command of these use cases that may wait, by its name. */
  public static final Map<String, Application> DATED =
      Map.of(
          CHANGE_MODE, GasPaymentFunction::applyMode,
          EMERGENCY_SETUP, GasPaymentFunction::applyEmergencySetup,
          DEBT_CAP, (t, calls) -> apply(t, calls, GasAttribute.DEBT_CAP, "Overall Debt Cap"),
          LOW_CREDIT,
              (t, calls) ->
                  apply(t, calls, GasAttribute.LOW_CREDIT_WARNING, "Low Credit Warning Level"),
          CREDIT_LIMIT, GasPaymentFunction::applyCreditLimit);

  @Override
  public List<GasPartCodec<?>> parts() {
    return List.of(GasAccount.CODEC, GasTokens.CODEC);
  }

  @Override
  public Map<String, GbzUseCase<GsmeState>> useCases() {
    Map<String, GbzUseCase<GsmeState>> useCases = new HashMap<>();
    useCases.put("GCS02", mode(Set.of(GasTerms.CREDIT_MODE)));
    useCases.put("GCS03", mode(PREPAYMENT_MODES));
    useCases.put(
        "GCS04",
        GbzUseCase.of(timeDebt(1))
            .then(timeDebt(2))
            .then(
                ZclInvocation.<GsmeState>of("Change Debt", GasPaymentFunction::changePaymentDebt)
                    .only("Debt Amount Type", 5)));
    useCases.put("GCS05", configuration());
    useCases.put(
        "GCS06",
        GbzUseCase.of(
            ZclInvocation.<GsmeState>of(
                    "Select Available Emergency Credit",
                    (transition, _) ->
                        activateEmergencyCredit(transition)
                            ? ZclAnswer.done()
                            : ZclAnswer.refused(ACTION_DENIED))
                .only("Originating Device", 0)));
    useCases.put("GCS40a", adjustment(0, GasPaymentFunction::adjustBalance));
    useCases.put(
        "GCS40b", reset(1, account -> account.with(account.account().withMeterBalance(0))));
    useCases.put("GCS40c", adjustment(3, GasPaymentFunction::adjustBill));
    useCases.put("GCS40d", reset(2, account -> account.withBill(0)));
    useCases.put(
        "CS01b",
        GbzUseCase.of(
            ZclInvocation.<GsmeState>of("Consumer Top Up", GasPaymentFunction::topUp)
                .only("Originating Device", 0)));
    return useCases;
  }

  private static GbzUseCase<GsmeState> mode(Set<Long> configurations) {
    return GbzUseCase.of(
        ZclInvocation.of(
            CHANGE_MODE,
            (transition, call) ->
                configurations.contains(call.number("Proposed Payment Control Configuration"))
                    ? changeMode(transition, call)
                    : ZclAnswer.refused(ZclStatus.INVALID_VALUE)));
  }

  private static ZclAnswer changeMode(Transition<GsmeState> transition, ZclCall call) {
    ZclStatus status =
        DatedCommands.carryOut(
            transition,
            call.number("Implementation Date/Time"),
            List.of(call),
            GasPaymentFunction::applyMode);
    if (!status.equals(ZclStatus.SUCCESS)) {
      return ZclAnswer.refused(status);
    }
    GsmeState gsme = transition.function();
    boolean friendly = !GasCalendars.of(gsme).nonDisablement().isEmpty();
    GasTerms terms = GasTerms.of(gsme);
    return new ZclAnswer.Frames(
        List.of(
            call.answer(
                MODE_REPLY,
                "Change Payment Mode Response",
                fields ->
                    fields
                        .number("Friendly Credit", friendly ? 1 : 0)
                        .number("Friendly Credit Calendar Id", NON_DISABLEMENT_CALENDAR_ID)
                        .number("Emergency Credit Limit", terms.emergencyLimit())
                        .number("Emergency Credit Threshold", terms.emergencyThreshold()))));
  }

  private static ZclStatus applyMode(Transition<GsmeState> transition, List<ZclCall> calls) {
    ZclFields fields = calls.getFirst().fields();
    boolean before = GasTerms.of(transition.function()).isPrepayment();
    Map<ZclAttribute, Long> changes = new HashMap<>();
    changes.put(
        GasAttribute.PAYMENT_CONFIGURATION,
        fields.number("Proposed Payment Control Configuration"));
    long cutOff = fields.number("Cut Off Value");
    if (cutOff != LEAVE_CUT_OFF) {
      changes.put(GasAttribute.CUT_OFF_VALUE, cutOff);
    }
    set(transition, changes);
    if (before != GasTerms.of(transition.function()).isPrepayment()) {
      GasLogs.takeSnapshot(transition, Snapshot.CHANGE_OF_MODE);
    }
    return ZclStatus.SUCCESS;
  }

  private static GbzUseCase<GsmeState> configuration() {
    return GbzUseCase.<GsmeState>of(dated(EMERGENCY_SETUP, "Start Time"))
        .then(dated(DEBT_CAP, "Implementation Date/Time"))
        .then(
            ZclInvocation.<GsmeState>of(
                    LOW_CREDIT,
                    (transition, call) ->
                        dated(transition, call, call.from().orElse(0), LOW_CREDIT))
                .withFromDateTime())
        .then(dated(CREDIT_LIMIT, "Implementation Date/Time"))
        .then(CalendarCommands.calendar(GasCalendars.NON_DISABLEMENT, MAX_DAYS, 0))
        .then(CalendarCommands.specialDays(GasCalendars.NON_DISABLEMENT));
  }

  private static ZclInvocation<GsmeState> dated(String name, String timeField) {
    return ZclInvocation.of(
        name, (transition, call) -> dated(transition, call, call.number(timeField), name));
  }

  private static ZclAnswer dated(
      Transition<GsmeState> transition, ZclCall call, long time, String name) {
    Application application = DATED.get(name);
    if (application == null) {
      throw new IllegalStateException("nothing carries out " + name);
    }
    return new ZclAnswer.Status(
        DatedCommands.carryOut(transition, time, List.of(call), application));
  }

  private static ZclStatus applyEmergencySetup(
      Transition<GsmeState> transition, List<ZclCall> calls) {
    ZclFields fields = calls.getFirst().fields();
    set(
        transition,
        Map.of(
            GasAttribute.EMERGENCY_CREDIT_LIMIT, fields.number("Emergency Credit Limit"),
            GasAttribute.EMERGENCY_CREDIT_THRESHOLD, fields.number("Emergency Credit Threshold")));
    return ZclStatus.SUCCESS;
  }

  private static ZclStatus applyCreditLimit(Transition<GsmeState> transition, List<ZclCall> calls) {
    ZclFields fields = calls.getFirst().fields();
    set(
        transition,
        Map.of(
            GasAttribute.MAX_CREDIT_LIMIT, fields.number("Maximum Credit Level"),
            GasAttribute.MAX_CREDIT_PER_TOP_UP, fields.number("Maximum Credit Per Top Up")));
    return ZclStatus.SUCCESS;
  }

  private static ZclStatus apply(
      Transition<GsmeState> transition, List<ZclCall> calls, ZclAttribute attribute, String field) {
    long number = calls.getFirst().number(field);
    if (number < 0) {
      return ZclStatus.INVALID_VALUE;
    }
    set(transition, Map.of(attribute, number));
    return ZclStatus.SUCCESS;
  }

  private static void set(Transition<GsmeState> transition, Map<ZclAttribute, Long> changes) {
    transition.updateFunction(gsme -> gsme.with(GasSettings.of(gsme).with(changes)));
  }

  private static ZclInvocation<GsmeState> timeDebt(int debt) {
    return ZclInvocation.<GsmeState>of(
            "Change Debt", (transition, call) -> changeTimeDebt(transition, call, debt))
        .only("Debt Amount Type", debt == 1 ? 1 : 3);
  }

  private static ZclAnswer changeTimeDebt(
      Transition<GsmeState> transition, ZclCall call, int debt) {
    Account account = GasAccount.of(transition.function()).account();
    long owed = account.timeDebt(debt) + call.number("Debt Amount");
    long frequency = call.number("Debt Recovery Frequency");
    long amount = call.number("Debt Recovery Amount");
    if (frequency > 1 && frequency != LEAVE_FREQUENCY) {
      return ZclAnswer.refused(INVALID_FIELD);
    }
    if (owed < 0 || owed > Integer.MAX_VALUE || amount < 0) {
      return ZclAnswer.refused(ZclStatus.INVALID_VALUE);
    }
    transition.updateFunction(
        gsme -> gsme.with(GasAccount.of(gsme).with(account.withTimeDebt(debt, owed))));
    if (frequency != LEAVE_FREQUENCY) {
      set(
          transition,
          Map.of(
              GasAttribute.debtFrequency(debt), frequency, GasAttribute.debtAmount(debt), amount));
    }
    return ZclAnswer.done();
  }

  private static ZclAnswer changePaymentDebt(Transition<GsmeState> transition, ZclCall call) {
    Account account = GasAccount.of(transition.function()).account();
    long owed = account.paymentDebt() + call.number("Debt Amount");
    long percentage = call.number("Debt Recovery Balance Percentage");
    if (owed < 0 || owed > Integer.MAX_VALUE || percentage > WHOLE_PAYMENT) {
      return ZclAnswer.refused(ZclStatus.INVALID_VALUE);
    }
    transition.updateFunction(
        gsme -> gsme.with(GasAccount.of(gsme).with(account.withPaymentDebt(owed))));
    set(transition, Map.of(GasAttribute.PAYMENT_DEBT_PERCENTAGE, percentage));
    return ZclAnswer.done();
  }

  private static GbzUseCase<GsmeState> adjustment(
      int type, ZclInvocation.Action<GsmeState> action) {
    return GbzUseCase.of(
        ZclInvocation.of("Credit Adjustment", action)
            .only("Start Time", 0)
            .only("Credit Adjustment Type", type));
  }

  private static GbzUseCase<GsmeState> reset(int type, UnaryOperator<GasAccount> change) {
    return GbzUseCase.of(
        ZclInvocation.<GsmeState>of(
                "Credit Adjustment",
                (transition, _) -> {
                  transition.updateFunction(gsme -> gsme.with(change.apply(GasAccount.of(gsme))));
                  return ZclAnswer.done();
                })
            .only("Start Time", 0)
            .only("Credit Adjustment Type", type)
            .only("Credit Adjustment Value", 0));
  }

  private static ZclAnswer adjustBalance(Transition<GsmeState> transition, ZclCall call) {
    GasAccount account = GasAccount.of(transition.function());
    long balance = account.account().meterBalance() + call.number("Credit Adjustment Value");
    if (balance != (int) balance) {
      return ZclAnswer.refused(ZclStatus.INVALID_VALUE);
    }
    transition.updateFunction(
        gsme -> gsme.with(account.with(account.account().withMeterBalance(balance))));
    return ZclAnswer.done();
  }

  /** The bill is a number without sign. */
  private static ZclAnswer adjustBill(Transition<GsmeState> transition, ZclCall call) {
    GasAccount account = GasAccount.of(transition.function());
    long bill = account.bill() + call.number("Credit Adjustment Value");
    if (bill < 0 || bill > GasAccount.MAX_BILL) {
      return ZclAnswer.refused(ZclStatus.INVALID_VALUE);
    }
    transition.updateFunction(gsme -> gsme.with(account.withBill(bill)));
    return ZclAnswer.done();
  }

  /** A token leaves traces also where it is refused, so the answer is never that of a failure. */
  private static ZclAnswer topUp(Transition<GsmeState> transition, ZclCall call) {
    String digits =
        new String(call.fields().octets("Top Up Code").toArray(), StandardCharsets.US_ASCII);
    OriginatorCounter counter =
        transition.command().map(CommandContext::header).orElseThrow().messageId().counter();
    TokenResult result =
        counter.value() << TOKEN_COUNTER_SHIFT == 0 && counter.value() != 0
            ? GasTopUps.remotely(transition, digits, TokenCounter.of(counter))
            : TokenResult.NOT_AUTHENTIC;
    boolean taken = result == TokenResult.ACCEPTED;
    long balance = GasAccount.of(transition.function()).account().meterBalance();
    return new ZclAnswer.Frames(
        List.of(
            call.answer(
                REPLY,
                "Consumer Top Up Response",
                fields ->
                    fields
                        .number("Result Type", number(result))
                        .number("Top Up Value", taken ? GasTopUps.amountOf(digits) : -1)
                        .number("Source of Top Up", call.number("Originating Device"))
                        .number("Credit Remaining", taken ? balance : -1))));
  }

  /** The result of a top-up on the wire (GBCS use case CS01b). */
  private static int number(TokenResult result) {
    return switch (result) {
      case ACCEPTED -> 0x00;
      case NO_TOKEN, NOT_AUTHENTIC, NOT_FOR_THIS_DEVICE -> 0x01;
      case ALREADY_TAKEN -> 0x02;
      case NOT_IN_PREPAYMENT_MODE -> 0x03;
      case ABOVE_MAXIMUM_BALANCE -> 0x04;
      case ENTRY_SUSPENDED -> 0x05;
      case ABOVE_MAXIMUM_CREDIT -> 0x06;
    };
  }

  @Override
  public Instant next(GsmeState state, Instant after) {
    return GasCreditWatch.next(state, after);
  }

  @Override
  public void due(Transition<GsmeState> transition) {
    GasCharges.time(transition);
    GasCreditWatch.look(transition);
  }

  /**
   * Activates emergency credit.
   *
   * @return whether it is active now, also where it was before
   */
  static boolean activateEmergencyCredit(Transition<GsmeState> transition) {
    GsmeState gsme = transition.function();
    GasTerms terms = GasTerms.of(gsme);
    Account account = GasAccount.of(gsme).account();
    if (terms.isPrepayment() && account.emergencyActive()) {
      return true;
    }
    if (!account.isEmergencyCreditOffered(terms)) {
      return false;
    }
    boolean disabled = GasCharges.isDisabledForCredit(gsme);
    transition.updateFunction(
        before -> before.with(GasAccount.of(before).with(account.withEmergencyCreditActive())));
    GasEvents.raise(transition, EMERGENCY_CREDIT_ACTIVATED);
    GasCreditWatch.look(transition);
    if (disabled && !GasCharges.isDisabledForCredit(transition.function())) {
      GasEvents.raise(transition, ARMED_BY_EMERGENCY_CREDIT);
    }
    return true;
  }

  /**
   * The consumer activates emergency credit at the meter or at a PPMID.
   *
   * @return whether it is active now
   */
  public static boolean activateEmergencyCreditAtMeter(Transition<GsmeState> transition) {
    boolean active = activateEmergencyCredit(transition);
    GasEvents.raiseUserCommand(
        transition, active ? USER_COMMAND_DONE : USER_COMMAND_REFUSED, ACTIVATE_AT_METER);
    return active;
  }

  /**
   * Another supplier is in charge: its tokens begin above the floor that came with its credentials,
   * and what was remembered of the supplier before is forgotten.
   */
  public static void supplierChanged(Transition<GsmeState> transition) {
    TokenCounter floor =
        transition
            .state()
            .credentials()
            .topUpFloor()
            .map(counter -> new TokenCounter(counter.value() >>> TOKEN_COUNTER_SHIFT))
            .orElse(new TokenCounter(0));
    transition.updateFunction(gsme ->
        gsme.with(GasTokens.of(gsme).with(TokenEntry.startingAbove(Optional.empty(), floor))));
    GasLogs.takeSnapshot(transition, Snapshot.CHANGE_OF_SUPPLIER);
  }
}
