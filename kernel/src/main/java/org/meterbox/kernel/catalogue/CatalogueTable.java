// SPDX-License-Identifier: Apache-2.0
package org.meterbox.kernel.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Reads the tables of this package: one row a line, cells between bars, {@code #} before a comment.
 */
final class CatalogueTable {
  /** What stands in a cell without content. */
  static final String NONE = "-";

  private static final String BAR = "|";

  private CatalogueTable() {}

  /** The rows of the table, each with exactly {@code columns} cells without outer blanks. */
  static List<List<String>> rows(String name, int columns) {
    return read(name)
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> cells(name, line, columns))
        .toList();
  }

  /** The words of a cell; none for a dash. */
  static Stream<String> words(String cell) {
    return cell.equals(NONE) ? Stream.empty() : Arrays.stream(cell.split(" ", -1));
  }

  private static List<String> cells(String name, String line, int columns) {
    String[] cells = line.split("\\" + BAR, -1);
    if (cells.length != columns) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "%s: found %d cells, expected %d: %s",
              name,
              cells.length,
              columns,
              line));
    }
    return Arrays.stream(cells).map(String::strip).toList();
  }

  private static String read(String name) {
    try (InputStream table = CatalogueTable.class.getResourceAsStream(name)) {
      if (table == null) {
        throw new IllegalStateException("the table " + name + " is missing from this build");
      }
      return new String(table.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the table " + name + " does not read", e);
    }
  }
}
