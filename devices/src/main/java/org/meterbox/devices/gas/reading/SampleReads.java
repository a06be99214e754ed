// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.reading;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.meterbox.devices.esme.log.SampleLog;
import org.meterbox.devices.gas.metering.NetworkLog;
import org.meterbox.devices.gbz.ZclAnswer;
import org.meterbox.devices.gbz.ZclCall;
import org.meterbox.gbcs.dlms.LogTimestamp;

/** Answers Get Sampled Data: litres at equal distances in time. */
final class SampleReads {
  private static final Duration HALF_HOUR = Duration.ofMinutes(30);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration SIX_MINUTES = Duration.ofMinutes(6);

  /** How a day is written, whose seconds do not fit the field. */
  private static final int WHOLE_DAY = 0xFFFF;

  /** A sample that is missing between others, and the largest that there is. */
  private static final long MISSING = 0xFF_FFFF;

  private static final int WITHOUT_DEFAULT_RESPONSE = 0x19;
  private static final int REPLY = 0x09;

  private SampleReads() {}

  static ZclAnswer halfHours(SampleLog log, ZclCall call) {
    return samples(log, call, HALF_HOUR, (int) HALF_HOUR.toSeconds(), WITHOUT_DEFAULT_RESPONSE);
  }

  static ZclAnswer days(SampleLog log, ZclCall call) {
    return samples(log, call, DAY, WHOLE_DAY, WITHOUT_DEFAULT_RESPONSE);
  }

  /** Whatever time is asked for, this log has one beginning. */
  static ZclAnswer network(NetworkLog log, ZclCall call) {
    int wanted = Math.min((int) call.number("Number of Samples"), log.samples().size());
    return answer(
        log.samples(), 0, wanted, call, SIX_MINUTES, (int) SIX_MINUTES.toSeconds(), REPLY);
  }

  /** The entries from the earliest time on, of as many intervals as were asked for. */
  private static ZclAnswer samples(
      SampleLog log, ZclCall call, Duration interval, int intervalNumber, int frameControl) {
    Instant from = new LogTimestamp(call.number("Earliest Sample Time")).instant();
    Instant to = from.plus(interval.multipliedBy(call.number("Number of Samples")));
    int first = 0;
    while (first < log.size() && log.at(first).isBefore(from)) {
      first++;
    }
    int end = first;
    while (end < log.size() && log.at(end).isBefore(to)) {
      end++;
    }
    return answer(log, first, end, call, interval, intervalNumber, frameControl);
  }

  private static ZclAnswer answer(
      SampleLog log,
      int first,
      int end,
      ZclCall call,
      Duration interval,
      int intervalNumber,
      int frameControl) {
    if (first >= end) {
      return ZclAnswer.nothing();
    }
    List<Long> samples = new ArrayList<>();
    Instant expected = log.at(first);
    for (int entry = first; entry < end; entry++) {
      while (expected.isBefore(log.at(entry))) {
        samples.add(MISSING);
        expected = expected.plus(interval);
      }
      samples.add(Math.min(log.number(entry, 0), MISSING - 1));
      expected = expected.plus(interval);
    }
    return new ZclAnswer.Sensitive(
        List.of(
            call.answer(
                frameControl,
                "Get Sampled Data Response",
                fields ->
                    fields
                        .number("Sample Id", call.number("Sample Id"))
                        .number("Sample Start Time", LogTimestamp.of(log.at(first)).seconds())
                        .number("Sample Type", 0)
                        .number("Sample Request Interval", intervalNumber)
                        .number("Number of Samples", samples.size())
                        .rows("Samples", samples, (row, litres) -> row.number("Sample", litres)))));
  }
}
