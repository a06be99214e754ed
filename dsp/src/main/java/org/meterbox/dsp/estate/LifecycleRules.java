// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.estate;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.meterbox.dsp.estate.DeviceJoins.LogUpdate;
import org.meterbox.dsp.inventory.Device;
import org.meterbox.dsp.inventory.MeterPoints;
import org.meterbox.dsp.inventory.SmiLifecycle;
import org.meterbox.dsp.inventory.SmiStatus;
import org.meterbox.dsp.inventory.SmiTrigger;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.asn1.Asn1Content;
import org.meterbox.gbcs.asn1.DeviceLogContent.Join;
import org.meterbox.gbcs.asn1.DeviceLogContent.JoinResult;
import org.meterbox.gbcs.asn1.DeviceLogContent.Unjoin;
import org.meterbox.gbcs.asn1.DeviceLogContent.UnjoinResult;
import org.meterbox.gbcs.decode.Payload;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Mpxn;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.UserRole;

/**
 * What devices' responses mean to the inventory, by service: the rules that carry a device from its
 * announcement to service, and out of it.
 */
public final class LifecycleRules {
  /**
   * How long after the joining period a hub may take to report its device log. No public document
   * says how long.
   */
  public static final Duration LOG_REPORT_WAIT = Duration.ofMinutes(10);

  private static final Set<String> SERVICES =
      Set.of(
          "6.15.1", "6.21", "6.23", "8.1.1", "8.5", "8.7.1", "8.7.2", "8.8.1", "8.8.2", "8.11",
          "8.12.1", "8.12.2");
  private static final Set<UserRole> SUPPLIERS = Set.of(UserRole.IS, UserRole.GS);
  private static final int SUCCESS = 0;

  private LifecycleRules() {}

  /** Whether the response to a request of this service concerns the inventory. */
  public static boolean concern(ServiceReferenceVariant service) {
    return SERVICES.contains(service.value());
  }

  /** The other device that a command of these services names. */
  public static Optional<Eui64> otherDevice(Optional<XmlElement> body, Payload command) {
    if (content(command) instanceof Join join) {
      return Optional.of(join.otherDevice());
    }
    if (content(command) instanceof Unjoin unjoin) {
      return Optional.of(unjoin.otherDevice());
    }
    return body.flatMap(element -> element.find("DeviceID")).flatMap(LifecycleRules::eui);
  }

  private static Optional<Eui64> eui(XmlElement element) {
    try {
      return Optional.of(element.eui64());
    } catch (ElementException notAsTheSchemaSays) {
      return Optional.empty();
    }
  }

  /** What follows from a response. */
  public static List<Consequence> consequences(DeviceAnswer answer) {
    return switch (answer.request().service().value()) {
      case "8.1.1" -> answer.succeeded() ? commissioned(answer) : List.of();
      case "8.7.1", "8.7.2" -> joined(answer);
      case "8.8.1", "8.8.2" -> unjoined(answer);
      case "8.11" -> answer.succeeded() ? hubLogChanged(answer) : List.of();
      case "8.12.1", "8.12.2" -> answer.succeeded() ? restored(answer) : List.of();
      case "6.15.1", "6.21", "6.23", "8.5" -> CredentialRules.consequences(answer);
      default -> List.of();
    };
  }

  /** The meter has entered service; with a gas meter its proxy does. */
  private static List<Consequence> commissioned(DeviceAnswer answer) {
    Device meter = answer.device();
    List<Consequence> consequences = new ArrayList<>();
    move(meter, SmiTrigger.METER_COMMISSIONED).ifPresent(consequences::add);
    if (consequences.isEmpty()) {
      return List.of();
    }
    StatusAlerts.identity(meter, answer.others(meter, Responsibility.RESPONSIBLE_PARTIES))
        .ifPresent(consequences::add);
    if (meter.type() == DeviceType.GSME) {
      answer.premises().stream()
          .filter(device -> device.type() == DeviceType.GPF)
          .forEach(
              proxy -> move(proxy, SmiTrigger.METER_COMMISSIONED).ifPresent(consequences::add));
    }
    return consequences;
  }

  /**
   * A device holds another one in its log. Once both hold each other, the one of them that only
   * enters service by joining does; the gas proxy does as soon as the gas meter holds it.
   */
  private static List<Consequence> joined(DeviceAnswer answer) {
    if (!(content(answer.response()) instanceof JoinResult(int code))
        || code != SUCCESS
        || answer.named().isEmpty()) {
      return List.of();
    }
    Device device = answer.device();
    Device other = answer.named().get();
    List<Consequence> consequences = new ArrayList<>();
    consequences.add(new Consequence.Join(device.id(), other.id()));
    boolean both = answer.namedHolds().contains(device.id());
    boolean mirror = device.type() == DeviceType.GSME && other.type() == DeviceType.GPF;
    if (both || mirror) {
      move(other, SmiTrigger.JOINED_DEVICE).ifPresent(consequences::add);
    }
    if (both) {
      move(device, SmiTrigger.JOINED_DEVICE).ifPresent(consequences::add);
    }
    return consequences;
  }

  private static List<Consequence> unjoined(DeviceAnswer answer) {
    return content(answer.response()) instanceof UnjoinResult(int code)
            && code == SUCCESS
            && content(answer.command()) instanceof Unjoin(Eui64 other)
        ? List.of(new Consequence.Unjoin(answer.device().id(), other))
        : List.of();
  }

  /**
   * The hub has added or removed a device (8.11); it reports the log when the device has joined.
   */
  private static List<Consequence> hubLogChanged(DeviceAnswer answer) {
    if (answer.named().isEmpty() || answer.body().isEmpty()) {
      return List.of();
    }
    try {
      XmlElement body = answer.body().get();
      boolean adds = body.child("RequestType").token().equals("Add");
      return adds
          ? added(answer, body.find("AddDeviceToCHFWhitelist"))
          : removed(answer, answer.named().get());
    } catch (ElementException notAsTheSchemaSays) {
      return List.of();
    }
  }

  private static List<Consequence> added(DeviceAnswer answer, Optional<XmlElement> details)
      throws ElementException {
    Device device = answer.named().orElseThrow();
    Duration joining =
        details.isPresent()
            ? Duration.ofSeconds(details.get().integer("JoinTimePeriod"))
            : Duration.ZERO;
    Device listed =
        moved(device, SmiTrigger.ADDED_TO_HUB)
            .at(Optional.of(answer.device().id()))
            .serving(details.map(asked -> points(asked, device)).orElse(device.meterPoints()));
    return List.of(
        new Consequence.ChangeDevice(device, listed, SmiTrigger.ADDED_TO_HUB),
        new Consequence.AwaitLog(
            answer.request().key().id(),
            device.id(),
            true,
            answer.now().plus(joining).plus(LOG_REPORT_WAIT)));
  }

  private static MeterPoints points(XmlElement asked, Device device) {
    MeterPoints before = device.meterPoints();
    return new MeterPoints(
        point(asked, "ImportMPxN").or(before::imported),
        point(asked, "SecondaryImportMPAN").or(before::secondaryImported),
        point(asked, "ExportMPAN").or(before::exported));
  }

  private static Optional<Mpxn> point(XmlElement asked, String name) {
    return asked.find(name).flatMap(found -> EstateServices.meterPoint(found.token()));
  }

  /** What was in service keeps its place until it is decommissioned. */
  private static List<Consequence> removed(DeviceAnswer answer, Device device) {
    List<Consequence> consequences = new ArrayList<>();
    Device after = moved(device, SmiTrigger.REMOVED_FROM_HUB);
    boolean leaves = !after.equals(device) || device.status().isEmpty();
    consequences.add(
        new Consequence.ChangeDevice(
            device, leaves ? after.at(Optional.empty()) : device, SmiTrigger.REMOVED_FROM_HUB));
    consequences.add(
        new Consequence.AwaitLog(
            answer.request().key().id(), device.id(), false, answer.now().plus(LOG_REPORT_WAIT)));
    if (device.type() == DeviceType.PPMID) {
      consequences.add(
          DeviceAlerts.ppmidRemoved(
              device.id(), answer.device().id(), answer.others(answer.device(), SUPPLIERS)));
    }
    return consequences;
  }

  /** A hub, or its gas proxy, has taken over the device log of the one that it replaces. */
  private static List<Consequence> restored(DeviceAnswer answer) {
    return answer
        .body()
        .map(body -> HubReplacement.restored(answer, body, SUPPLIERS))
        .orElse(List.of());
  }

  /**
   * What a hub's device log means: who asked for a change that it shows is told (N24), and devices
   * that were only listed have joined.
   *
   * @param inLog the devices in the log that have joined
   * @param listed those of them that the inventory knows
   */
  public static List<Consequence> hubReported(
      Set<Eui64> inLog, List<Device> listed, List<LogUpdate> awaited) {
    List<Consequence> consequences = new ArrayList<>();
    for (Device device : listed) {
      move(device, SmiTrigger.JOINED_HUB).ifPresent(consequences::add);
    }
    for (LogUpdate update : awaited) {
      if (inLog.contains(update.device()) == update.adds()) {
        consequences.add(DeviceAlerts.logUpdated(update.request()));
        consequences.add(new Consequence.ForgetLog(update.request()));
      }
    }
    return consequences;
  }

  /** What follows when a hub has not reported a change in time (N25). */
  public static List<Consequence> hubDidNotReport(LogUpdate update) {
    return List.of(
        DeviceAlerts.logNotUpdated(update.request()), new Consequence.ForgetLog(update.request()));
  }

  /**
   * What follows when a device was announced and never installed (N8).
   *
   * @param announcedBy who announced it
   */
  public static List<Consequence> neverInstalled(Device device, Optional<Eui64> announcedBy) {
    List<Consequence> consequences = new ArrayList<>();
    consequences.add(new Consequence.DeleteDevice(device, SmiTrigger.NEVER_INSTALLED));
    announcedBy.ifPresent(user -> consequences.add(StatusAlerts.removed(device, Set.of(user))));
    return consequences;
  }

  /** Until when a device must have been announced to be given up now. */
  public static Instant givenUpBefore(Instant now) {
    return now.atZone(ZoneOffset.UTC).minus(SmiLifecycle.PENDING_MAX).toInstant();
  }

  private static Device moved(Device device, SmiTrigger trigger) {
    Optional<SmiStatus> next =
        device.status().flatMap(status -> SmiLifecycle.next(device.type(), status, trigger));
    return next.isPresent() ? device.in(next) : device;
  }

  private static Optional<Consequence> move(Device device, SmiTrigger trigger) {
    Device after = moved(device, trigger);
    return after.equals(device)
        ? Optional.empty()
        : Optional.of(new Consequence.ChangeDevice(device, after, trigger));
  }

  static Asn1Content content(Payload payload) {
    return payload instanceof Payload.Asn1(var asn1)
        ? asn1.content()
        : new Asn1Content.Unrecognised(Octets.EMPTY);
  }
}
