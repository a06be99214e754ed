// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/**
 * Tells what happens in aligned lines, and counts how many steps went as they should. A step has a
 * title, hops from one party to another, remarks, and exactly one verdict.
 */
final class Story {
  private static final int PARTY_WIDTH = 11;
  private static final int WHAT_WIDTH = 46;

  private final PrintWriter out;
  private final boolean colour;
  private int steps;
  private int asExpected;

  Story(PrintWriter out, boolean colour) {
    this.out = out;
    this.colour = colour;
  }

  /** A line outside any step. */
  void say(String line) {
    out.println(line);
    out.flush();
  }

  /** The heading of a chapter. */
  void chapter(String title) {
    say("");
    say(bold(title));
  }

  /** Begins a step. */
  void step(String title) {
    steps++;
    say("");
    say(bold(String.format(Locale.ROOT, "%3d  %s", steps, title)));
  }

  /**
   * A message that one party sends to another.
   *
   * @param at how long after the step's request was posted it arrived
   */
  void hop(String from, String to, String what, int octets, Duration at) {
    say(
        String.format(
            Locale.ROOT,
            "     %-"
                + PARTY_WIDTH
                + "s -> %-"
                + PARTY_WIDTH
                + "s %-"
                + WHAT_WIDTH
                + "s %,6d B %10s us",
            from,
            to,
            what,
            octets,
            String.format(Locale.ROOT, "+%,d", at.toNanos() / 1_000)));
  }

  /** Something that a party does by itself. */
  void act(String who, String what, Duration took) {
    say(
        String.format(
            Locale.ROOT,
            "     %-"
                + PARTY_WIDTH
                + "s    %-"
                + (PARTY_WIDTH + 1 + WHAT_WIDTH)
                + "s          %,10d us",
            who,
            what,
            took.toNanos() / 1_000));
  }

  /** A remark under the lines of a step. */
  void remark(String text) {
    say("       " + text);
  }

  /** The end of a step. */
  void verdict(boolean expected, String text) {
    if (expected) {
      asExpected++;
    }
    say("     " + (expected ? green("as expected: ") : red("NOT AS EXPECTED: ")) + text);
  }

  /** How many steps there were. */
  int steps() {
    return steps;
  }

  /** How many of them went as they should. */
  int asExpected() {
    return asExpected;
  }

  private String bold(String text) {
    return paint("1", text);
  }

  private String green(String text) {
    return paint("32", text);
  }

  private String red(String text) {
    return paint("31;1", text);
  }

  private String paint(String code, String text) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
