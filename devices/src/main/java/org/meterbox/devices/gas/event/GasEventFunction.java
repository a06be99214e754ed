// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.event;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterbox.devices.gas.state.GasFunction;
import org.meterbox.devices.gas.state.GasPartCodec;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.devices.gbz.GbzUseCase;
import org.meterbox.devices.gbz.ZclAnswer;
import org.meterbox.devices.gbz.ZclCall;
import org.meterbox.devices.gbz.ZclInvocation;
import org.meterbox.devices.machine.CircularLog;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.gbz.ZclFields;
import org.meterbox.gbcs.gbz.ZclStatus;

/** The gas meter's logs, and what becomes of its events (CS10a, CS10b, CS11, GCS20, GCS20r). */
public final class GasEventFunction implements GasFunction {
  /** The number of the event log. */
  public static final int EVENT_LOG = 3;

  /** The number of the security log. */
  public static final int SECURITY_LOG = 4;

  /** Clear Event Log Response: the event log was cleared. */
  private static final int CLEARED = 0x08;

  private static final int EVENT_LOG_CLEARED = 0x8F52;
  private static final int REPLY = 0x09;
  private static final int REPORT = 0x01;

  /** The group of all events whose codes begin with 81. */
  private static final int GROUP_81 = 0x81FF;

  /** Components of one command that sets events: as many as there are ways to set one. */
  private static final int MAX_SETTINGS = 64;

  @Override
  public List<GasPartCodec<?>> parts() {
    return List.of(EventConfiguration.CODEC);
  }

  @Override
  public Map<String, GbzUseCase<GsmeState>> useCases() {
    return Map.of(
        "CS10a",
            EventLogReads.useCase(
                (state, number) -> Optional.of(state.eventLog()).filter(_ -> number == EVENT_LOG)),
        "CS10b",
            EventLogReads.useCase((state, number) ->
                Optional.of(state.securityLog()).filter(_ -> number == SECURITY_LOG)),
        "CS11",
            GbzUseCase.of(
                ZclInvocation.<GsmeState>of("Clear Event Log Request", GasEventFunction::clear)
                    .only("Log Id", EVENT_LOG)),
        "GCS20",
            GbzUseCase.of(
                1,
                MAX_SETTINGS,
                ZclInvocation.<GsmeState>of("Set Event Configuration", GasEventFunction::set)
                    .only("Start Date/Time", 0)
                    .only("Configuration Control", 0)),
        "GCS20r",
            GbzUseCase.of(
                ZclInvocation.<GsmeState>of("Get Event Configuration", GasEventFunction::report)
                    .only("Event Id", GROUP_81)));
  }

  private static ZclAnswer clear(Transition<GsmeState> transition, ZclCall call) {
    transition.update(state -> state.withEventLog(CircularLog.EMPTY));
    GasEvents.raise(transition, EVENT_LOG_CLEARED);
    return cleared(call);
  }

  /** The answer that the event log was cleared. */
  public static ZclAnswer cleared(ZclCall call) {
    return new ZclAnswer.Frames(
        List.of(
            call.answer(
                REPLY,
                "Clear Event Log Response",
                fields -> fields.number("Cleared Event Logs", CLEARED))));
  }

  private static ZclAnswer set(Transition<GsmeState> transition, ZclCall call) {
    long configuration = call.number("Event Configuration");
    if (!EventConfiguration.isValid(configuration)) {
      return ZclAnswer.refused(ZclStatus.INVALID_VALUE);
    }
    for (ZclFields row : call.fields().rows("Events")) {
      int code = (int) row.number("Event Id");
      if (!EventConfiguration.of(transition.function()).has(code)) {
        return ZclAnswer.refused(ZclStatus.INVALID_VALUE);
      }
      transition.updateFunction(
          gsme -> gsme.with(EventConfiguration.of(gsme).with(code, (int) configuration)));
    }
    return ZclAnswer.done();
  }

  private static ZclAnswer report(Transition<GsmeState> transition, ZclCall call) {
    List<Map.Entry<Integer, Integer>> events =
        List.copyOf(EventConfiguration.of(transition.function()).byCode().entrySet());
    return new ZclAnswer.Frames(
        List.of(
            call.answer(
                REPORT,
                "Report Event Configuration",
                fields ->
                    fields
                        .number("Command Index", 0)
                        .number("Total Commands", 1)
                        .rows(
                            "Events",
                            events,
                            (row, event) ->
                                row.number("Event Id", event.getKey())
                                    .number("Event Configuration", event.getValue())))));
  }
}
