// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.metering;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.meterbox.devices.esme.log.SampleLog;
import org.meterbox.devices.gas.state.GasManufacture;
import org.meterbox.devices.gas.state.GasPart;
import org.meterbox.devices.gas.state.GasPartCodec;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * The network data log (SMETS2 4.6.5.12): litres of each six minutes for four hours from when it
 * was started, both ends included.
 *
 * @param next when the next sample is taken; empty where none is
 * @param litres of the total at the sample before
 */
public record NetworkLog(SampleLog samples, Optional<Instant> next, long litres)
    implements GasPart {
  static final GasPartCodec<NetworkLog> CODEC = new Codec();

  static final int SAMPLES = 41;
  static final Duration INTERVAL = Duration.ofMinutes(6);

  static NetworkLog of(GsmeState gsme) {
    return gsme.part(NetworkLog.class);
  }

  /** Begun again, with the first sample at once. */
  static NetworkLog started(Instant now, long litres) {
    return new NetworkLog(
        SampleLog.empty(1, SAMPLES).with(now, 0), Optional.of(now.plus(INTERVAL)), litres);
  }

  NetworkLog sampled(Instant now, long total) {
    SampleLog longer = samples.with(now, total - litres);
    Optional<Instant> following =
        longer.size() < SAMPLES ? Optional.of(now.plus(INTERVAL)) : Optional.empty();
    return new NetworkLog(longer, following, total);
  }

  private static final class Codec implements GasPartCodec<NetworkLog> {
    @Override
    public Class<NetworkLog> type() {
      return NetworkLog.class;
    }

    @Override
    public NetworkLog manufactured(GasManufacture manufacture) {
      return new NetworkLog(SampleLog.empty(1, SAMPLES), Optional.empty(), 0);
    }

    @Override
    public void write(NetworkLog log, OctetWriter image) {
      log.samples().write(image);
      ImageFields.writeOptional(log.next(), image);
      ImageFields.writeNumber(log.litres(), image);
    }

    @Override
    public NetworkLog read(OctetReader image) throws DecodeException {
      return new NetworkLog(
          SampleLog.read(1, SAMPLES, image),
          ImageFields.readOptional(image),
          ImageFields.readNumber(image));
    }
  }
}
