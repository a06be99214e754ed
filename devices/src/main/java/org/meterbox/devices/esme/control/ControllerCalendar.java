// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.control;

import java.time.Instant;
import java.util.OptionalInt;
import org.meterbox.devices.esme.schedule.SwitchSchedule;
import org.meterbox.devices.esme.state.RandomisedOffset;
import org.meterbox.devices.esme.state.Settings;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;

/**
 * The calendar of the auxiliary controllers. What its entries do is late by the meter's randomised
 * offset.
 */
record ControllerCalendar(SwitchSchedule schedule, long offsetSeconds) {
  private static final CosemAttribute ENTRIES = CosemAttribute.of(10, "0-0:12.0.2.255", 2);
  private static final CosemAttribute SPECIAL_DAYS = CosemAttribute.of(11, "0-0:11.0.3.255", 2);

  static ControllerCalendar of(Settings settings) {
    return settings.view(ControllerCalendar.class, ControllerCalendar::read);
  }

  /** The level that the calendar gives an output or input at an instant. */
  OptionalInt level(ControllerPort port, Instant at) {
    OptionalInt script =
        schedule.latest(
            at.minusSeconds(offsetSeconds), selector -> port.levelOf(selector).isPresent());
    return script.isPresent() ? port.levelOf(script.getAsInt()) : OptionalInt.empty();
  }

  /** The next moment after an instant at which an entry acts, or the end of the day. */
  Instant next(Instant after) {
    Instant next = schedule.next(after.minusSeconds(offsetSeconds));
    return next.equals(Instant.MAX) ? next : next.plusSeconds(offsetSeconds);
  }

  private static ControllerCalendar read(Settings settings) {
    DlmsValue none = DlmsValue.NullData.VALUE;
    return new ControllerCalendar(
        SwitchSchedule.read(
            settings.get(ENTRIES).orElse(none), settings.get(SPECIAL_DAYS).orElse(none)),
        RandomisedOffset.of(settings).toSeconds());
  }
}
