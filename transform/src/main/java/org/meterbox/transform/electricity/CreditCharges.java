// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform.electricity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.DlmsValue.BitString;
import org.meterbox.gbcs.dlms.DlmsValue.OctetString;
import org.meterbox.kernel.Octets;

/** Which charges are collected from which credit (class 111 attribute 11; ECS02 and ECS03). */
final class CreditCharges {
  private static final int METER_BALANCE = 0;
  private static final int EMERGENCY_CREDIT = 1;
  private static final int ACCUMULATED_DEBT = 2;

  private static final int TARIFF = 0;
  private static final int TIME_DEBT_1 = 1;
  private static final int TIME_DEBT_2 = 2;
  private static final int PAYMENT_DEBT = 3;
  private static final int STANDING = 4;
  private static final int SECONDARY_TARIFF = 5;

  /** Collected always, also while the supply is off. */
  private static final String ALWAYS = "E0";

  /** Not collected while the supply is off. */
  private static final String NOT_WHILE_DISABLED = "C0";

  private final List<DlmsValue> lines = new ArrayList<>();

  private CreditCharges() {}

  static DlmsValue creditMode(boolean twinElement) {
    CreditCharges charges = new CreditCharges();
    charges.collect(METER_BALANCE, TARIFF, ALWAYS);
    charges.collect(METER_BALANCE, STANDING, ALWAYS);
    if (twinElement) {
      charges.collect(METER_BALANCE, SECONDARY_TARIFF, ALWAYS);
    }
    return new DlmsValue.ArrayOf(charges.lines);
  }

  /**
   * The collections in prepayment mode.
   *
   * @param suspendDebtDisabled no debt is recovered while the supply is off
   * @param suspendDebtEmergency debt that falls due in emergency credit is accumulated
   */
  static DlmsValue prepaymentMode(
      boolean suspendDebtDisabled, boolean suspendDebtEmergency, boolean twinElement) {
    String timeDebt = suspendDebtDisabled ? NOT_WHILE_DISABLED : ALWAYS;
    CreditCharges charges = new CreditCharges();
    charges.collect(METER_BALANCE, TARIFF, ALWAYS);
    charges.collect(METER_BALANCE, STANDING, ALWAYS);
    charges.collect(METER_BALANCE, TIME_DEBT_1, timeDebt);
    charges.collect(METER_BALANCE, TIME_DEBT_2, timeDebt);
    charges.collect(METER_BALANCE, PAYMENT_DEBT, ALWAYS);
    charges.collect(EMERGENCY_CREDIT, PAYMENT_DEBT, ALWAYS);
    charges.collect(EMERGENCY_CREDIT, TARIFF, ALWAYS);
    charges.collect(EMERGENCY_CREDIT, STANDING, ALWAYS);
    charges.collect(EMERGENCY_CREDIT, TIME_DEBT_1, timeDebt);
    charges.collect(EMERGENCY_CREDIT, TIME_DEBT_2, timeDebt);
    if (suspendDebtEmergency) {
      charges.collect(ACCUMULATED_DEBT, STANDING, ALWAYS);
      charges.collect(ACCUMULATED_DEBT, TIME_DEBT_1, ALWAYS);
      charges.collect(ACCUMULATED_DEBT, TIME_DEBT_2, ALWAYS);
    }
    if (twinElement) {
      charges.collect(METER_BALANCE, SECONDARY_TARIFF, ALWAYS);
      charges.collect(EMERGENCY_CREDIT, SECONDARY_TARIFF, ALWAYS);
    }
    return new DlmsValue.ArrayOf(charges.lines);
  }

  private void collect(int credit, int charge, String configuration) {
    lines.add(
        DlmsValue.structure(
            OctetString.ofHex(String.format(Locale.ROOT, "0000130A%02XFF", credit)),
            OctetString.ofHex(String.format(Locale.ROOT, "00001314%02XFF", charge)),
            new BitString(3, Octets.ofHex(configuration))));
  }
}
