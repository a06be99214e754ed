// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.metering;

import java.time.Instant;
import java.util.Optional;
import org.meterbox.devices.esme.home.HomeFunction;
import org.meterbox.devices.esme.log.SampleLog;
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
 * The profile data log (SMETS 5.7.5.27): energy of each half hour of UTC, stamped with its end.
 *
 * @param activeImport primary, and of a twin element meter secondary, Wh
 * @param reactiveImport varh
 * @param export active Wh and reactive varh
 * @param begin the registers at the end of the half hour before; empty until a whole one begins
 */
public record Profiles(
    SampleLog activeImport, SampleLog reactiveImport, SampleLog export, Optional<Readings> begin)
    implements EsmePart {
  /** 397 days of half hours: the thirteen months of SMETS. */
  static final int IMPORT_ENTRIES = 19_056;

  /** 93 days of half hours: its three months. */
  static final int OTHER_ENTRIES = 4_464;

  /** Totals at the beginning of a half hour, Wh and varh. */
  record Readings(
      long primary, long secondary, long reactiveImport, long export, long reactiveExport) {
    static Readings of(Registers registers) {
      return new Readings(
          registers.primaryWattHours(),
          registers.secondaryWattHours(),
          registers.reactiveImportVarHours(),
          registers.exportWattHours(),
          registers.reactiveExportVarHours());
    }
  }

  /** With the half hour that ends now. */
  Profiles atHalfHour(EsmeState esme, Instant now) {
    Readings end = Readings.of(Registers.of(esme));
    if (begin.isEmpty()) {
      return new Profiles(activeImport, reactiveImport, export, Optional.of(end));
    }
    Readings from = begin.get();
    long primary = end.primary() - from.primary();
    return new Profiles(
        esme.variant() == EsmeVariant.TWIN_ELEMENT
            ? activeImport.with(now, primary, end.secondary() - from.secondary())
            : activeImport.with(now, primary),
        reactiveImport.with(now, end.reactiveImport() - from.reactiveImport()),
        export.with(
            now, end.export() - from.export(), end.reactiveExport() - from.reactiveExport()),
        Optional.of(end));
  }

  /** The codec of meters of every variant: a variant decides on the columns. */
  static PartCodec<Profiles> codec() {
    return new Codec();
  }

  private static final class Codec implements PartCodec<Profiles> {
    @Override
    public Class<Profiles> type() {
      return Profiles.class;
    }

    @Override
    public Profiles manufactured(Manufacture manufacture) {
      int columns = manufacture.variant() == EsmeVariant.TWIN_ELEMENT ? 2 : 1;
      Optional<Readings> begin =
          HomeFunction.isHalfHour(manufacture.at())
              ? Optional.of(Readings.of(Registers.ZERO))
              : Optional.empty();
      return new Profiles(
          SampleLog.empty(columns, IMPORT_ENTRIES),
          SampleLog.empty(1, OTHER_ENTRIES),
          SampleLog.empty(2, OTHER_ENTRIES),
          begin);
    }

    @Override
    public void write(Profiles profiles, OctetWriter image) {
      image.u8(profiles.activeImport().columns());
      profiles.activeImport().write(image);
      profiles.reactiveImport().write(image);
      profiles.export().write(image);
      image.u8(profiles.begin().isPresent() ? 1 : 0);
      profiles
          .begin()
          .ifPresent(begin -> {
            ImageFields.writeNumber(begin.primary(), image);
            ImageFields.writeNumber(begin.secondary(), image);
            ImageFields.writeNumber(begin.reactiveImport(), image);
            ImageFields.writeNumber(begin.export(), image);
            ImageFields.writeNumber(begin.reactiveExport(), image);
          });
    }

    @Override
    public Profiles read(OctetReader image) throws DecodeException {
      int columns = image.u8();
      SampleLog activeImport = SampleLog.read(columns, IMPORT_ENTRIES, image);
      SampleLog reactiveImport = SampleLog.read(1, OTHER_ENTRIES, image);
      SampleLog export = SampleLog.read(2, OTHER_ENTRIES, image);
      Optional<Readings> begin = Optional.empty();
      if (image.u8() == 1) {
        begin =
            Optional.of(
                new Readings(
                    ImageFields.readNumber(image),
                    ImageFields.readNumber(image),
                    ImageFields.readNumber(image),
                    ImageFields.readNumber(image),
                    ImageFields.readNumber(image)));
      }
      return new Profiles(activeImport, reactiveImport, export, begin);
    }
  }
}
