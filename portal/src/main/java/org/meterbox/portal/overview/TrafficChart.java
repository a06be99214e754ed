// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.overview;

import java.util.ArrayList;
import java.util.List;
import org.meterbox.portal.overview.SystemOverview.Minute;

/**
 * Messages of devices per minute as bars: responses with alerts on top of them.
 *
 * @param bars of each minute one
 * @param most the highest bar, in messages
 */
public record TrafficChart(List<Bar> bars, int most) {
  /** Width of the picture. */
  public static final int WIDTH = 480;

  /** Height of the picture. */
  public static final int HEIGHT = 120;

  private static final int GAP = 4;

  /** The bar of a minute; lengths in units of the picture. */
  public record Bar(Minute minute, int x, int width, int responsesHeight, int alertsHeight) {
    /** Where the responses' part begins. */
    public int responsesTop() {
      return HEIGHT - responsesHeight;
    }

    /** Where the alerts' part begins. */
    public int alertsTop() {
      return responsesTop() - alertsHeight;
    }
  }

  /** Copies the list. */
  public TrafficChart {
    bars = List.copyOf(bars);
  }

  static TrafficChart of(List<Minute> minutes) {
    int most = minutes.stream().mapToInt(m -> m.responses() + m.alerts()).max().orElse(0);
    int step = WIDTH / Math.max(1, minutes.size());
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < minutes.size(); i++) {
      Minute minute = minutes.get(i);
      bars.add(
          new Bar(
              minute,
              i * step,
              step - GAP,
              height(minute.responses(), most),
              height(minute.alerts(), most)));
    }
    return new TrafficChart(bars, most);
  }

  private static int height(int messages, int most) {
    return most == 0 ? 0 : Math.toIntExact((long) messages * HEIGHT / most);
  }
}
