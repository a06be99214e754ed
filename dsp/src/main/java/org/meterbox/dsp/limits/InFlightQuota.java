// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.limits;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Priority;

/**
 * Counts the requests in flight of each user and each device and keeps to {@link InFlightLimits}. A
 * request counts from its acceptance until it is answered or has failed, also while the SM WAN has
 * no room for it. Not stored: after a restart it is counted anew. Safe for use by many threads.
 */
public final class InFlightQuota {
  private final InFlightLimits limits;
  private final Set<MessageId> requests = new HashSet<>();
  private final Map<Eui64, Integer> byUser = new HashMap<>();
  private final Map<Eui64, Integer> byDevice = new HashMap<>();

  /** Nothing is in flight yet. */
  public InFlightQuota(InFlightLimits limits) {
    this.limits = limits;
  }

  /** Whether there is room for a request. */
  public sealed interface Outcome {
    /** There is. */
    record Granted(Reservation reservation) implements Outcome {}

    /**
     * There is not.
     *
     * @param limit which limit, in a line for the sender
     */
    record LimitReached(String limit) implements Outcome {}
  }

  /** Room for one request: given back when this is closed, unless it is kept. */
  public final class Reservation implements AutoCloseable {
    private final Optional<MessageId> request;
    private boolean kept;

    private Reservation(Optional<MessageId> request) {
      this.request = request;
    }

    /** The request is in flight from now on; {@link InFlightQuota#ended} gives its room back. */
    public void keep() {
      kept = true;
    }

    @Override
    public void close() {
      if (!kept) {
        request.ifPresent(InFlightQuota.this::ended);
      }
    }
  }

  /** Takes room for a request, if there is any. One that is in flight already needs no other. */
  public synchronized Outcome reserve(MessageId request, Priority priority) {
    if (requests.contains(request)) {
      return new Outcome.Granted(new Reservation(Optional.empty()));
    }
    Optional<String> exceeded =
        limits.exceededBy(
            request, priority, ofUser(request.originator()), ofDevice(request.target()));
    if (exceeded.isPresent()) {
      return new Outcome.LimitReached(exceeded.get());
    }
    count(request);
    return new Outcome.Granted(new Reservation(Optional.of(request)));
  }

  /** Room for a request that never waits for a device: none is needed. */
  public Reservation none() {
    return new Reservation(Optional.empty());
  }

  /**
   * Counts a request whatever the limits: one that the DSP itself sends at its time, or that was in
   * flight when the DSP ended. Telling twice does no harm.
   */
  public synchronized void count(MessageId request) {
    if (requests.add(request)) {
      byUser.merge(request.originator(), 1, Integer::sum);
      byDevice.merge(request.target(), 1, Integer::sum);
    }
  }

  /** The request was answered or has failed. Telling twice does no harm. */
  public synchronized void ended(MessageId request) {
    if (requests.remove(request)) {
      byUser.computeIfPresent(request.originator(), InFlightQuota::less);
      byDevice.computeIfPresent(request.target(), InFlightQuota::less);
    }
  }

  /** Requests of this user that are in flight. */
  public synchronized int ofUser(Eui64 user) {
    return byUser.getOrDefault(user, 0);
  }

  /** Requests to this device that are in flight. */
  public synchronized int ofDevice(Eui64 device) {
    return byDevice.getOrDefault(device, 0);
  }

  /** Removes the entry of whoever has none left. */
  private static @Nullable Integer less(Eui64 whose, Integer count) {
    return count > 1 ? count - 1 : null;
  }
}
