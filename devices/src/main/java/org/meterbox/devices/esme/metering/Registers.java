// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.metering;

import java.util.Optional;
import org.meterbox.devices.esme.home.Power;
import org.meterbox.devices.esme.state.EsmePart;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.EsmeVariant;
import org.meterbox.devices.esme.state.Manufacture;
import org.meterbox.devices.esme.state.PartCodec;
import org.meterbox.devices.esme.tariff.RateInForce;
import org.meterbox.devices.esme.tariff.TariffPlan;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * The registers. Totals are kept in J (Ws) and vars so that sums are exact; each whole Wh of an
 * element is counted in exactly one of its rates, so that rates always add up to the total.
 *
 * @param primary active import of the primary element, J
 * @param secondary active import of the secondary element, J
 * @param reactiveImport vars
 * @param activeExport J
 * @param reactiveExport vars
 * @param tou the 48 rates of the primary element
 * @param secondaryTou the 4 rates of the secondary element
 * @param blocks 32 registers, the eight rates of block 1 first
 * @param blockCounters the same since the counters were reset
 */
public record Registers(
    long primary,
    long secondary,
    long reactiveImport,
    long activeExport,
    long reactiveExport,
    EnergyCounters tou,
    EnergyCounters secondaryTou,
    EnergyCounters blocks,
    EnergyCounters blockCounters)
    implements EsmePart {
  /** Joules of a Wh. */
  public static final long JOULES = 3_600;

  static final PartCodec<Registers> CODEC = new Codec();
  private static final int BLOCK_VALUES = TariffPlan.BLOCKS * TariffPlan.BLOCK_RATES;

  /** All registers at zero. */
  public static final Registers ZERO =
      new Registers(
          0,
          0,
          0,
          0,
          0,
          EnergyCounters.zero(TariffPlan.TOU_RATES),
          EnergyCounters.zero(TariffPlan.SECONDARY_RATES),
          EnergyCounters.zero(BLOCK_VALUES),
          EnergyCounters.zero(BLOCK_VALUES));

  /** The registers of a meter. */
  public static Registers of(EsmeState esme) {
    return esme.part(Registers.class);
  }

  /** Active import of all elements, Wh. */
  public long importWattHours() {
    return primaryWattHours() + secondaryWattHours();
  }

  /** Active import of the primary element, Wh. */
  public long primaryWattHours() {
    return primary / JOULES;
  }

  /** Active import of the secondary element, Wh. */
  public long secondaryWattHours() {
    return secondary / JOULES;
  }

  /** Reactive import, varh. */
  public long reactiveImportVarHours() {
    return reactiveImport / JOULES;
  }

  /** Active export, Wh. */
  public long exportWattHours() {
    return activeExport / JOULES;
  }

  /** Reactive export, varh. */
  public long reactiveExportVarHours() {
    return reactiveExport / JOULES;
  }

  /** With the counters of all blocks at zero. */
  public Registers withoutBlockCounters() {
    return new Registers(
        primary,
        secondary,
        reactiveImport,
        activeExport,
        reactiveExport,
        tou,
        secondaryTou,
        blocks,
        EnergyCounters.zero(BLOCK_VALUES));
  }

  /** The block in which a rate with blocks counts now, 1 to 4. */
  public int block(TariffPlan plan, int rate) {
    long counted = counted(rate);
    int block = 1;
    while (block < TariffPlan.BLOCKS && plan.untilNextBlock(rate, block, counted) == 0) {
      block++;
    }
    return block;
  }

  /** What a rate with blocks has counted in all blocks since the counters were reset. */
  long counted(int rate) {
    long counted = 0;
    for (int block = 0; block < TariffPlan.BLOCKS; block++) {
      counted += blockCounters.get(block * TariffPlan.BLOCK_RATES + rate - 1);
    }
    return counted;
  }

  /** What these become after some seconds of power that stays the same. */
  Registers plus(
      Power power, long seconds, RateInForce rate, TariffPlan plan, Consumption consumption) {
    Registers moved =
        new Registers(
            primary + power.primary() * seconds,
            secondary + power.secondary() * seconds,
            reactiveImport + power.reactiveImport() * seconds,
            activeExport + power.activeExport() * seconds,
            reactiveExport + power.reactiveExport() * seconds,
            tou,
            secondaryTou,
            blocks,
            blockCounters);
    long primaryMore = moved.primaryWattHours() - primaryWattHours();
    long secondaryMore = moved.secondaryWattHours() - secondaryWattHours();
    if (primaryMore > 0) {
      moved =
          rate.hasBlocks()
              ? moved.countInBlocks(rate.rate(), primaryMore, plan, consumption)
              : moved.countInRate(rate.rate(), primaryMore, plan, consumption);
    }
    if (secondaryMore > 0) {
      consumption.counted(
          secondaryMore, plan.secondaryPrice(rate.secondaryRate()), plan.secondaryPrices().scale());
      moved =
          moved.withCounters(
              moved.tou,
              secondaryTou.plus(rate.secondaryRate() - 1, secondaryMore),
              moved.blocks,
              moved.blockCounters);
    }
    return moved;
  }

  private Registers countInRate(int rate, long more, TariffPlan plan, Consumption consumption) {
    consumption.counted(more, plan.price(rate), plan.prices().scale());
    return withCounters(tou.plus(rate - 1, more), secondaryTou, blocks, blockCounters);
  }

  /** What goes over a threshold counts in the next block. */
  private Registers countInBlocks(int rate, long more, TariffPlan plan, Consumption consumption) {
    Registers counted = this;
    long left = more;
    while (left > 0) {
      int block = counted.block(plan, rate);
      long piece = Math.min(left, plan.untilNextBlock(rate, block, counted.counted(rate)));
      // A block that is over, in a plan whose thresholds do not rise, takes what is left.
      piece = piece == 0 ? left : piece;
      int index = (block - 1) * TariffPlan.BLOCK_RATES + rate - 1;
      consumption.counted(piece, plan.blockPrice(rate, block), plan.prices().scale());
      counted =
          counted.withCounters(
              counted.tou,
              counted.secondaryTou,
              counted.blocks.plus(index, piece),
              counted.blockCounters.plus(index, piece));
      left -= piece;
    }
    return counted;
  }

  private Registers withCounters(
      EnergyCounters changedTou,
      EnergyCounters changedSecondary,
      EnergyCounters changedBlocks,
      EnergyCounters changedCounters) {
    return new Registers(
        primary,
        secondary,
        reactiveImport,
        activeExport,
        reactiveExport,
        changedTou,
        changedSecondary,
        changedBlocks,
        changedCounters);
  }

  /** A snapshot for a log. */
  public RegisterRead read(EsmeState esme) {
    return new RegisterRead(
        esme.asOf(),
        importWattHours(),
        tou,
        blocks,
        esme.variant() == EsmeVariant.TWIN_ELEMENT
            ? Optional.of(new RegisterRead.Secondary(secondaryWattHours(), secondaryTou))
            : Optional.empty());
  }

  private static final class Codec implements PartCodec<Registers> {
    @Override
    public Class<Registers> type() {
      return Registers.class;
    }

    @Override
    public Registers manufactured(Manufacture manufacture) {
      return ZERO;
    }

    @Override
    public void write(Registers registers, OctetWriter image) {
      ImageFields.writeNumber(registers.primary(), image);
      ImageFields.writeNumber(registers.secondary(), image);
      ImageFields.writeNumber(registers.reactiveImport(), image);
      ImageFields.writeNumber(registers.activeExport(), image);
      ImageFields.writeNumber(registers.reactiveExport(), image);
      registers.tou().write(image);
      registers.secondaryTou().write(image);
      registers.blocks().write(image);
      registers.blockCounters().write(image);
    }

    @Override
    public Registers read(OctetReader image) throws DecodeException {
      return new Registers(
          ImageFields.readNumber(image),
          ImageFields.readNumber(image),
          ImageFields.readNumber(image),
          ImageFields.readNumber(image),
          ImageFields.readNumber(image),
          EnergyCounters.read(TariffPlan.TOU_RATES, image),
          EnergyCounters.read(TariffPlan.SECONDARY_RATES, image),
          EnergyCounters.read(BLOCK_VALUES, image),
          EnergyCounters.read(BLOCK_VALUES, image));
    }
  }
}
