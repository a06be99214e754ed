// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.system;

import java.util.List;
import org.meterbox.devices.hub.CommunicationsHub;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.Priority;
import org.meterbox.wan.Coverage;
import org.meterbox.wan.HubConnection;
import org.meterbox.wan.HubLink;
import org.meterbox.wan.InProcessWan;

/** A virtual communications hub at its connection to the SM WAN; neither room knows the other. */
final class HubOnWan implements HubConnection {
  private final CommunicationsHub hub;

  private HubOnWan(CommunicationsHub hub) {
    this.hub = hub;
  }

  /** Connects the hub and lets it say when something waits. */
  static HubLink connect(CommunicationsHub hub, Coverage coverage, InProcessWan wan) {
    for (Eui64 device : hub.devices()) {
      if (!coverage.serve(hub.id(), device)) {
        throw new IllegalStateException("too many devices behind " + hub.id());
      }
    }
    HubLink link = wan.connect(hub.id(), new HubOnWan(hub));
    hub.onWaiting(link::uplinkWaiting);
    return link;
  }

  @Override
  public Answer deliver(Eui64 device, Octets message, Priority priority) {
    return switch (hub.deliver(device, message, priority)) {
      case TAKEN -> Answer.TAKEN;
      case UNKNOWN_DEVICE -> Answer.UNKNOWN_DEVICE;
      case FULL -> Answer.DEVICE_QUEUE_FULL;
      case TRY_AGAIN -> Answer.UNREACHABLE;
    };
  }

  @Override
  public List<Upward> unacknowledged(int max) {
    return hub.unacknowledged(max).stream()
        .map(upward -> new Upward(upward.sequence(), upward.device(), upward.message()))
        .toList();
  }

  @Override
  public void acknowledged(Upward message) {
    hub.acknowledged(
        new CommunicationsHub.Upward(message.sequence(), message.device(), message.message()));
  }
}
