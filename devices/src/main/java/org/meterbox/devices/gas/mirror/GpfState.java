// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.mirror;

import java.time.Instant;
import java.util.Optional;
import org.meterbox.devices.esme.log.SampleLog;
import org.meterbox.devices.gas.home.GasHomeFunction;
import org.meterbox.devices.gas.register.GasLogs;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.devices.gas.state.GsmeStateCodec;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.gbcs.asn1.FirmwareContent;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/**
 * What the gas proxy function holds (CHTS 4.6.3).
 *
 * @param firmwareVersion that of the hub, 4 octets
 * @param mirror what it knows of the meter; empty before it first heard of it
 * @param profile litres of each half hour for thirteen months, stamped with its end
 * @param daily litres of each whole day for two years, stamped with the midnight that ends it
 * @param dayLitres litres since the last midnight
 * @param dayHalfHours half hours of which these are: a day with fewer than all is not written
 * @param tenancy older consumption is not shown in the home (GCS09)
 */
public record GpfState(
    Octets firmwareVersion,
    Optional<GasMirror> mirror,
    SampleLog profile,
    SampleLog daily,
    long dayLitres,
    int dayHalfHours,
    Optional<Instant> tenancy) {
  /** 397 days of half hours (CHTS 4.6.3.10). */
  static final int PROFILE_ENTRIES = 19_056;

  /** Two years and a day (CHTS 4.6.3.7). */
  static final int DAILY_ENTRIES = 731;

  private static final int HALF_HOURS = 48;

  /** A function that has never heard of a meter. */
  public static GpfState manufactured() {
    return new GpfState(
        Octets.ofHex("01000000"),
        Optional.empty(),
        SampleLog.empty(1, PROFILE_ENTRIES),
        SampleLog.empty(1, DAILY_ENTRIES),
        0,
        0,
        Optional.empty());
  }

  /**
   * With what the meter tells when it is awake. Half hours that were missed are fetched from the
   * meter's own profile, as far as it reaches back.
   */
  public GpfState learned(DeviceState<GsmeState> meter, Instant at) {
    SampleLog source = GasLogs.of(meter.function()).profile();
    Instant last = profile.lastAt();
    int first = source.size();
    while (first > 0 && source.at(first - 1).isAfter(last)) {
      first--;
    }
    GpfState grown = this;
    for (int entry = first; entry < source.size(); entry++) {
      grown = grown.withHalfHour(source.at(entry), source.number(entry, 0));
    }
    return grown.with(GasMirror.of(meter, at));
  }

  private GpfState withHalfHour(Instant end, long litres) {
    long sum = dayLitres + litres;
    int count = dayHalfHours + 1;
    boolean isMidnight = GasHomeFunction.isMidnight(end);
    SampleLog days = isMidnight && count == HALF_HOURS ? daily.with(end, sum) : daily;
    return new GpfState(
        firmwareVersion,
        mirror,
        profile.with(end, litres),
        days,
        isMidnight ? 0 : sum,
        isMidnight ? 0 : count,
        tenancy);
  }

  private GpfState with(GasMirror changed) {
    return new GpfState(
        firmwareVersion, Optional.of(changed), profile, daily, dayLitres, dayHalfHours, tenancy);
  }

  /** With another tenant in the home. */
  public GpfState withTenancySince(Instant since) {
    return new GpfState(
        firmwareVersion, mirror, profile, daily, dayLitres, dayHalfHours, Optional.of(since));
  }

  /**
   * Writes the state for a memory image.
   *
   * @param meters writes the meter's state in the mirror
   */
  public void write(OctetWriter image, GsmeStateCodec meters) {
    image.put(firmwareVersion);
    image.u8(mirror.isPresent() ? 1 : 0);
    mirror.ifPresent(known -> known.write(image, meters));
    profile.write(image);
    daily.write(image);
    ImageFields.writeNumber(dayLitres, image);
    image.u8(dayHalfHours);
    ImageFields.writeOptional(tenancy, image);
  }

  /** Reads what {@link #write} wrote. */
  public static GpfState read(OctetReader image, GsmeStateCodec meters) throws DecodeException {
    Octets firmwareVersion = image.take(FirmwareContent.VERSION_OCTETS);
    Optional<GasMirror> mirror =
        image.u8() == 1 ? Optional.of(GasMirror.read(image, meters)) : Optional.empty();
    return new GpfState(
        firmwareVersion,
        mirror,
        SampleLog.read(1, PROFILE_ENTRIES, image),
        SampleLog.read(1, DAILY_ENTRIES, image),
        ImageFields.readNumber(image),
        image.u8(),
        ImageFields.readOptional(image));
  }
}
