// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.transform;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.meterbox.app.keys.KeyFiles;
import org.meterbox.app.transform.KnownDevices.KnownDevice;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.kernel.UserRole;
import org.meterbox.kernel.catalogue.ServiceRequestCatalogue;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;
import org.meterbox.transform.Subject;
import org.meterbox.transform.Supplement;
import org.meterbox.transform.Supplement.Peer;
import org.meterbox.transform.TargetDevice;
import org.meterbox.transform.TargetDevice.Generation;
import org.meterbox.transform.Transform;

/**
 * What takes the place of the DSP's inventory and registration data: a file of devices, the keys'
 * certificates, and the names of the requests' files.
 */
final class Knowledge {
  private static final Transform TRANSFORM = Transform.standard();

  private final KnownDevices devices;
  private final KeyFiles keys;
  private final Optional<DeviceType> otherwise;
  private final Supplement supplement;

  /**
   * Joins what is known.
   *
   * @param otherwise the type of devices that are not known
   * @param now the time of translation
   * @param customerNumber four digits for service request 9.1
   */
  Knowledge(
      KnownDevices devices,
      KeyFiles keys,
      Optional<DeviceType> otherwise,
      Instant now,
      Octets customerNumber) {
    this.devices = devices;
    this.keys = keys;
    this.otherwise = otherwise;
    this.supplement =
        Supplement.at(now)
            .withCustomerIdentificationNumber(customerNumber)
            .knowing(peers(devices, keys));
  }

  /**
   * The request with the device and the user's role for which the translator takes the use case
   * that the file's name says. Where it says none, or none that the request can have: with what is
   * known of the device and, of several types that it may be, the first that is translated.
   */
  Subject subject(ServiceRequest request, RequestFile file) {
    List<Subject> candidates = candidates(request, file);
    for (Subject candidate : candidates) {
      if (TRANSFORM.mapping(candidate).filter(m -> file.names(m.useCase())).isPresent()) {
        return candidate;
      }
    }
    return candidates.stream()
        .filter(candidate -> TRANSFORM.mapping(candidate).isPresent())
        .findFirst()
        .orElseGet(candidates::getFirst);
  }

  /** The role that the user's certificates name. */
  Optional<RemotePartyRole> remotePartyRole(Eui64 user) {
    Set<RemotePartyRole> roles = keys.roles().getOrDefault(user, Set.of());
    return roles.stream().findFirst();
  }

  /** Likeliest first: the known type before others, what is known of the device before the rest. */
  private List<Subject> candidates(ServiceRequest request, RequestFile file) {
    Eui64 id = request.requestId().target();
    Optional<KnownDevice> known = devices.find(id);
    Set<String> traits = known.map(KnownDevice::traits).orElse(Set.of());
    boolean twin = file.namesTwinElement() || traits.contains(KnownDevices.TWIN);
    boolean polyphase = traits.contains(KnownDevices.POLYPHASE);
    Generation generation =
        traits.contains(KnownDevices.EARLIER) ? Generation.EARLIER : Generation.CURRENT;
    Generation other = generation == Generation.CURRENT ? Generation.EARLIER : Generation.CURRENT;
    List<Subject> candidates = new ArrayList<>();
    for (DeviceType type : types(request, known)) {
      for (UserRole role : roles(request, type)) {
        Supplement asRole = supplement.requestedBy(role);
        for (TargetDevice device :
            List.of(
                new TargetDevice(id, type, twin, polyphase, generation),
                new TargetDevice(id, type, twin, !polyphase, generation),
                new TargetDevice(id, type, twin, polyphase, other),
                new TargetDevice(id, type, twin, !polyphase, other))) {
          candidates.add(new Subject(request, device, asRole));
        }
      }
    }
    return candidates;
  }

  private Set<DeviceType> types(ServiceRequest request, Optional<KnownDevice> known) {
    Set<DeviceType> targets = EnumSet.noneOf(DeviceType.class);
    entry(request).ifPresent(entry -> targets.addAll(entry.targets()));
    List<DeviceType> inOrder = new ArrayList<>();
    known.map(KnownDevice::type).or(() -> otherwise).ifPresent(inOrder::add);
    targets.stream().filter(type -> !inOrder.contains(type)).forEach(inOrder::add);
    // A type that is known is what it is: no other would be the device's command.
    return known.isPresent() || targets.isEmpty()
        ? Set.of(inOrder.isEmpty() ? DeviceType.ESME : inOrder.getFirst())
        : new LinkedHashSet<>(inOrder);
  }

  /** As the user's certificates say; where there are none, every role that may send the request. */
  private List<UserRole> roles(ServiceRequest request, DeviceType type) {
    boolean gas = type == DeviceType.GSME || type == DeviceType.GPF;
    Optional<RemotePartyRole> certified = remotePartyRole(request.requestId().originator());
    if (certified.isPresent()) {
      return List.of(
          switch (certified.get()) {
            case NETWORK_OPERATOR -> gas ? UserRole.GT : UserRole.ED;
            case LOAD_CONTROLLER -> UserRole.LC;
            case SUPPLIER -> gas ? UserRole.GS : UserRole.IS;
            case ROOT,
                RECOVERY,
                ACCESS_CONTROL_BROKER,
                TRANSITIONAL_COS,
                WAN_PROVIDER,
                ISSUING_AUTHORITY,
                OTHER,
                XML_SIGNING,
                DSP_XML_SIGNING ->
                UserRole.OU;
          });
    }
    List<UserRole> eligible =
        entry(request)
            .map(entry -> entry.eligibleRoles().stream().sorted().toList())
            .orElse(List.of());
    return eligible.isEmpty() ? List.of(UserRole.IS) : eligible;
  }

  private static Optional<ServiceRequestEntry> entry(ServiceRequest request) {
    return ServiceRequestCatalogue.current().find(request.serviceReferenceVariant());
  }

  private static Map<Eui64, Peer> peers(KnownDevices devices, KeyFiles keys) {
    Map<Eui64, Peer> peers = new HashMap<>();
    devices
        .devices()
        .forEach((id, device) ->
            peers.put(
                id,
                new Peer(
                    device.type(), Optional.ofNullable(keys.agreementCertificates().get(id)))));
    return peers;
  }
}
