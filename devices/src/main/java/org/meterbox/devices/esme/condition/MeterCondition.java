// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.condition;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.meterbox.devices.esme.state.EsmePart;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.Manufacture;
import org.meterbox.devices.esme.state.PartCodec;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * What is the matter with a meter now.
 *
 * @param holding empty for a sound meter
 */
public record MeterCondition(Set<Condition> holding) implements EsmePart {
  /** How it stands in a memory image. */
  public static final PartCodec<MeterCondition> CODEC = new Codec();

  private static final MeterCondition SOUND =
      new MeterCondition(Collections.unmodifiableSet(EnumSet.noneOf(Condition.class)));

  /** Copies the set. */
  public MeterCondition {
    holding =
        Collections.unmodifiableSet(
            holding.isEmpty() ? EnumSet.noneOf(Condition.class) : EnumSet.copyOf(holding));
  }

  /** The condition of a meter. */
  public static MeterCondition of(EsmeState esme) {
    return esme.part(MeterCondition.class);
  }

  /** Whether this is the matter. */
  public boolean has(Condition condition) {
    return holding.contains(condition);
  }

  /** With one thing more the matter. */
  public MeterCondition with(Condition condition) {
    EnumSet<Condition> more = EnumSet.of(condition);
    more.addAll(holding);
    return new MeterCondition(more);
  }

  /** Without it. */
  public MeterCondition without(Condition condition) {
    EnumSet<Condition> rest = EnumSet.noneOf(Condition.class);
    rest.addAll(holding);
    rest.remove(condition);
    return rest.isEmpty() ? SOUND : new MeterCondition(rest);
  }

  private static final class Codec implements PartCodec<MeterCondition> {
    @Override
    public Class<MeterCondition> type() {
      return MeterCondition.class;
    }

    @Override
    public MeterCondition manufactured(Manufacture manufacture) {
      return SOUND;
    }

    @Override
    public void write(MeterCondition condition, OctetWriter image) {
      ImageFields.writeConstants(condition.holding(), image);
    }

    @Override
    public MeterCondition read(OctetReader image) throws DecodeException {
      Set<Condition> holding = ImageFields.readConstants(Condition.class, image);
      return holding.isEmpty() ? SOUND : new MeterCondition(holding);
    }
  }
}
