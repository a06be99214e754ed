// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.coverage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Coverage of the SM WAN by post code area. The providers' own coverage data are not public: the
 * table beside this class divides Great Britain into the providers' three regions by post code
 * area, and gives every area of a region the same answer.
 */
public final class WanCoverage {
  /** A post code: area, district, then a digit and two letters, with or without a blank. */
  private static final Pattern POST_CODE =
      Pattern.compile("([A-Z]{1,2})[0-9][A-Z0-9]? ?[0-9][A-Z]{2}");

  private static final String TABLE = "wan-coverage.table";
  private static final int COLUMNS = 6;

  private final Map<String, List<RegionCoverage>> byArea;

  private WanCoverage(Map<String, List<RegionCoverage>> byArea) {
    this.byArea = byArea;
  }

  /** The coverage in the table of this version. */
  public static WanCoverage standard() {
    try (InputStream table = WanCoverage.class.getResourceAsStream(TABLE)) {
      if (table == null) {
        throw new IllegalStateException(TABLE + " is missing");
      }
      return read(new String(table.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static WanCoverage read(String table) {
    Map<String, List<RegionCoverage>> byArea = new HashMap<>();
    table
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .forEach(line -> {
          String[] cells = line.split(" *\\| *", -1);
          if (cells.length != COLUMNS) {
            throw new IllegalStateException(TABLE + " has a line of other than six columns");
          }
          RegionCoverage coverage =
              new RegionCoverage(
                  cells[1],
                  cells[2].equals("yes"),
                  cells[3],
                  cells[4],
                  Optional.of(cells[5]).filter(cell -> !cell.equals("-")));
          for (String area : cells[0].split(" ", -1)) {
            byArea.computeIfAbsent(area, _ -> new ArrayList<>()).add(coverage);
          }
        });
    byArea.replaceAll((_, regions) -> List.copyOf(regions));
    return new WanCoverage(Map.copyOf(byArea));
  }

  /** Whether a text is written like a post code. */
  public static boolean isPostCode(String text) {
    return POST_CODE.matcher(normal(text)).matches();
  }

  /** What the providers say about a post code; none for what no provider serves. */
  public List<RegionCoverage> at(String postCode) {
    Matcher parts = POST_CODE.matcher(normal(postCode));
    return parts.matches() ? byArea.getOrDefault(parts.group(1), List.of()) : List.of();
  }

  private static String normal(String postCode) {
    return postCode.strip().toUpperCase(Locale.ROOT);
  }
}
