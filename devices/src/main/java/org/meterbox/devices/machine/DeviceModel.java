// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.machine;

import java.time.Instant;
import java.util.Optional;
import org.meterbox.gbcs.catalogue.UseCase;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.RemotePartyRole;

/**
 * What one kind of device does beyond what all devices do.
 *
 * @param <F> the state of its function
 */
public interface DeviceModel<F> {
  /**
   * A use case with the code that carries it out.
   *
   * @param <F> the state of the device's function
   */
  record Supported<F>(UseCase useCase, Handler<F> handler) {}

  /**
   * Carries out the commands of one use case.
   *
   * @param <F> the state of the device's function
   */
  @FunctionalInterface
  interface Handler<F> {
    /** Carries the command out; depends on nothing but the arguments. */
    Execution execute(Transition<F> transition, Call call);
  }

  /** The use case with this message code, where the device supports it. */
  Optional<Supported<F>> supported(MessageCode code);

  /** Whether an authentic command that is not supported is answered with an alert (ECS100). */
  boolean alertsUnsupported();

  /** To whom the device tells that its security was tried: critical alerts, always on. */
  RemotePartyRole securityAlertsTo();

  /** The payload of an alert that carries nothing but its code and a time. */
  Octets plainAlert(int code, Instant at, OriginatorCounter counter);

  /**
   * Lets time pass, up to the next moment at which something may change in the device and no
   * further than to an instant. A device without a sense of time is there at once.
   *
   * @return whether the instant is reached
   */
  default boolean proceed(Transition<F> transition, Instant until) {
    transition.moveTo(until);
    return true;
  }

  /** Does what has become due by a command or by something that happened at the device. */
  default void settle(Transition<F> transition) {}

  /** What the device's clock shows. */
  DlmsDateTime clock(F function, Instant now);

  /** The time in the header of a response of a use case that has one. */
  default DlmsDateTime responseTime(F function, UseCase useCase, Instant now) {
    return clock(function, now);
  }

  /** Writes the function's state for a memory image. */
  void write(F function, OctetWriter image);

  /** Reads what {@link #write} wrote. */
  F read(OctetReader image) throws DecodeException;
}
