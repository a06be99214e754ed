// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.event;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.meterbox.devices.gbz.GbzUseCase;
import org.meterbox.devices.gbz.ZclAnswer;
import org.meterbox.devices.gbz.ZclCall;
import org.meterbox.devices.gbz.ZclInvocation;
import org.meterbox.devices.machine.CircularLog;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.devices.machine.LogEntry;
import org.meterbox.gbcs.dlms.LogTimestamp;

/** Reads event and security logs of a device that speaks ZigBee (GBCS CS10a, CS10b). */
public final class EventLogReads {
  private static final int PUBLISH = 0x19;

  private EventLogReads() {}

  /**
   * The logs that a device can show.
   *
   * @param <F> the state of the device's function
   */
  @FunctionalInterface
  public interface Logs<F> {
    /** The log with this number; empty where the device has none. */
    Optional<CircularLog> log(DeviceState<F> state, int number);
  }

  /** The use case that reads a device's logs. */
  public static <F> GbzUseCase<F> useCase(Logs<F> logs) {
    return GbzUseCase.of(
        ZclInvocation.<F>of(
                "Get Event Log", (transition, call) -> read(transition.state(), call, logs))
            .only("Event Id", 0)
            .only("Number of Events", 0)
            .only("Event Offset", 0));
  }

  /** The low four bits name the log; the high ones ask for whole entries or for their number. */
  private static <F> ZclAnswer read(DeviceState<F> state, ZclCall call, Logs<F> logs) {
    int number = (int) call.number("Event Control/Log Id") & 0x0F;
    Instant from = new LogTimestamp(call.number("Start Time")).instant();
    Instant to = new LogTimestamp(call.number("End Time")).instant();
    List<LogEntry> entries =
        logs.log(state, number).map(CircularLog::entries).orElse(List.of()).stream()
            .filter(entry -> !entry.at().isBefore(from) && !entry.at().isAfter(to))
            .toList();
    if (entries.isEmpty()) {
      return ZclAnswer.nothing();
    }
    return new ZclAnswer.Frames(
        List.of(
            call.answer(
                PUBLISH,
                "Publish Event Log",
                fields ->
                    fields
                        .number("Total Number of Matching Events", entries.size())
                        .number("Command Index", 0)
                        .number("Total Commands", 1)
                        .number("Log Payload Control", 0)
                        .rows(
                            "Events",
                            entries,
                            (row, entry) ->
                                row.number("Log Id", number)
                                    .number("Event Id", entry.code())
                                    .number("Event Time", LogTimestamp.of(entry.at()).seconds())
                                    .octets("Event Data", entry.other())))));
  }
}
