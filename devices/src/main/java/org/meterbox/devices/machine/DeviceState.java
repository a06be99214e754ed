// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.machine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.meterbox.devices.security.DeviceCredentials;
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
 * @param credentials its keys and certificates, and the parties' certificates and counters
 * @param lastOwnCounter the last counter that the device itself used
 * @param securityLog cannot be cleared
 * @param unacknowledged messages that nobody has acknowledged yet, oldest first
 * @param lastOutgoing the last number given to a message
 * @param deviceLog the devices with which it has joined
 * @param firmware what it has received and does not run yet
 */
public record DeviceState<F>(
    Eui64 id,
    DeviceType type,
    DeviceCredentials credentials,
    OriginatorCounter lastOwnCounter,
    CircularLog securityLog,
    CircularLog eventLog,
    List<Outgoing> unacknowledged,
    long lastOutgoing,
    DeviceLog deviceLog,
    FirmwareState firmware,
    F function) {
  /** Messages that a device keeps; with as many it takes no further command. */
  public static final int MAX_UNACKNOWLEDGED = 64;

  /** Copies the list. */
  public DeviceState {
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
        DeviceCredentials.manufactured(keys, certificates, anchors),
        new OriginatorCounter(0),
        CircularLog.EMPTY,
        CircularLog.EMPTY,
        List.of(),
        0,
        DeviceLog.EMPTY,
        FirmwareState.NONE,
        function);
  }

  /** The device's private keys. */
  public DeviceKeys keys() {
    return credentials.keys();
  }

  /** The device's own certificates, by what their keys are for. */
  public Map<KeyUse, Octets> certificates() {
    return credentials.certificates();
  }

  /** The parties' certificates. */
  public TrustAnchors anchors() {
    return credentials.anchors();
  }

  /** The counter for each role that its next command under replay protection must exceed. */
  public Map<RemotePartyRole, OriginatorCounter> executed() {
    return credentials.executed();
  }

  /** With other credentials. */
  public DeviceState<F> withCredentials(UnaryOperator<DeviceCredentials> change) {
    return new DeviceState<>(
        id,
        type,
        change.apply(credentials),
        lastOwnCounter,
        securityLog,
        eventLog,
        unacknowledged,
        lastOutgoing,
        deviceLog,
        firmware,
        function);
  }

  /** With this counter as the highest carried out for the role. */
  public DeviceState<F> withExecuted(RemotePartyRole role, OriginatorCounter counter) {
    return withCredentials(held -> held.withExecuted(role, counter));
  }

  /** With the next own counter used; {@link #lastOwnCounter} of the result is that counter. */
  public DeviceState<F> withNextOwnCounter() {
    return new DeviceState<>(
        id,
        type,
        credentials,
        new OriginatorCounter(lastOwnCounter.value() + 1),
        securityLog,
        eventLog,
        unacknowledged,
        lastOutgoing,
        deviceLog,
        firmware,
        function);
  }

  /** With an entry more in the security log. */
  public DeviceState<F> withSecurityEntry(Instant at, int code) {
    return withLogs(securityLog.with(new LogEntry(at, code, Octets.EMPTY)), eventLog);
  }

  /** With an entry more in the event log. */
  public DeviceState<F> withEventEntry(LogEntry entry) {
    return withEventLog(eventLog.with(entry));
  }

  /** With another event log. */
  public DeviceState<F> withEventLog(CircularLog log) {
    return withLogs(securityLog, log);
  }

  private DeviceState<F> withLogs(CircularLog security, CircularLog event) {
    return new DeviceState<>(
        id,
        type,
        credentials,
        lastOwnCounter,
        security,
        event,
        unacknowledged,
        lastOutgoing,
        deviceLog,
        firmware,
        function);
  }

  /** With another device log. */
  public DeviceState<F> withDeviceLog(DeviceLog log) {
    return new DeviceState<>(
        id,
        type,
        credentials,
        lastOwnCounter,
        securityLog,
        eventLog,
        unacknowledged,
        lastOutgoing,
        log,
        firmware,
        function);
  }

  /** With other firmware. */
  public DeviceState<F> withFirmware(FirmwareState changed) {
    return new DeviceState<>(
        id,
        type,
        credentials,
        lastOwnCounter,
        securityLog,
        eventLog,
        unacknowledged,
        lastOutgoing,
        deviceLog,
        changed,
        function);
  }

  /** With another function state. */
  public DeviceState<F> withFunction(F changed) {
    return new DeviceState<>(
        id,
        type,
        credentials,
        lastOwnCounter,
        securityLog,
        eventLog,
        unacknowledged,
        lastOutgoing,
        deviceLog,
        firmware,
        changed);
  }

  /** With a message more to keep until it is acknowledged. */
  public DeviceState<F> withOutgoing(Octets message) {
    List<Outgoing> longer = new ArrayList<>(unacknowledged);
    longer.add(new Outgoing(lastOutgoing + 1, message));
    return withMessages(longer, lastOutgoing + 1);
  }

  /** Without the message of this number. */
  public DeviceState<F> withAcknowledged(long number) {
    return withMessages(
        unacknowledged.stream().filter(o -> o.number() != number).toList(), lastOutgoing);
  }

  /** Without messages: all that the device has sent so far has arrived. */
  public DeviceState<F> withoutOutgoing() {
    return withMessages(List.of(), lastOutgoing);
  }

  private DeviceState<F> withMessages(List<Outgoing> messages, long last) {
    return new DeviceState<>(
        id,
        type,
        credentials,
        lastOwnCounter,
        securityLog,
        eventLog,
        messages,
        last,
        deviceLog,
        firmware,
        function);
  }
}
