// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.payment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.devices.esme.state.EsmeVariant;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.DlmsValue.BitString;
import org.meterbox.gbcs.dlms.DlmsValue.OctetString;
import org.meterbox.kernel.Octets;

/**
 * Which charges are collected from which credit: the credit charge configuration of the meter's
 * account (class 111, attribute 11). GBCS allows five values for each variant, one in credit mode
 * (ECS02) and one for each setting of the two ways to suspend debt in prepayment mode (ECS03).
 *
 * @param mode the payment mode that it belongs to
 * @param suspendDebtDisabled no time-based debt is recovered while the supply is disabled for want
 *     of credit
 * @param suspendDebtEmergency time-based charges that fall due while emergency credit is in use are
 *     accumulated and not taken from it
 */
record PaymentConfiguration(
    PaymentMode mode, boolean suspendDebtDisabled, boolean suspendDebtEmergency) {
  private static final int METER_BALANCE = 0;
  private static final int EMERGENCY_CREDIT = 1;
  private static final int ACCUMULATED_DEBT = 2;

  private static final int TARIFF = 0;
  private static final int TIME_DEBT_1 = 1;
  private static final int TIME_DEBT_2 = 2;
  private static final int PAYMENT_DEBT = 3;
  private static final int STANDING = 4;
  private static final int SECONDARY_TARIFF = 5;

  private static final int ALWAYS = 0xE0;
  private static final int NOT_WHILE_DISABLED = 0xC0;
  private static final int BITS = 3;

  /** Nothing but consumption and standing charge lower the balance. */
  static final PaymentConfiguration CREDIT =
      new PaymentConfiguration(PaymentMode.CREDIT, false, false);

  private static final List<PaymentConfiguration> ALL =
      List.of(
          CREDIT,
          new PaymentConfiguration(PaymentMode.PREPAYMENT, false, false),
          new PaymentConfiguration(PaymentMode.PREPAYMENT, false, true),
          new PaymentConfiguration(PaymentMode.PREPAYMENT, true, false),
          new PaymentConfiguration(PaymentMode.PREPAYMENT, true, true));

  /** The configuration of a value; empty where a meter of this variant has no such value. */
  static Optional<PaymentConfiguration> of(DlmsValue value, EsmeVariant variant) {
    return ALL.stream().filter(c -> c.toValue(variant).equals(value)).findFirst();
  }

  /** The value on the wire. */
  DlmsValue toValue(EsmeVariant variant) {
    List<DlmsValue> lines = new ArrayList<>();
    boolean twin = variant == EsmeVariant.TWIN_ELEMENT;
    switch (mode) {
      case CREDIT -> {
        add(lines, METER_BALANCE, ALWAYS, TARIFF, STANDING);
        if (twin) {
          add(lines, METER_BALANCE, ALWAYS, SECONDARY_TARIFF);
        }
      }
      case PREPAYMENT -> addPrepayment(lines, twin);
    }
    return new DlmsValue.ArrayOf(lines);
  }

  private void addPrepayment(List<DlmsValue> lines, boolean twin) {
    int timeDebt = suspendDebtDisabled ? NOT_WHILE_DISABLED : ALWAYS;
    add(lines, METER_BALANCE, ALWAYS, TARIFF, STANDING);
    add(lines, METER_BALANCE, timeDebt, TIME_DEBT_1, TIME_DEBT_2);
    add(lines, METER_BALANCE, ALWAYS, PAYMENT_DEBT);
    add(lines, EMERGENCY_CREDIT, ALWAYS, PAYMENT_DEBT, TARIFF, STANDING);
    add(lines, EMERGENCY_CREDIT, timeDebt, TIME_DEBT_1, TIME_DEBT_2);
    if (suspendDebtEmergency) {
      add(lines, ACCUMULATED_DEBT, ALWAYS, STANDING, TIME_DEBT_1, TIME_DEBT_2);
    }
    if (twin) {
      add(lines, METER_BALANCE, ALWAYS, SECONDARY_TARIFF);
      add(lines, EMERGENCY_CREDIT, ALWAYS, SECONDARY_TARIFF);
    }
  }

  private static void add(List<DlmsValue> lines, int credit, int when, int... charges) {
    for (int charge : charges) {
      lines.add(
          DlmsValue.structure(
              OctetString.ofHex(String.format(Locale.ROOT, "0000130A%02XFF", credit)),
              OctetString.ofHex(String.format(Locale.ROOT, "00001314%02XFF", charge)),
              new BitString(BITS, Octets.ofHex(String.format(Locale.ROOT, "%02X", when)))));
    }
  }
}
