// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.metering;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.meterbox.devices.esme.state.Settings;
import org.meterbox.devices.esme.tariff.CosemTimetable;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.DlmsValue.OctetString;
import org.meterbox.gbcs.dlms.DlmsValue.Structure;
import org.meterbox.gbcs.dlms.DlmsValue.UInt16;
import org.meterbox.kernel.Octets;

/**
 * The daily window of the second maximum demand register (SRV 6.18.1): script 1 begins it, script 2
 * ends it. It may go over midnight; where both ends are the same it is the whole day.
 */
record DemandWindow(LocalTime from, LocalTime to) {
  private static final CosemAttribute ENTRIES = CosemAttribute.of(10, "0-0:12.0.0.255", 2);
  private static final int BEGINS = 1;

  static DemandWindow of(Settings settings) {
    return settings.view(DemandWindow.class, DemandWindow::read);
  }

  boolean covers(Instant instant) {
    LocalTime time = LocalTime.ofInstant(instant, ZoneOffset.UTC);
    boolean begun = !time.isBefore(from);
    boolean notEnded = time.isBefore(to);
    return from.isBefore(to) ? begun && notEnded : begun || notEnded;
  }

  private static DemandWindow read(Settings settings) {
    Optional<LocalTime> begin = Optional.empty();
    Optional<LocalTime> end = Optional.empty();
    if (settings.get(ENTRIES).orElse(DlmsValue.NullData.VALUE)
        instanceof DlmsValue.ArrayOf(List<DlmsValue> entries)) {
      for (DlmsValue entry : entries) {
        if (entry instanceof Structure(List<DlmsValue> parts)
            && parts.size() == 10
            && parts.get(3) instanceof UInt16(int script)
            && parts.get(4) instanceof OctetString(Octets time)) {
          if (script == BEGINS) {
            begin = CosemTimetable.time(time);
          } else {
            end = CosemTimetable.time(time);
          }
        }
      }
    }
    return new DemandWindow(begin.orElse(LocalTime.MIDNIGHT), end.orElse(LocalTime.MIDNIGHT));
  }
}
