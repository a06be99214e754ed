// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.expectation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/**
 * Builds up what a GBZ command must say: the profile, the number of components, then the components
 * with transaction numbers from 0 (GBCS section 10).
 */
public final class GbzCommand {
  private static final Octets PROFILE = Octets.ofHex("0109");
  private static final int LAST = 0x01;
  private static final int FROM_DATE_TIME = 0x10;
  private static final int ZCL_HEADER_OCTETS = 3;

  private final List<Component> components = new ArrayList<>();

  private record Component(
      String name,
      int cluster,
      Optional<Segment.Fixed> fromDateTime,
      int frameControl,
      int command,
      ZclFields fields) {}

  /** Adds a command of a cluster. */
  public GbzCommand command(
      String name, int cluster, int frameControl, int command, ZclFields fields) {
    components.add(new Component(name, cluster, Optional.empty(), frameControl, command, fields));
    return this;
  }

  /**
   * Adds a command that has its time in the component's header.
   *
   * @param fromDateTime four octets, the most significant first, and whose words they are
   */
  public GbzCommand command(
      String name,
      int cluster,
      Segment.Fixed fromDateTime,
      int frameControl,
      int command,
      ZclFields fields) {
    components.add(
        new Component(name, cluster, Optional.of(fromDateTime), frameControl, command, fields));
    return this;
  }

  /** All of it in order. */
  public List<Segment> payload() {
    List<Segment> payload = new ArrayList<>();
    payload.add(Segment.prescribed("the ZigBee profile", PROFILE));
    Octets count = Octets.of((byte) components.size());
    payload.add(
        new Segment.Fixed(
            "number of ZigBee commands",
            Integer.toString(components.size()),
            count,
            Wording.UNSIGNED));
    for (int i = 0; i < components.size(); i++) {
      addComponent(components.get(i), i, payload);
    }
    return payload;
  }

  private void addComponent(Component component, int number, List<Segment> payload) {
    int fromOctets = component.fromDateTime().map(Segment.Fixed::length).orElse(0);
    int control =
        (number == components.size() - 1 ? LAST : 0) | (fromOctets == 0 ? 0 : FROM_DATE_TIME);
    payload.add(
        Segment.prescribed(
            "what is addressed: " + component.name(),
            new OctetWriter(5)
                .u8(control)
                .u16(component.cluster())
                .u16(fromOctets + ZCL_HEADER_OCTETS + component.fields().length())
                .toOctets()));
    component.fromDateTime().ifPresent(payload::add);
    payload.add(
        Segment.prescribed(
            "the ZCL header of " + component.name(),
            new OctetWriter(ZCL_HEADER_OCTETS)
                .u8(component.frameControl())
                .u8(number)
                .u8(component.command())
                .toOctets()));
    component.fields().addTo(payload);
  }
}
