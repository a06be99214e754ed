// SPDX-License-Identifier: Apache-2.0
package org.meterbox.bench.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The results of an earlier run, as {@code --json} wrote them. Ratios to the bare costs of the same
 * run are compared, not times, so that runs on different machines can be told apart from changes of
 * the code.
 */
final class Baseline {
  /** A ratio that grew by more than this share counts as worse. */
  static final double TOLERANCE = 0.15;

  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, Double> dspRatios;

  private Baseline(Map<String, Double> dspRatios) {
    this.dspRatios = dspRatios;
  }

  /**
   * Reads one.
   *
   * @throws IOException where the file cannot be read or a line is no result
   */
  static Baseline read(Path file) throws IOException {
    Map<String, Double> ratios = new HashMap<>();
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    for (String line : lines) {
      try {
        JsonNode row = JSON.readTree(line);
        ratios.put(row.required("mix").asString(), row.required("dspRatio").asDouble());
      } catch (JacksonException e) {
        throw new IOException(file + " holds a line that is no result of 'bench system --json'", e);
      }
    }
    return new Baseline(ratios);
  }

  /**
   * How a ratio compares.
   *
   * @param worse whether it grew by more than {@link #TOLERANCE}
   * @param line for a person
   */
  record Comparison(boolean worse, String line) {}

  /** Compares a new ratio; empty where the earlier run did not measure this mix. */
  Optional<Comparison> compare(Mix mix, double dspRatio) {
    return Optional.ofNullable(dspRatios.get(mix.title()))
        .map(earlier -> {
          double change = dspRatio / earlier - 1;
          boolean worse = change > TOLERANCE;
          return new Comparison(
              worse,
              String.format(
                  Locale.ROOT,
                  "  DSP ratio %.2f, earlier %.2f: %+.0f %%%s",
                  dspRatio,
                  earlier,
                  change * 100,
                  worse ? ", WORSE than the 15 % that are tolerated" : ""));
        });
  }
}
