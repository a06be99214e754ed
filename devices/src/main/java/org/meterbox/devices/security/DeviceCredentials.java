// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.security;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.RemotePartyRole;

/**
 * What a device holds of keys and trust.
 *
 * @param keys its own private keys
 * @param certificates its own certificates, by what their keys are for
 * @param anchors the remote parties' certificates
 * @param executed the counter for each role that the next command under replay protection must
 *     exceed: the highest carried out, or the floor that came with new credentials
 * @param topUpFloor the like for prepayment top-ups; empty until new credentials brought one
 * @param pending replacements that wait for their time, in the order of their commands
 */
public record DeviceCredentials(
    DeviceKeys keys,
    Map<KeyUse, Octets> certificates,
    TrustAnchors anchors,
    Map<RemotePartyRole, OriginatorCounter> executed,
    Optional<OriginatorCounter> topUpFloor,
    List<PendingCredentialUpdate> pending) {
  /** Copies the collections. */
  public DeviceCredentials {
    certificates = Map.copyOf(certificates);
    executed = Map.copyOf(executed);
    pending = List.copyOf(pending);
  }

  /** The credentials of a device that leaves the factory. */
  public static DeviceCredentials manufactured(
      DeviceKeys keys, Map<KeyUse, Octets> certificates, TrustAnchors anchors) {
    return new DeviceCredentials(
        keys, certificates, anchors, Map.of(), Optional.empty(), List.of());
  }

  /** With other keys of its own. */
  public DeviceCredentials withKeys(DeviceKeys changed) {
    return new DeviceCredentials(changed, certificates, anchors, executed, topUpFloor, pending);
  }

  /** With another certificate of its own. */
  public DeviceCredentials withCertificate(KeyUse use, Octets certificate) {
    Map<KeyUse, Octets> changed = new EnumMap<>(KeyUse.class);
    changed.putAll(certificates);
    changed.put(use, certificate);
    return new DeviceCredentials(keys, changed, anchors, executed, topUpFloor, pending);
  }

  /** With other certificates in its cells. */
  public DeviceCredentials withAnchors(TrustAnchors changed) {
    return new DeviceCredentials(keys, certificates, changed, executed, topUpFloor, pending);
  }

  /** With this counter as the one that the role's next command must exceed. */
  public DeviceCredentials withExecuted(RemotePartyRole role, OriginatorCounter counter) {
    Map<RemotePartyRole, OriginatorCounter> changed = new EnumMap<>(RemotePartyRole.class);
    changed.putAll(executed);
    changed.put(role, counter);
    return new DeviceCredentials(keys, certificates, anchors, changed, topUpFloor, pending);
  }

  /** With this counter as the one that the next prepayment top-up must exceed. */
  public DeviceCredentials withTopUpFloor(OriginatorCounter floor) {
    return new DeviceCredentials(
        keys, certificates, anchors, executed, Optional.of(floor), pending);
  }

  /** Without a floor for prepayment top-ups. */
  public DeviceCredentials withoutTopUpFloor() {
    return new DeviceCredentials(keys, certificates, anchors, executed, Optional.empty(), pending);
  }

  /** With a replacement that waits, in the place of one that waited under the same use case. */
  public DeviceCredentials withPending(PendingCredentialUpdate update) {
    List<PendingCredentialUpdate> changed = new ArrayList<>(without(update.code()).pending);
    changed.add(update);
    return new DeviceCredentials(keys, certificates, anchors, executed, topUpFloor, changed);
  }

  /** Without the replacement that waits under this use case. */
  public DeviceCredentials without(MessageCode code) {
    return new DeviceCredentials(
        keys,
        certificates,
        anchors,
        executed,
        topUpFloor,
        pending.stream().filter(update -> !update.code().equals(code)).toList());
  }

  /** Without the replacements that a party in this role has sent ahead. */
  public DeviceCredentials withoutPendingOf(RemotePartyRole sender) {
    return new DeviceCredentials(
        keys,
        certificates,
        anchors,
        executed,
        topUpFloor,
        pending.stream().filter(update -> update.sender() != sender).toList());
  }
}
