// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.metering;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.devices.esme.state.EsmeVariant;
import org.meterbox.devices.esme.tariff.TariffPlan;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.LogTimestamp;
import org.meterbox.gbcs.dlms.TypeDescription;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * A snapshot of the import registers, as the daily read log and the billing data log keep it (GBCS
 * register read entry).
 *
 * @param activeImport total of the meter, Wh
 * @param tou the rates of the primary element
 * @param blocks its rates with blocks, the eight rates of block 1 first
 * @param secondary the secondary element of a twin element meter
 */
public record RegisterRead(
    Instant at,
    long activeImport,
    EnergyCounters tou,
    EnergyCounters blocks,
    Optional<Secondary> secondary) {
  /** The secondary element's part. */
  public record Secondary(long activeImport, EnergyCounters tou) {}

  private static final TypeDescription UINT32 = new TypeDescription.Simple(0x06);

  /** The entries as one compact array. */
  public static DlmsValue toValue(List<RegisterRead> entries, EsmeVariant variant) {
    return new DlmsValue.CompactArray(
        description(variant), entries.stream().map(RegisterRead::toValue).toList());
  }

  private static TypeDescription description(EsmeVariant variant) {
    boolean twin = variant == EsmeVariant.TWIN_ELEMENT;
    List<TypeDescription> fields = new ArrayList<>(List.of(UINT32, UINT32));
    if (twin) {
      fields.add(UINT32);
    }
    fields.add(new TypeDescription.FixedArray(TariffPlan.TOU_RATES, UINT32));
    if (twin) {
      fields.add(new TypeDescription.FixedArray(TariffPlan.SECONDARY_RATES, UINT32));
    }
    for (int block = 0; block < TariffPlan.BLOCKS; block++) {
      fields.add(new TypeDescription.FixedArray(TariffPlan.BLOCK_RATES, UINT32));
    }
    return new TypeDescription.Fields(fields);
  }

  private DlmsValue toValue() {
    List<DlmsValue> fields = new ArrayList<>();
    fields.add(LogTimestamp.of(at).toValue());
    fields.add(new DlmsValue.UInt32(activeImport));
    secondary.ifPresent(second -> fields.add(new DlmsValue.UInt32(second.activeImport())));
    fields.add(numbers(tou.toList()));
    secondary.ifPresent(second -> fields.add(numbers(second.tou().toList())));
    for (int block = 0; block < TariffPlan.BLOCKS; block++) {
      int from = block * TariffPlan.BLOCK_RATES;
      fields.add(numbers(blocks.toList().subList(from, from + TariffPlan.BLOCK_RATES)));
    }
    return new DlmsValue.Structure(fields);
  }

  static DlmsValue numbers(List<Long> values) {
    return new DlmsValue.ArrayOf(values.stream().<DlmsValue>map(DlmsValue.UInt32::new).toList());
  }

  /** Writes the snapshot for a memory image. */
  public void write(OctetWriter image) {
    ImageFields.writeInstant(at, image);
    ImageFields.writeNumber(activeImport, image);
    tou.write(image);
    blocks.write(image);
    image.u8(secondary.isPresent() ? 1 : 0);
    secondary.ifPresent(second -> {
      ImageFields.writeNumber(second.activeImport(), image);
      second.tou().write(image);
    });
  }

  /** Reads what {@link #write} wrote. */
  public static RegisterRead read(OctetReader image) throws DecodeException {
    Instant at = ImageFields.readInstant(image);
    long activeImport = ImageFields.readNumber(image);
    EnergyCounters tou = EnergyCounters.read(TariffPlan.TOU_RATES, image);
    EnergyCounters blocks = EnergyCounters.read(TariffPlan.BLOCKS * TariffPlan.BLOCK_RATES, image);
    Optional<Secondary> secondary = Optional.empty();
    if (image.u8() == 1) {
      secondary =
          Optional.of(
              new Secondary(
                  ImageFields.readNumber(image),
                  EnergyCounters.read(TariffPlan.SECONDARY_RATES, image)));
    }
    return new RegisterRead(at, activeImport, tou, blocks, secondary);
  }
}
