// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.app.system.SystemObserver;
import org.meterbox.devices.machine.DeviceEvent;
import org.meterbox.devices.machine.DeviceObserver;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.wan.Acceptance;
import org.meterbox.wan.Downlink;
import org.meterbox.wan.SmWan;
import org.meterbox.wan.Uplink;

/** Listens on the SM WAN and in the home: what passed, and when. */
final class Tap implements SystemObserver {
  /**
   * A message on the SM WAN.
   *
   * @param nanos when it passed, on the scale of {@link System#nanoTime}
   */
  record Passed(Octets message, long nanos) {}

  private final List<DeviceEvent> events = new ArrayList<>();
  private Optional<Passed> down = Optional.empty();
  private Optional<Passed> up = Optional.empty();

  @Override
  public SmWan watching(SmWan wan) {
    return new SmWan() {
      @Override
      public Acceptance send(Downlink downlink) {
        passedDown(downlink.message());
        return wan.send(downlink);
      }

      @Override
      public void withdraw(Eui64 device, MessageId correlation) {
        wan.withdraw(device, correlation);
      }
    };
  }

  @Override
  public Uplink watching(Uplink uplink) {
    return (device, message) -> {
      passedUp(message);
      uplink.received(device, message);
    };
  }

  @Override
  public DeviceObserver devices() {
    return this::happened;
  }

  /** Forgets what it heard so far. */
  synchronized void reset() {
    down = Optional.empty();
    up = Optional.empty();
    events.clear();
  }

  /** The last message to a device. */
  synchronized Optional<Passed> down() {
    return down;
  }

  /** The last message from a device. */
  synchronized Optional<Passed> up() {
    return up;
  }

  /** What devices did, oldest first. */
  synchronized List<DeviceEvent> events() {
    return List.copyOf(events);
  }

  private synchronized void passedDown(Octets message) {
    down = Optional.of(new Passed(message, System.nanoTime()));
  }

  private synchronized void passedUp(Octets message) {
    up = Optional.of(new Passed(message, System.nanoTime()));
  }

  private synchronized void happened(Eui64 device, Instant at, DeviceEvent event) {
    events.add(event);
  }
}
