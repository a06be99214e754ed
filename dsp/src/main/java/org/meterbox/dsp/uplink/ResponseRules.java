// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.uplink;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.meterbox.dsp.estate.Consequence;
import org.meterbox.dsp.requests.CancellationReason;
import org.meterbox.dsp.requests.StoredRequest;
import org.meterbox.dsp.schedules.Schedule;
import org.meterbox.dsp.schedules.ScheduleRemovalReason;
import org.meterbox.gbcs.asn1.Asn1Content;
import org.meterbox.gbcs.decode.Payload;
import org.meterbox.gbcs.dlms.AccessResponse;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.gbz.Component;
import org.meterbox.gbcs.gbz.ZclPayload.DefaultResponse;
import org.meterbox.gbcs.gbz.ZclStatus;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.UserRole;

/**
 * What devices' responses mean to the DCC itself, by use case. Of use cases that are not in the
 * table nothing is decoded: most responses are their user's business alone.
 */
final class ResponseRules {
  /** ECS12 and GCS09, Set Change of Tenancy date (service request 3.2). */
  private static final Set<MessageCode> CHANGE_OF_TENANCY =
      Set.of(new MessageCode(0x0022), new MessageCode(0x0072));

  private ResponseRules() {}

  /** Whether the response to a command of this use case concerns the DCC. */
  static boolean concern(MessageCode useCase) {
    return CHANGE_OF_TENANCY.contains(useCase);
  }

  /**
   * What the rules look at.
   *
   * @param requester who sent the request that was answered
   * @param schedules everybody's schedules on the device
   * @param held everybody's requests to the device that the DSP holds
   * @param roles the roles of their owners and senders
   */
  record DeviceFacts(
      Eui64 requester,
      List<Schedule> schedules,
      List<StoredRequest> held,
      Map<Eui64, Set<UserRole>> roles) {
    /** Keeps unchangeable copies. */
    DeviceFacts {
      schedules = List.copyOf(schedules);
      held = List.copyOf(held);
      roles = Map.copyOf(roles);
    }
  }

  /** What follows from a response. */
  static List<Consequence> consequences(MessageCode useCase, Payload response, DeviceFacts facts) {
    return CHANGE_OF_TENANCY.contains(useCase) && succeeded(response)
        ? changeOfTenancy(facts)
        : List.of();
  }

  /**
   * The customer has changed: what Other Users read with the consent of the former one ends (N17,
   * N34).
   */
  private static List<Consequence> changeOfTenancy(DeviceFacts facts) {
    List<Consequence> consequences = new ArrayList<>();
    for (Schedule schedule : facts.schedules()) {
      if (byConsent(schedule.owner(), facts)) {
        consequences.add(
            new Consequence.EndSchedule(schedule, ScheduleRemovalReason.CHANGE_OF_TENANCY));
      }
    }
    for (StoredRequest held : facts.held()) {
      if (byConsent(held.key().id().originator(), facts)) {
        consequences.add(new Consequence.CancelHeld(held, CancellationReason.CHANGE_OF_TENANCY));
      }
    }
    return consequences;
  }

  private static boolean byConsent(Eui64 user, DeviceFacts facts) {
    return !user.equals(facts.requester())
        && facts.roles().getOrDefault(user, Set.of()).contains(UserRole.OU);
  }

  /** Whether the device says that it carried out all that was asked. */
  static boolean succeeded(Payload response) {
    return switch (response) {
      case Payload.DlmsResponse(AccessResponse access) ->
          access.items().stream().allMatch(AccessResponse.Item::successful);
      case Payload.Gbz(var message) ->
          message.components().stream().noneMatch(ResponseRules::failed);
      case Payload.Asn1(var asn1) -> !(asn1.content() instanceof Asn1Content.Unrecognised);
      case Payload.DlmsRequest _, Payload.Alert _, Payload.Opaque _ -> false;
    };
  }

  private static boolean failed(Component component) {
    return component instanceof Component.Plain plain
        && plain.frame().payload() instanceof DefaultResponse(int _, ZclStatus status)
        && !status.equals(ZclStatus.SUCCESS);
  }
}
