// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.metering;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.meterbox.devices.esme.log.SampleLog;
import org.meterbox.devices.esme.state.EsmePart;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.Manufacture;
import org.meterbox.devices.esme.state.PartCodec;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * What is written at each midnight of UTC: the daily read logs and the daily consumption log (SMETS
 * 5.7.5.13 and 5.7.5.14).
 *
 * @param reads snapshots of the import registers, oldest first
 * @param export the export register, Wh
 * @param consumption active import of each whole day, Wh
 * @param midnightImport the import register at the last midnight; empty before the first
 */
public record DailyLogs(
    List<RegisterRead> reads, SampleLog export, SampleLog consumption, OptionalLong midnightImport)
    implements EsmePart {
  static final PartCodec<DailyLogs> CODEC = new Codec();
  static final int READS = 31;
  static final int CONSUMPTIONS = 731;
  private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();

  /** Copies the list. */
  public DailyLogs {
    reads = List.copyOf(reads);
  }

  static boolean isMidnight(Instant at) {
    return Math.floorMod(at.getEpochSecond(), DAY_SECONDS) == 0;
  }

  /** With the entries of the midnight that is now. */
  DailyLogs atMidnight(EsmeState esme, Instant now) {
    Registers registers = Registers.of(esme);
    List<RegisterRead> longer = new ArrayList<>(reads);
    longer.add(registers.read(esme));
    if (longer.size() > READS) {
      longer.removeFirst();
    }
    long total = registers.importWattHours();
    return new DailyLogs(
        longer,
        export.with(now, registers.exportWattHours()),
        midnightImport.isPresent()
            ? consumption.with(now, total - midnightImport.getAsLong())
            : consumption,
        OptionalLong.of(total));
  }

  private static final class Codec implements PartCodec<DailyLogs> {
    @Override
    public Class<DailyLogs> type() {
      return DailyLogs.class;
    }

    @Override
    public DailyLogs manufactured(Manufacture manufacture) {
      return new DailyLogs(
          List.of(),
          SampleLog.empty(1, READS),
          SampleLog.empty(1, CONSUMPTIONS),
          isMidnight(manufacture.at()) ? OptionalLong.of(0) : OptionalLong.empty());
    }

    @Override
    public void write(DailyLogs logs, OctetWriter image) {
      image.u8(logs.reads().size());
      logs.reads().forEach(read -> read.write(image));
      logs.export().write(image);
      logs.consumption().write(image);
      image.u8(logs.midnightImport().isPresent() ? 1 : 0);
      logs.midnightImport().ifPresent(total -> ImageFields.writeNumber(total, image));
    }

    @Override
    public DailyLogs read(OctetReader image) throws DecodeException {
      List<RegisterRead> reads = new ArrayList<>();
      for (int left = image.u8(); left > 0; left--) {
        reads.add(RegisterRead.read(image));
      }
      SampleLog export = SampleLog.read(1, READS, image);
      SampleLog consumption = SampleLog.read(1, CONSUMPTIONS, image);
      OptionalLong midnight =
          image.u8() == 1 ? OptionalLong.of(ImageFields.readNumber(image)) : OptionalLong.empty();
      return new DailyLogs(reads, export, consumption, midnight);
    }
  }
}
