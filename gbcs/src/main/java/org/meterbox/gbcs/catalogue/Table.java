// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A text table on the class path. Lines that are empty or begin with a number sign say nothing.
 *
 * @param name of the file beside this class
 */
record Table(String name, List<Line> lines) {
  /**
   * A line that says something.
   *
   * @param number counted from 1, for messages
   */
  record Line(int number, String text) {
    /** Whether the line belongs to an earlier one. */
    boolean isIndented() {
      return text.startsWith(" ");
    }
  }

  static Table read(String name) {
    List<Line> lines = new ArrayList<>();
    List<String> all = content(name).lines().toList();
    for (int i = 0; i < all.size(); i++) {
      String text = all.get(i);
      if (!text.isBlank() && !text.startsWith("#")) {
        lines.add(new Line(i + 1, text));
      }
    }
    return new Table(name, List.copyOf(lines));
  }

  /** A fault in our own table: the build's tests read every line, so no user sees this. */
  IllegalStateException fault(Line line, String problem) {
    return new IllegalStateException(
        String.format(
            Locale.ROOT, "%s, line %d: %s: %s", name, line.number(), problem, line.text()));
  }

  private static String content(String name) {
    try (InputStream stream = Table.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException(
            String.format(Locale.ROOT, "the table %s is missing", name));
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
