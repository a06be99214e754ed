// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.payment;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.meterbox.devices.cosem.CosemObjects;
import org.meterbox.devices.esme.event.EsmeEvents;
import org.meterbox.devices.esme.metering.MeteringFunction;
import org.meterbox.devices.esme.state.EsmeFunction;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.PartCodec;
import org.meterbox.devices.esme.supply.SupplyState;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/**
 * What is owed, paid and charged, in credit and in prepayment mode (SMETS 5.5.7): charges for
 * energy and time, recovery of debt, emergency credit, tokens, and the supply when credit runs out.
 */
public final class PaymentFunction implements EsmeFunction, MeteringFunction.Charging {
  private static final int EMERGENCY_CREDIT_ACTIVATED = 0x81AB;
  private static final int ARMED_BY_EMERGENCY_CREDIT = 0x8168;
  private static final int USER_COMMAND_DONE = 0x8161;
  private static final int USER_COMMAND_REFUSED = 0x8162;

  /** Activate emergency credit, among the commands of the user interface. */
  private static final int ACTIVATE_AT_METER = 0x0002;

  @Override
  public List<PartCodec<?>> parts() {
    return List.of(
        Account.CODEC,
        ChargeProgress.CODEC,
        CreditNotices.CODEC,
        PaymentLogs.CODEC,
        TokenEntry.CODEC);
  }

  @Override
  public List<String> useCases() {
    return List.of(
        "CS01a", "ECS02", "ECS03", "ECS04a", "ECS04b", "ECS07", "ECS08", "ECS08a", "ECS09", "ECS19",
        "ECS20a", "ECS20d", "ECS21b", "ECS26a", "ECS26j", "ECS82");
  }

  @Override
  public void addTo(CosemObjects<EsmeState> objects) {
    PaymentObjects.addTo(objects);
  }

  @Override
  public void charge(Transition<EsmeState> transition, long wattHours, int price, int scale) {
    Charges.energy(transition, wattHours, price, scale);
  }

  @Override
  public Instant next(EsmeState state, Instant after) {
    return CreditWatch.next(state, after);
  }

  @Override
  public void due(Transition<EsmeState> transition) {
    boolean midnight = Charges.time(transition);
    CreditWatch.look(transition);
    if (midnight) {
      transition.updateFunction(
          esme -> esme.with(esme.part(PaymentLogs.class).withDay(PrepaymentRead.of(esme))));
    }
  }

  @Override
  public boolean accepts(EsmeState state, CosemAttribute attribute, DlmsValue value) {
    return PaymentSettings.accepts(state.variant(), attribute, value);
  }

  @Override
  public boolean acceptsTogether(EsmeState state, Map<CosemAttribute, DlmsValue> values) {
    return PaymentSettings.acceptsTogether(state, values);
  }

  /**
   * The new account becomes the active one, and the threshold stands where it is read. Times up to
   * now are charged as before the change.
   */
  @Override
  public void settingsChanged(Transition<EsmeState> transition, Set<CosemAttribute> changed) {
    if (changed.contains(PaymentSettings.MODE)) {
      transition.updateFunction(esme ->
          esme.settings()
              .get(PaymentSettings.MODE)
              .flatMap(PaymentMode::of)
              .map(mode -> esme.withValue(PaymentSettings.MODE, mode.toValue()))
              .orElse(esme));
    }
    if (changed.contains(PaymentSettings.DISABLEMENT_THRESHOLD)) {
      transition.updateFunction(esme ->
          esme.withValue(
              PaymentSettings.DISABLEMENT_THRESHOLDS,
              new DlmsValue.ArrayOf(
                  esme.settings().get(PaymentSettings.DISABLEMENT_THRESHOLD).stream().toList())));
    }
  }

  /**
   * Activates emergency credit.
   *
   * @return whether it is active now, also where it was before
   */
  static boolean activateEmergencyCredit(Transition<EsmeState> transition) {
    EsmeState esme = transition.function();
    PaymentSettings settings = PaymentSettings.of(esme);
    Account account = Account.of(esme);
    if (!settings.isPrepayment()) {
      return false;
    }
    if (account.emergencyActive()) {
      return true;
    }
    if (!account.isEmergencyCreditOffered(settings)) {
      return false;
    }
    boolean disabled = Charges.isDisabledForCredit(esme.part(SupplyState.class));
    transition.updateFunction(before -> before.with(account.withEmergencyCreditActive()));
    EsmeEvents.raise(transition, EMERGENCY_CREDIT_ACTIVATED);
    CreditWatch.look(transition);
    boolean stillDisabled =
        Charges.isDisabledForCredit(transition.function().part(SupplyState.class));
    if (disabled && !stillDisabled) {
      EsmeEvents.raise(transition, ARMED_BY_EMERGENCY_CREDIT);
    }
    return true;
  }

  /**
   * The consumer activates emergency credit at the meter or at a PPMID.
   *
   * @return whether it is active now
   */
  public static boolean activateEmergencyCreditAtMeter(Transition<EsmeState> transition) {
    boolean active = activateEmergencyCredit(transition);
    Octets command = new OctetWriter(2).u16(ACTIVATE_AT_METER).toOctets();
    EsmeEvents.raise(transition, active ? USER_COMMAND_DONE : USER_COMMAND_REFUSED, command);
    return active;
  }

  /** The consumer types a token in, at the meter or at a PPMID. */
  public static TokenResult enterToken(Transition<EsmeState> transition, String digits) {
    return TopUps.byHand(transition, digits);
  }
}
