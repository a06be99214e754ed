// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Reads the tables of facts that lie beside the official reference data. */
public final class ReferenceTable {
  private ReferenceTable() {}

  /**
   * The rows of a table of comma separated values, without its head; the calling test is skipped
   * where there is none. A cell in quotation marks may hold commas, and a doubled quotation mark
   * for one.
   */
  public static List<List<String>> rows(String name) {
    try {
      return Files.readAllLines(
              ReferenceData.path("../reference").resolve(name), StandardCharsets.UTF_8)
          .stream()
          .skip(1)
          .map(ReferenceTable::cells)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }
}
