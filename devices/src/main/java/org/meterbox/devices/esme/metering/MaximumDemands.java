// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.metering;

import java.time.Instant;
import org.meterbox.devices.esme.state.EsmePart;
import org.meterbox.devices.esme.state.Manufacture;
import org.meterbox.devices.esme.state.PartCodec;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * The highest average power of a half hour since each register was reset (SMETS 5.7.5.19 to 21).
 *
 * @param activeImport of all half hours
 * @param windowImport of the half hours that begin in the daily window
 * @param activeExport export of all half hours
 */
public record MaximumDemands(Demand activeImport, Demand windowImport, Demand activeExport)
    implements EsmePart {
  static final PartCodec<MaximumDemands> CODEC = new Codec();

  /**
   * A highest average power.
   *
   * @param at the end of its half hour, or the reset where there has been none since
   */
  public record Demand(long watts, Instant at) {
    Demand orHigher(long other, Instant end) {
      return other > watts ? new Demand(other, end) : this;
    }
  }

  private static final class Codec implements PartCodec<MaximumDemands> {
    @Override
    public Class<MaximumDemands> type() {
      return MaximumDemands.class;
    }

    @Override
    public MaximumDemands manufactured(Manufacture manufacture) {
      Demand none = new Demand(0, manufacture.at());
      return new MaximumDemands(none, none, none);
    }

    @Override
    public void write(MaximumDemands demands, OctetWriter image) {
      write(demands.activeImport(), image);
      write(demands.windowImport(), image);
      write(demands.activeExport(), image);
    }

    private static void write(Demand demand, OctetWriter image) {
      ImageFields.writeNumber(demand.watts(), image);
      ImageFields.writeInstant(demand.at(), image);
    }

    @Override
    public MaximumDemands read(OctetReader image) throws DecodeException {
      return new MaximumDemands(readDemand(image), readDemand(image), readDemand(image));
    }

    private static Demand readDemand(OctetReader image) throws DecodeException {
      return new Demand(ImageFields.readNumber(image), ImageFields.readInstant(image));
    }
  }
}
