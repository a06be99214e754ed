// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.machine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.meterbox.devices.security.DeviceKeys;
import org.meterbox.devices.security.KeyUse;
import org.meterbox.devices.security.TrustAnchors;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.RemotePartyRole;

/**
 * Everything that a device must not forget.
 *
 * @param <F> what its kind of device holds beyond what all devices hold
 * @param certificates the device's own, by what their keys are for
 * @param anchors the parties' certificates
 * @param executed the highest counter carried out for each role, under replay protection
 * @param lastOwnCounter the last counter that the device itself used
 * @param securityLog cannot be cleared
 * @param unacknowledged messages that nobody has acknowledged yet, oldest first
 * @param lastOutgoing the last number given to a message
 */
public record DeviceState<F>(
    Eui64 id,
    DeviceType type,
    DeviceKeys keys,
    Map<KeyUse, Octets> certificates,
    TrustAnchors anchors,
    Map<RemotePartyRole, OriginatorCounter> executed,
    OriginatorCounter lastOwnCounter,
    CircularLog securityLog,
    CircularLog eventLog,
    List<Outgoing> unacknowledged,
    long lastOutgoing,
    F function) {
  /** Messages that a device keeps; with as many it takes no further command. */
  public static final int MAX_UNACKNOWLEDGED = 64;

  /** Copies the collections. */
  public DeviceState {
    certificates = Map.copyOf(certificates);
    executed = Map.copyOf(executed);
    unacknowledged = List.copyOf(unacknowledged);
  }

  /** A device as it leaves the factory. */
  public static <F> DeviceState<F> manufactured(
      Eui64 id,
      DeviceType type,
      DeviceKeys keys,
      Map<KeyUse, Octets> certificates,
      TrustAnchors anchors,
      F function) {
    return new DeviceState<>(
        id,
        type,
        keys,
        certificates,
        anchors,
        Map.of(),
        new OriginatorCounter(0),
        CircularLog.EMPTY,
        CircularLog.EMPTY,
        List.of(),
        0,
        function);
  }

  /** With this counter as the highest carried out for the role. */
  public DeviceState<F> withExecuted(RemotePartyRole role, OriginatorCounter counter) {
    Map<RemotePartyRole, OriginatorCounter> changed = new EnumMap<>(RemotePartyRole.class);
    changed.putAll(executed);
    changed.put(role, counter);
    return new DeviceState<>(
        id,
        type,
        keys,
        certificates,
        anchors,
        changed,
        lastOwnCounter,
        securityLog,
        eventLog,
        unacknowledged,
        lastOutgoing,
        function);
  }

  /** With the next own counter used; {@link #lastOwnCounter} of the result is that counter. */
  public DeviceState<F> withNextOwnCounter() {
    OriginatorCounter next = new OriginatorCounter(lastOwnCounter.value() + 1);
    return new DeviceState<>(
        id,
        type,
        keys,
        certificates,
        anchors,
        executed,
        next,
        securityLog,
        eventLog,
        unacknowledged,
        lastOutgoing,
        function);
  }

  /** With an entry more in the security log. */
  public DeviceState<F> withSecurityEntry(Instant at, int code) {
    CircularLog log = securityLog.with(new LogEntry(at, code, Octets.EMPTY));
    return new DeviceState<>(
        id,
        type,
        keys,
        certificates,
        anchors,
        executed,
        lastOwnCounter,
        log,
        eventLog,
        unacknowledged,
        lastOutgoing,
        function);
  }

  /** With an entry more in the event log. */
  public DeviceState<F> withEventEntry(LogEntry entry) {
    return withEventLog(eventLog.with(entry));
  }

  /** With another event log. */
  public DeviceState<F> withEventLog(CircularLog log) {
    return new DeviceState<>(
        id,
        type,
        keys,
        certificates,
        anchors,
        executed,
        lastOwnCounter,
        securityLog,
        log,
        unacknowledged,
        lastOutgoing,
        function);
  }

  /** With another function state. */
  public DeviceState<F> withFunction(F changed) {
    return new DeviceState<>(
        id,
        type,
        keys,
        certificates,
        anchors,
        executed,
        lastOwnCounter,
        securityLog,
        eventLog,
        unacknowledged,
        lastOutgoing,
        changed);
  }

  /** With a message more to keep until it is acknowledged. */
  public DeviceState<F> withOutgoing(Octets message) {
    List<Outgoing> longer = new ArrayList<>(unacknowledged);
    longer.add(new Outgoing(lastOutgoing + 1, message));
    return new DeviceState<>(
        id,
        type,
        keys,
        certificates,
        anchors,
        executed,
        lastOwnCounter,
        securityLog,
        eventLog,
        longer,
        lastOutgoing + 1,
        function);
  }

  /** Without the message of this number. */
  public DeviceState<F> withAcknowledged(long number) {
    List<Outgoing> rest = unacknowledged.stream().filter(o -> o.number() != number).toList();
    return new DeviceState<>(
        id,
        type,
        keys,
        certificates,
        anchors,
        executed,
        lastOwnCounter,
        securityLog,
        eventLog,
        rest,
        lastOutgoing,
        function);
  }

  /** Without messages: all that the device has sent so far has arrived. */
  public DeviceState<F> withoutOutgoing() {
    return new DeviceState<>(
        id,
        type,
        keys,
        certificates,
        anchors,
        executed,
        lastOwnCounter,
        securityLog,
        eventLog,
        List.of(),
        lastOutgoing,
        function);
  }
}
