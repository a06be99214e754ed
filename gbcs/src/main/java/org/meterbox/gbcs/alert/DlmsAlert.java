// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.alert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.gbcs.dlms.AccessRequest;
import org.meterbox.gbcs.dlms.DataNotification;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.DlmsValue.Structure;
import org.meterbox.gbcs.dlms.DlmsValue.UInt16;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.OriginatorCounter;

/**
 * An alert in a DLMS DataNotification.
 *
 * <pre>
 * 0F | 20 counter(3) | 00 | structure { u16 alert code, os12 time, items }
 * </pre>
 *
 * @param longInvokeId break-on-error flag and the low three octets of the alert's counter
 * @param alertCode 0 to 65535
 * @param time when it happened
 * @param detail what the items mean
 */
public record DlmsAlert(long longInvokeId, int alertCode, DlmsDateTime time, DlmsDetail detail) {
  private static final int CODE_AND_TIME = 2;

  /** A new alert under the device's own counter. */
  public static DlmsAlert of(
      OriginatorCounter counter, int alertCode, DlmsDateTime time, DlmsDetail detail) {
    return new DlmsAlert(AccessRequest.longInvokeId(counter), alertCode, time, detail);
  }

  /**
   * The alert in a notification.
   *
   * @param messageCode of the grouping header: it says what items to expect
   * @return empty where the notification does not begin with a code and a time
   */
  public static Optional<DlmsAlert> of(DataNotification notification, MessageCode messageCode) {
    if (!(notification.body() instanceof Structure(List<DlmsValue> items)
        && items.size() >= CODE_AND_TIME
        && items.getFirst() instanceof UInt16(int alertCode))) {
      return Optional.empty();
    }
    List<DlmsValue> rest = items.subList(CODE_AND_TIME, items.size());
    return DlmsDateTime.of(items.get(1))
        .map(time ->
            new DlmsAlert(
                notification.longInvokeId(),
                alertCode,
                time,
                DlmsItems.read(messageCode.value(), alertCode, rest)));
  }

  /** The notification that carries this alert. */
  public DataNotification notification() {
    List<DlmsValue> items = new ArrayList<>();
    items.add(new UInt16(alertCode));
    items.add(time.toValue());
    items.addAll(DlmsItems.write(detail));
    return new DataNotification(longInvokeId, new Structure(items));
  }
}
