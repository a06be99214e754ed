// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.loadlimit;

import java.time.Instant;
import java.util.Optional;
import org.meterbox.devices.esme.state.EsmePart;
import org.meterbox.devices.esme.state.Manufacture;
import org.meterbox.devices.esme.state.PartCodec;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * The load against its limit.
 *
 * @param counter how often the limit was exceeded for its period (SMETS 5.7.5.18)
 * @param aboveSince since when the load is above the threshold without a break
 * @param triggered whether that was counted already
 * @param restoreAt when the restoration period ends
 */
public record LoadLimitState(
    long counter, Optional<Instant> aboveSince, boolean triggered, Optional<Instant> restoreAt)
    implements EsmePart {
  static final PartCodec<LoadLimitState> CODEC = new Codec();

  LoadLimitState withAbove(Optional<Instant> since, boolean counted) {
    return new LoadLimitState(counter, since, counted, restoreAt);
  }

  LoadLimitState withRestoreAt(Optional<Instant> at) {
    return new LoadLimitState(counter, aboveSince, triggered, at);
  }

  LoadLimitState withCounter(long changed) {
    return new LoadLimitState(changed, aboveSince, triggered, restoreAt);
  }

  private static final class Codec implements PartCodec<LoadLimitState> {
    @Override
    public Class<LoadLimitState> type() {
      return LoadLimitState.class;
    }

    @Override
    public LoadLimitState manufactured(Manufacture manufacture) {
      return new LoadLimitState(0, Optional.empty(), false, Optional.empty());
    }

    @Override
    public void write(LoadLimitState limit, OctetWriter image) {
      ImageFields.writeNumber(limit.counter(), image);
      ImageFields.writeOptional(limit.aboveSince(), image);
      image.u8(limit.triggered() ? 1 : 0);
      ImageFields.writeOptional(limit.restoreAt(), image);
    }

    @Override
    public LoadLimitState read(OctetReader image) throws DecodeException {
      return new LoadLimitState(
          ImageFields.readNumber(image),
          ImageFields.readOptional(image),
          image.u8() == 1,
          ImageFields.readOptional(image));
    }
  }
}
