// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.dump;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.meterbox.kernel.Octets;

/** Indented lines of a name and a value. */
final class Page {
  /** The most octets of one value that are shown. */
  static final int MAX_OCTETS_SHOWN = 64;

  private static final int NAME_COLUMNS = 28;
  private static final int INDENT = 2;

  /** Parts that fit so many columns share a line. */
  static final int MAX_COLUMNS_SHARED = 100;

  private final StringBuilder text = new StringBuilder(1024);
  private int depth;

  /** A line without a value. */
  void title(String words) {
    text.append(" ".repeat(INDENT * depth)).append(words).append('\n');
  }

  /** A line with a value. */
  void line(String name, String value) {
    text.append(" ".repeat(INDENT * depth)).append(name);
    int padding = NAME_COLUMNS - name.length() - INDENT * depth;
    text.append(" ".repeat(Math.max(1, padding))).append(value).append('\n');
  }

  /** What the task writes stands deeper. */
  void indented(Runnable task) {
    depth++;
    task.run();
    depth--;
  }

  @Override
  public String toString() {
    return text.toString();
  }

  /** Hexadecimal, cut where it grows long. */
  static String hex(Octets octets) {
    if (octets.isEmpty()) {
      return "(empty)";
    }
    return octets.length() <= MAX_OCTETS_SHOWN
        ? octets.hex()
        : octets.slice(0, MAX_OCTETS_SHOWN).hex() + "... (" + octets.length() + " octets)";
  }

  /** In quotes where every octet is a printable character of ASCII; hexadecimal otherwise. */
  static String text(Octets octets) {
    for (int i = 0; i < octets.length(); i++) {
      if (octets.at(i) < 0x20 || octets.at(i) > 0x7E) {
        return hex(octets);
      }
    }
    return quoted(new String(octets.toArray(), StandardCharsets.US_ASCII));
  }

  /** Text of any alphabet in quotes; control characters, which could upset a terminal, as dots. */
  static String quoted(String words) {
    StringBuilder quoted = new StringBuilder(words.length() + 2).append('"');
    words
        .codePoints()
        .forEach(point -> quoted.appendCodePoint(Character.isISOControl(point) ? '.' : point));
    return quoted.append('"').toString();
  }

  /** What stands in place of a secret. */
  static String masked(int octets) {
    return String.format(Locale.ROOT, "(%d octets, not shown)", octets);
  }
}
