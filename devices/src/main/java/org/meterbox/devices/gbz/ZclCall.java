// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gbz;

import java.util.OptionalLong;
import java.util.function.Consumer;
import org.meterbox.gbcs.gbz.Component;
import org.meterbox.gbcs.gbz.ZclCatalogue;
import org.meterbox.gbcs.gbz.ZclCommand;
import org.meterbox.gbcs.gbz.ZclFields;
import org.meterbox.gbcs.gbz.ZclFieldsBuilder;
import org.meterbox.gbcs.gbz.ZclFrame;
import org.meterbox.gbcs.gbz.ZclPayload;

/**
 * One cluster-specific command on its way to whatever carries it out.
 *
 * @param component as it was received, in the form that its use case prescribes
 */
public record ZclCall(Component.Plain component) {
  /** The command with its header. */
  public ZclFrame frame() {
    return component.frame();
  }

  /** The command's fields. */
  public ZclFields fields() {
    if (component.frame().payload() instanceof ZclPayload.ClusterCommand(ZclFields fields)) {
      return fields;
    }
    throw new IllegalStateException("a step for commands has taken " + component.name());
  }

  /** A number among the fields. */
  public long number(String name) {
    return fields().number(name);
  }

  /** Where a span of time begins, or when the command takes effect. */
  public OptionalLong from() {
    return component.fromDateTime();
  }

  /**
   * A frame that answers the command.
   *
   * @param frameControl as the use case prescribes it
   * @param name the name of the answering command
   */
  public ZclFrame answer(int frameControl, String name, Consumer<ZclFieldsBuilder> fill) {
    ZclCommand command = ZclCatalogue.command(name);
    ZclFieldsBuilder fields = command.fields();
    fill.accept(fields);
    return command.frame(frameControl, frame().header().sequenceNumber(), fields.build());
  }
}
