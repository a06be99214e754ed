// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.voltage;

import java.time.Instant;
import org.meterbox.devices.esme.log.SampleLog;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * What a meter knows of the voltage of one phase.
 *
 * @param log averages, each stamped with the end of its period
 * @param voltSeconds the sum since the averaging period began
 * @param seconds seconds in that sum
 * @param periodEnd when the averaging period ends
 * @param average how the last average lay to its thresholds
 * @param overCount averages that went over the upper threshold
 * @param underCount averages that went under the lower one
 */
record PhaseVoltage(
    SampleLog log,
    long voltSeconds,
    long seconds,
    Instant periodEnd,
    Level average,
    long overCount,
    long underCount) {
  /** Averages that the log holds (SMETS 5.7.5.9). */
  static final int AVERAGES = 4_320;

  /** How a voltage lies to a pair of thresholds. */
  enum Level {
    UNDER,
    WITHIN,
    OVER
  }

  static PhaseVoltage manufactured(Instant at) {
    return new PhaseVoltage(SampleLog.empty(1, AVERAGES), 0, 0, at, Level.WITHIN, 0, 0);
  }

  PhaseVoltage plus(int volts, long more) {
    return new PhaseVoltage(
        log, voltSeconds + volts * more, seconds + more, periodEnd, average, overCount, underCount);
  }

  PhaseVoltage withCounters(long over, long under) {
    return new PhaseVoltage(log, voltSeconds, seconds, periodEnd, average, over, under);
  }

  void write(OctetWriter image) {
    log.write(image);
    ImageFields.writeNumber(voltSeconds, image);
    ImageFields.writeNumber(seconds, image);
    ImageFields.writeInstant(periodEnd, image);
    ImageFields.writeConstant(average, image);
    ImageFields.writeNumber(overCount, image);
    ImageFields.writeNumber(underCount, image);
  }

  static PhaseVoltage read(OctetReader image) throws DecodeException {
    return new PhaseVoltage(
        SampleLog.read(1, AVERAGES, image),
        ImageFields.readNumber(image),
        ImageFields.readNumber(image),
        ImageFields.readInstant(image),
        ImageFields.readConstant(Level.class, image),
        ImageFields.readNumber(image),
        ImageFields.readNumber(image));
  }
}
