// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.transform;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.meterbox.app.keys.KeyFiles;
import org.meterbox.app.transform.KnownDevices.KnownDevice;
import org.meterbox.dsp.commands.CommandPolicy;
import org.meterbox.dsp.inventory.Device;
import org.meterbox.dsp.inventory.DeviceModel;
import org.meterbox.dsp.inventory.MeterPoints;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.kernel.UserRole;
import org.meterbox.kernel.catalogue.ServiceRequestCatalogue;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;

/**
 * Takes the place of the DSP's inventory and access control: the device that a request is for, from
 * a file of devices, the keys' certificates and the names of the requests' files, and the role in
 * which its user sends.
 *
 * @param otherwise the type of devices that are not known
 * @param unknownParties whether the devices hold no certificates of the users
 */
record FileInventory(
    KnownDevices devices, KeyFiles keys, Optional<DeviceType> otherwise, boolean unknownParties) {
  /** A device that takes the use cases that GBCS has replaced speaks such a version. */
  private static final String EARLIER_GBCS =
      (CommandPolicy.CURRENT_USE_CASES_SINCE_GBCS - 1) + ".0";

  /** A device and the role in which a request is sent to it. */
  record Addressed(Device device, UserRole role) {}

  /**
   * The device and the user's role for which the policy takes the use case that the file's name
   * says. Where it says none, or none that the request can have: with what is known of the device
   * and, of several types that it may be, the first that is translated.
   */
  Addressed addressed(ServiceRequest request, RequestFile file, CommandPolicy policy) {
    List<Addressed> candidates = candidates(request, file);
    for (Addressed candidate : candidates) {
      if (policy
          .useCase(request, candidate.device(), candidate.role())
          .filter(mapping -> file.names(mapping.useCase()))
          .isPresent()) {
        return candidate;
      }
    }
    return candidates.stream()
        .filter(
            candidate -> policy.useCase(request, candidate.device(), candidate.role()).isPresent())
        .findFirst()
        .orElseGet(candidates::getFirst);
  }

  /** Likeliest first: the known type before others, what is known of the device before the rest. */
  private List<Addressed> candidates(ServiceRequest request, RequestFile file) {
    Optional<KnownDevice> known = devices.find(request.requestId().target());
    Set<String> traits = known.map(KnownDevice::traits).orElse(Set.of());
    boolean twin = file.namesTwinElement() || traits.contains(KnownDevices.TWIN);
    boolean polyphase = traits.contains(KnownDevices.POLYPHASE);
    boolean earlier = traits.contains(KnownDevices.EARLIER);
    List<Addressed> candidates = new ArrayList<>();
    for (DeviceType type : types(request, known)) {
      for (UserRole role : roles(request, type)) {
        for (boolean old : List.of(earlier, !earlier)) {
          for (boolean threePhases : List.of(polyphase, !polyphase)) {
            candidates.add(
                new Addressed(device(request, type, twin, threePhases, old, role), role));
          }
        }
      }
    }
    return candidates;
  }

  private Device device(
      ServiceRequest request,
      DeviceType type,
      boolean twin,
      boolean polyphase,
      boolean earlier,
      UserRole role) {
    String variant = (twin ? "B" : "") + (polyphase ? "C" : "");
    return new Device(
        request.requestId().target(),
        type,
        Optional.empty(),
        Optional.empty(),
        new DeviceModel(
            "",
            "",
            Optional.empty(),
            Optional.empty(),
            earlier ? Optional.of(EARLIER_GBCS) : Optional.empty(),
            Optional.of(variant)),
        MeterPoints.NONE,
        holdsUser(request)
            ? Map.of(role.remotePartyRole(), request.requestId().originator())
            : Map.of());
  }

  /** No file says it: a user is known unless it brings its certificate, as an unknown one does. */
  private boolean holdsUser(ServiceRequest request) {
    return !unknownParties && !CommandPolicy.bringsAgreementCertificate(request);
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
    Eui64 user = request.requestId().originator();
    Optional<RemotePartyRole> certified =
        keys.roles().getOrDefault(user, Set.of()).stream().findFirst();
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
}
