// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.state;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.meterbox.devices.gbz.GbzUseCase;
import org.meterbox.devices.machine.DeviceModel;
import org.meterbox.devices.machine.Transition;

/**
 * One function of a gas meter: the use cases that it answers, its part of the state, and what time
 * does to it. Has no state of its own.
 *
 * <p>Time passes in spans within which flow, price and valve stay the same. A span ends at the
 * earliest {@link #next} of all functions, or at the latest when somebody wants to know. Then every
 * function counts the span ({@link #elapse}), and after that does what has become due ({@link
 * #due}). However the time is cut into spans, the outcome must be the same.
 */
public interface GasFunction {
  /** The parts of the state that it keeps. */
  default List<GasPartCodec<?>> parts() {
    return List.of();
  }

  /** The use cases with ZigBee commands that change the meter, by name. */
  default Map<String, GbzUseCase<GsmeState>> useCases() {
    return Map.of();
  }

  /** What carries out use cases with another payload, by name. */
  default Map<String, DeviceModel.Handler<GsmeState>> handlers() {
    return Map.of();
  }

  /**
   * The next moment at which it does something or what it measures changes.
   *
   * @param after later than this
   * @return {@link Instant#MAX} where nothing is to be expected
   */
  default Instant next(GsmeState state, Instant after) {
    return Instant.MAX;
  }

  /** Counts a span of time; the transition's own time is still its beginning. */
  default void elapse(Transition<GsmeState> transition, Instant until) {}

  /** Does, once, what was set for the transition's time or earlier. */
  default void due(Transition<GsmeState> transition) {}
}
