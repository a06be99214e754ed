// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import java.util.ArrayList;
import java.util.List;
import org.meterbox.correlate.Difference;
import org.meterbox.kernel.Octets;

/**
 * Says in words where a payload departs from what was expected. Whether it departs is decided by
 * comparing octets; this only explains.
 */
final class PayloadComparison {
  /** The most differences that one report names. */
  static final int MAX_DIFFERENCES = 100;

  private static final int MAX_OCTETS_SHOWN = 64;

  private PayloadComparison() {}

  static List<Difference> differences(Expectation expected, Octets found) {
    Octets due = expected.octets();
    return due.length() == found.length() ? inPlace(expected, found) : moved(expected, due, found);
  }

  /** Equal lengths: each segment is compared with the octets in its place. */
  private static List<Difference> inPlace(Expectation expected, Octets found) {
    List<Difference> differences = new ArrayList<>();
    int at = 0;
    for (Segment segment : expected.payload()) {
      int end = at + segment.octets().length();
      Octets there = found.slice(at, end);
      if (!there.equals(segment.octets()) && differences.size() < MAX_DIFFERENCES) {
        differences.add(new Difference(segment.field(), segment.requested(), shown(there)));
      }
      at = end;
    }
    return differences;
  }

  /** Different lengths: what lies between the equal beginnings and the equal ends differs. */
  private static List<Difference> moved(Expectation expected, Octets due, Octets found) {
    int shorter = Math.min(due.length(), found.length());
    int prefix = 0;
    while (prefix < shorter && due.at(prefix) == found.at(prefix)) {
      prefix++;
    }
    int suffix = 0;
    while (suffix < shorter - prefix
        && due.at(due.length() - 1 - suffix) == found.at(found.length() - 1 - suffix)) {
      suffix++;
    }
    List<Difference> differences = new ArrayList<>();
    int at = 0;
    String before = "the beginning";
    for (Segment segment : expected.payload()) {
      int end = at + segment.octets().length();
      if (end <= prefix) {
        before = segment.field();
      } else if (at < due.length() - suffix && differences.size() < MAX_DIFFERENCES) {
        differences.add(new Difference(segment.field(), segment.requested(), "something else"));
      }
      at = end;
    }
    Octets instead = found.slice(prefix, found.length() - suffix);
    differences.add(
        new Difference(
            "after " + before, shown(due.slice(prefix, due.length() - suffix)), shown(instead)));
    return differences;
  }

  private static String shown(Octets octets) {
    if (octets.isEmpty()) {
      return "nothing";
    }
    return octets.length() <= MAX_OCTETS_SHOWN
        ? octets.hex()
        : "%s... (%d octets)".formatted(octets.slice(0, MAX_OCTETS_SHOWN).hex(), octets.length());
  }
}
