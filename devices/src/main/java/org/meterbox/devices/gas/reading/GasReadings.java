// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.reading;

import java.util.List;
import java.util.Optional;
import org.meterbox.devices.gas.register.GasAccount;
import org.meterbox.devices.gas.register.Volumes;
import org.meterbox.devices.gas.state.GasAttribute;
import org.meterbox.devices.gas.state.GasSettings;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.devices.gas.valve.Battery;
import org.meterbox.devices.gas.valve.ValveState;
import org.meterbox.gbcs.gbz.TypedValue;
import org.meterbox.gbcs.gbz.ZclAttribute;

/** The attributes of a gas meter: those that it measures, and those that it keeps. */
final class GasReadings {
  /** The balances in the order of a snapshot. */
  private static final List<ZclAttribute> BALANCES =
      List.of(
          GasAttribute.ACCUMULATED_DEBT,
          GasAttribute.timeDebt(1),
          GasAttribute.timeDebt(2),
          GasAttribute.PAYMENT_DEBT,
          GasAttribute.EMERGENCY_CREDIT_REMAINING,
          GasAttribute.CREDIT_REMAINING);

  private GasReadings() {}

  static Optional<TypedValue> read(GsmeState gsme, ZclAttribute attribute) {
    Optional<Long> measured = measured(gsme, attribute);
    return measured.isPresent()
        ? attribute.prescribedType().map(type -> TypedValue.number(type, measured.get()))
        : GasSettings.of(gsme).value(attribute);
  }

  private static Optional<Long> measured(GsmeState gsme, ZclAttribute attribute) {
    Volumes volumes = Volumes.of(gsme);
    if (attribute.equals(GasAttribute.CURRENT_SUMMATION)) {
      return Optional.of(volumes.litres());
    }
    for (int number = 1; number <= GasAttribute.tiers(); number++) {
      if (attribute.equals(GasAttribute.tierSummation(number))) {
        return Optional.of(volumes.tiers().get(number - 1));
      }
      if (attribute.equals(GasAttribute.blockSummation(number))) {
        return Optional.of(volumes.blocks().get(number - 1));
      }
    }
    if (attribute.equals(GasAttribute.SUPPLY_STATUS)) {
      return Optional.of((long) ValveState.of(gsme).status());
    }
    return attribute.equals(GasAttribute.BATTERY_LIFE_DAYS)
        ? Optional.of((long) Battery.of(gsme).days())
        : balance(gsme, attribute);
  }

  private static Optional<Long> balance(GsmeState gsme, ZclAttribute attribute) {
    if (attribute.equals(GasAttribute.BILL_TO_DATE)) {
      return Optional.of(GasAccount.of(gsme).bill());
    }
    int place = BALANCES.indexOf(attribute);
    return place < 0 ? Optional.empty() : Optional.of((long) GasAccount.balances(gsme).get(place));
  }
}
