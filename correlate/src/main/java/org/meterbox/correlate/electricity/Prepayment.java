// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.electricity;

import static org.meterbox.correlate.content.DlmsContent.array;
import static org.meterbox.correlate.content.DlmsContent.bits;
import static org.meterbox.correlate.content.DlmsContent.enumeration;
import static org.meterbox.correlate.content.DlmsContent.integer;
import static org.meterbox.correlate.content.DlmsContent.octets;
import static org.meterbox.correlate.content.DlmsContent.structure;
import static org.meterbox.correlate.content.DlmsContent.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterbox.correlate.content.DlmsAnswers;
import org.meterbox.correlate.content.DlmsTimes;
import org.meterbox.correlate.content.UnexpectedContentException;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.dlms.DlmsValue;

/** Prepayment settings of an electricity meter. */
public final class Prepayment {
  private static final int SCRIPT_START = 32;
  private static final int SCRIPT_STOP = 33;
  private static final long SECONDS_AN_HOUR = 3_600;
  private static final long SECONDS_A_DAY = 86_400;

  private Prepayment() {}

  /** The payment mode (ECS26j): mode and status of the account. */
  public static void mode(DlmsAnswers answers, MmcWriter out) throws UnexpectedContentException {
    answers.expectSize(1);
    Optional<DlmsValue> read = answers.value(0);
    if (read.isPresent()) {
      out.leaf("PaymentMode", modeName(enumeration(structure(read.get(), 2).getFirst())));
    }
  }

  private static String modeName(int mode) throws UnexpectedContentException {
    return switch (mode) {
      case 1 -> "Credit";
      case 2 -> "Prepayment";
      default -> throw new UnexpectedContentException("expected payment mode 1 or 2");
    };
  }

  /**
   * The prepayment configuration (ECS26a). Each debt recovery rate is read twice: the first reading
   * counts.
   */
  public static void configuration(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(18);
    answers.with(7, v -> out.leaf("DebtRecoveryPerPayment", integer(v)));
    answers.with(12, v -> out.leaf("DebtRecoveryRateCap", integer(v)));
    answers.with(9, v -> out.leaf("DisablementThreshold", integer(array(v, 1).getFirst())));
    answers.with(14, v -> out.leaf("EmergencyCreditLimit", integer(v)));
    answers.with(15, v -> out.leaf("EmergencyCreditThreshold", integer(v)));
    answers.with(11, v -> out.leaf("LowCreditThreshold", integer(v)));
    answers.with(8, v -> out.leaf("CreditMaxCreditThreshold", integer(v)));
    answers.with(10, v -> out.leaf("MaxCreditMaxMeterBalance", integer(v)));
    Optional<DlmsValue> charges = answers.value(17);
    Optional<CreditCharges> order =
        charges.isPresent() ? Optional.of(CreditCharges.of(charges.get())) : Optional.empty();
    if (order.isPresent() && order.get().prepayment()) {
      out.leaf("SuspendDebtDisabled", order.get().suspendDebtDisabled());
      out.leaf("SuspendDebtEmergency", order.get().suspendDebtEmergency());
    }
    out.open("Electricity");
    order.ifPresent(o -> out.leaf("PaymentMode", o.prepayment() ? "Prepayment" : "Credit"));
    calendar(answers, out);
    debtRecovery(answers, "DebtRecovery1", 0, 2, out);
    debtRecovery(answers, "DebtRecovery2", 4, 5, out);
    out.close();
  }

  private static void debtRecovery(
      DlmsAnswers answers, String element, int rate, int period, MmcWriter out)
      throws UnexpectedContentException {
    out.open(element);
    Optional<DlmsValue> charge = answers.value(rate);
    if (charge.isPresent()) {
      List<DlmsValue> parts = structure(charge.get(), 3);
      List<DlmsValue> amount = structure(array(parts.get(2), 1).getFirst(), 2);
      out.leaf("DebtRecoveryRate", integer(amount.get(1)));
      long scale = integer(structure(parts.get(0), 2).get(1));
      out.leaf("DebtRecoveryRatePriceScale", scale);
    }
    answers.with(period, seconds -> out.leaf("DebtRecoveryRatePeriod", period(integer(seconds))));
    out.close();
  }

  private static String period(long seconds) throws UnexpectedContentException {
    if (seconds == SECONDS_AN_HOUR) {
      return "HOURLY";
    }
    if (seconds == SECONDS_A_DAY) {
      return "DAILY";
    }
    throw new UnexpectedContentException("expected a period of an hour or a day");
  }

  /** Special days, and the schedule of when supply may not be disabled. */
  private static void calendar(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    out.open("NonDisablementCalendar");
    Optional<DlmsValue> days = answers.value(1);
    if (days.isPresent()) {
      out.open("ElectricitySpecialDays");
      for (DlmsValue day : array(days.get())) {
        List<DlmsValue> parts = structure(day, 3);
        out.open("SpecialDay").attribute("index", within(integer(parts.get(0)), 1, 20));
        DlmsTimes.dateParts(out, octets(parts.get(1), 5));
        out.close();
      }
      out.close();
    }
    Optional<DlmsValue> schedule = answers.value(16);
    if (schedule.isPresent()) {
      for (DlmsValue entry : array(schedule.get())) {
        scheduleEntry(ScheduleEntry.of(entry), out);
      }
    }
    out.close();
  }

  private static void scheduleEntry(ScheduleEntry entry, MmcWriter out)
      throws UnexpectedContentException {
    out.open("ElectricityNonDisablementSchedule");
    out.leaf("NonDisablementScript", script(entry.selector()));
    out.open("SpecialDaysApplicability");
    for (int day : entry.specialDays()) {
      out.open("SpecialDayApplicability").leaf("SpecialDayID", within(day, 1, 20)).close();
    }
    out.close();
    entry.daysOfWeek(out);
    out.open("ScheduleDatesAndTime");
    out.leaf("SwitchTime", DlmsTimes.time(entry.switchTime()));
    out.leaf("StartDate", DlmsTimes.date(entry.begin()));
    out.leaf("EndDate", DlmsTimes.date(entry.end())).close().close();
  }

  private static String script(int selector) throws UnexpectedContentException {
    return switch (selector) {
      case SCRIPT_START -> "START";
      case SCRIPT_STOP -> "STOP";
      default -> throw new UnexpectedContentException("expected script 32 or 33");
    };
  }

  /**
   * Which credit pays which charge (DLMS class 111, credit_charge_configuration). GBCS uses five
   * fixed tables; what MMC says of them shows in three places.
   *
   * @param prepayment whether emergency credit pays anything
   * @param suspendDebtDisabled whether time debts wait while supply is disabled: the third bit of
   *     their collection is not set
   * @param suspendDebtEmergency whether time debts are collected as accumulated debt while
   *     emergency credit is in use
   */
  private record CreditCharges(
      boolean prepayment, boolean suspendDebtDisabled, boolean suspendDebtEmergency) {
    private static final String METER_BALANCE = "0000130A00FF";
    private static final String EMERGENCY_CREDIT = "0000130A01FF";
    private static final String ACCUMULATED_DEBT = "0000130A02FF";
    private static final String TARIFF = "0000131400FF";
    private static final String TIME_DEBT_1 = "0000131401FF";
    private static final String ALWAYS = "E0";
    private static final String NOT_WHILE_DISABLED = "C0";

    static CreditCharges of(DlmsValue value) throws UnexpectedContentException {
      Map<List<String>, String> collection = new HashMap<>();
      for (DlmsValue entry : array(value)) {
        List<DlmsValue> parts = structure(entry, 3);
        List<String> pair = new ArrayList<>();
        pair.add(octets(parts.get(0), 6).hex());
        pair.add(octets(parts.get(1), 6).hex());
        collection.put(pair, bits(parts.get(2)).octets().hex());
      }
      if (!collection.containsKey(List.of(METER_BALANCE, TARIFF))) {
        throw new UnexpectedContentException("expected a meter balance that pays the tariff");
      }
      Optional<String> timeDebt =
          Optional.ofNullable(collection.get(List.of(METER_BALANCE, TIME_DEBT_1)));
      boolean known =
          timeDebt.isEmpty() || List.of(ALWAYS, NOT_WHILE_DISABLED).contains(timeDebt.get());
      if (!known) {
        throw new UnexpectedContentException("expected collection E0 or C0");
      }
      return new CreditCharges(
          collection.containsKey(List.of(EMERGENCY_CREDIT, TARIFF)),
          timeDebt.isPresent() && timeDebt.get().equals(NOT_WHILE_DISABLED),
          collection.containsKey(List.of(ACCUMULATED_DEBT, TIME_DEBT_1)));
    }
  }
}
