// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.state;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.meterbox.devices.cosem.CosemObjects;
import org.meterbox.devices.machine.DeviceModel;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;

/**
 * One function of an electricity meter: the use cases that it answers, its objects, its part of the
 * state, and what time does to it. Has no state of its own.
 *
 * <p>Time passes in spans within which load, generation, voltage, rate and switch stay the same. A
 * span ends at the earliest {@link #next} of all functions, or at the latest when somebody wants to
 * know. Then every function counts the span ({@link #elapse}), and after that does what has become
 * due ({@link #due}). However the time is cut into spans, the outcome must be the same.
 */
public interface EsmeFunction {
  /** The parts of the state that it keeps. */
  default List<PartCodec<?>> parts() {
    return List.of();
  }

  /** The use cases that it answers through its objects, by name. */
  default List<String> useCases() {
    return List.of();
  }

  /** What carries out use cases whose payload is not an access request, by name. */
  default Map<String, DeviceModel.Handler<EsmeState>> handlers() {
    return Map.of();
  }

  /** Adds its attributes and methods. */
  default void addTo(CosemObjects<EsmeState> objects) {}

  /**
   * The next moment at which it does something or what it measures changes.
   *
   * @param after later than this
   * @return {@link Instant#MAX} where nothing is to be expected
   */
  default Instant next(EsmeState state, Instant after) {
    return Instant.MAX;
  }

  /** Counts a span of time; the transition's own time is still its beginning. */
  default void elapse(Transition<EsmeState> transition, Instant until) {}

  /** Does, once, what was set for the transition's time or earlier. */
  default void due(Transition<EsmeState> transition) {}

  /**
   * Whether a value of the right type may stand in one of its settings: in range, and possible for
   * this meter's variant.
   */
  default boolean accepts(EsmeState state, CosemAttribute attribute, DlmsValue value) {
    return true;
  }

  /** Whether settings that take effect together, each accepted by itself, agree. */
  default boolean acceptsTogether(EsmeState state, Map<CosemAttribute, DlmsValue> values) {
    return true;
  }

  /** Some settings have just changed, by a command or at the time for which a command was given. */
  default void settingsChanged(Transition<EsmeState> transition, Set<CosemAttribute> changed) {}
}
