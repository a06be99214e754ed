// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.differential;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.meterbox.correlate.check.DeviceTypes;
import org.meterbox.correlate.keys.KeyUse;
import org.meterbox.correlate.keys.PartyCertificate;
import org.meterbox.correlate.keys.PartyKeys;
import org.meterbox.crypto.AgreementKey;
import org.meterbox.crypto.P256;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.UserRole;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;
import org.meterbox.transform.TargetDevice;
import org.meterbox.transform.TargetDevice.Generation;
import org.meterbox.transform.TranslationContext;
import org.meterbox.transform.TranslationContext.NamedDevice;
import org.meterbox.transform.TranslationRequest;

/** What DSP and user both know of the devices that drawn requests name: drawn too. */
final class Neighbourhood implements PartyKeys, DeviceTypes {
  private static final ECPublicKey ANY_KEY =
      P256.publicKey(P256.generate(new SecureRandom()).getPublic());

  private final RandomGenerator random;
  private final Instant now;
  private Optional<TargetDevice> addressed = Optional.empty();
  private final Map<Eui64, NamedDevice> inventory = new HashMap<>();
  private final Map<Eui64, DeviceType> types = new HashMap<>();
  private final Map<Eui64, PartyCertificate> certificates = new HashMap<>();

  Neighbourhood(RandomGenerator random, Instant now) {
    this.random = random;
    this.now = now;
  }

  /** A request with one device of each type that it can be addressed to, in any order. */
  List<TranslationRequest> subjects(ServiceRequestEntry kind, ServiceRequest request) {
    inventory.clear();
    types.clear();
    certificates.clear();
    request.body().find("OtherDeviceID").ifPresent(this::addPeer);
    UserRole role = kind.eligibleRoles().isEmpty() ? UserRole.IS : oneOf(kind.eligibleRoles());
    TranslationContext supplement = TranslationContext.at(now).requestedBy(role).knowing(inventory);
    List<DeviceType> types = new ArrayList<>(kind.targets().stream().sorted().toList());
    Collections.shuffle(types, Random.from(random));
    return types.stream()
        .map(type ->
            new TranslationRequest(request, device(request.requestId().target(), type), supplement))
        .toList();
  }

  private TargetDevice device(Eui64 id, DeviceType type) {
    boolean electricity = type == DeviceType.ESME;
    return new TargetDevice(
        id,
        type,
        electricity && random.nextBoolean(),
        electricity && random.nextInt(4) == 0,
        random.nextInt(4) == 0 ? Generation.EARLIER : Generation.CURRENT);
  }

  private <T extends Comparable<T>> T oneOf(Set<T> choices) {
    List<T> sorted = choices.stream().sorted().toList();
    return sorted.get(random.nextInt(sorted.size()));
  }

  private void addPeer(XmlElement named) {
    try {
      Eui64 peer = named.eui64();
      DeviceType type =
          oneOf(Set.of(DeviceType.ESME, DeviceType.GSME, DeviceType.HCALCS, DeviceType.PPMID));
      byte[] content = new byte[200 + random.nextInt(300)];
      random.nextBytes(content);
      Octets certificate = Octets.of(DerTree.of(0x30, content).encode());
      inventory.put(peer, new NamedDevice(type, Optional.of(certificate)));
      types.put(peer, type);
      certificates.put(
          peer,
          new PartyCertificate(
              peer, KeyUse.KEY_AGREEMENT, ANY_KEY, "CN=drawn", BigInteger.ONE, certificate));
    } catch (ElementException e) {
      throw new IllegalStateException("the schema lets no such identifier through", e);
    }
  }

  /** Says to the user as well what is addressed. */
  void tell(TargetDevice device) {
    types.put(device.id(), device.type());
    addressed = Optional.of(device);
  }

  @Override
  public Set<DeviceType> possible(Eui64 device) {
    return Set.of(types.get(device));
  }

  @Override
  public Optional<Boolean> twinElement(Eui64 meter) {
    return addressed.map(TargetDevice::twinElement);
  }

  @Override
  public Optional<Boolean> takesReplaced(Eui64 device) {
    return addressed.map(TargetDevice::isEarlier);
  }

  @Override
  public List<PartyCertificate> certificates(Eui64 holder, KeyUse use) {
    PartyCertificate certificate = certificates.get(holder);
    return certificate != null && use == KeyUse.KEY_AGREEMENT ? List.of(certificate) : List.of();
  }

  @Override
  public Optional<AgreementKey> agreementKey(Eui64 party) {
    return Optional.empty();
  }
}
