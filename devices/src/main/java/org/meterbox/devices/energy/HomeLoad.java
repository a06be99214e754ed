// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.energy;

import java.time.Instant;
import java.util.Locale;

/**
 * The loads of one home. Equal to another with the same seed and start; the curves are only what
 * follows from these two.
 */
public final class HomeLoad {
  private final long seed;
  private final Instant start;
  private final LoadCurve primary;
  private final LoadCurve secondary;
  private final LoadCurve reactive;
  private final LoadCurve generation;
  private final VoltageCurve voltage;

  /**
   * The loads of a home.
   *
   * @param seed makes this home differ from others
   * @param start nothing before is ever asked for
   */
  public HomeLoad(long seed, Instant start) {
    this.seed = seed;
    this.start = start;
    this.primary = new LoadCurve(LoadShape.DOMESTIC, seed, start);
    this.secondary = new LoadCurve(LoadShape.NIGHT_HEATING, ~seed, start);
    this.reactive = new LoadCurve(LoadShape.DOMESTIC_REACTIVE, Long.rotateLeft(seed, 32), start);
    this.generation = new LoadCurve(LoadShape.NONE, seed, start);
    this.voltage = new VoltageCurve(primary, Long.rotateLeft(seed, 16));
  }

  /** What makes this home differ from others. */
  public long seed() {
    return seed;
  }

  /** Since when the loads are known. */
  public Instant start() {
    return start;
  }

  /** Active import of the primary element. */
  public LoadCurve primary() {
    return primary;
  }

  /** Active import of the secondary element, where there is one. */
  public LoadCurve secondary() {
    return secondary;
  }

  /** Reactive import, in var. */
  public LoadCurve reactive() {
    return reactive;
  }

  /** Active export: none in this home. */
  public LoadCurve generation() {
    return generation;
  }

  /** The voltage at the meter. */
  public VoltageCurve voltage() {
    return voltage;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HomeLoad home && seed == home.seed && start.equals(home.start);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(seed) * 31 + start.hashCode();
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "HomeLoad[%016X since %s]", seed, start);
  }
}
