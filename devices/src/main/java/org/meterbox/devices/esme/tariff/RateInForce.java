// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.tariff;

import java.time.Instant;
import org.meterbox.devices.esme.state.EsmePart;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.EsmeVariant;
import org.meterbox.devices.esme.state.Manufacture;
import org.meterbox.devices.esme.state.PartCodec;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * Which rate holds now.
 *
 * @param selector 1 to 48 a rate, 101 to 108 a rate with blocks
 * @param secondarySelector 201 to 204 a rate of the secondary element
 * @param nextLook when the switching tables are to be looked at again
 */
public record RateInForce(int selector, int secondarySelector, Instant nextLook)
    implements EsmePart {
  static final PartCodec<RateInForce> CODEC = new Codec();

  /** Whether the primary element counts in a rate with blocks. */
  public boolean hasBlocks() {
    return selector > TariffPlan.BLOCK_BASE;
  }

  /** The rate of the primary element: 1 to 48, or with blocks 1 to 8. */
  public int rate() {
    return hasBlocks() ? selector - TariffPlan.BLOCK_BASE : selector;
  }

  /** The rate of the secondary element, 1 to 4. */
  public int secondaryRate() {
    return secondarySelector - TariffPlan.SECONDARY_BASE;
  }

  /** The rates that hold at a state's time; what no table says stays as it is. */
  static RateInForce at(EsmeState esme, RateInForce before, Instant now) {
    TariffPlan plan = TariffPlan.of(esme.settings());
    int primary = plan.primary().selectorAt(now, RateInForce::isPrimary).orElse(before.selector());
    if (esme.variant() != EsmeVariant.TWIN_ELEMENT) {
      return new RateInForce(primary, before.secondarySelector(), plan.primary().nextSwitch(now));
    }
    Instant next = plan.primary().nextSwitch(now);
    Instant secondaryNext = plan.secondary().nextSwitch(now);
    return new RateInForce(
        primary,
        plan.secondary()
            .selectorAt(now, RateInForce::isSecondary)
            .orElse(before.secondarySelector()),
        secondaryNext.isBefore(next) ? secondaryNext : next);
  }

  private static boolean isPrimary(int selector) {
    boolean plain = selector >= 1 && selector <= TariffPlan.TOU_RATES;
    int withBlocks = selector - TariffPlan.BLOCK_BASE;
    return plain || (withBlocks >= 1 && withBlocks <= TariffPlan.BLOCK_RATES);
  }

  private static boolean isSecondary(int selector) {
    return selector > TariffPlan.SECONDARY_BASE
        && selector <= TariffPlan.SECONDARY_BASE + TariffPlan.SECONDARY_RATES;
  }

  private static final class Codec implements PartCodec<RateInForce> {
    @Override
    public Class<RateInForce> type() {
      return RateInForce.class;
    }

    /** Looked up as soon as time passes. */
    @Override
    public RateInForce manufactured(Manufacture manufacture) {
      return new RateInForce(1, TariffPlan.SECONDARY_BASE + 1, manufacture.at());
    }

    @Override
    public void write(RateInForce rate, OctetWriter image) {
      image.u8(rate.selector()).u8(rate.secondarySelector());
      ImageFields.writeInstant(rate.nextLook(), image);
    }

    @Override
    public RateInForce read(OctetReader image) throws DecodeException {
      return new RateInForce(image.u8(), image.u8(), ImageFields.readInstant(image));
    }
  }
}
