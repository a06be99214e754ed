// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.electricity;

import static org.meterbox.correlate.content.DlmsContent.bits;

import java.util.List;
import java.util.Optional;
import org.meterbox.correlate.content.AlertCodes;
import org.meterbox.correlate.content.DlmsAnswers;
import org.meterbox.correlate.content.UnexpectedContentException;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.kernel.Octets;

/**
 * Which alerts and events are on (ECS25r1, ECS25r2): 256 bits each, counted from the last bit by
 * the low octet of the alert code; a supplier's codes begin with 81, a network operator's with 80.
 */
public final class AlertBehaviour {
  private static final int BITS = 256;

  private AlertBehaviour() {}

  /** The supplier's settings: alerts to the WAN, alerts to the home, alarms, logging. */
  public static void supplier(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(4);
    out.open("ElectricitySupplierAlertEventSettings");
    supplier(answers.value(0), "ElectricitySupplierWANAlertSettings", out);
    supplier(answers.value(1), "ElectricitySupplierHANAlertSettings", out);
    supplier(answers.value(2), "ElectricitySupplierAlarmSettings", out);
    supplier(answers.value(3), "ElectricitySupplierLoggingSettings", out);
    out.close();
  }

  private static void supplier(Optional<DlmsValue> setting, String element, MmcWriter out)
      throws UnexpectedContentException {
    if (setting.isPresent()) {
      Octets mask = mask(setting.get());
      out.open(element);
      codes(AlertCodes.SUPPLIER_ESME, mask, "SupplierESMECommon", out);
      codes(AlertCodes.SUPPLIER_ESME_POLYPHASE, mask, "SupplierESMEPolyPhase", out);
      out.close();
    }
  }

  /** The network operator's settings: alerts to the WAN, logging. */
  public static void networkOperator(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(2);
    out.open("ElectricityNetworkOperatorAlertEventSettings");
    networkOperator(answers.value(0), "ElectricityNetworkOperatorWANAlertSettings", out);
    networkOperator(answers.value(1), "ElectricityNetworkOperatorLoggingSettings", out);
    out.close();
  }

  /** MMC has either the codes of single phase meters or those of polyphase meters. */
  private static void networkOperator(Optional<DlmsValue> setting, String element, MmcWriter out)
      throws UnexpectedContentException {
    if (setting.isEmpty()) {
      return;
    }
    Octets mask = mask(setting.get());
    boolean singlePhase = any(AlertCodes.OPERATOR_ESME_SINGLE_PHASE, mask);
    boolean polyPhase = any(AlertCodes.OPERATOR_ESME_POLYPHASE, mask);
    if (singlePhase && polyPhase) {
      throw new UnexpectedContentException("expected alerts of one kind of meter");
    }
    out.open(element);
    codes(AlertCodes.OPERATOR_ESME, mask, "NetworkOperatorESMECommon", out);
    if (polyPhase) {
      codes(AlertCodes.OPERATOR_ESME_POLYPHASE, mask, "NetworkOperatorESMEPolyPhase", out);
    } else {
      codes(AlertCodes.OPERATOR_ESME_SINGLE_PHASE, mask, "NetworkOperatorESMESinglePhase", out);
    }
    out.close();
  }

  private static Octets mask(DlmsValue value) throws UnexpectedContentException {
    DlmsValue.BitString mask = bits(value);
    if (mask.bits() != BITS) {
      throw new UnexpectedContentException("expected 256 bits");
    }
    return mask.octets();
  }

  private static boolean any(List<String> codes, Octets mask) {
    return codes.stream().anyMatch(code -> on(code, mask));
  }

  private static void codes(List<String> codes, Octets mask, String element, MmcWriter out) {
    out.open(element);
    for (String code : codes) {
      out.leaf("x" + code, on(code, mask) ? "Enable" : "Disable");
    }
    out.close();
  }

  private static boolean on(String code, Octets mask) {
    int bit = BITS - 1 - Integer.parseInt(code.substring(2), 16);
    return (mask.at(bit / 8) & (0x80 >> (bit % 8))) != 0;
  }
}
