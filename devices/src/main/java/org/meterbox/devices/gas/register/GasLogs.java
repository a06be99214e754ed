// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.register;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.devices.esme.log.SampleLog;
import org.meterbox.devices.gas.home.GasHomeFunction;
import org.meterbox.devices.gas.state.GasManufacture;
import org.meterbox.devices.gas.state.GasPart;
import org.meterbox.devices.gas.state.GasPartCodec;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.devices.machine.Transition;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * The logs of a gas meter (SMETS2 4.6.5).
 *
 * @param profile litres of each half hour of UTC, stamped with its end
 * @param halfHour the half hour that goes on; empty until a whole one begins
 * @param daily snapshots of the last 31 midnights, oldest first
 * @param billing of the last 12 dates of the billing calendar
 * @param changes of the last 12 changes of tariff, mode and supplier
 * @param lastSnapshot the number that was given last
 */
public record GasLogs(
    SampleLog profile,
    Optional<HalfHour> halfHour,
    List<Snapshot> daily,
    List<Snapshot> billing,
    List<Snapshot> changes,
    long lastSnapshot)
    implements GasPart {
  /** How the logs stand in a memory image. */
  public static final GasPartCodec<GasLogs> CODEC = new Codec();

  /** 93 days of half hours: the meter's own depth; the hub keeps thirteen months. */
  static final int PROFILE_ENTRIES = 4_464;

  /**
   * A half hour of UTC.
   *
   * @param began its first instant
   * @param litres those of the total at that instant
   */
  public record HalfHour(Instant began, long litres) {}

  static final int DAILY_SNAPSHOTS = 31;
  static final int BILLING_SNAPSHOTS = 12;

  /** Copies the lists. */
  public GasLogs {
    daily = List.copyOf(daily);
    billing = List.copyOf(billing);
    changes = List.copyOf(changes);
  }

  /** The logs of a meter. */
  public static GasLogs of(GsmeState gsme) {
    return gsme.part(GasLogs.class);
  }

  /** Without the profile, which the hub's mirror keeps in its own way. */
  public GasLogs withoutProfile() {
    return new GasLogs(
        SampleLog.empty(1, PROFILE_ENTRIES), halfHour, daily, billing, changes, lastSnapshot);
  }

  /** With the half hour written that ends now, and the next one begun; once for each instant. */
  public GasLogs atHalfHour(long litres, Instant now) {
    if (halfHour.filter(going -> !going.began().isBefore(now)).isPresent()) {
      return this;
    }
    SampleLog longer =
        halfHour.map(ended -> profile.with(now, litres - ended.litres())).orElse(profile);
    HalfHour next = new HalfHour(now, litres);
    return new GasLogs(longer, Optional.of(next), daily, billing, changes, lastSnapshot);
  }

  /** Keeps registers and balances as they are now. */
  public static void takeSnapshot(Transition<GsmeState> transition, long cause) {
    transition.updateFunction(
        gsme -> gsme.with(of(gsme).withSnapshot(gsme, transition.now(), cause)));
  }

  /** With a snapshot of a meter, in the log that belongs to its cause. */
  private GasLogs withSnapshot(GsmeState gsme, Instant now, long cause) {
    Volumes volumes = Volumes.of(gsme);
    Snapshot snapshot =
        new Snapshot(
            lastSnapshot + 1,
            now,
            cause,
            volumes.litres(),
            volumes.tiers(),
            volumes.blocks(),
            GasAccount.balances(gsme));
    boolean general = cause == Snapshot.GENERAL;
    boolean billed = cause == Snapshot.END_OF_BILLING_PERIOD;
    return new GasLogs(
        profile,
        halfHour,
        general ? longer(daily, snapshot, DAILY_SNAPSHOTS) : daily,
        billed ? longer(billing, snapshot, BILLING_SNAPSHOTS) : billing,
        general || billed ? changes : longer(changes, snapshot, BILLING_SNAPSHOTS),
        lastSnapshot + 1);
  }

  private static List<Snapshot> longer(List<Snapshot> log, Snapshot snapshot, int max) {
    List<Snapshot> longer = new ArrayList<>(log);
    longer.add(snapshot);
    return longer.subList(Math.max(0, longer.size() - max), longer.size());
  }

  /** The snapshots with one of these causes. */
  public List<Snapshot> withCause(long causes) {
    List<Snapshot> all = new ArrayList<>(daily);
    all.addAll(billing);
    all.addAll(changes);
    return all.stream().filter(snapshot -> (snapshot.cause() & causes) != 0).toList();
  }

  private static final class Codec implements GasPartCodec<GasLogs> {
    @Override
    public Class<GasLogs> type() {
      return GasLogs.class;
    }

    @Override
    public GasLogs manufactured(GasManufacture manufacture) {
      return new GasLogs(
          SampleLog.empty(1, PROFILE_ENTRIES),
          GasHomeFunction.isHalfHour(manufacture.at())
              ? Optional.of(new HalfHour(manufacture.at(), 0))
              : Optional.empty(),
          List.of(),
          List.of(),
          List.of(),
          0);
    }

    @Override
    public void write(GasLogs logs, OctetWriter image) {
      logs.profile().write(image);
      image.u8(logs.halfHour().isPresent() ? 1 : 0);
      logs.halfHour()
          .ifPresent(going -> {
            ImageFields.writeInstant(going.began(), image);
            ImageFields.writeNumber(going.litres(), image);
          });
      for (List<Snapshot> log : List.of(logs.daily(), logs.billing(), logs.changes())) {
        image.u8(log.size());
        log.forEach(snapshot -> snapshot.write(image));
      }
      ImageFields.writeNumber(logs.lastSnapshot(), image);
    }

    @Override
    public GasLogs read(OctetReader image) throws DecodeException {
      SampleLog profile = SampleLog.read(1, PROFILE_ENTRIES, image);
      Optional<HalfHour> halfHour =
          image.u8() == 1
              ? Optional.of(
                  new HalfHour(ImageFields.readInstant(image), ImageFields.readNumber(image)))
              : Optional.empty();
      return new GasLogs(
          profile,
          halfHour,
          readLog(DAILY_SNAPSHOTS, image),
          readLog(BILLING_SNAPSHOTS, image),
          readLog(BILLING_SNAPSHOTS, image),
          ImageFields.readNumber(image));
    }

    private static List<Snapshot> readLog(int max, OctetReader image) throws DecodeException {
      int size = image.u8();
      if (size > max) {
        throw image.fault(Fault.UNEXPECTED_VALUE, "a log of more snapshots than it holds");
      }
      List<Snapshot> log = new ArrayList<>();
      for (int left = size; left > 0; left--) {
        log.add(Snapshot.read(image));
      }
      return log;
    }
  }
}
