// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gbz;

import java.time.Instant;
import org.meterbox.gbcs.dlms.LogTimestamp;
import org.meterbox.gbcs.gbz.GbzAlert;
import org.meterbox.kernel.Octets;

/** Payloads of alerts of devices that speak ZigBee. */
public final class GbzAlerts {
  private GbzAlerts() {}

  /** An alert that carries nothing but its code and a time. */
  public static Octets plain(int code, Instant at) {
    return with(code, at, GbzAlert.None.VALUE);
  }

  /** An alert with what its message code prescribes. */
  public static Octets with(int code, Instant at, GbzAlert.Content content) {
    return new GbzAlert(code, LogTimestamp.of(at).seconds(), content).encode();
  }
}
