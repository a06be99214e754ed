// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.dump;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.kernel.Octets;

/** Indented lines of a name and a value. */
final class Page {
  /** The most octets of one value that are shown. */
  static final int MAX_OCTETS_SHOWN = 64;

  private static final int NAME_COLUMNS = 28;
  private static final int INDENT = 2;

  /** Parts that fit so many columns share a line. */
  static final int MAX_COLUMNS_SHARED = 100;

  private final List<Line> lines = new ArrayList<>();
  private List<Line> current = lines;

  /** One line, and those that stand deeper below it. */
  private record Line(String name, Optional<String> value, List<Line> below) {
    DumpedValue dumped() {
      return new DumpedValue(name, value, below.stream().map(Line::dumped).toList());
    }
  }

  /** A line without a value. */
  void title(String words) {
    current.add(new Line(words, Optional.empty(), new ArrayList<>()));
  }

  /** A line with a value. */
  void line(String name, String value) {
    current.add(new Line(name, Optional.of(value), new ArrayList<>()));
  }

  /** What the task writes stands deeper, below the line before it. */
  void indented(Runnable task) {
    if (current.isEmpty()) {
      throw new IllegalStateException("there is no line below which others could stand");
    }
    List<Line> around = current;
    current = around.getLast().below();
    task.run();
    current = around;
  }

  /** The lines as a tree. */
  List<DumpedValue> values() {
    return lines.stream().map(Line::dumped).toList();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(1024);
    lines.forEach(line -> append(text, line, 0));
    return text.toString();
  }

  private static void append(StringBuilder text, Line line, int depth) {
    text.append(" ".repeat(INDENT * depth)).append(line.name());
    line.value()
        .ifPresent(value -> {
          int padding = NAME_COLUMNS - line.name().length() - INDENT * depth;
          text.append(" ".repeat(Math.max(1, padding))).append(value);
        });
    text.append('\n');
    line.below().forEach(deeper -> append(text, deeper, depth + 1));
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

  /** Text of any alphabet in quotes; hexadecimal where the octets are no UTF-8. */
  static String utf8(Octets octets) {
    try {
      return quoted(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets.toArray())).toString());
    } catch (CharacterCodingException noUtf8) {
      return hex(octets);
    }
  }

  /**
   * Text of any alphabet in quotes; control characters, which could upset a terminal, as four
   * hexadecimal digits behind a backslash, so that different texts never look the same.
   */
  static String quoted(String words) {
    StringBuilder quoted = new StringBuilder(words.length() + 2).append('"');
    words.codePoints().forEach(point -> append(quoted, point));
    return quoted.append('"').toString();
  }

  private static void append(StringBuilder quoted, int point) {
    if (Character.isISOControl(point)) {
      quoted.append(String.format(Locale.ROOT, "\\u%04X", point));
    } else if (point == '\\' || point == '"') {
      quoted.append('\\').appendCodePoint(point);
    } else {
      quoted.appendCodePoint(point);
    }
  }

  /** What stands in place of a secret. */
  static String masked(int octets) {
    return String.format(Locale.ROOT, "(%d octets, not shown)", octets);
  }
}
