// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme;

import static org.meterbox.devices.memory.ImageFields.readConstant;
import static org.meterbox.devices.memory.ImageFields.readConstants;
import static org.meterbox.devices.memory.ImageFields.readInstant;
import static org.meterbox.devices.memory.ImageFields.writeConstant;
import static org.meterbox.devices.memory.ImageFields.writeConstants;
import static org.meterbox.devices.memory.ImageFields.writeInstant;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.devices.cosem.StoredValues;
import org.meterbox.devices.energy.HomeLoad;
import org.meterbox.devices.energy.SupplyHistory;
import org.meterbox.devices.energy.SupplyHistory.Interruption;
import org.meterbox.devices.esme.SupplyState.Cause;
import org.meterbox.devices.esme.SupplyState.Position;
import org.meterbox.gbcs.dlms.DlmsCodec;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/** An electricity meter's part of its memory image. */
final class EsmeImage {
  private static final int VERSION = 2;

  private EsmeImage() {}

  static void write(EsmeState esme, OctetWriter image) {
    image.u8(VERSION);
    writeConstant(esme.variant(), image);
    image.u64(esme.load().seed());
    writeInstant(esme.load().start(), image);
    writeConstant(esme.supply().position(), image);
    writeConstants(esme.supply().causes(), image);
    writeHistory(esme.history(), image);
    writeConstant(esme.clock().status(), image);
    writeInstant(esme.clock().validFrom(), image);
    writeInstant(esme.clock().validTo(), image);
    image.u16(esme.tariffs().size());
    for (TariffInForce tariff : esme.tariffs()) {
      writeInstant(tariff.since(), image);
      DlmsCodec.write(tariff.seasons(), image);
      DlmsCodec.write(tariff.weeks(), image);
      DlmsCodec.write(tariff.days(), image);
      DlmsCodec.write(tariff.specialDays(), image);
    }
    StoredValues.write(esme.values(), image);
  }

  static EsmeState read(OctetReader image) throws DecodeException {
    if (image.u8() != VERSION) {
      throw image.fault(Fault.UNEXPECTED_VALUE, "a meter's image has version " + VERSION);
    }
    try {
      return new EsmeState(
          readConstant(EsmeVariant.class, image),
          new HomeLoad(image.u64(), readInstant(image)),
          new SupplyState(readConstant(Position.class, image), readConstants(Cause.class, image)),
          readHistory(image),
          new ClockState(
              readConstant(ClockState.Status.class, image), readInstant(image), readInstant(image)),
          readTariffs(image),
          StoredValues.read(image));
    } catch (IllegalArgumentException contradictory) {
      throw image.fault(Fault.UNEXPECTED_VALUE, "parts of the image contradict each other");
    }
  }

  private static void writeHistory(SupplyHistory history, OctetWriter image) {
    image.u16(history.interruptions().size());
    for (Interruption off : history.interruptions()) {
      writeInstant(off.from(), image);
      writeInstant(off.to(), image);
    }
    image.u8(history.offSince().isPresent() ? 1 : 0);
    history.offSince().ifPresent(since -> writeInstant(since, image));
  }

  private static SupplyHistory readHistory(OctetReader image) throws DecodeException {
    List<Interruption> interruptions = new ArrayList<>();
    for (int left = image.u16(); left > 0; left--) {
      interruptions.add(new Interruption(readInstant(image), readInstant(image)));
    }
    Optional<Instant> offSince =
        image.u8() == 1 ? Optional.of(readInstant(image)) : Optional.empty();
    return new SupplyHistory(interruptions, offSince);
  }

  private static List<TariffInForce> readTariffs(OctetReader image) throws DecodeException {
    List<TariffInForce> tariffs = new ArrayList<>();
    for (int left = image.u16(); left > 0; left--) {
      tariffs.add(
          new TariffInForce(
              readInstant(image),
              DlmsCodec.read(image),
              DlmsCodec.read(image),
              DlmsCodec.read(image),
              DlmsCodec.read(image)));
    }
    return tariffs;
  }
}
