// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform.gas;

import static org.meterbox.kernel.DeviceType.GPF;
import static org.meterbox.kernel.DeviceType.GSME;
import static org.meterbox.transform.gas.GbzCommands.implementation;
import static org.meterbox.transform.gas.GbzCommands.int32;
import static org.meterbox.transform.gas.GbzCommands.issuerEvent;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.Octets;
import org.meterbox.transform.CosemForms;
import org.meterbox.transform.Mapping;
import org.meterbox.transform.Translation;
import org.meterbox.transform.TranslationRequest;

/** Supply, payment, debt and messages of a gas meter (requests 1.5, 1.6, 2.x, 3.x, 7.x, 9.1). */
public final class GasControl {
  private static final int SUPPLY_OFF = 0;
  private static final int SUPPLY_ARMED = 1;
  private static final int CREDIT_MODE = 0x0C94;
  private static final int NO_CUT_OFF = -1;
  private static final int GENERAL_EVENT_LOG = 0x03;
  private static final int PIN = 2;
  private static final int UNTIL_REPLACED = 0xFFFF;
  private static final int NAME_AND_CONTACT = 0x1800;

  /** The mappings of this family. */
  public static final List<Mapping> MAPPINGS =
      Stream.of(supply(), balance(), display()).flatMap(List::stream).toList();

  private GasControl() {}

  private static Mapping meter(String variant, String useCase, int code, Mapping.Payload payload) {
    return Mapping.of(variant, GSME, useCase, code, payload);
  }

  private static List<Mapping> supply() {
    return List.of(
        meter("7.2", "GCS32", 0x0081, t -> changeSupply(t, SUPPLY_OFF)),
        meter("7.3", "GCS39", 0x0085, t -> changeSupply(t, SUPPLY_ARMED)),
        meter("1.6", "GCS02", 0x006C, t -> paymentMode(t, CREDIT_MODE, NO_CUT_OFF))
            .when(subject -> subject.request().body().has("Credit")),
        meter("1.6", "GCS03", 0x006D, GasControl::prepaymentMode));
  }

  private static Octets changeSupply(Translation translation, int status) throws ElementException {
    return new GbzCommands()
        .send(
            "Change Supply",
            f ->
                f.number("Provider Id", 0)
                    .number("Issuer Event Id", issuerEvent(translation))
                    .number("Request Date/Time", 0)
                    .number("Implementation Date/Time", 0)
                    .number("Proposed Supply Status", status)
                    .number("Originator Id/Supply Control Bits", 1))
        .encode();
  }

  private static Octets prepaymentMode(Translation translation) throws ElementException {
    XmlElement settings = translation.body().child("Prepayment");
    boolean disabled = settings.bool("SuspendDebtDisabled");
    boolean emergency = settings.bool("SuspendDebtEmergency");
    int control = emergency ? (disabled ? 0x0497 : 0x0097) : (disabled ? 0x0C97 : 0x0897);
    return paymentMode(translation, control, int32(settings.child("DisablementThreshold")));
  }

  private static Octets paymentMode(Translation translation, int control, long cutOff)
      throws ElementException {
    long when = implementation(translation.body());
    return new GbzCommands()
        .send(
            "Change Payment Mode",
            f ->
                f.number("Provider Id", 0)
                    .number("Issuer Event Id", issuerEvent(translation))
                    .number("Implementation Date/Time", when)
                    .number("Proposed Payment Control Configuration", control)
                    .number("Cut Off Value", cutOff))
        .encode();
  }

  private static List<Mapping> balance() {
    return List.of(
        meter("1.5", "GCS40b", 0x00B4, t -> adjust(t, 1))
            .when(subject -> adjusts(subject, "PrepaymentMode", "ResetMeterBalance")),
        meter("1.5", "GCS40a", 0x0086, t -> adjust(t, 0))
            .when(subject -> adjusts(subject, "PrepaymentMode", "AdjustMeterBalance")),
        meter("1.5", "GCS40d", 0x00C2, t -> adjust(t, 2))
            .when(subject -> adjusts(subject, "CreditMode", "ResetMeterBalance")),
        meter("1.5", "GCS40c", 0x00C0, t -> adjust(t, 3))
            .when(subject -> adjusts(subject, "CreditMode", "AdjustMeterBalance")),
        meter("2.2", "CS01b", 0x0097, GasControl::topUp),
        meter("2.3", "GCS04", 0x006E, GasControl::debt),
        meter(
            "2.5",
            "GCS06",
            0x0070,
            t ->
                new GbzCommands()
                    .send(
                        "Select Available Emergency Credit",
                        f -> f.number("Command Issue Date/Time", 0).number("Originating Device", 0))
                    .encode()));
  }

  private static boolean adjusts(TranslationRequest subject, String mode, String how) {
    return subject.request().body().find(mode).filter(found -> found.has(how)).isPresent();
  }

  /** Resets carry no amount. */
  private static Octets adjust(Translation translation, int type) throws ElementException {
    XmlElement mode = translation.body().onlyChild();
    long amount = mode.has("AdjustMeterBalance") ? int32(mode.child("AdjustMeterBalance")) : 0;
    return new GbzCommands()
        .send(
            "Credit Adjustment",
            f ->
                f.number("Issuer Event Id", issuerEvent(translation))
                    .number("Start Time", 0)
                    .number("Credit Adjustment Type", type)
                    .number("Credit Adjustment Value", amount))
        .encode();
  }

  private static Octets topUp(Translation translation) throws ElementException {
    Octets code = CosemForms.octets(translation.body().text("UTRN"));
    return new GbzCommands()
        .send("Consumer Top Up", f -> f.number("Originating Device", 0).octets("Top Up Code", code))
        .encode();
  }

  private static Octets debt(Translation translation) throws ElementException {
    XmlElement body = translation.body();
    GbzCommands commands = new GbzCommands();
    timeDebt(translation, commands, "TimeDebtRegister1", "GasDebtRecovery1", 1);
    timeDebt(translation, commands, "TimeDebtRegister2", "GasDebtRecovery2", 3);
    long share = CosemForms.within(body.child("DebtRecoveryPerPayment"), 0, 0xFFFF);
    changeDebt(
        translation,
        commands,
        new Debt(int32(body.child("PaymentDebtRegister")), 1, 5, 1, 0, share));
    return commands.encode();
  }

  private static void timeDebt(
      Translation translation, GbzCommands commands, String register, String recovery, int type)
      throws ElementException {
    XmlElement body = translation.body();
    XmlElement rate = body.child(recovery);
    boolean hourly = rate.child("DebtRecoveryRatePeriod").token().equals("HOURLY");
    changeDebt(
        translation,
        commands,
        new Debt(
            int32(body.child(register)),
            0,
            type,
            hourly ? 0 : 1,
            int32(rate.child("DebtRecoveryRate")),
            0));
  }

  private record Debt(
      long amount, int method, int type, int frequency, long recovered, long percentage) {}

  private static void changeDebt(Translation translation, GbzCommands commands, Debt debt)
      throws ElementException {
    commands.send(
        "Change Debt",
        f ->
            f.number("Issuer Event Id", issuerEvent(translation))
                .octets("Debt Label", Octets.EMPTY)
                .number("Debt Amount", debt.amount())
                .number("Debt Recovery Method", debt.method())
                .number("Debt Amount Type", debt.type())
                .number("Debt Recovery Start Time", 0)
                .number("Debt Recovery Collection Time", 0)
                .number("Debt Recovery Frequency", debt.frequency())
                .number("Debt Recovery Amount", debt.recovered())
                .number("Debt Recovery Balance Percentage", debt.percentage()));
  }

  private static List<Mapping> display() {
    return List.of(
        meter("3.1", "GCS07", 0x0071, GasControl::message),
        Mapping.of(
            "3.3",
            Set.of(GSME, GPF),
            "CS11",
            0x0015,
            t ->
                new GbzCommands()
                    .send("Clear Event Log Request", f -> f.number("Log Id", GENERAL_EVENT_LOG))
                    .encode()),
        meter("3.4", "GCS44", 0x0088, GasControl::supplierName),
        meter("3.5", "GCS11", 0x0073, GasControl::disablePin),
        meter("6.20.1", "GCS41", 0x0087, GasControl::meterPoint),
        meter("9.1", "GCS36", 0x0083, GasControl::customerNumber));
  }

  private static Octets message(Translation translation) throws ElementException {
    Octets text = CosemForms.octets(translation.body().text("SupplierMessage"));
    return new GbzCommands()
        .send(
            "Display Message",
            f ->
                f.number("Message Id", issuerEvent(translation))
                    .number("Message Control", 0)
                    .number("Start Time", 0)
                    .number("Duration In Minutes", UNTIL_REPLACED)
                    .octets("Message", text))
        .encode();
  }

  private static Octets supplierName(Translation translation) throws ElementException {
    Octets name = CosemForms.octets(translation.body().text("SupplierName"));
    Octets telephone = CosemForms.octets(translation.body().text("SupplierTelephoneNumber"));
    return new GbzCommands()
        .send(
            "Publish Change of Supplier",
            f ->
                f.number("Current Provider Id", 0)
                    .number("Issuer Event Id", issuerEvent(translation))
                    .number("Tariff Type", 0)
                    .number("Proposed Provider Id", 0)
                    .number("Provider Change Implementation Time", 0)
                    .number("Provider Change Control", NAME_AND_CONTACT)
                    .octets("Proposed Provider Name", name)
                    .octets("Proposed Provider Contact Details", telephone))
        .encode();
  }

  private static Octets disablePin(Translation translation) throws ElementException {
    return new GbzCommands()
        .send(
            "Request New Password Response",
            f ->
                f.number("Issuer Event Id", issuerEvent(translation))
                    .number("Implementation Date/Time", 0)
                    .number("Duration In Minutes", 0)
                    .number("Password Type", PIN)
                    .octets("Password", Octets.EMPTY))
        .encode();
  }

  private static Octets meterPoint(Translation translation) throws ElementException {
    Octets number = CosemForms.octets(translation.body().text("ImportMPRN"));
    return new GbzCommands()
        .send(
            "Update Site Id",
            f ->
                f.number("Issuer Event Id", issuerEvent(translation))
                    .number("Site Id Time", 0)
                    .number("Provider Id", 0)
                    .octets("Site Id", number))
        .encode();
  }

  private static Octets customerNumber(Translation translation) throws ElementException {
    Octets digits =
        translation
            .context()
            .customerIdentificationNumber()
            .orElseThrow(() -> translation.body().fault("has no number to show"));
    return new GbzCommands()
        .send(
            "Update CIN",
            f ->
                f.number("Issuer Event Id", issuerEvent(translation))
                    .number("Implementation Time", 0)
                    .number("Provider Id", 0)
                    .octets("Customer Id Number", digits))
        .encode();
  }
}
