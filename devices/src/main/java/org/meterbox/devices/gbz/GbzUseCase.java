// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gbz;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.gbcs.gbz.Component;
import org.meterbox.gbcs.gbz.GbzMessage;

/**
 * What a command of a use case contains, in order. A device leaves nothing in a command unchecked,
 * because a non-critical message code must not carry a critical action.
 *
 * @param <F> the state of the device's function
 */
public final class GbzUseCase<F> {
  private final List<Slot<F>> slots;

  private GbzUseCase(List<Slot<F>> slots) {
    this.slots = slots;
  }

  private record Slot<F>(ZclStep<F> step, int min, int max) {}

  /**
   * Components of a command with the step that they belong to.
   *
   * @param <F> the state of the device's function
   */
  record Task<F>(ZclStep<F> step, List<Component.Plain> components) {}

  /** A use case that begins with a step. */
  public static <F> GbzUseCase<F> of(ZclStep<F> step) {
    return new GbzUseCase<>(List.of(new Slot<>(step, 1, 1)));
  }

  /** A use case of one step that comes several times. */
  public static <F> GbzUseCase<F> of(int min, int max, ZclStep<F> step) {
    return new GbzUseCase<>(List.of(new Slot<>(step, min, max)));
  }

  /** This, followed by another step. */
  public GbzUseCase<F> then(ZclStep<F> step) {
    return then(1, 1, step);
  }

  /** This, followed by a step that comes several times, or may be left out. */
  public GbzUseCase<F> then(int min, int max, ZclStep<F> step) {
    List<Slot<F>> longer = new ArrayList<>(slots);
    longer.add(new Slot<>(step, min, max));
    return new GbzUseCase<>(List.copyOf(longer));
  }

  /** The tasks of a command; empty where it is not of this use case's form. */
  Optional<List<Task<F>>> tasks(GbzMessage message) {
    List<Component.Plain> rest = new ArrayList<>();
    for (Component component : message.components()) {
      if (!(component instanceof Component.Plain plain)) {
        return Optional.empty();
      }
      rest.add(plain);
    }
    List<Task<F>> tasks = new ArrayList<>();
    for (Slot<F> slot : slots) {
      int times = 0;
      int covered = 1;
      while (times < slot.max() && !rest.isEmpty() && covered > 0) {
        covered = slot.step().covers(rest);
        if (covered > 0) {
          List<Component.Plain> taken = rest.subList(0, covered);
          tasks.add(new Task<>(slot.step(), List.copyOf(taken)));
          taken.clear();
          times++;
        }
      }
      if (times < slot.min()) {
        return Optional.empty();
      }
    }
    return rest.isEmpty() ? Optional.of(tasks) : Optional.empty();
  }
}
