// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.correlate.expectation.Data;
import org.meterbox.correlate.expectation.DlmsCommand;
import org.meterbox.correlate.expectation.Expectation;
import org.meterbox.correlate.expectation.GbzCommand;
import org.meterbox.correlate.expectation.ZclFields;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.kernel.Octets;

/** Credit or prepayment: 1.6 (GBCS ECS02, ECS03, GCS02, GCS03). */
final class PaymentModeRequests {
  private static final String ACCOUNT = "0-1:19.0.0.255";
  private static final CosemAttribute MODE = CosemAttribute.of(111, ACCOUNT, 2);
  private static final CosemAttribute CHARGES = CosemAttribute.of(111, ACCOUNT, 11);
  private static final CosemAttribute TIME = CosemAttribute.of(111, ACCOUNT, 13);
  private static final int CREDIT = 1;
  private static final int PREPAYMENT = 2;
  private static final int NEW_INACTIVE = 1;

  private static final int METER_BALANCE = 0x00;
  private static final int EMERGENCY_CREDIT = 0x01;
  private static final int ACCUMULATED_DEBT = 0x02;
  private static final int TARIFF = 0x00;
  private static final int TIME_DEBT_1 = 0x01;
  private static final int TIME_DEBT_2 = 0x02;
  private static final int PAYMENT_DEBT = 0x03;
  private static final int STANDING_CHARGE = 0x04;
  private static final int SECONDARY_TARIFF = 0x05;

  /** Collected always. */
  private static final int ALWAYS = 0xE0;

  /** Not collected while supply is disabled for want of credit. */
  private static final int UNLESS_DISABLED = 0xC0;

  private static final int PREPAYMENT_CLUSTER = 0x0705;
  private static final int TO_SERVER = 0x01;
  private static final long NEVER = 0xFFFF_FFFFL;
  private static final int CONFIGURATION_CREDIT = 0x0C94;

  private PaymentModeRequests() {}

  static List<Expectation> paymentMode(OriginalRequest request, UserKnowledge knowledge)
      throws ElementException {
    Optional<XmlElement> prepayment = request.body().find("Prepayment");
    if (prepayment.isEmpty()) {
      request.body().child("Credit");
    }
    List<Expectation> expectations = new ArrayList<>();
    for (boolean twin : new boolean[] {false, true}) {
      if (knowledge.mayBeTwin(request, twin)) {
        expectations.add(
            prepayment.isPresent()
                ? prepayment(request, prepayment.get(), twin)
                : credit(request, twin));
      }
    }
    expectations.add(prepayment.isPresent() ? gas(request, prepayment.get()) : gasCredit(request));
    return expectations;
  }

  /**
   * An electricity meter's credit mode.
   *
   * @param twin whether the meter has two elements
   */
  private static Expectation credit(OriginalRequest request, boolean twin) throws ElementException {
    List<Data> charges = new ArrayList<>();
    charges.add(charge(METER_BALANCE, TARIFF, ALWAYS));
    charges.add(charge(METER_BALANCE, STANDING_CHARGE, ALWAYS));
    if (twin) {
      charges.add(charge(METER_BALANCE, SECONDARY_TARIFF, ALWAYS));
    }
    return Expectation.of(
        0x001A,
        new DlmsCommand(request.requestId().counter())
            .set(MODE, "payment mode", mode(CREDIT))
            .set(CHARGES, "charges", Data.array("charges", charges))
            .set(TIME, "time for the payment mode", Activation.of(request).dlms())
            .payload());
  }

  private static Expectation prepayment(
      OriginalRequest request, XmlElement prepayment, boolean twin) throws ElementException {
    Data time = Activation.of(request).dlms();
    return Expectation.of(
        0x001B,
        new DlmsCommand(request.requestId().counter())
            .set(MODE, "payment mode", mode(PREPAYMENT))
            .set(
                CosemAttribute.of(9000, "0-0:94.44.128.22", 4),
                "disablement threshold",
                Data.int32(prepayment.child("DisablementThreshold")))
            .set(CHARGES, "charges", prepaymentCharges(prepayment, twin))
            .set(CosemAttribute.of(9000, "0-0:94.44.128.22", 6), "time for the threshold", time)
            .set(TIME, "time for the payment mode", time)
            .payload());
  }

  private static Data mode(int mode) {
    return Data.structure(
        "payment mode",
        Data.prescribed("payment mode", new DlmsValue.Enumerated(mode)),
        Data.prescribed("account status", new DlmsValue.Enumerated(NEW_INACTIVE)));
  }

  /** Which charge is taken from which credit (class 111 credit_charge_configuration). */
  private static Data prepaymentCharges(XmlElement prepayment, boolean twin)
      throws ElementException {
    int timeDebts = prepayment.bool("SuspendDebtDisabled") ? UNLESS_DISABLED : ALWAYS;
    List<Data> charges = new ArrayList<>();
    charges.add(charge(METER_BALANCE, TARIFF, ALWAYS));
    charges.add(charge(METER_BALANCE, STANDING_CHARGE, ALWAYS));
    charges.add(charge(METER_BALANCE, TIME_DEBT_1, timeDebts));
    charges.add(charge(METER_BALANCE, TIME_DEBT_2, timeDebts));
    charges.add(charge(METER_BALANCE, PAYMENT_DEBT, ALWAYS));
    charges.add(charge(EMERGENCY_CREDIT, PAYMENT_DEBT, ALWAYS));
    charges.add(charge(EMERGENCY_CREDIT, TARIFF, ALWAYS));
    charges.add(charge(EMERGENCY_CREDIT, STANDING_CHARGE, ALWAYS));
    charges.add(charge(EMERGENCY_CREDIT, TIME_DEBT_1, timeDebts));
    charges.add(charge(EMERGENCY_CREDIT, TIME_DEBT_2, timeDebts));
    if (prepayment.bool("SuspendDebtEmergency")) {
      charges.add(charge(ACCUMULATED_DEBT, STANDING_CHARGE, ALWAYS));
      charges.add(charge(ACCUMULATED_DEBT, TIME_DEBT_1, ALWAYS));
      charges.add(charge(ACCUMULATED_DEBT, TIME_DEBT_2, ALWAYS));
    }
    if (twin) {
      charges.add(charge(METER_BALANCE, SECONDARY_TARIFF, ALWAYS));
      charges.add(charge(EMERGENCY_CREDIT, SECONDARY_TARIFF, ALWAYS));
    }
    return Data.array("charges that SuspendDebtDisabled and SuspendDebtEmergency leave", charges);
  }

  private static Data charge(int credit, int charge, int collection) {
    String what = String.format(Locale.ROOT, "charge %02X of credit %02X", charge, credit);
    return Data.structure(
        what,
        Data.prescribed("credit of the " + what, object(0x0A, credit)),
        Data.prescribed("name of the " + what, object(0x14, charge)),
        Data.prescribed(
            "collection of the " + what + " (SuspendDebtDisabled)",
            new DlmsValue.BitString(3, Octets.of((byte) collection))));
  }

  private static DlmsValue object(int kind, int number) {
    return DlmsValue.OctetString.ofHex(
        String.format(Locale.ROOT, "000013%02X%02XFF", kind, number));
  }

  private static Expectation gasCredit(OriginalRequest request) throws ElementException {
    ZclFields fields =
        head(request)
            .prescribed("Proposed Payment Control Configuration", CONFIGURATION_CREDIT, 2)
            .prescribed("Cut Off Value: unchanged", 0xFFFF_FFFFL, 4);
    return changePaymentMode(0x006C, fields);
  }

  private static Expectation gas(OriginalRequest request, XmlElement prepayment)
      throws ElementException {
    boolean disabled = prepayment.bool("SuspendDebtDisabled");
    boolean emergency = prepayment.bool("SuspendDebtEmergency");
    int configuration;
    if (emergency) {
      configuration = disabled ? 0x0497 : 0x0097;
    } else {
      configuration = disabled ? 0x0C97 : 0x0897;
    }
    ZclFields fields =
        head(request)
            .prescribed("Proposed Payment Control Configuration (SuspendDebt...)", configuration, 2)
            .signed32(prepayment.child("DisablementThreshold"));
    return changePaymentMode(0x006D, fields);
  }

  private static ZclFields head(OriginalRequest request) throws ElementException {
    return Activation.of(request)
        .addTo(
            new ZclFields().prescribed("Provider Id", 0, 4).senderTime("Issuer Event Id"), NEVER);
  }

  private static Expectation changePaymentMode(int useCase, ZclFields fields) {
    return Expectation.of(
        useCase,
        new GbzCommand()
            .command("Change Payment Mode", PREPAYMENT_CLUSTER, TO_SERVER, 0x06, fields)
            .payload());
  }
}
