// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.billing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.devices.esme.metering.RegisterRead;
import org.meterbox.devices.esme.payment.PrepaymentRead;
import org.meterbox.devices.esme.state.EsmePart;
import org.meterbox.devices.esme.state.Manufacture;
import org.meterbox.devices.esme.state.PartCodec;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * What was billed (SMETS 5.7.5.10).
 *
 * @param calendar snapshots at dates of the billing calendar, oldest first
 * @param changes snapshots at changes of tariff or payment mode, oldest first
 * @param nextBilling the next date of the billing calendar; empty where none comes
 * @param nextReset when block counters are next reset each day; empty where they are not
 * @param looked whether these two dates were looked up
 */
record BillingState(
    List<Snapshot> calendar,
    List<Snapshot> changes,
    Optional<Instant> nextBilling,
    Optional<Instant> nextReset,
    boolean looked)
    implements EsmePart {
  /** Snapshots of each kind that are kept. */
  static final int ENTRIES = 12;

  static final PartCodec<BillingState> CODEC = new Codec();

  /** Registers and balances at one time. */
  record Snapshot(RegisterRead registers, PrepaymentRead balances) {}

  BillingState {
    calendar = List.copyOf(calendar);
    changes = List.copyOf(changes);
  }

  BillingState withCalendarEntry(Snapshot snapshot) {
    return new BillingState(longer(calendar, snapshot), changes, nextBilling, nextReset, looked);
  }

  BillingState withChange(Snapshot snapshot) {
    return new BillingState(calendar, longer(changes, snapshot), nextBilling, nextReset, looked);
  }

  BillingState withDates(Optional<Instant> billing, Optional<Instant> reset) {
    return new BillingState(calendar, changes, billing, reset, true);
  }

  private static List<Snapshot> longer(List<Snapshot> log, Snapshot snapshot) {
    List<Snapshot> longer = new ArrayList<>(log);
    longer.add(snapshot);
    return longer.subList(Math.max(0, longer.size() - ENTRIES), longer.size());
  }

  private static final class Codec implements PartCodec<BillingState> {
    @Override
    public Class<BillingState> type() {
      return BillingState.class;
    }

    @Override
    public BillingState manufactured(Manufacture manufacture) {
      return new BillingState(List.of(), List.of(), Optional.empty(), Optional.empty(), false);
    }

    @Override
    public void write(BillingState billing, OctetWriter image) {
      for (List<Snapshot> log : List.of(billing.calendar(), billing.changes())) {
        image.u8(log.size());
        for (Snapshot snapshot : log) {
          snapshot.registers().write(image);
          snapshot.balances().write(image);
        }
      }
      ImageFields.writeOptional(billing.nextBilling(), image);
      ImageFields.writeOptional(billing.nextReset(), image);
      image.u8(billing.looked() ? 1 : 0);
    }

    @Override
    public BillingState read(OctetReader image) throws DecodeException {
      return new BillingState(
          readLog(image),
          readLog(image),
          ImageFields.readOptional(image),
          ImageFields.readOptional(image),
          image.u8() == 1);
    }

    private static List<Snapshot> readLog(OctetReader image) throws DecodeException {
      List<Snapshot> log = new ArrayList<>();
      for (int left = image.u8(); left > 0; left--) {
        log.add(new Snapshot(RegisterRead.read(image), PrepaymentRead.read(image)));
      }
      return log;
    }
  }
}
