// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.intake;

import java.util.List;
import java.util.Optional;
import org.meterbox.dsp.access.Target;
import org.meterbox.dsp.coverage.WanCoverage;
import org.meterbox.dsp.estate.EstateFacts;
import org.meterbox.dsp.requests.Predecessor;
import org.meterbox.dsp.requests.RequestLedger.Transformed;
import org.meterbox.dsp.requests.StoredRequest;
import org.meterbox.dsp.schedules.Schedule;
import org.meterbox.dsp.uplink.ReturnedResponse;
import org.meterbox.dsp.users.DccUser;
import org.meterbox.kernel.Eui64;

/**
 * All that the decision about one request depends on, beside the request and the time.
 *
 * @param user the user that the request names as its originator
 * @param target the device that it is about, with the user's registrations for it
 * @param transformed what was made of it at the stage of transformation, for a Signed Pre-Command
 * @param predecessor what is known about the request that it names as its predecessor
 * @param waiting the user's own requests of the same service to the same device that the DSP holds
 * @param dsp the identifier to which non-device requests are addressed
 * @param service what a non-device request needs to know
 */
record RequestFacts(
    Optional<DccUser> user,
    Optional<Target> target,
    Optional<Transformed> transformed,
    Optional<Predecessor> predecessor,
    List<StoredRequest> waiting,
    Eui64 dsp,
    ServiceFacts service) {
  /** Keeps an unchangeable copy. */
  RequestFacts {
    waiting = List.copyOf(waiting);
  }

  /** What the DSP's own services need to know. */
  sealed interface ServiceFacts {
    /** Nothing. */
    record None() implements ServiceFacts {}

    /** The services of device estate management. */
    record Estate(EstateFacts facts, WanCoverage coverage) implements ServiceFacts {}

    /** 8.13: what a device's response that a user brings means. */
    record Returned(ReturnedResponse response) implements ServiceFacts {}

    /**
     * 5.1 to 5.3.
     *
     * @param fresh for 5.1: the schedule as it would be
     * @param found those that are asked for, or that the owner has on the device
     */
    record Schedules(Optional<Schedule> fresh, List<Schedule> found) implements ServiceFacts {
      /** Keeps an unchangeable copy. */
      public Schedules {
        found = List.copyOf(found);
      }
    }
  }
}
