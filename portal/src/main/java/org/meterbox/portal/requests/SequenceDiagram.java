// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.requests;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.meterbox.portal.page.TimeText;
import org.meterbox.portal.requests.TraceStep.Party;

/**
 * The steps of a request as a picture: a line for each party, time runs down. Lengths are in units
 * of the picture.
 *
 * @param height of the whole
 * @param lanes the lines of the parties
 * @param arrows messages between them
 * @param marks changes of state
 */
public record SequenceDiagram(int height, List<Lane> lanes, List<Arrow> arrows, List<Mark> marks) {
  /** Width of the whole. */
  public static final int WIDTH = 920;

  private static final int TIME_WIDTH = 110;
  private static final int LANE_FIRST = 200;
  private static final int LANE_APART = 305;
  private static final int HEAD = 64;
  private static final int STEP = 46;
  private static final int ARROW_HEAD = 9;

  /** The line of a party: its place, its title and who it is. */
  public record Lane(int x, String title, String name) {}

  /**
   * A message.
   *
   * @param head the points of the arrow's head
   */
  public record Arrow(int y, int x1, int x2, String head, String time, String title, String tone) {
    /** Where its words stand. */
    public int middle() {
      return (x1 + x2) / 2;
    }
  }

  /** A change of state. */
  public record Mark(int y, int x, String time, String title, String tone) {}

  /** Copies the lists. */
  public SequenceDiagram {
    lanes = List.copyOf(lanes);
    arrows = List.copyOf(arrows);
    marks = List.copyOf(marks);
  }

  static SequenceDiagram of(RequestTrace trace) {
    RequestSummary request = trace.request();
    List<Lane> lanes =
        List.of(
            new Lane(x(Party.USER), Party.USER.title(), request.userText()),
            new Lane(x(Party.DATA_SYSTEMS), Party.DATA_SYSTEMS.title(), "gateway and broker"),
            new Lane(
                x(Party.DEVICE),
                request.deviceType().orElse(Party.DEVICE.title()),
                request.device().dashed()));
    List<Arrow> arrows = new ArrayList<>();
    List<Mark> marks = new ArrayList<>();
    int y = HEAD;
    for (TraceStep step : trace.steps()) {
      y += STEP;
      String time = TimeText.clock(step.at());
      if (step.isMessage()) {
        int from = x(step.from());
        int to = x(step.to());
        arrows.add(new Arrow(y, from, to, head(from, to, y), time, step.title(), step.tone()));
      } else {
        marks.add(new Mark(y, x(step.from()), time, step.title(), step.tone()));
      }
    }
    return new SequenceDiagram(y + STEP, lanes, arrows, marks);
  }

  private static int x(Party party) {
    return switch (party) {
      case USER -> LANE_FIRST;
      case DATA_SYSTEMS -> LANE_FIRST + LANE_APART;
      case DEVICE -> LANE_FIRST + 2 * LANE_APART;
    };
  }

  private static String head(int from, int to, int y) {
    int back = to > from ? to - ARROW_HEAD : to + ARROW_HEAD;
    return String.format(
        Locale.ROOT,
        "%d,%d %d,%d %d,%d",
        to,
        y,
        back,
        y - ARROW_HEAD / 2,
        back,
        y + ARROW_HEAD / 2);
  }

  /** Where times end. */
  public int timeRight() {
    return TIME_WIDTH;
  }

  /** Where the lines begin. */
  public int head() {
    return HEAD;
  }
}
