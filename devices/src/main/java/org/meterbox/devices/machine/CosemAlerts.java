// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.machine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.meterbox.gbcs.dlms.AccessRequest;
import org.meterbox.gbcs.dlms.DataNotification;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/** Payloads of alerts of devices that speak DLMS: {code, time, what the code brings}. */
public final class CosemAlerts {
  private CosemAlerts() {}

  /** An alert that carries nothing but its code and a time. */
  public static Octets plain(int code, Instant at, OriginatorCounter counter) {
    return with(code, at, counter);
  }

  /** An alert with further items. */
  public static Octets with(int code, Instant at, OriginatorCounter counter, DlmsValue... further) {
    List<DlmsValue> items = new ArrayList<>();
    items.add(new DlmsValue.UInt16(code));
    items.add(DlmsDateTime.of(at).toValue());
    items.addAll(Arrays.asList(further));
    return new DataNotification(AccessRequest.longInvokeId(counter), new DlmsValue.Structure(items))
        .encode();
  }
}
