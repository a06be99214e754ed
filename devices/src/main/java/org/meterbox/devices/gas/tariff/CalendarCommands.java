// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.tariff;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.devices.gas.futuredated.DatedCommands;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.devices.gbz.ZclAnswer;
import org.meterbox.devices.gbz.ZclCall;
import org.meterbox.devices.gbz.ZclInvocation;
import org.meterbox.devices.gbz.ZclUnit;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.gbz.ZclFields;
import org.meterbox.gbcs.gbz.ZclStatus;

/** Calendars and special days, as suppliers publish them to the meter (GCS01a, GCS05). */
public final class CalendarCommands {
  /** The command that begins a calendar, and names when it takes effect. */
  public static final String CALENDAR = "Publish Calendar";

  /** The command with special days. */
  public static final String SPECIAL_DAYS = "Publish Special Days";

  private CalendarCommands() {}

  /**
   * The step of a calendar with its days, weeks and seasons.
   *
   * @param type of the calendar: only this one belongs to the use case
   * @param minWeeks how many week profiles there are at least
   */
  public static ZclUnit<GsmeState> calendar(int type, int maxDays, int minWeeks) {
    return new ZclUnit<>(
        List.of(
            ZclUnit.Part.of(CALENDAR, 1, 1),
            ZclUnit.Part.of("Publish Day Profile", 1, maxDays),
            ZclUnit.Part.of("Publish Week Profile", minWeeks, 2),
            ZclUnit.Part.of("Publish Seasons", 1, 1)),
        (transition, calls) ->
            calls.getFirst().number("Calendar Type") == type
                ? DatedCommands.carryOut(
                    transition,
                    calls.getFirst().number("Start Time"),
                    calls,
                    CalendarCommands::applyCalendar)
                : ZclStatus.INVALID_VALUE);
  }

  /** The step of special days. */
  public static ZclInvocation<GsmeState> specialDays(int type) {
    return ZclInvocation.<GsmeState>of(
            SPECIAL_DAYS,
            (transition, call) ->
                new ZclAnswer.Status(
                    DatedCommands.carryOut(
                        transition,
                        call.number("Start Time"),
                        List.of(call),
                        CalendarCommands::applySpecialDays)))
        .only("Calendar Type", type);
  }

  /** Takes a calendar into use; its special days stay. */
  public static ZclStatus applyCalendar(Transition<GsmeState> transition, List<ZclCall> calls) {
    ZclFields head = calls.getFirst().fields();
    int type = (int) head.number("Calendar Type");
    GasCalendar before = GasCalendars.of(transition.function()).ofType(type);
    List<GasCalendar.Day> days = new ArrayList<>();
    List<GasCalendar.Week> weeks = new ArrayList<>();
    List<GasCalendar.Season> seasons = new ArrayList<>();
    for (ZclCall call : calls.subList(1, calls.size())) {
      ZclFields fields = call.fields();
      switch (call.frame().header().commandId()) {
        case 0x01 -> {
          Optional<GasCalendar.Day> day = GasCalendar.day(fields);
          if (day.isEmpty()) {
            return ZclStatus.INVALID_VALUE;
          }
          days.add(day.get());
        }
        case 0x02 -> weeks.add(GasCalendar.week(fields));
        default -> seasons.addAll(GasCalendar.seasons(fields));
      }
    }
    GasCalendar calendar =
        new GasCalendar(
            head.number("Issuer Event Id"),
            head.number("Issuer Calendar Id"),
            days,
            weeks,
            seasons,
            before.specialDays());
    boolean announced =
        days.size() == head.number("Number of Day Profiles")
            && weeks.size() == head.number("Number of Week Profiles")
            && seasons.size() == head.number("Number of Seasons")
            && seasons.size() <= GasCalendar.MAX_SEASONS;
    if (!announced || !calendar.isClosed()) {
      return ZclStatus.INVALID_VALUE;
    }
    transition.updateFunction(gsme -> gsme.with(GasCalendars.of(gsme).with(type, calendar)));
    TariffFunction.changed(transition, type);
    return ZclStatus.SUCCESS;
  }

  /** Takes special days into use. */
  public static ZclStatus applySpecialDays(Transition<GsmeState> transition, List<ZclCall> calls) {
    ZclFields fields = calls.getFirst().fields();
    int type = (int) fields.number("Calendar Type");
    List<GasCalendar.SpecialDay> special = GasCalendar.specialDays(fields);
    if (special.size() > GasCalendar.MAX_SPECIAL_DAYS
        || special.size() != fields.number("Total Number of Special Days")) {
      return ZclStatus.INVALID_VALUE;
    }
    transition.updateFunction(gsme -> {
      GasCalendars calendars = GasCalendars.of(gsme);
      return gsme.with(calendars.with(type, calendars.ofType(type).withSpecialDays(special)));
    });
    TariffFunction.changed(transition, type);
    return ZclStatus.SUCCESS;
  }
}
