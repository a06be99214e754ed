// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.clock;

import java.time.Instant;
import org.meterbox.devices.esme.state.EsmePart;
import org.meterbox.devices.esme.state.Manufacture;
import org.meterbox.devices.esme.state.PartCodec;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * What a meter thinks of its time. It follows the hub's clock; the supplier says between which
 * times it may believe it (SRV 6.11).
 *
 * @param validFrom the hub's time is believed from here
 * @param validTo up to here
 */
public record ClockState(Status status, Instant validFrom, Instant validTo) implements EsmePart {
  static final PartCodec<ClockState> CODEC = new Codec();

  /** A meter whose clock nobody has set. */
  public static final ClockState NEVER_SET =
      new ClockState(Status.INVALID, Instant.EPOCH, Instant.EPOCH);

  /** How far the time can be trusted (SMETS clock status). */
  public enum Status {
    RELIABLE(0),
    INVALID(1),
    UNRELIABLE(2);

    private final int number;

    Status(int number) {
      this.number = number;
    }

    /** The status on the wire. */
    public int number() {
      return number;
    }
  }

  /** Whether the hub's time may be believed. */
  boolean covers(Instant time) {
    return !time.isBefore(validFrom) && !time.isAfter(validTo);
  }

  ClockState withStatus(Status changed) {
    return new ClockState(changed, validFrom, validTo);
  }

  private static final class Codec implements PartCodec<ClockState> {
    @Override
    public Class<ClockState> type() {
      return ClockState.class;
    }

    @Override
    public ClockState manufactured(Manufacture manufacture) {
      return NEVER_SET;
    }

    @Override
    public void write(ClockState clock, OctetWriter image) {
      ImageFields.writeConstant(clock.status(), image);
      ImageFields.writeInstant(clock.validFrom(), image);
      ImageFields.writeInstant(clock.validTo(), image);
    }

    @Override
    public ClockState read(OctetReader image) throws DecodeException {
      return new ClockState(
          ImageFields.readConstant(Status.class, image),
          ImageFields.readInstant(image),
          ImageFields.readInstant(image));
    }
  }
}
