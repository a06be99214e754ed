// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.reading;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.meterbox.devices.gas.register.Volumes;
import org.meterbox.devices.gas.state.GasAttribute;
import org.meterbox.devices.gas.state.GasSettings;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.devices.gas.tariff.GasCalendar;
import org.meterbox.devices.gas.tariff.GasCalendars;
import org.meterbox.devices.gas.tariff.GasTariff;
import org.meterbox.devices.gbz.GbzUseCase;
import org.meterbox.devices.gbz.ZclAnswer;
import org.meterbox.devices.gbz.ZclCall;
import org.meterbox.devices.gbz.ZclInvocation;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.gbcs.dlms.LogTimestamp;
import org.meterbox.gbcs.gbz.ZclFieldsBuilder;
import org.meterbox.gbcs.gbz.ZclFrame;
import org.meterbox.kernel.Octets;

/**
 * Answers reads of calendars and of the price in force (GCS21b, GCS21f).
 *
 * @param <F> the state of the device's function
 */
record CalendarReads<F>(GasView<F> view) {
  private static final int PUBLISH = 0x19;

  /** How commands name the calendars. */
  private static final long TARIFF_ID = 0xFFFF_FFFFL;

  private static final long NON_DISABLEMENT_ID = 0xFFFF_FFFEL;
  private static final int CUBIC_METRE = 1;
  private static final int MAX_MINUTES = 0xFFFE;
  private static final int TIERS_SHIFT = 4;

  /** A use case, followed by the four reads of a calendar of this type. */
  GbzUseCase<F> readBy(GbzUseCase<F> useCase, int type) {
    long id = type == GasCalendars.TARIFF ? TARIFF_ID : NON_DISABLEMENT_ID;
    return useCase
        .then(
            read("Get Day Profiles", type, CalendarReads::days)
                .only("Issuer Calendar Id", id)
                .only("Start Day Id", 1)
                .only("Number of Days", 0))
        .then(
            read("Get Week Profiles", type, CalendarReads::weeks)
                .only("Issuer Calendar Id", id)
                .only("Start Week Id", 1)
                .only("Number of Weeks", 0))
        .then(read("Get Seasons", type, CalendarReads::seasons).only("Issuer Calendar Id", id))
        .then(
            read("Get Special Days", type, CalendarReads::specialDays)
                .only("Issuer Calendar Id", id)
                .only("Calendar Type", type)
                .only("Start Time", 0)
                .only("Number of Events", 0));
  }

  private interface Publication {
    List<ZclFrame> frames(GasCalendar calendar, int type, ZclCall call);
  }

  private ZclInvocation<F> read(String name, int type, Publication publication) {
    return ZclInvocation.of(
        name,
        (transition, call) -> {
          List<ZclFrame> frames =
              view.meter(transition.state())
                  .map(meter -> publication.frames(GasCalendars.of(meter).ofType(type), type, call))
                  .orElse(List.of());
          return frames.isEmpty() ? ZclAnswer.nothing() : new ZclAnswer.Frames(frames);
        });
  }

  private static ZclFieldsBuilder head(ZclFieldsBuilder fields, GasCalendar calendar) {
    return fields
        .number("Provider Id", 0)
        .number("Issuer Event Id", calendar.issuerEvent())
        .number("Issuer Calendar Id", calendar.id());
  }

  private static List<ZclFrame> days(GasCalendar calendar, int type, ZclCall call) {
    return calendar.days().stream()
        .map(day ->
            call.answer(
                PUBLISH,
                "Publish Day Profile",
                fields ->
                    head(fields, calendar)
                        .number("Day Id", day.id())
                        .number("Total Number of Schedule Entries", day.entries().size())
                        .number("Command Index", 0)
                        .number("Total Number of Commands", 1)
                        .number("Calendar Type", type)
                        .rows(
                            "Schedule Entries",
                            day.entries(),
                            (row, entry) ->
                                row.number("Start Minute", entry.minute())
                                    .number(
                                        "Price Tier or Friendly Credit Enable", entry.value()))))
        .toList();
  }

  private static List<ZclFrame> weeks(GasCalendar calendar, int type, ZclCall call) {
    return calendar.weeks().stream()
        .map(week ->
            call.answer(
                PUBLISH,
                "Publish Week Profile",
                fields ->
                    head(fields, calendar)
                        .number("Week Id", week.id())
                        .rows(
                            "Days From Monday",
                            week.days(),
                            (row, day) -> row.number("Day Id Ref", day))))
        .toList();
  }

  private static List<ZclFrame> seasons(GasCalendar calendar, int type, ZclCall call) {
    return calendar.seasons().isEmpty()
        ? List.of()
        : List.of(
            call.answer(
                PUBLISH,
                "Publish Seasons",
                fields ->
                    head(fields, calendar)
                        .number("Command Index", 0)
                        .number("Total Number of Commands", 1)
                        .rows(
                            "Seasons",
                            calendar.seasons(),
                            (row, season) ->
                                row.date("Season Start Date", season.start())
                                    .number("Week Id Ref", season.week()))));
  }

  private static List<ZclFrame> specialDays(GasCalendar calendar, int type, ZclCall call) {
    return calendar.specialDays().isEmpty()
        ? List.of()
        : List.of(
            call.answer(
                PUBLISH,
                "Publish Special Days",
                fields ->
                    head(fields, calendar)
                        .number("Start Time", 0)
                        .number("Calendar Type", type)
                        .number("Total Number of Special Days", calendar.specialDays().size())
                        .number("Command Index", 0)
                        .number("Total Number of Commands", 1)
                        .rows(
                            "Special Days",
                            calendar.specialDays(),
                            (row, special) ->
                                row.date("Special Day Date", special.date())
                                    .number("Day Id Ref", special.day()))));
  }

  /** The read of the price in force. */
  ZclInvocation<F> currentPrice() {
    return ZclInvocation.<F>of(
            "Get Current Price",
            (transition, call) -> price(transition.state(), call, transition.now()))
        .only("Command Options", 0);
  }

  private ZclAnswer price(DeviceState<F> state, ZclCall call, Instant now) {
    return view.meter(state)
        .<ZclAnswer>map(meter ->
            new ZclAnswer.Frames(
                List.of(
                    call.answer(PUBLISH, "Publish Price", fields -> publish(fields, meter, now)))))
        .orElse(ZclAnswer.nothing());
  }

  private static void publish(ZclFieldsBuilder fields, GsmeState meter, Instant now) {
    GasSettings settings = GasSettings.of(meter);
    GasTariff tariff = GasTariff.of(meter);
    int tier = tariff.tierAt(now);
    Instant change = tariff.timetable().nextSwitch(now);
    long minutes = Math.min(MAX_MINUTES, Duration.between(now, change).toMinutes());
    fields
        .number("Provider Id", 0)
        .octets("Rate Label", Octets.EMPTY)
        .number("Issuer Event Id", GasCalendars.of(meter).tariff().issuerEvent())
        .number("Current Time", LogTimestamp.of(now).seconds())
        .number("Unit of Measure", CUBIC_METRE)
        .number("Currency", settings.number(GasAttribute.CURRENCY))
        .number(
            "Price Trailing Digit and Price Tier",
            settings.number(GasAttribute.PRICE_TRAILING_DIGIT) | tier)
        .number(
            "Number of Price Tiers and Register Tier",
            (long) GasAttribute.tiers() << TIERS_SHIFT | tier)
        .number("Start Time", 0)
        .number("Duration In Minutes", minutes)
        .number("Price", tariff.priceAt(now, Volumes.of(meter).blockEnergy()));
  }
}
