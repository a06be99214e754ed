// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.estate;

import java.util.Set;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.catalogue.DccAlertCode;

/** DCC Alerts about device logs. */
final class DeviceAlerts {
  private DeviceAlerts() {}

  /** N24: a hub has reported a change of its device log. */
  static Consequence logUpdated(MessageId request) {
    return logResult("N24", request);
  }

  /** N25: a hub has not reported a change of its device log in time. */
  static Consequence logNotUpdated(MessageId request) {
    return logResult("N25", request);
  }

  private static Consequence logResult(String code, MessageId request) {
    return new Consequence.Tell(
        DccAlertCode.find(code).orElseThrow(),
        XmlElement.of(
            "UpdateHANDeviceLogResult",
            XmlElement.leaf("UpdateHANDeviceLogServiceRequestID", request.toString())),
        Set.of(request.originator()));
  }

  /** N43: a Prepayment Interface Device was taken out of a hub's device log. */
  static Consequence ppmidRemoved(Eui64 ppmid, Eui64 hub, Set<Eui64> recipients) {
    return new Consequence.Tell(
        DccAlertCode.find("N43").orElseThrow(),
        XmlElement.of(
            "PPMIDRemoval",
            XmlElement.leaf("PPMIDDeviceID", ppmid.dashed()),
            XmlElement.leaf("CHFDeviceID", hub.dashed())),
        recipients);
  }
}
