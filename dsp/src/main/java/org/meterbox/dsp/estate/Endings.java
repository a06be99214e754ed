// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.estate;

import java.util.ArrayList;
import java.util.List;
import org.meterbox.dsp.requests.CancellationReason;
import org.meterbox.dsp.requests.StoredRequest;
import org.meterbox.dsp.schedules.Schedule;
import org.meterbox.dsp.schedules.ScheduleRemovalReason;

/** What ends with a device's service: schedules on it, and requests to it that the DSP holds. */
final class Endings {
  private Endings() {}

  static List<Consequence> decommissioning(List<Schedule> schedules, List<StoredRequest> held) {
    return of(
        schedules, ScheduleRemovalReason.DECOMMISSIONING, held, CancellationReason.DECOMMISSIONING);
  }

  static List<Consequence> withdrawal(List<Schedule> schedules, List<StoredRequest> held) {
    return of(schedules, ScheduleRemovalReason.WITHDRAWAL, held, CancellationReason.WITHDRAWAL);
  }

  private static List<Consequence> of(
      List<Schedule> schedules,
      ScheduleRemovalReason removal,
      List<StoredRequest> held,
      CancellationReason cancellation) {
    List<Consequence> consequences = new ArrayList<>();
    schedules.forEach(schedule -> consequences.add(new Consequence.EndSchedule(schedule, removal)));
    held.forEach(request -> consequences.add(new Consequence.CancelHeld(request, cancellation)));
    return consequences;
  }
}
