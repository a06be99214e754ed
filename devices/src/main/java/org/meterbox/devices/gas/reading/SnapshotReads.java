// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.reading;

import java.time.Instant;
import java.util.List;
import org.meterbox.devices.gas.register.GasLogs;
import org.meterbox.devices.gas.register.Snapshot;
import org.meterbox.devices.gbz.ZclAnswer;
import org.meterbox.devices.gbz.ZclCall;
import org.meterbox.devices.gbz.ZclInvocation;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.gbcs.dlms.LogTimestamp;
import org.meterbox.gbcs.gbz.ZclFieldsBuilder;

/**
 * Answers Get Snapshot and Get Prepay Snapshot: each asks for one of the snapshots of a span.
 *
 * @param <F> the state of the device's function
 */
record SnapshotReads<F>(GasView<F> view) {
  private static final int PUBLISH = 0x19;

  private interface Publication {
    void fill(Snapshot snapshot, ZclFieldsBuilder fields, int found);
  }

  /** Registers of snapshots with one of these causes. */
  ZclInvocation<F> registers(long causes) {
    return ZclInvocation.<F>of(
            "Get Snapshot",
            (transition, call) ->
                answer(transition.state(), causes, call, "Publish Snapshot", Snapshot::publish))
        .only("Snapshot Cause", causes);
  }

  /** Balances of snapshots with one of these causes. */
  ZclInvocation<F> balances(long causes) {
    return ZclInvocation.<F>of(
            "Get Prepay Snapshot",
            (transition, call) ->
                answer(
                    transition.state(),
                    causes,
                    call,
                    "Publish Prepay Snapshot",
                    Snapshot::publishBalances))
        .only("Snapshot Cause", causes);
  }

  private ZclAnswer answer(
      DeviceState<F> state, long causes, ZclCall call, String name, Publication publication) {
    Instant from = new LogTimestamp(call.number("Earliest Start Time")).instant();
    Instant to = new LogTimestamp(call.number("Latest End Time")).instant();
    List<Snapshot> found =
        view.meter(state).stream()
            .flatMap(meter -> GasLogs.of(meter).withCause(causes).stream())
            .filter(snapshot -> !snapshot.at().isBefore(from) && !snapshot.at().isAfter(to))
            .toList();
    int offset = (int) call.number("Snapshot Offset");
    return offset < found.size()
        ? new ZclAnswer.Sensitive(
            List.of(
                call.answer(
                    PUBLISH,
                    name,
                    fields -> publication.fill(found.get(offset), fields, found.size()))))
        : ZclAnswer.nothing();
  }
}
