// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.home;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.meterbox.portal.home.MeterReading.HalfHour;

/**
 * The half hours of a day as bars. Lengths are in units of the picture.
 *
 * @param bars of each half hour that is over one
 * @param lines of the scale
 * @param hours the marks below
 */
public record LoadPlot(List<Bar> bars, List<Line> lines, List<Hour> hours) {
  /** Width of the whole. */
  public static final int WIDTH = 854;

  /** Height of the whole. */
  public static final int HEIGHT = 300;

  /** Where the bars begin. */
  public static final int LEFT = 100;

  private static final int TOP = 14;
  private static final int BOTTOM = 264;
  private static final int STEP = 15;
  private static final int BAR = 12;
  private static final int HOURS_APART = 3;
  private static final int LINES = 4;

  /** A half hour. */
  public record Bar(int x, int y, int width, int height, String title) {}

  /** A line of the scale, with its energy. */
  public record Line(int y, String label) {}

  /** An hour's mark. */
  public record Hour(int x, String label) {}

  /** Copies the lists. */
  public LoadPlot {
    bars = List.copyOf(bars);
    lines = List.copyOf(lines);
    hours = List.copyOf(hours);
  }

  static LoadPlot of(LocalDate day, List<HalfHour> halfHours) {
    long most = halfHours.stream().mapToLong(HalfHour::importWattHours).max().orElse(0);
    long scale = scale(most);
    Instant midnight = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    List<Bar> bars = new ArrayList<>();
    for (HalfHour each : halfHours) {
      int place = (int) (Duration.between(midnight, each.begin()).toMinutes() / 30);
      int height = Math.toIntExact(each.importWattHours() * (BOTTOM - TOP) / scale);
      bars.add(
          new Bar(LEFT + place * STEP, BOTTOM - height, BAR, height, title(each.begin(), each)));
    }
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i <= LINES; i++) {
      lines.add(new Line(BOTTOM - i * (BOTTOM - TOP) / LINES, label(scale * i / LINES)));
    }
    List<Hour> hours = new ArrayList<>();
    for (int hour = 0; hour <= 24; hour += HOURS_APART) {
      hours.add(new Hour(LEFT + hour * 2 * STEP, String.format(Locale.ROOT, "%02d:00", hour % 24)));
    }
    return new LoadPlot(bars, lines, hours);
  }

  private static String title(Instant begin, HalfHour each) {
    return String.format(
        Locale.ROOT,
        "%s UTC: %d Wh",
        begin.atOffset(ZoneOffset.UTC).toLocalTime(),
        each.importWattHours());
  }

  private static String label(long wattHours) {
    return wattHours >= 10_000 ? wattHours / 1000 + " kWh" : wattHours + " Wh";
  }

  /** The next round number that four lines divide. */
  private static long scale(long most) {
    long unit = 4;
    while (unit * 10 < most) {
      unit *= 10;
    }
    return Math.max(unit, (most + unit - 1) / unit * unit);
  }

  /** The bottom of the bars. */
  public int bottom() {
    return BOTTOM;
  }
}
