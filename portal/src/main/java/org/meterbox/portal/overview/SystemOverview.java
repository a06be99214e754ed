// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.overview;

import java.time.Instant;
import java.util.List;

/**
 * What the system does at this moment.
 *
 * @param at when it was looked at
 * @param inFlight commands that are on their way or whose answers are
 * @param waiting requests that wait for something, by what
 * @param deliveries notices that wait to be pushed to users
 * @param recent what happened to requests in the last minutes, by state
 * @param traffic messages from devices, minute by minute, the oldest first
 * @param parts the parts of the system and whether they are ready
 */
public record SystemOverview(
    Instant at,
    Count inFlight,
    List<Line> waiting,
    Count deliveries,
    List<Line> recent,
    List<Minute> traffic,
    List<Part> parts) {
  /**
   * A number that is counted no further than a limit.
   *
   * @param more whether there are more
   */
  public record Count(int number, boolean more) {
    /** As people read it. */
    public String text() {
      return more ? "over " + number : Integer.toString(number);
    }
  }

  /** How many are in a state. */
  public record Line(String state, String title, String tone, int count) {}

  /** What devices sent in one minute. */
  public record Minute(Instant begin, int responses, int alerts) {}

  /**
   * A part of the system.
   *
   * @param reason why it is not ready; empty where it is
   * @param faults how many faults of our own its threads met
   */
  public record Part(String name, boolean ready, String reason, long faults) {}

  /** Copies the lists. */
  public SystemOverview {
    waiting = List.copyOf(waiting);
    recent = List.copyOf(recent);
    traffic = List.copyOf(traffic);
    parts = List.copyOf(parts);
  }

  /** Whether all is ready. */
  public boolean isReady() {
    return parts.stream().allMatch(Part::ready);
  }

  /** Alerts of the last whole minute. */
  public int alertsLastMinute() {
    return traffic.size() < 2 ? 0 : traffic.get(traffic.size() - 2).alerts();
  }

  /** All requests that wait. */
  public int waitingCount() {
    return waiting.stream().mapToInt(Line::count).sum();
  }

  /** The picture of the traffic. */
  public TrafficChart chart() {
    return TrafficChart.of(traffic);
  }
}
