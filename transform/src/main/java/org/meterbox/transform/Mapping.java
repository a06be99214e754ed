// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform;

import java.util.Set;
import java.util.function.Predicate;
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
 * @param condition which of the requests and devices, where several use cases serve the variant on
 *     one type of device; of those that hold, the first in the list is used
 * @param payload makes the payload
 */
public record Mapping(
    ServiceReferenceVariant variant,
    Set<DeviceType> targets,
    String useCase,
    MessageCode code,
    Predicate<TranslationRequest> condition,
    Payload payload) {
  /** Copies the set. */
  public Mapping {
    targets = Set.copyOf(targets);
  }

  /** A mapping onto one type of device. */
  public static Mapping of(
      String variant, DeviceType target, String useCase, int code, Payload payload) {
    return of(variant, Set.of(target), useCase, code, payload);
  }

  /** A mapping onto several types of device. */
  public static Mapping of(
      String variant, Set<DeviceType> targets, String useCase, int code, Payload payload) {
    return new Mapping(
        new ServiceReferenceVariant(variant),
        targets,
        useCase,
        new MessageCode(code),
        subject -> true,
        payload);
  }

  /** The same mapping, for some requests or devices only. */
  public Mapping when(Predicate<TranslationRequest> only) {
    return new Mapping(variant, targets, useCase, code, only, payload);
  }

  /** The same mapping, for devices that take the use cases that GBCS has replaced. */
  public Mapping forEarlierDevices() {
    return when(subject -> subject.device().isEarlier());
  }

  /** Makes a payload from what the request says. */
  @FunctionalInterface
  public interface Payload {
    /**
     * The payload's octets.
     *
     * @throws ElementException where the request lacks what the use case needs
     * @throws UntranslatableException where the inventory does
     */
    Octets of(Translation translation) throws ElementException, UntranslatableException;
  }
}
