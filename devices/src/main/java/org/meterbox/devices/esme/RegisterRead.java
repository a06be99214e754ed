// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.devices.energy.RateRegisters;
import org.meterbox.devices.energy.RateRegisters.Readings;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.LogTimestamp;
import org.meterbox.gbcs.dlms.TypeDescription;

/**
 * A snapshot of the import registers, as the daily read log and the billing data log keep it (GBCS
 * register read entry).
 *
 * @param activeImport total of the meter, Wh
 * @param primary rates and blocks of the primary element
 * @param secondary the secondary element of a twin element meter
 */
public record RegisterRead(
    Instant at, long activeImport, Readings primary, Optional<Secondary> secondary) {
  /** The secondary element's part. */
  public record Secondary(long activeImport, Readings rates) {}

  private static final TypeDescription UINT32 = new TypeDescription.Simple(0x06);

  /** The entries as one compact array. */
  static DlmsValue toValue(List<RegisterRead> entries, EsmeVariant variant) {
    return new DlmsValue.CompactArray(
        description(variant), entries.stream().map(RegisterRead::toValue).toList());
  }

  private static TypeDescription description(EsmeVariant variant) {
    boolean twin = variant == EsmeVariant.TWIN_ELEMENT;
    List<TypeDescription> fields = new ArrayList<>(List.of(UINT32, UINT32));
    if (twin) {
      fields.add(UINT32);
    }
    fields.add(new TypeDescription.FixedArray(RateRegisters.TOU_RATES, UINT32));
    if (twin) {
      fields.add(new TypeDescription.FixedArray(RateRegisters.SECONDARY_RATES, UINT32));
    }
    for (int block = 0; block < RateRegisters.BLOCKS; block++) {
      fields.add(new TypeDescription.FixedArray(RateRegisters.BLOCK_RATES, UINT32));
    }
    return new TypeDescription.Fields(fields);
  }

  private DlmsValue toValue() {
    List<DlmsValue> fields = new ArrayList<>();
    fields.add(LogTimestamp.of(at).toValue());
    fields.add(new DlmsValue.UInt32(activeImport));
    secondary.ifPresent(second -> fields.add(new DlmsValue.UInt32(second.activeImport())));
    fields.add(numbers(primary.tou()));
    secondary.ifPresent(second -> fields.add(numbers(second.rates().tou())));
    for (int block = 0; block < RateRegisters.BLOCKS; block++) {
      int from = block * RateRegisters.BLOCK_RATES;
      fields.add(numbers(primary.blocks().subList(from, from + RateRegisters.BLOCK_RATES)));
    }
    return new DlmsValue.Structure(fields);
  }

  static DlmsValue numbers(List<Long> values) {
    return new DlmsValue.ArrayOf(values.stream().<DlmsValue>map(DlmsValue.UInt32::new).toList());
  }
}
