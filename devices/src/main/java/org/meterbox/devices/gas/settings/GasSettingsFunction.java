// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.settings;

import java.util.List;
import java.util.Map;
import org.meterbox.devices.gas.state.GasAttribute;
import org.meterbox.devices.gas.state.GasFunction;
import org.meterbox.devices.gas.state.GasPartCodec;
import org.meterbox.devices.gas.state.GasSettings;
import org.meterbox.devices.gas.state.GasSettings.Text;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.devices.gbz.GbzUseCase;
import org.meterbox.devices.gbz.ZclAnswer;
import org.meterbox.devices.gbz.ZclCall;
import org.meterbox.devices.gbz.ZclInvocation;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.gbz.ZclAttribute;
import org.meterbox.gbcs.gbz.ZclStatus;
import org.meterbox.kernel.Octets;

/**
 * What a gas meter keeps as it was written: message, names, numbers of meter point and customer,
 * calorific value and conversion factor (GCS07, GCS11, GCS23, GCS36, GCS41, GCS44).
 */
public final class GasSettingsFunction implements GasFunction {
  /** Characters of a message at most (SRV 3.1). */
  private static final int MAX_MESSAGE = 116;

  /** Octets of a customer identification number. */
  private static final int CIN = 4;

  /** Digits of a meter point reference number at most. */
  private static final int MAX_MPRN = 10;

  private static final int MAX_NAME = 15;
  private static final int MAX_TELEPHONE = 18;
  private static final int FIVE_DECIMALS = 0x50;
  private static final int ONE_DECIMAL = 0x10;

  /**
   * 1,000 MJ/m3 and a factor of 10, in units of their last decimals. No specification gives a
   * limit; natural gas has about 40 MJ/m3, butane 130.
   */
  private static final long MAX_CALORIFIC_VALUE = 10_000;

  private static final long MAX_CONVERSION_FACTOR = 1_000_000;

  /** A name and contact of the supplier, and nothing that changes the supplier. */
  private static final long NAMES_ONLY = 0x0000_1800;

  /** The password that protects the consumer's menu. */
  private static final int CONSUMER_MENU = 2;

  @Override
  public List<GasPartCodec<?>> parts() {
    return List.of(GasSettings.CODEC);
  }

  @Override
  public Map<String, GbzUseCase<GsmeState>> useCases() {
    return Map.of(
        "GCS07",
            GbzUseCase.of(
                ZclInvocation.of(
                    "Display Message",
                    (transition, call) ->
                        text(
                            transition,
                            Text.MESSAGE,
                            call.fields().octets("Message"),
                            1,
                            MAX_MESSAGE))),
        "GCS11",
            GbzUseCase.of(
                ZclInvocation.<GsmeState>of(
                        "Request New Password Response",
                        (transition, call) ->
                            text(
                                transition,
                                Text.PRIVACY_PIN,
                                call.fields().octets("Password"),
                                0,
                                0))
                    .only("Password Type", CONSUMER_MENU)),
        "GCS23",
            GbzUseCase.of(
                    ZclInvocation.<GsmeState>of(
                            "Publish Conversion Factor",
                            (transition, call) ->
                                number(
                                    transition,
                                    call,
                                    GasAttribute.CONVERSION_FACTOR,
                                    "Conversion Factor",
                                    MAX_CONVERSION_FACTOR))
                        .only("Start Time", 0)
                        .only("Conversion Factor Trailing Digit", FIVE_DECIMALS))
                .then(
                    ZclInvocation.<GsmeState>of(
                            "Publish Calorific Value",
                            (transition, call) ->
                                number(
                                    transition,
                                    call,
                                    GasAttribute.CALORIFIC_VALUE,
                                    "Calorific Value",
                                    MAX_CALORIFIC_VALUE))
                        .only("Start Time", 0)
                        .only("Calorific Value Unit", 1)
                        .only("Calorific Value Trailing Digit", ONE_DECIMAL)),
        "GCS36",
            GbzUseCase.of(
                ZclInvocation.<GsmeState>of(
                        "Update CIN",
                        (transition, call) ->
                            text(
                                transition,
                                Text.CUSTOMER_IDENTIFICATION_NUMBER,
                                call.fields().octets("Customer Id Number"),
                                CIN,
                                CIN))
                    .only("Implementation Time", 0)),
        "GCS41",
            GbzUseCase.of(
                ZclInvocation.<GsmeState>of("Update Site Id", GasSettingsFunction::meterPoint)
                    .only("Site Id Time", 0)),
        "GCS44",
            GbzUseCase.of(
                ZclInvocation.<GsmeState>of(
                        "Publish Change of Supplier", GasSettingsFunction::supplierNames)
                    .only("Provider Change Implementation Time", 0)
                    .only("Provider Change Control", NAMES_ONLY)));
  }

  private static ZclAnswer text(
      Transition<GsmeState> transition, Text text, Octets octets, int min, int max) {
    if (octets.length() < min || octets.length() > max) {
      return ZclAnswer.refused(ZclStatus.INVALID_VALUE);
    }
    transition.updateFunction(gsme -> gsme.with(GasSettings.of(gsme).with(text, octets)));
    return ZclAnswer.done();
  }

  /** What counted energy before stays; nothing can be counted with zero. */
  private static ZclAnswer number(
      Transition<GsmeState> transition,
      ZclCall call,
      ZclAttribute attribute,
      String field,
      long max) {
    long number = call.number(field);
    if (number == 0 || number > max) {
      return ZclAnswer.refused(ZclStatus.INVALID_VALUE);
    }
    transition.updateFunction(gsme -> gsme.with(GasSettings.of(gsme).with(attribute, number)));
    return ZclAnswer.done();
  }

  private static ZclAnswer meterPoint(Transition<GsmeState> transition, ZclCall call) {
    Octets digits = call.fields().octets("Site Id");
    boolean valid = digits.length() >= 1 && digits.length() <= MAX_MPRN;
    for (int i = 0; valid && i < digits.length(); i++) {
      valid = digits.at(i) >= '0' && digits.at(i) <= '9';
    }
    if (!valid) {
      return ZclAnswer.refused(ZclStatus.INVALID_VALUE);
    }
    transition.updateFunction(
        gsme -> gsme.with(GasSettings.of(gsme).with(GasAttribute.SITE_ID, digits)));
    return ZclAnswer.done();
  }

  private static ZclAnswer supplierNames(Transition<GsmeState> transition, ZclCall call) {
    ZclAnswer name =
        text(
            transition,
            Text.SUPPLIER_NAME,
            call.fields().octets("Proposed Provider Name"),
            0,
            MAX_NAME);
    return name.isFailure()
        ? name
        : text(
            transition,
            Text.SUPPLIER_TELEPHONE,
            call.fields().octets("Proposed Provider Contact Details"),
            0,
            MAX_TELEPHONE);
  }
}
