// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.joining;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.meterbox.devices.machine.Asn1Handler;
import org.meterbox.devices.machine.Call;
import org.meterbox.devices.machine.DeviceFunction;
import org.meterbox.devices.machine.DeviceModel;
import org.meterbox.devices.machine.EventRecorder;
import org.meterbox.devices.machine.Execution;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.asn1.DeviceLogContent.DeviceLog;
import org.meterbox.gbcs.asn1.DeviceLogContent.Join;
import org.meterbox.gbcs.asn1.DeviceLogContent.JoinResult;
import org.meterbox.gbcs.asn1.DeviceLogContent.ReadDeviceLog;
import org.meterbox.gbcs.asn1.DeviceLogContent.Unjoin;
import org.meterbox.gbcs.asn1.DeviceLogContent.UnjoinResult;
import org.meterbox.gbcs.asn1.DeviceLogEntry;
import org.meterbox.gbcs.asn1.KeyUsage;
import org.meterbox.kernel.DecodeException;

/**
 * Joins a device with others of its home, unjoins them and reads the device log (GBCS CS03A1,
 * CS03B, CS03C, CS04AC, CS04B, CS07). The key establishment between the two devices is not part of
 * the model: a device that may join does so.
 *
 * @param <F> the state of the device's function
 */
public final class DeviceLogFunction<F> implements DeviceFunction<F> {
  private static final int JOINING_FAILED = 0x8F48;
  private static final int JOINED = 0x8F49;
  private static final int UNJOINING_FAILED = 0x8F4A;
  private static final int UNJOINED = 0x8F4B;

  private static final Set<Integer> METHODS_A = Set.of(0, 1);
  private static final Set<Integer> METHOD_B = Set.of(2);
  private static final Set<Integer> METHOD_C = Set.of(3);
  private static final int LAST_METHOD = 3;
  private static final int LAST_DEVICE_TYPE = 6;

  private static final int SUCCESS = 0;
  private static final int INVALID_MESSAGE_CODE_FOR_METHOD = 1;
  private static final int INVALID_METHOD_AND_ROLE = 2;
  private static final int INCOMPATIBLE_WITH_EXISTING_ENTRY = 3;
  private static final int DEVICE_LOG_FULL = 4;
  private static final int INVALID_OR_MISSING_CERTIFICATE = 11;
  private static final int NOT_IN_DEVICE_LOG = 1;

  private final EventRecorder<F> events;

  /** The function of a kind of device. */
  public DeviceLogFunction(EventRecorder<F> events) {
    this.events = events;
  }

  @Override
  public Map<String, DeviceModel.Handler<F>> handlers() {
    return Map.of(
        "CS03A1", Asn1Handler.of(Join.class, (t, call, join) -> join(t, join, METHODS_A)),
        "CS03B", Asn1Handler.of(Join.class, (t, call, join) -> join(t, join, METHOD_B)),
        "CS03C", Asn1Handler.of(Join.class, (t, call, join) -> join(t, join, METHOD_C)),
        "CS04AC", Asn1Handler.of(Unjoin.class, this::unjoin),
        "CS04B", Asn1Handler.of(Unjoin.class, this::unjoin),
        "CS07", Asn1Handler.of(ReadDeviceLog.class, DeviceLogFunction::read));
  }

  private Execution join(Transition<F> transition, Join command, Set<Integer> methods) {
    int result = mayJoin(transition, command, methods);
    if (result == SUCCESS) {
      DeviceLogEntry entry = new DeviceLogEntry(command.otherDevice(), command.otherDeviceType());
      transition.update(state -> state.withDeviceLog(state.deviceLog().with(entry)));
    }
    events.record(transition, result == SUCCESS ? JOINED : JOINING_FAILED);
    return Asn1Handler.answer(new JoinResult(result));
  }

  private int mayJoin(Transition<F> transition, Join command, Set<Integer> methods) {
    if (command.methodAndRole() > LAST_METHOD) {
      return INVALID_METHOD_AND_ROLE;
    }
    if (!methods.contains(command.methodAndRole())) {
      return INVALID_MESSAGE_CODE_FOR_METHOD;
    }
    if (methods.equals(METHOD_C) && !hasAgreementCertificate(command)) {
      return INVALID_OR_MISSING_CERTIFICATE;
    }
    if (command.otherDeviceType() > LAST_DEVICE_TYPE
        || command.otherDevice().equals(transition.state().id())) {
      return INVALID_METHOD_AND_ROLE;
    }
    Optional<DeviceLogEntry> existing = transition.state().deviceLog().of(command.otherDevice());
    if (existing.isPresent()) {
      // A device that has lost its part of the agreement joins again.
      return existing.get().typeCode() == command.otherDeviceType()
          ? SUCCESS
          : INCOMPATIBLE_WITH_EXISTING_ENTRY;
    }
    return transition.state().deviceLog().isFull() ? DEVICE_LOG_FULL : SUCCESS;
  }

  /** Without a link of their own the devices agree on a key by their certificates. */
  private static boolean hasAgreementCertificate(Join command) {
    try {
      return command.otherDeviceCertificate().isPresent()
          && command
              .otherDeviceCertificate()
              .get()
              .view()
              .keyUsage()
              .filter(KeyUsage.KEY_AGREEMENT::equals)
              .isPresent();
    } catch (DecodeException notOfProfile) {
      return false;
    }
  }

  private Execution unjoin(Transition<F> transition, Call call, Unjoin command) {
    boolean isJoined = transition.state().deviceLog().of(command.otherDevice()).isPresent();
    if (isJoined) {
      transition.update(
          state -> state.withDeviceLog(state.deviceLog().without(command.otherDevice())));
    }
    events.record(transition, isJoined ? UNJOINED : UNJOINING_FAILED);
    return Asn1Handler.answer(new UnjoinResult(isJoined ? SUCCESS : NOT_IN_DEVICE_LOG));
  }

  private static <F> Execution read(Transition<F> transition, Call call, ReadDeviceLog command) {
    return Asn1Handler.answer(
        new DeviceLog(SUCCESS, Optional.of(transition.state().deviceLog().entries())));
  }
}
