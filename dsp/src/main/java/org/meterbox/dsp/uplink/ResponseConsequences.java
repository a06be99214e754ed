// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.uplink;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.meterbox.dsp.estate.Consequence;
import org.meterbox.dsp.estate.DeviceAnswer;
import org.meterbox.dsp.estate.DeviceJoins;
import org.meterbox.dsp.estate.EstateFactsLoader;
import org.meterbox.dsp.estate.LifecycleRules;
import org.meterbox.dsp.inventory.Device;
import org.meterbox.dsp.inventory.Inventory;
import org.meterbox.dsp.registration.RegistrationData;
import org.meterbox.dsp.requests.CommandOfRequest;
import org.meterbox.dsp.requests.CommandRecord;
import org.meterbox.dsp.requests.RequestLedger;
import org.meterbox.dsp.requests.StoredRequest;
import org.meterbox.dsp.schedules.Schedule;
import org.meterbox.dsp.schedules.ScheduleLedger;
import org.meterbox.dsp.users.DccUser;
import org.meterbox.dsp.users.UserDirectory;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.Reading;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.decode.Payload;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GbcsMessage.Response;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.UserRole;
import org.meterbox.transform.TranslationContext.StoredLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a device's authentic response means to the DCC itself, whether it came over the SM WAN or
 * was brought by a user. Reads what the rules have to know, and nothing for the many responses that
 * no rule is about. Safe for use by many threads.
 */
public final class ResponseConsequences {
  private static final Logger LOG = LoggerFactory.getLogger(ResponseConsequences.class);
  private static final List<String> OLD_HUB_PARTS = List.of("OldCHFID", "OldGPFID");

  private final RequestLedger requests;
  private final ScheduleLedger schedules;
  private final Inventory inventory;
  private final DeviceJoins joins;
  private final RegistrationData registrations;
  private final UserDirectory users;
  private final DuisReader reader;

  /** Rules over these facts. */
  public ResponseConsequences(
      RequestLedger requests,
      ScheduleLedger schedules,
      Inventory inventory,
      DeviceJoins joins,
      RegistrationData registrations,
      UserDirectory users,
      DuisReader reader) {
    this.requests = requests;
    this.schedules = schedules;
    this.inventory = inventory;
    this.joins = joins;
    this.registrations = registrations;
    this.users = users;
    this.reader = reader;
  }

  /** What follows from a response. */
  List<Consequence> of(Response response, CommandOfRequest answered, Instant now) {
    MessageCode useCase = response.header().messageCode();
    StoredRequest request = answered.request();
    boolean byService = LifecycleRules.concern(request.service());
    if (!ResponseRules.concern(useCase) && !byService) {
      return List.of();
    }
    try {
      Payload payload = Payload.decode(response.header(), response.content().payload());
      List<Consequence> consequences = new ArrayList<>();
      if (ResponseRules.concern(useCase)) {
        consequences.addAll(byUseCase(request, useCase, payload));
      }
      if (byService) {
        consequences.addAll(byService(answered, payload, now));
      }
      return consequences;
    } catch (DecodeException | ElementException notAsPrescribed) {
      // The user gets it all the same; the DCC does not act on what it cannot read.
      LOG.warn("response of {}: {}", request.key().id().target(), notAsPrescribed.getMessage());
      return List.of();
    }
  }

  private List<Consequence> byUseCase(
      StoredRequest request, MessageCode useCase, Payload response) {
    Eui64 device = request.key().id().target();
    List<Schedule> running = schedules.at(device, EstateFactsLoader.ENDED_AT_ONCE_MAX);
    List<StoredRequest> held = requests.waitingAt(device, EstateFactsLoader.ENDED_AT_ONCE_MAX);
    Map<Eui64, Set<UserRole>> roles = new HashMap<>();
    Stream.concat(
            running.stream().map(Schedule::owner),
            held.stream().map(waiting -> waiting.key().id().originator()))
        .distinct()
        .forEach(user -> users.find(user).ifPresent(known -> roles.put(user, known.roles())));
    return ResponseRules.consequences(
        useCase,
        response,
        new ResponseRules.DeviceFacts(request.key().id().originator(), running, held, roles));
  }

  private List<Consequence> byService(CommandOfRequest answered, Payload response, Instant now)
      throws DecodeException, ElementException {
    StoredRequest request = answered.request();
    Eui64 id = request.key().id().target();
    Optional<Device> device = inventory.find(id);
    if (device.isEmpty()) {
      return List.of();
    }
    Optional<XmlElement> body = body(request);
    Payload command = payload(answered.command());
    Optional<Device> named =
        LifecycleRules.otherDevice(body, command)
            .filter(other -> !other.equals(id))
            .flatMap(inventory::find);
    return LifecycleRules.consequences(
        new DeviceAnswer(
            request,
            body,
            command,
            response,
            ResponseRules.succeeded(response),
            device.get(),
            premises(id, body),
            named,
            named.map(other -> joins.heldBy(other.id())).orElse(List.of()),
            registrations.atPremisesOf(id),
            schedules.at(id, EstateFactsLoader.ENDED_AT_ONCE_MAX),
            requests.waitingAt(id, EstateFactsLoader.ENDED_AT_ONCE_MAX),
            roles(),
            now));
  }

  /** With a hub that is replaced come the devices around it. */
  private List<Device> premises(Eui64 device, Optional<XmlElement> body) throws ElementException {
    List<Device> premises = new ArrayList<>(inventory.premisesOf(device));
    for (String name : OLD_HUB_PARTS) {
      if (body.filter(element -> element.has(name)).isPresent()) {
        inventory.premisesOf(body.get().eui64(name)).stream()
            .filter(other -> !premises.contains(other))
            .forEach(premises::add);
      }
    }
    return premises;
  }

  private Optional<XmlElement> body(StoredRequest request) {
    return requests
        .document(request.key())
        .flatMap(document ->
            reader.readRequest(document) instanceof Reading.Valid<ServiceRequest>(var read)
                ? Optional.of(read.body())
                : Optional.empty());
  }

  private static Payload payload(CommandRecord command) throws DecodeException {
    GbcsMessage decoded = GbcsMessage.decode(command.command().octets());
    return Payload.decode(decoded.header(), decoded.content().payload());
  }

  private Map<Eui64, Set<UserRole>> roles() {
    Map<Eui64, Set<UserRole>> roles = new HashMap<>();
    Collection<DccUser> all = users.all();
    all.forEach(user -> roles.put(user.id(), user.roles()));
    return roles;
  }

  /** What follows from a device log that a hub has reported. */
  List<Consequence> ofLog(Eui64 hub, StoredLog log) {
    if (!(log instanceof StoredLog.OfHub(var _, var entries))) {
      return List.of();
    }
    Set<Eui64> joined = new HashSet<>();
    List<Device> known = new ArrayList<>();
    entries.stream()
        // Before a link key was agreed the device is listed and has not joined.
        .filter(entry -> !entry.hash().isEmpty())
        .forEach(entry -> {
          joined.add(entry.device());
          inventory.find(entry.device()).ifPresent(known::add);
        });
    return LifecycleRules.hubReported(joined, known, joins.awaitedOf(hub));
  }
}
