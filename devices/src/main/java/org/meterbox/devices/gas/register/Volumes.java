// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.register;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.meterbox.devices.gas.state.GasAttribute;
import org.meterbox.devices.gas.state.GasManufacture;
import org.meterbox.devices.gas.state.GasPart;
import org.meterbox.devices.gas.state.GasPartCodec;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * The registers of a gas meter (SMETS2 4.6.5). The total is kept in parts of a litre so that sums
 * are exact; each whole litre is counted in exactly one tier or block.
 *
 * @param total since manufacture, in {@link #PARTS} of a litre
 * @param tiers litres by price tier, 1 first
 * @param blocks litres by block since the block period began, 1 first
 * @param blockEnergy what the blocks have counted as energy, in {@link Energy} units
 */
public record Volumes(long total, List<Long> tiers, List<Long> blocks, long blockEnergy)
    implements GasPart {
  /** Parts of a litre: what a flow of one litre an hour brings in a second. */
  public static final long PARTS = 3_600;

  /** How the registers stand in a memory image. */
  public static final GasPartCodec<Volumes> CODEC = new Codec();

  private static final List<Long> NONE = Collections.nCopies(GasAttribute.tiers(), 0L);

  /** Copies the lists. */
  public Volumes {
    tiers = List.copyOf(tiers);
    blocks = List.copyOf(blocks);
  }

  /** The registers of a meter. */
  public static Volumes of(GsmeState gsme) {
    return gsme.part(Volumes.class);
  }

  /** Whole litres since manufacture: thousandths of a cubic metre. */
  public long litres() {
    return total / PARTS;
  }

  /** With a new block period begun. */
  public Volumes withoutBlocks() {
    return new Volumes(total, tiers, NONE, 0);
  }

  /** With so many parts of a litre more. */
  public Volumes flowed(long parts) {
    return new Volumes(total + parts, tiers, blocks, blockEnergy);
  }

  /** With whole litres counted in a price tier, 1 to 4. */
  public Volumes countedInTier(int tier, long litres) {
    return new Volumes(total, plus(tiers, tier, litres), blocks, blockEnergy);
  }

  /** With whole litres, and what they bring, counted in a block, 1 to 4. */
  public Volumes countedInBlock(int block, long litres, long energy) {
    // Above the last threshold it no longer matters how much it is.
    long counted = Math.min(blockEnergy, Long.MAX_VALUE - energy) + energy;
    return new Volumes(total, tiers, plus(blocks, block, litres), counted);
  }

  private static List<Long> plus(List<Long> counters, int number, long more) {
    List<Long> changed = new ArrayList<>(counters);
    changed.set(number - 1, changed.get(number - 1) + more);
    return changed;
  }

  private static final class Codec implements GasPartCodec<Volumes> {
    @Override
    public Class<Volumes> type() {
      return Volumes.class;
    }

    @Override
    public Volumes manufactured(GasManufacture manufacture) {
      return new Volumes(0, NONE, NONE, 0);
    }

    @Override
    public void write(Volumes volumes, OctetWriter image) {
      ImageFields.writeNumber(volumes.total(), image);
      writeCounters(volumes.tiers(), image);
      writeCounters(volumes.blocks(), image);
      ImageFields.writeNumber(volumes.blockEnergy(), image);
    }

    @Override
    public Volumes read(OctetReader image) throws DecodeException {
      return new Volumes(
          ImageFields.readNumber(image),
          readCounters(image),
          readCounters(image),
          ImageFields.readNumber(image));
    }
  }

  static void writeCounters(List<Long> counters, OctetWriter image) {
    counters.forEach(counter -> ImageFields.writeNumber(counter, image));
  }

  static List<Long> readCounters(OctetReader image) throws DecodeException {
    List<Long> counters = new ArrayList<>();
    for (int left = GasAttribute.tiers(); left > 0; left--) {
      counters.add(ImageFields.readNumber(image));
    }
    return counters;
  }
}
