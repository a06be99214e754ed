// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.payment;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterbox.devices.esme.schedule.SwitchSchedule;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.EsmeVariant;
import org.meterbox.devices.esme.state.ProductSetting;
import org.meterbox.devices.esme.state.Settings;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.DlmsValue.ArrayOf;
import org.meterbox.gbcs.dlms.DlmsValue.Int16;
import org.meterbox.gbcs.dlms.DlmsValue.Int32;
import org.meterbox.gbcs.dlms.DlmsValue.Int8;
import org.meterbox.gbcs.dlms.DlmsValue.Structure;
import org.meterbox.gbcs.dlms.DlmsValue.UInt16;
import org.meterbox.gbcs.dlms.DlmsValue.UInt32;

/**
 * How a meter charges and what it does when credit runs low (SMETS 5.7.4.11 to 5.7.4.31). Amounts
 * are in thousandths of a penny.
 *
 * @param configuration payment mode, and how debt is suspended
 * @param disablementThreshold at or below which combined credit disables the supply
 * @param emergencyLimit how much emergency credit there is
 * @param emergencyThreshold below which balance it is offered
 * @param lowCreditThreshold below which combined credit the consumer is warned
 * @param recoveryCap the most that payments recover of the payment debt in one recovery period
 * @param recoveryPeriod in s
 * @param recoveryStart by how many s after the start of Monday, UTC, its periods begin
 * @param recoveryPerPayment the share of a payment that goes to the payment debt, in hundredths of
 *     a percent
 * @param debtRates at which the two time debts are recovered
 * @param maximumBalance above which no top-up may lift the balance
 * @param maximumCredit the most that one top-up may bring
 * @param nonDisablement when the supply is not disabled for want of credit
 */
record PaymentSettings(
    PaymentConfiguration configuration,
    long disablementThreshold,
    long emergencyLimit,
    long emergencyThreshold,
    long lowCreditThreshold,
    long recoveryCap,
    long recoveryPeriod,
    long recoveryStart,
    long recoveryPerPayment,
    List<DebtRate> debtRates,
    long maximumBalance,
    long maximumCredit,
    SwitchSchedule nonDisablement)
    implements CreditTerms {
  /** A whole payment, in hundredths of a percent. */
  static final int WHOLE_PAYMENT = 10_000;

  /** Thousandths of a penny in a pound. */
  static final long POUND = 100_000;

  static final CosemAttribute MODE = CosemAttribute.of(111, "0-0:19.0.0.255", 2);
  static final CosemAttribute CONFIGURATION = CosemAttribute.of(111, "0-0:19.0.0.255", 11);
  static final CosemAttribute DISABLEMENT_THRESHOLD =
      CosemAttribute.of(9000, "0-0:94.44.128.22", 2);
  static final CosemAttribute DISABLEMENT_THRESHOLDS = CosemAttribute.of(21, "0-0:16.0.1.255", 2);

  private static final CosemAttribute LOW_CREDIT = CosemAttribute.of(111, "0-0:19.0.0.255", 16);
  private static final CosemAttribute CAP = CosemAttribute.of(111, "0-0:19.0.0.255", 18);
  private static final CosemAttribute CAP_PERIOD = CosemAttribute.of(111, "0-0:19.0.0.255", 19);
  private static final CosemAttribute EMERGENCY_LIMIT =
      CosemAttribute.of(112, "0-0:19.10.1.255", 9);
  private static final CosemAttribute EMERGENCY_THRESHOLD =
      CosemAttribute.of(112, "0-0:19.10.1.255", 10);
  private static final CosemAttribute PER_PAYMENT = CosemAttribute.of(113, "0-0:19.20.3.255", 13);
  private static final CosemAttribute MAXIMUM_BALANCE =
      CosemAttribute.of(9000, "0-0:94.44.2.20", 2);
  private static final CosemAttribute MAXIMUM_CREDIT = CosemAttribute.of(9000, "0-0:94.44.2.10", 2);
  private static final CosemAttribute SCHEDULE = CosemAttribute.of(10, "0-0:12.0.1.255", 2);
  private static final CosemAttribute SPECIAL_DAYS = CosemAttribute.of(11, "0-0:11.0.2.255", 2);

  /** Entries of the non-disablement calendar and its special days (SMETS 5.7.4.30). */
  private static final int MAX_ENTRIES = 22;

  private static final int MAX_SPECIAL_DAYS = 20;
  private static final int START_NON_DISABLEMENT = 32;
  private static final int STOP_NON_DISABLEMENT = 33;

  /** Scales of prices that the meter can count exactly: from a whole pound down. */
  private static final int MIN_SCALE = -12;

  private static final long HOUR = 3_600;
  private static final long DAY = 86_400;

  /**
   * How a time debt is recovered.
   *
   * @param amount each period, times the power of ten, in pounds
   * @param period in s: an hour or a day
   */
  record DebtRate(int amount, int scale, long period) {
    boolean isHourly() {
      return period == HOUR;
    }
  }

  PaymentSettings {
    debtRates = List.copyOf(debtRates);
  }

  static PaymentSettings of(EsmeState esme) {
    EsmeVariant variant = esme.variant();
    return esme.settings().view(PaymentSettings.class, settings -> read(settings, variant));
  }

  @Override
  public boolean suspendsDebtInEmergency() {
    return configuration.suspendDebtEmergency();
  }

  @Override
  public boolean isPrepayment() {
    return configuration.mode() == PaymentMode.PREPAYMENT;
  }

  /** Whether the supply must not be disabled for want of credit at an instant. */
  boolean isNonDisablement(Instant at) {
    return nonDisablement
            .latest(at, s -> s == START_NON_DISABLEMENT || s == STOP_NON_DISABLEMENT)
            .orElse(STOP_NON_DISABLEMENT)
        == START_NON_DISABLEMENT;
  }

  /** Passive and active rate of a time debt, 1 or 2. */
  static CosemAttribute debtRate(int debt, boolean active) {
    return CosemAttribute.of(113, "0-0:19.20." + debt + ".255", active ? 5 : 6);
  }

  private static CosemAttribute debtPeriod(int debt) {
    return CosemAttribute.of(113, "0-0:19.20." + debt + ".255", 8);
  }

  private static PaymentSettings read(Settings settings, EsmeVariant variant) {
    DlmsValue none = DlmsValue.NullData.VALUE;
    boolean prepayment =
        settings.get(MODE).flatMap(PaymentMode::of).equals(Optional.of(PaymentMode.PREPAYMENT));
    PaymentConfiguration configuration =
        settings
            .get(CONFIGURATION)
            .flatMap(value -> PaymentConfiguration.of(value, variant))
            .filter(c -> prepayment && c.mode() == PaymentMode.PREPAYMENT)
            .orElse(PaymentConfiguration.CREDIT);
    return new PaymentSettings(
        configuration,
        threshold(settings),
        settings.number(EMERGENCY_LIMIT),
        settings.number(EMERGENCY_THRESHOLD),
        settings.number(LOW_CREDIT),
        settings.number(CAP) * POUND,
        Math.max(1, settings.number(CAP_PERIOD)),
        ProductSetting.RECOVERY_WEEK_START.of(settings),
        settings.number(PER_PAYMENT),
        List.of(rate(settings, 1), rate(settings, 2)),
        settings.number(MAXIMUM_BALANCE),
        settings.number(MAXIMUM_CREDIT),
        SwitchSchedule.read(
            settings.get(SCHEDULE).orElse(none), settings.get(SPECIAL_DAYS).orElse(none)));
  }

  private static long threshold(Settings settings) {
    return settings.get(DISABLEMENT_THRESHOLDS).orElse(DlmsValue.NullData.VALUE)
                instanceof ArrayOf(List<DlmsValue> values)
            && values.size() == 1
            && values.getFirst() instanceof Int32(int threshold)
        ? threshold
        : 0;
  }

  private static DebtRate rate(Settings settings, int debt) {
    long period = settings.number(debtPeriod(debt));
    return settings
        .get(debtRate(debt, true))
        .flatMap(PaymentSettings::unitCharge)
        .map(charge -> new DebtRate(charge.amount(), charge.scale(), period))
        .orElse(new DebtRate(0, 0, period));
  }

  private record UnitCharge(int amount, int scale) {}

  /** {{commodity scale, price scale}, {what is charged}, [{index, amount}]} (class 113). */
  private static Optional<UnitCharge> unitCharge(DlmsValue value) {
    if (value instanceof Structure(List<DlmsValue> parts)
        && parts.size() == 3
        && parts.get(0) instanceof Structure(List<DlmsValue> scales)
        && scales.size() == 2
        && scales.get(1) instanceof Int8(int scale)
        && parts.get(2) instanceof ArrayOf(List<DlmsValue> entries)
        && !entries.isEmpty()
        && entries.getFirst() instanceof Structure(List<DlmsValue> entry)
        && entry.size() == 2
        && entry.get(1) instanceof Int16(int amount)) {
      return Optional.of(new UnitCharge(amount, scale));
    }
    return Optional.empty();
  }

  /** Whether a value may stand in a setting of payment; true of all others. */
  static boolean accepts(EsmeVariant variant, CosemAttribute attribute, DlmsValue value) {
    if (attribute.equals(MODE)) {
      return PaymentMode.of(value).isPresent();
    }
    if (attribute.equals(CONFIGURATION)) {
      return PaymentConfiguration.of(value, variant).isPresent();
    }
    if (attribute.equals(SCHEDULE)) {
      return value instanceof ArrayOf(List<DlmsValue> e) && e.size() <= MAX_ENTRIES;
    }
    if (attribute.equals(SPECIAL_DAYS)) {
      return value instanceof ArrayOf(List<DlmsValue> d) && d.size() <= MAX_SPECIAL_DAYS;
    }
    if (List.of(EMERGENCY_LIMIT, MAXIMUM_BALANCE, MAXIMUM_CREDIT).contains(attribute)) {
      return value instanceof Int32(int amount) && amount >= 0;
    }
    if (attribute.equals(CAP_PERIOD)) {
      return value instanceof Int32(int seconds) && seconds > 0;
    }
    if (attribute.equals(PER_PAYMENT)) {
      return value instanceof UInt16(int share) && share <= WHOLE_PAYMENT;
    }
    return acceptsCharge(attribute, value);
  }

  private static boolean acceptsCharge(CosemAttribute attribute, DlmsValue value) {
    if (attribute.equals(debtPeriod(1)) || attribute.equals(debtPeriod(2))) {
      return value instanceof UInt32(long period) && (period == HOUR || period == DAY);
    }
    boolean charge =
        attribute.classId() == 113 && (attribute.member() == 5 || attribute.member() == 6);
    if (!charge) {
      return true;
    }
    boolean debt =
        Arrays.asList(debtRate(1, true), debtRate(2, true), debtRate(1, false), debtRate(2, false))
            .contains(attribute);
    return unitCharge(value)
        .filter(c -> c.scale() >= MIN_SCALE && c.scale() <= 0 && (!debt || c.amount() >= 0))
        .isPresent();
  }

  /** Payment mode and configuration must belong together. */
  static boolean acceptsTogether(EsmeState esme, Map<CosemAttribute, DlmsValue> values) {
    if (!values.containsKey(MODE) && !values.containsKey(CONFIGURATION)) {
      return true;
    }
    Settings after = esme.settings().with(values);
    Optional<PaymentMode> mode = after.get(MODE).flatMap(PaymentMode::of);
    return after
        .get(CONFIGURATION)
        .flatMap(value -> PaymentConfiguration.of(value, esme.variant()))
        .map(PaymentConfiguration::mode)
        .equals(mode);
  }
}
