// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.home;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.meterbox.devices.energy.LoadCurve;
import org.meterbox.devices.gas.state.GasFunction;
import org.meterbox.devices.gas.state.GasPartCodec;
import org.meterbox.devices.gas.state.GsmeState;

/** Keeps the home. Its curve changes with each half hour of UTC, which ends a span of time. */
public final class GasHomeFunction implements GasFunction {
  private static final long STEP_SECONDS = LoadCurve.STEP.toSeconds();
  private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();

  @Override
  public List<GasPartCodec<?>> parts() {
    return List.of(GasHome.CODEC);
  }

  @Override
  public Instant next(GsmeState state, Instant after) {
    long step = Math.floorDiv(after.getEpochSecond(), STEP_SECONDS);
    return Instant.ofEpochSecond((step + 1) * STEP_SECONDS);
  }

  /** Whether a half hour of UTC ends at an instant. */
  public static boolean isHalfHour(Instant at) {
    return Math.floorMod(at.getEpochSecond(), STEP_SECONDS) == 0;
  }

  /** Whether an instant is a midnight of UTC. */
  public static boolean isMidnight(Instant at) {
    return Math.floorMod(at.getEpochSecond(), DAY_SECONDS) == 0;
  }
}
