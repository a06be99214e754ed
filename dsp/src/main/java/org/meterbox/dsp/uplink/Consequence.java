// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.uplink;

import org.meterbox.dsp.requests.CancellationReason;
import org.meterbox.dsp.requests.StoredRequest;
import org.meterbox.dsp.schedules.Schedule;
import org.meterbox.dsp.schedules.ScheduleRemovalReason;

/** What follows in the DSP from what a device has said, beside handing it on. */
sealed interface Consequence {
  /** A schedule ends, and its owner is told. */
  record EndSchedule(Schedule schedule, ScheduleRemovalReason reason) implements Consequence {}

  /** A request that the DSP holds is cancelled, and its sender is told. */
  record CancelHeld(StoredRequest request, CancellationReason reason) implements Consequence {}
}
