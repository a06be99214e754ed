// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gbz;

import java.util.List;
import java.util.Map;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.gbz.Component;
import org.meterbox.gbcs.gbz.ZclCatalogue;
import org.meterbox.gbcs.gbz.ZclCommand;
import org.meterbox.gbcs.gbz.ZclFields;
import org.meterbox.gbcs.gbz.ZclPayload;

/**
 * Carries out one cluster-specific command.
 *
 * @param <F> the state of the device's function
 * @param constants fields that the use case allows one value only
 * @param dated whether the component names a time outside the command
 */
public record ZclInvocation<F>(
    ZclCommand command, Map<String, Long> constants, boolean dated, Action<F> action)
    implements ZclStep<F> {
  /**
   * What a command does.
   *
   * @param <F> the state of the device's function
   */
  @FunctionalInterface
  public interface Action<F> {
    /** Carries the command out; depends on nothing but the arguments. */
    ZclAnswer carryOut(Transition<F> transition, ZclCall call);
  }

  /** Copies the map. */
  public ZclInvocation {
    constants = Map.copyOf(constants);
  }

  /**
   * A step for a command.
   *
   * @param name as the ZigBee Smart Energy specification spells it
   */
  public static <F> ZclInvocation<F> of(String name, Action<F> action) {
    return new ZclInvocation<>(ZclCatalogue.command(name), Map.of(), false, action);
  }

  /** This step, only for commands with such a value in a field. */
  public ZclInvocation<F> only(String field, long value) {
    Map<String, Long> more = new java.util.HashMap<>(constants);
    more.put(field, value);
    return new ZclInvocation<>(command, more, dated, action);
  }

  /** This step, only for components that name a time outside the command. */
  public ZclInvocation<F> withFromDateTime() {
    return new ZclInvocation<>(command, constants, true, action);
  }

  @Override
  public int covers(List<Component.Plain> components) {
    return isCommand(components.getFirst()) ? 1 : 0;
  }

  private boolean isCommand(Component.Plain component) {
    return component.fromDateTime().isPresent() == dated
        && is(component, command)
        && component.frame().payload() instanceof ZclPayload.ClusterCommand(ZclFields fields)
        && constants.entrySet().stream()
            .allMatch(only -> fields.number(only.getKey()) == only.getValue());
  }

  /** Whether a component is this command. */
  static boolean is(Component.Plain component, ZclCommand command) {
    return component.cluster().equals(command.cluster())
        && component.header().isClusterSpecific()
        && component.header().manufacturerCode().isEmpty()
        && component.header().direction() == command.direction()
        && component.header().commandId() == command.id();
  }

  @Override
  public List<ZclAnswer> carryOut(Transition<F> transition, List<Component.Plain> components) {
    Transition.Savepoint<F> before = transition.savepoint();
    ZclAnswer answer = action.carryOut(transition, new ZclCall(components.getFirst()));
    if (answer.isFailure()) {
      transition.rollBack(before);
    }
    return List.of(answer);
  }
}
