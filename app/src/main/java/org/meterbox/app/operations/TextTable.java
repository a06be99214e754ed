// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.operations;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A table with aligned columns, for a terminal. */
final class TextTable {
  private static final String BETWEEN = "  ";

  private final List<List<String>> lines = new ArrayList<>();

  TextTable(String... header) {
    lines.add(List.of(header));
  }

  void add(List<String> cells) {
    lines.add(List.copyOf(cells));
  }

  void print(PrintWriter out) {
    int columns = lines.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> line : lines) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        text.append(line.get(i)).append(" ".repeat(widths[i] - line.get(i).length()));
        text.append(BETWEEN);
      }
      out.println(text.toString().stripTrailing());
    }
  }
}
