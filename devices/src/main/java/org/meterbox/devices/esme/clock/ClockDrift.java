// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.clock;

import java.time.Instant;
import java.util.Optional;
import org.meterbox.devices.esme.state.EsmePart;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.Manufacture;
import org.meterbox.devices.esme.state.PartCodec;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * By how much a meter's clock has gone wrong. What it shows and answers is wrong by that; its logs
 * keep the true time, so that simulated energy stays what it was.
 *
 * @param seconds above zero where the clock is fast
 * @param nextCheck when it is compared with the hub's next; empty where there is nothing to correct
 */
public record ClockDrift(long seconds, Optional<Instant> nextCheck) implements EsmePart {
  static final PartCodec<ClockDrift> CODEC = new Codec();

  /** A clock that is right. */
  static final ClockDrift NONE = new ClockDrift(0, Optional.empty());

  /** The drift of a meter's clock. */
  public static ClockDrift of(EsmeState esme) {
    return esme.part(ClockDrift.class);
  }

  private static final class Codec implements PartCodec<ClockDrift> {
    @Override
    public Class<ClockDrift> type() {
      return ClockDrift.class;
    }

    @Override
    public ClockDrift manufactured(Manufacture manufacture) {
      return NONE;
    }

    @Override
    public void write(ClockDrift drift, OctetWriter image) {
      ImageFields.writeSigned(drift.seconds(), image);
      ImageFields.writeOptional(drift.nextCheck(), image);
    }

    @Override
    public ClockDrift read(OctetReader image) throws DecodeException {
      ClockDrift drift =
          new ClockDrift(ImageFields.readSigned(image), ImageFields.readOptional(image));
      return drift.equals(NONE) ? NONE : drift;
    }
  }
}
