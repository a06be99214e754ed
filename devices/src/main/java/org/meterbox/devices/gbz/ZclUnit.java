// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gbz;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.gbz.Component;
import org.meterbox.gbcs.gbz.ZclCatalogue;
import org.meterbox.gbcs.gbz.ZclCommand;
import org.meterbox.gbcs.gbz.ZclStatus;

/**
 * Commands that are done or refused together: a calendar with its days, weeks and seasons. The last
 * of them tells whether they were.
 *
 * @param <F> the state of the device's function
 * @param parts in order
 */
public record ZclUnit<F>(List<Part> parts, Action<F> action) implements ZclStep<F> {
  /** A command of the unit, and how often it may come. */
  public record Part(ZclCommand command, int min, int max) {
    /** A command by its name. */
    public static Part of(String name, int min, int max) {
      return new Part(ZclCatalogue.command(name), min, max);
    }
  }

  /**
   * What the commands of a unit do together.
   *
   * @param <F> the state of the device's function
   */
  @FunctionalInterface
  public interface Action<F> {
    /** Carries the commands out; depends on nothing but the arguments. */
    ZclStatus carryOut(Transition<F> transition, List<ZclCall> calls);
  }

  /** Copies the list. */
  public ZclUnit {
    parts = List.copyOf(parts);
  }

  @Override
  public int covers(List<Component.Plain> components) {
    int covered = 0;
    for (Part part : parts) {
      int times = 0;
      while (times < part.max()
          && covered < components.size()
          && isPart(components.get(covered), part)) {
        times++;
        covered++;
      }
      if (times < part.min()) {
        return 0;
      }
    }
    return covered;
  }

  private static boolean isPart(Component.Plain component, Part part) {
    return component.fromDateTime().isEmpty() && ZclInvocation.is(component, part.command());
  }

  @Override
  public List<ZclAnswer> carryOut(Transition<F> transition, List<Component.Plain> components) {
    Transition.Savepoint<F> before = transition.savepoint();
    ZclStatus status = action.carryOut(transition, components.stream().map(ZclCall::new).toList());
    if (!status.equals(ZclStatus.SUCCESS)) {
      transition.rollBack(before);
    }
    List<ZclAnswer> answers =
        new ArrayList<>(Collections.nCopies(components.size() - 1, ZclAnswer.done()));
    answers.add(new ZclAnswer.Status(status));
    return answers;
  }
}
