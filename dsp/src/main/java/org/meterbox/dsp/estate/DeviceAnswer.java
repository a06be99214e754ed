// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.estate;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.meterbox.dsp.inventory.Device;
import org.meterbox.dsp.registration.Registration;
import org.meterbox.dsp.requests.StoredRequest;
import org.meterbox.dsp.schedules.Schedule;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.decode.Payload;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.UserRole;

/**
 * A device's response to a command, with what the rules of the estate look at.
 *
 * @param request the request that the command was made for
 * @param body the user's request element, where the request was not a Signed Pre-Command
 * @param command what the command said
 * @param response what the device answered
 * @param succeeded whether the device says that it carried out all that was asked
 * @param device the device, as the inventory knows it
 * @param premises all devices of its premises, itself among them
 * @param named the other device that request or command names
 * @param namedHolds which devices that other one holds in its own device log
 * @param registrations everybody's registrations at the premises
 * @param schedules everybody's schedules on the device
 * @param held everybody's requests to the device that the DSP holds
 * @param users which parties are DCC Users, with their roles
 */
public record DeviceAnswer(
    StoredRequest request,
    Optional<XmlElement> body,
    Payload command,
    Payload response,
    boolean succeeded,
    Device device,
    List<Device> premises,
    Optional<Device> named,
    List<Eui64> namedHolds,
    List<Registration> registrations,
    List<Schedule> schedules,
    List<StoredRequest> held,
    Map<Eui64, Set<UserRole>> users,
    Instant now) {
  /** Keeps unchangeable copies. */
  public DeviceAnswer {
    premises = List.copyOf(premises);
    namedHolds = List.copyOf(namedHolds);
    registrations = List.copyOf(registrations);
    schedules = List.copyOf(schedules);
    held = List.copyOf(held);
    users = Map.copyOf(users);
  }

  /** Who sent the request. */
  Eui64 requester() {
    return request.key().id().originator();
  }

  /** Everybody registered for a device in one of these roles now, but for the requester. */
  Set<Eui64> others(Device of, Set<UserRole> roles) {
    Set<Eui64> parties =
        Responsibility.parties(Responsibility.registeredFor(registrations, of), roles, now);
    parties.remove(requester());
    return parties;
  }
}
