// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform.gas;

import static org.meterbox.kernel.DeviceType.GPF;
import static org.meterbox.kernel.DeviceType.GSME;
import static org.meterbox.transform.gas.GbzCommands.implementation;
import static org.meterbox.transform.gas.GbzCommands.issuerEvent;
import static org.meterbox.transform.gas.GbzCommands.utc;

import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.Octets;
import org.meterbox.transform.CosemForms;
import org.meterbox.transform.Mapping;
import org.meterbox.transform.Translation;
import org.meterbox.transform.TranslationRequest;

/** Settings of a gas meter and its proxy (service requests 2.1, 3.2, 6.6 to 6.8 and 14.1). */
public final class GasSettings {
  private static final long UINT32 = 0xFFFF_FFFFL;
  private static final int CLEAR_CONSUMER_DATA = 0x0200;
  private static final int CONVERSION_DECIMALS = 5;
  private static final int CALORIFIC_DECIMALS = 1;
  private static final int MEGAJOULES_PER_CUBIC_METRE = 1;
  private static final int CUBIC_METRES_PER_HOUR = 1;
  private static final int FLOW_DECIMALS = 4;
  private static final int FLOW_DIVISOR = 10_000;
  private static final int LOCK = 0;
  private static final int LEAVE_UNCHANGED = 3;

  /** The high nibble says that the start of a month, week or day is not specified. */
  private static final int DAYS = 0x21;

  private static final int WEEKS = 0x22;
  private static final int MONTHS = 0x23;
  private static final int REPEATING = 0x02;
  private static final int BLOCK_PERIOD = 1;

  private static final int SAMPLE_SECONDS = 360;
  private static final int SAMPLES = 41;

  /** The mappings of this family. */
  public static final List<Mapping> MAPPINGS =
      List.of(
          meter("2.1", "GCS05", 0x006F, GasSettings::prepayment),
          Mapping.of("3.2", GPF, "GCS09", 0x0072, GasSettings::changeOfTenancy),
          meter("6.6", "GCS23", 0x007C, GasSettings::conversion),
          meter("6.7", "GCS24", 0x007D, t -> flow(t, whole(t), 1))
              .when(subject -> subject.request().body().has("UncontrolledGasFlowRate")),
          meter("6.7", "GCS24a", 0x00FC, t -> flow(t, decimal(t), FLOW_DIVISOR)),
          meter("6.8", "GCS25", 0x007E, GasSettings::billingCalendar)
              .when(GasSettings::isEarlierAndSimple),
          meter("6.8", "GCS25a", 0x00D8, GasSettings::billingCalendar),
          meter("14.1", "GCS31", 0x0080, GasSettings::recordNetworkData));

  private GasSettings() {}

  private static Mapping meter(String variant, String useCase, int code, Mapping.Payload payload) {
    return Mapping.of(variant, GSME, useCase, code, payload);
  }

  private static Octets prepayment(Translation translation) throws ElementException {
    XmlElement settings = translation.body().child("UpdatePrepayConfigGas");
    XmlElement calendar = settings.child("GasNonDisablementCalendar");
    GbzCommands commands = new GbzCommands();
    limits(translation, commands, settings);
    List<GasCalendar.Day> days = new ArrayList<>();
    for (XmlElement day : calendar.child("DayProfiles").children("GasNonDisablementDayProfile")) {
      days.add(nonDisablementDay(day));
    }
    GasCalendar.publish(
        translation,
        commands,
        GasCalendar.NON_DISABLEMENT,
        days,
        new GasCalendar.Lists(
            calendar.child("WeekProfiles"),
            calendar.child("SeasonProfiles"),
            calendar.child("SpecialDays")));
    return commands.encode();
  }

  private static void limits(Translation translation, GbzCommands commands, XmlElement settings)
      throws ElementException {
    long when = implementation(translation.body());
    long event = issuerEvent(translation);
    long limit = uint32(settings, "EmergencyCreditLimit");
    long threshold = uint32(settings, "EmergencyCreditThreshold");
    long cap = GbzCommands.int32(settings.child("DebtRecoveryRateCap"));
    long lowCredit = uint32(settings, "LowCreditThreshold");
    long maximum = uint32(settings, "MaxMeterBalance");
    long maximumTopUp = uint32(settings, "MaxCreditThreshold");
    commands
        .send(
            "Emergency Credit Setup",
            f ->
                f.number("Issuer Event Id", event)
                    .number("Start Time", when)
                    .number("Emergency Credit Limit", limit)
                    .number("Emergency Credit Threshold", threshold))
        .send(
            "Set Overall Debt Cap",
            f ->
                f.number("Provider Id", 0)
                    .number("Issuer Event Id", event)
                    .number("Implementation Date/Time", when)
                    .number("Overall Debt Cap", cap))
        .send(
            OptionalLong.of(when),
            "Set Low Credit Warning Level",
            f -> f.number("Low Credit Warning Level", lowCredit))
        .send(
            "Set Maximum Credit Limit",
            f ->
                f.number("Provider Id", 0)
                    .number("Issuer Event Id", event)
                    .number("Implementation Date/Time", when)
                    .number("Maximum Credit Level", maximum)
                    .number("Maximum Credit Per Top Up", maximumTopUp));
  }

  private static long uint32(XmlElement parent, String name) throws ElementException {
    return CosemForms.within(parent.child(name), 0, UINT32);
  }

  private static GasCalendar.Day nonDisablementDay(XmlElement day) throws ElementException {
    List<GasCalendar.Switch> switches = new ArrayList<>();
    for (XmlElement action : day.children("TimeStartAction")) {
      boolean start = action.child("NonDisablementAction").token().equals("START");
      LocalTime time = CosemForms.timeOfDay(action.child("StartTime"));
      if (!time.equals(time.truncatedTo(ChronoUnit.MINUTES))) {
        throw action.child("StartTime").fault("is not a whole minute");
      }
      switches.add(new GasCalendar.Switch(time.getHour() * 60 + time.getMinute(), start ? 1 : 0));
    }
    return new GasCalendar.Day(day.child("GasDayName"), switches);
  }

  private static Octets changeOfTenancy(Translation translation) throws ElementException {
    long when = utc(translation.body().child("RestrictionDateTime"));
    return new GbzCommands()
        .send(
            "Publish Change of Tenancy",
            f ->
                f.number("Provider Id", 0)
                    .number("Issuer Event Id", issuerEvent(translation))
                    .number("Tariff Type", 0)
                    .number("Implementation Date/Time", when)
                    .number("Proposed Tenancy Change Control", CLEAR_CONSUMER_DATA))
        .encode();
  }

  private static Octets conversion(Translation translation) throws ElementException {
    XmlElement body = translation.body();
    long factor = CosemForms.scaled(body.child("ConversionFactor"), CONVERSION_DECIMALS, UINT32);
    long calorificValue =
        CosemForms.scaled(body.child("CalorificValue"), CALORIFIC_DECIMALS, UINT32);
    return new GbzCommands()
        .send(
            "Publish Conversion Factor",
            f ->
                f.number("Issuer Event Id", issuerEvent(translation))
                    .number("Start Time", 0)
                    .number("Conversion Factor", factor)
                    .number("Conversion Factor Trailing Digit", CONVERSION_DECIMALS << 4))
        .send(
            "Publish Calorific Value",
            f ->
                f.number("Issuer Event Id", issuerEvent(translation))
                    .number("Start Time", 0)
                    .number("Calorific Value", calorificValue)
                    .number("Calorific Value Unit", MEGAJOULES_PER_CUBIC_METRE)
                    .number("Calorific Value Trailing Digit", CALORIFIC_DECIMALS << 4))
        .encode();
  }

  private static long whole(Translation translation) throws ElementException {
    return CosemForms.within(translation.body().child("UncontrolledGasFlowRate"), 0, 0xFFFF);
  }

  private static long decimal(Translation translation) throws ElementException {
    return CosemForms.scaled(
        translation.body().child("UncontrolledGasFlowRateDecimal"), FLOW_DECIMALS, 0xFFFF);
  }

  private static Octets flow(Translation translation, long rate, int divisor)
      throws ElementException {
    XmlElement body = translation.body();
    long stabilisation = CosemForms.within(body.child("StabilisationPeriod"), 0, 0xFF);
    long measurement = CosemForms.within(body.child("MeasurementPeriod"), 0, 0xFFFF);
    int tamper = supplyState(body.child("SupplyTamperState"));
    int depletion = supplyState(body.child("SupplyDepletionState"));
    return new GbzCommands()
        .send(
            "Set Uncontrolled Flow Threshold",
            f ->
                f.number("Provider Id", 0)
                    .number("Issuer Event Id", issuerEvent(translation))
                    .number("Uncontrolled Flow Threshold", rate)
                    .number("Unit of Measure", CUBIC_METRES_PER_HOUR)
                    .number("Multiplier", 1)
                    .number("Divisor", divisor)
                    .number("Stabilisation Period", stabilisation)
                    .number("Measurement Period", measurement))
        .send(
            "Set Supply Status",
            f ->
                f.number("Issuer Event Id", issuerEvent(translation))
                    .number("Supply Tamper State", tamper)
                    .number("Supply Depletion State", depletion)
                    .number("Supply Uncontrolled Flow State", LOCK)
                    .number("Load Limit Supply State", LEAVE_UNCHANGED))
        .encode();
  }

  private static int supplyState(XmlElement state) {
    return state.token().equals("Locked") ? LOCK : LEAVE_UNCHANGED;
  }

  private record Period(int count, int unit) {}

  private static Period period(String periodicity) {
    return switch (periodicity) {
      case "Daily" -> new Period(1, DAYS);
      case "Weekly" -> new Period(1, WEEKS);
      case "Quarterly" -> new Period(3, MONTHS);
      case "SixMonthly" -> new Period(6, MONTHS);
      case "Yearly" -> new Period(12, MONTHS);
      default -> new Period(1, MONTHS);
    };
  }

  /** The use case that GCS25a replaced has no periods of several months. */
  private static boolean isEarlierAndSimple(TranslationRequest subject) {
    return subject.device().isEarlier()
        && subject.request().body().find("GasBillingCalendar").stream()
            .flatMap(calendar -> calendar.find("Periodicity").stream())
            .anyMatch(periodicity -> period(periodicity.token()).count() == 1);
  }

  private static Octets billingCalendar(Translation translation) throws ElementException {
    XmlElement calendar = translation.body().child("GasBillingCalendar");
    long start = utc(calendar.child("BillingPeriodStart"));
    Period period = period(calendar.child("Periodicity").token());
    return new GbzCommands()
        .send(
            "Publish Billing Period",
            f ->
                f.number("Provider Id", 0)
                    .number("Issuer Event Id", issuerEvent(translation))
                    .number("Billing Period Start Time", start)
                    .number("Billing Period Duration", period.count())
                    .number("Billing Period Duration Type", period.unit())
                    .number("Tariff Type", 0))
        .send(
            "Publish Block Period",
            f ->
                f.number("Provider Id", 0)
                    .number("Issuer Event Id", issuerEvent(translation))
                    .number("Block Period Start Time", start)
                    .number("Block Period Duration", period.count())
                    .number("Block Period Control", REPEATING)
                    .number("Block Period Duration Type", period.unit())
                    .number("Tariff Type", 0)
                    .number("Tariff Resolution Period", BLOCK_PERIOD))
        .encode();
  }

  /** Four hours of six minutes. */
  private static Octets recordNetworkData(Translation translation) throws ElementException {
    return new GbzCommands()
        .send(
            "Start Sampling",
            f ->
                f.number("Issuer Event Id", issuerEvent(translation))
                    .number("Start Sampling Time", 0)
                    .number("Sample Type", 0)
                    .number("Sample Request Interval", SAMPLE_SECONDS)
                    .number("Max Number of Samples", SAMPLES))
        .encode();
  }
}
