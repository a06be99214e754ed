// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.home;

import java.time.Instant;
import java.util.List;
import org.meterbox.devices.energy.LoadCurve;
import org.meterbox.devices.esme.state.EsmeFunction;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.PartCodec;

/** Keeps the home. Its curves change with each half hour of UTC, which ends a span of time. */
public final class HomeFunction implements EsmeFunction {
  private static final long STEP_SECONDS = LoadCurve.STEP.toSeconds();

  @Override
  public List<PartCodec<?>> parts() {
    return List.of(Home.CODEC, Mains.CODEC);
  }

  @Override
  public Instant next(EsmeState state, Instant after) {
    return nextHalfHour(after);
  }

  /** The first end of a half hour of UTC after an instant. */
  public static Instant nextHalfHour(Instant after) {
    long step = Math.floorDiv(after.getEpochSecond(), STEP_SECONDS);
    return Instant.ofEpochSecond((step + 1) * STEP_SECONDS);
  }

  /** Whether a half hour of UTC ends at an instant. */
  public static boolean isHalfHour(Instant at) {
    return Math.floorMod(at.getEpochSecond(), STEP_SECONDS) == 0;
  }
}
