// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.current;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.meterbox.devices.esme.state.EsmePart;
import org.meterbox.devices.esme.state.Manufacture;
import org.meterbox.devices.esme.state.PartCodec;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * What a meter has told of its current and has not seen end.
 *
 * @param told empty for most meters
 */
record CurrentState(Set<Notice> told) implements EsmePart {
  static final PartCodec<CurrentState> CODEC = new Codec();
  private static final CurrentState NOTHING = new CurrentState(Set.of());

  /** What there is to tell. */
  enum Notice {
    OVER_CURRENT(0x8010),
    OVER_CURRENT_1(0x8011),
    OVER_CURRENT_2(0x8016),
    OVER_CURRENT_3(0x8013),
    LOW_POWER_FACTOR(0x8014);

    private final int code;

    Notice(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }
  }

  CurrentState {
    told =
        Collections.unmodifiableSet(
            told.isEmpty() ? EnumSet.noneOf(Notice.class) : EnumSet.copyOf(told));
  }

  private static final class Codec implements PartCodec<CurrentState> {
    @Override
    public Class<CurrentState> type() {
      return CurrentState.class;
    }

    @Override
    public CurrentState manufactured(Manufacture manufacture) {
      return NOTHING;
    }

    @Override
    public void write(CurrentState state, OctetWriter image) {
      ImageFields.writeConstants(state.told(), image);
    }

    @Override
    public CurrentState read(OctetReader image) throws DecodeException {
      Set<Notice> told = ImageFields.readConstants(Notice.class, image);
      return told.isEmpty() ? NOTHING : new CurrentState(told);
    }
  }
}
