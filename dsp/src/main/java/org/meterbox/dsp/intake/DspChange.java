// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.intake;

import java.time.Instant;
import java.util.List;
import org.meterbox.dsp.requests.CancellationReason;
import org.meterbox.dsp.requests.CommandLedger;
import org.meterbox.dsp.requests.CommandRecord;
import org.meterbox.dsp.requests.RequestLedger;
import org.meterbox.dsp.requests.RequestLedger.Move;
import org.meterbox.dsp.requests.RequestState;
import org.meterbox.dsp.requests.StoredChange;
import org.meterbox.dsp.requests.StoredRequest;
import org.meterbox.dsp.schedules.Schedule;
import org.meterbox.dsp.schedules.ScheduleCalendar;
import org.meterbox.dsp.schedules.ScheduleLedger;
import org.meterbox.dsp.schedules.ScheduleRemovalReason;
import org.meterbox.kernel.Octets;

/** What a request changes in the DSP beside its own row. */
sealed interface DspChange {
  /** A schedule begins. */
  record CreateSchedule(Schedule schedule, ScheduleCalendar.Run first) implements DspChange {}

  /** Its owner deletes a schedule. */
  record DeleteSchedule(long id) implements DspChange {}

  /** Its sender cancels a request that the DSP holds. */
  record CancelHeld(StoredRequest request) implements DspChange {}

  /**
   * A device's response to a command for local delivery, which a user has brought (8.13).
   *
   * @param digest SHA-256 of the octets
   */
  record TakeResponse(CommandRecord command, Octets octets, Octets digest) implements DspChange {}

  /**
   * How it is stored.
   *
   * @param document the request that causes it, as received
   */
  default StoredChange stored(Octets document, Instant now) {
    return switch (this) {
      case CreateSchedule(Schedule schedule, ScheduleCalendar.Run first) ->
          ScheduleLedger.creating(schedule, document, first, now);
      case DeleteSchedule(long id) -> ScheduleLedger.removing(id, ScheduleRemovalReason.BY_OWNER);
      case TakeResponse(CommandRecord command, Octets octets, Octets digest) ->
          CommandLedger.returned(command, octets, digest, now);
      case CancelHeld(StoredRequest held) -> {
        RequestState end = new RequestState.Cancelled(CancellationReason.BY_SENDER);
        StoredChange move = RequestLedger.movingOrNothing(Move.to(held, end, List.of()), now);
        StoredChange release = RequestLedger.releasingFollowers(held.key().id(), now);
        yield connection -> {
          move.store(connection);
          release.store(connection);
        };
      }
    };
  }
}
