// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gbz;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.gbz.Cluster;
import org.meterbox.gbcs.gbz.Component;
import org.meterbox.gbcs.gbz.TypedValue;
import org.meterbox.gbcs.gbz.ZclAttribute;
import org.meterbox.gbcs.gbz.ZclFrame;
import org.meterbox.gbcs.gbz.ZclPayload;
import org.meterbox.gbcs.gbz.ZclPayload.Reading;
import org.meterbox.gbcs.gbz.ZclStatus;

/**
 * Reads attributes: exactly those of the use case, in its order.
 *
 * @param <F> the state of the device's function
 * @param frameControl of the answer, as the use case prescribes it
 * @param sensitive whether only the party that asks may read the answer
 */
public record ZclRead<F>(
    Cluster cluster,
    int frameControl,
    boolean sensitive,
    List<Integer> attributes,
    Attributes<F> values)
    implements ZclStep<F> {
  /**
   * The attributes of a device.
   *
   * @param <F> the state of the device's function
   */
  @FunctionalInterface
  public interface Attributes<F> {
    /** The value in a state; empty where the device has no such attribute, or no value for it. */
    Optional<TypedValue> read(DeviceState<F> state, ZclAttribute attribute);
  }

  /** Copies the list. */
  public ZclRead {
    attributes = List.copyOf(attributes);
  }

  @Override
  public int covers(List<Component.Plain> components) {
    Component.Plain first = components.getFirst();
    return first.fromDateTime().isEmpty()
            && first.cluster().equals(cluster)
            && first.header().isProfileWide()
            && first.frame().payload() instanceof ZclPayload.ReadAttributes(var asked)
            && asked.stream().map(ZclAttribute::id).toList().equals(attributes)
        ? 1
        : 0;
  }

  @Override
  public List<ZclAnswer> carryOut(Transition<F> transition, List<Component.Plain> components) {
    List<Reading> readings = new ArrayList<>();
    for (int id : attributes) {
      ZclAttribute attribute = new ZclAttribute(cluster, id);
      Optional<TypedValue> value = values.read(transition.state(), attribute);
      ZclStatus status = value.isPresent() ? ZclStatus.SUCCESS : ZclStatus.UNSUPPORTED_ATTRIBUTE;
      readings.add(new Reading(attribute, status, value));
    }
    int sequence = components.getFirst().header().sequenceNumber();
    List<ZclFrame> frames = List.of(ZclFrame.readings(cluster, frameControl, sequence, readings));
    return List.of(sensitive ? new ZclAnswer.Sensitive(frames) : new ZclAnswer.Frames(frames));
  }
}
