// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme;

import java.time.Instant;
import org.meterbox.devices.energy.Timetable;
import org.meterbox.gbcs.dlms.DlmsValue;

/**
 * A tariff switching table as it was written to the meter, and since when it holds. The values are
 * kept as they came, because they are read back as they came.
 *
 * @param seasons activity calendar, attribute 3
 * @param weeks activity calendar, attribute 4
 * @param days activity calendar, attribute 5
 * @param specialDays special days table, attribute 2
 */
public record TariffInForce(
    Instant since, DlmsValue seasons, DlmsValue weeks, DlmsValue days, DlmsValue specialDays) {
  /** The table as rules for the registers. */
  public Timetable timetable() {
    return CosemTimetable.read(seasons, weeks, days, specialDays);
  }
}
