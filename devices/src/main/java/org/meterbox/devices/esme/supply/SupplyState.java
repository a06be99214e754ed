// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.supply;

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
 * The load switch and why it is not closed (SMETS supply state).
 *
 * @param causes empty exactly when the supply is enabled
 */
public record SupplyState(Position position, Set<Cause> causes) implements EsmePart {
  static final PartCodec<SupplyState> CODEC = new Codec();

  /** As it leaves the factory. */
  public static final SupplyState ENABLED = new SupplyState(Position.ENABLED, Set.of());

  /** The position. */
  public enum Position {
    /** Open. */
    DISABLED(0),
    /** Closed. */
    ENABLED(1),
    /** Open, and the consumer may close it at the meter. */
    ARMED(2);

    private final int number;

    Position(int number) {
      this.number = number;
    }

    /** The control state on the wire (DLMS class 70). */
    public int number() {
      return number;
    }
  }

  /** Why the switch was opened. */
  public enum Cause {
    /** A supplier's command. */
    REMOTE,
    /** Credit at or below the disablement threshold. */
    CREDIT,
    /** Load above the limit. */
    LOAD_LIMIT,
    /** Tampering while the supply tamper state says to lock. */
    TAMPER_LOCK,
    /** Of a gas meter: gas flowed when the valve was opened and nothing should burn. */
    UNCONTROLLED_FLOW,
    /** Of a gas meter: its battery is empty and the supply depletion state says to lock. */
    DEPLETION_LOCK
  }

  /** Copies the set. */
  public SupplyState {
    causes =
        Collections.unmodifiableSet(
            causes.isEmpty() ? EnumSet.noneOf(Cause.class) : EnumSet.copyOf(causes));
    if (causes.isEmpty() != (position == Position.ENABLED)) {
      throw new IllegalArgumentException(position + " does not go with " + causes);
    }
  }

  /** Whether current can flow. */
  public boolean isEnabled() {
    return position == Position.ENABLED;
  }

  SupplyState with(Position changed, Cause more) {
    EnumSet<Cause> all = EnumSet.of(more);
    all.addAll(causes);
    return new SupplyState(changed, all);
  }

  /**
   * Without a cause that went away; the last one stays, for the switch does not close by itself.
   */
  SupplyState without(Cause less) {
    EnumSet<Cause> rest = EnumSet.noneOf(Cause.class);
    rest.addAll(causes);
    rest.remove(less);
    return rest.isEmpty() ? this : new SupplyState(position, rest);
  }

  private static final class Codec implements PartCodec<SupplyState> {
    @Override
    public Class<SupplyState> type() {
      return SupplyState.class;
    }

    @Override
    public SupplyState manufactured(Manufacture manufacture) {
      return ENABLED;
    }

    @Override
    public void write(SupplyState supply, OctetWriter image) {
      ImageFields.writeConstant(supply.position(), image);
      ImageFields.writeConstants(supply.causes(), image);
    }

    @Override
    public SupplyState read(OctetReader image) throws DecodeException {
      return new SupplyState(
          ImageFields.readConstant(Position.class, image),
          ImageFields.readConstants(Cause.class, image));
    }
  }
}
