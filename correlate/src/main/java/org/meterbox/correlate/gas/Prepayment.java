// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.gas;

import static org.meterbox.correlate.content.DlmsContent.within;
import static org.meterbox.correlate.content.GbzAnswers.needed;

import java.util.List;
import java.util.Optional;
import org.meterbox.correlate.content.GbzAnswers;
import org.meterbox.correlate.content.UnexpectedContentException;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.gbz.Cluster;
import org.meterbox.gbcs.gbz.ZclFields;

/** Prepayment settings of a gas meter (GCS21b, GCS21j). */
public final class Prepayment {
  private static final int PAYMENT_CONTROL = 0x0000;
  private static final int OVERALL_DEBT_CAP = 0x0006;
  private static final int EMERGENCY_CREDIT_LIMIT = 0x0010;
  private static final int EMERGENCY_CREDIT_THRESHOLD = 0x0011;
  private static final int MAX_CREDIT_LIMIT = 0x0021;
  private static final int MAX_CREDIT_PER_TOP_UP = 0x0022;
  private static final int LOW_CREDIT_WARNING = 0x0031;
  private static final int CUT_OFF_VALUE = 0x0040;
  private static final int DEBT_RECOVERY_FREQUENCY_1 = 0x0216;
  private static final int DEBT_RECOVERY_AMOUNT_1 = 0x0217;
  private static final int DEBT_RECOVERY_FREQUENCY_2 = 0x0226;
  private static final int DEBT_RECOVERY_AMOUNT_2 = 0x0227;
  private static final int DEBT_RECOVERY_PERCENTAGE_3 = 0x0239;
  private static final int MAX_DAYS = 5;
  private static final int MAX_ENTRIES = 3;

  private Prepayment() {}

  /** The prepayment configuration (GCS21b). */
  public static void configuration(GbzAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    money(answers, DEBT_RECOVERY_PERCENTAGE_3, "DebtRecoveryPerPayment", out);
    money(answers, OVERALL_DEBT_CAP, "DebtRecoveryRateCap", out);
    money(answers, CUT_OFF_VALUE, "DisablementThreshold", out);
    money(answers, EMERGENCY_CREDIT_LIMIT, "EmergencyCreditLimit", out);
    money(answers, EMERGENCY_CREDIT_THRESHOLD, "EmergencyCreditThreshold", out);
    money(answers, LOW_CREDIT_WARNING, "LowCreditThreshold", out);
    money(answers, MAX_CREDIT_PER_TOP_UP, "CreditMaxCreditThreshold", out);
    money(answers, MAX_CREDIT_LIMIT, "MaxCreditMaxMeterBalance", out);
    out.open("Gas");
    calendar(answers, out);
    debtRecovery(answers, "DebtRecovery1", DEBT_RECOVERY_AMOUNT_1, DEBT_RECOVERY_FREQUENCY_1, out);
    debtRecovery(answers, "DebtRecovery2", DEBT_RECOVERY_AMOUNT_2, DEBT_RECOVERY_FREQUENCY_2, out);
    out.close();
  }

  private static void money(GbzAnswers answers, int attribute, String element, MmcWriter out)
      throws UnexpectedContentException {
    answers.number(Cluster.PREPAYMENT, attribute).ifPresent(amount -> out.leaf(element, amount));
  }

  private static void debtRecovery(
      GbzAnswers answers, String element, int rate, int frequency, MmcWriter out)
      throws UnexpectedContentException {
    out.open(element);
    money(answers, rate, "DebtRecoveryRate", out);
    Optional<Long> period = answers.number(Cluster.PREPAYMENT, frequency);
    if (period.isPresent()) {
      boolean daily = within(period.get(), 0, 1) == 1;
      out.leaf("DebtRecoveryRatePeriod", daily ? "DAILY" : "HOURLY");
    }
    out.close();
  }

  /** When supply may not be disabled: friendly credit starts and stops. */
  private static void calendar(GbzAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    Calendars calendar = new Calendars(answers, MAX_DAYS);
    out.open("NonDisablementCalendar").open("DayProfiles");
    calendar.days((day, entries) -> {
      out.open("GasNonDisablementDayProfile");
      within(entries.size(), 0, MAX_ENTRIES);
      actions(entries, out);
      out.leaf("GasDayName", day).close();
    });
    out.close();
    calendar.weeks("ReferencedDayName", out);
    calendar.seasons("SeasonProfiles", out);
    calendar.specialDays("SpecialDays", "ReferencedDayName", out);
    out.close();
  }

  private static void actions(List<ZclFields> entries, MmcWriter out)
      throws UnexpectedContentException {
    for (int i = 0; i < entries.size(); i++) {
      ZclFields entry = entries.get(i);
      out.open("TimeStartAction").attribute("index", i + 1);
      out.leaf("StartTime", GasTimes.time(needed(entry, "Start Minute")));
      boolean start = within(needed(entry, "Price Tier or Friendly Credit Enable"), 0, 1) == 1;
      out.leaf("NonDisablementAction", start ? "START" : "STOP").close();
    }
  }

  /** The payment mode (GCS21j), from the payment control configuration. */
  public static void mode(GbzAnswers answers, MmcWriter out) throws UnexpectedContentException {
    Optional<Long> control = answers.number(Cluster.PREPAYMENT, PAYMENT_CONTROL);
    if (control.isPresent()) {
      PaymentControl mode = PaymentControl.of(control.get().intValue());
      out.leaf("PaymentMode", mode.prepayment() ? "Prepayment" : "Credit");
      if (mode.prepayment()) {
        out.leaf("SuspendDebtEmergency", mode.suspendDebtEmergency());
        out.leaf("SuspendDebtDisabled", mode.suspendDebtDisabled());
      }
    }
  }

  /**
   * One of the five values of the payment control configuration that GBCS uses: bit 0 says that the
   * meter is in prepayment mode, bits 10 and 11 when debt is suspended.
   */
  private record PaymentControl(
      boolean prepayment, boolean suspendDebtEmergency, boolean suspendDebtDisabled) {
    static PaymentControl of(int bits) throws UnexpectedContentException {
      return switch (bits) {
        case 0x0C94 -> new PaymentControl(false, false, false);
        case 0x0497 -> new PaymentControl(true, true, true);
        case 0x0097 -> new PaymentControl(true, true, false);
        case 0x0C97 -> new PaymentControl(true, false, true);
        case 0x0897 -> new PaymentControl(true, false, false);
        default -> throw new UnexpectedContentException("expected a payment control of GBCS");
      };
    }
  }
}
