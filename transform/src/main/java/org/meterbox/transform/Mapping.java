// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform;

import java.util.Set;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.ServiceReferenceVariant;

/**
 * How one Service Request Variant becomes one use case's payload on some types of device.
 *
 * @param variant which request
 * @param targets on which types of device
 * @param useCase the use case's name in GBCS
 * @param code its message code
 * @param payload makes the payload
 */
public record Mapping(
    ServiceReferenceVariant variant,
    Set<DeviceType> targets,
    String useCase,
    MessageCode code,
    Payload payload) {
  /** Copies the set. */
  public Mapping {
    targets = Set.copyOf(targets);
  }

  /** A mapping onto one type of device. */
  public static Mapping of(
      String variant, DeviceType target, String useCase, int code, Payload payload) {
    return new Mapping(
        new ServiceReferenceVariant(variant),
        Set.of(target),
        useCase,
        new MessageCode(code),
        payload);
  }

  /** Makes a payload from what the request says. */
  @FunctionalInterface
  public interface Payload {
    /**
     * The payload's octets.
     *
     * @throws ElementException where the request lacks what the use case needs
     */
    Octets of(Translation translation) throws ElementException;
  }
}
