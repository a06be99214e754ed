// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.correlate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.meterbox.correlate.Correlation;
import org.meterbox.correlate.Difference;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A list of pairs: each line names a request and, behind a tab, its Pre-Command. Relative paths are
 * those of the working directory or, where nothing is there, of the list's own folder.
 */
final class PairList {
  /** The longest line that is read. */
  static final int LINE_CHARACTERS_MAX = 16_384;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path file;
  private final Pair pair;

  PairList(Path file, Pair pair) {
    this.file = file;
    this.pair = pair;
  }

  /**
   * Prints one line of JSON for each pair.
   *
   * @return whether all match
   */
  boolean correlate(PrintWriter out) throws IOException {
    boolean allMatch = true;
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          allMatch &= correlate(line, out);
        }
      }
    }
    out.flush();
    return allMatch;
  }

  private boolean correlate(String line, PrintWriter out) {
    int tab = line.indexOf('\t');
    String request = tab < 0 ? line : line.substring(0, tab).strip();
    String preCommand = tab < 0 ? "" : line.substring(tab + 1).strip();
    List<String> differences =
        tab < 0 || line.length() > LINE_CHARACTERS_MAX
            ? List.of("the line is not the path of a request, a tab and the path of a Pre-Command")
            : differences(request, preCommand);
    ObjectNode json = JSON.createObjectNode();
    json.put("request", request);
    json.put("precommand", preCommand);
    json.put("match", differences.isEmpty());
    ArrayNode said = json.putArray("differences");
    differences.forEach(said::add);
    out.println(json);
    return differences.isEmpty();
  }

  /** Why it does not match: nothing where it does. */
  private List<String> differences(String request, String preCommand) {
    Correlation correlation;
    try {
      correlation = pair.correlate(resolve(request), resolve(preCommand));
    } catch (InvalidPathException noPath) {
      return List.of("no path: " + noPath.getInput());
    }
    return switch (correlation) {
      case Correlation.Match ignored -> List.of();
      case Correlation.Mismatch(List<Difference> differences) ->
          differences.stream().map(Difference::toString).toList();
      case Correlation.Unusable(String reason) -> List.of(reason);
    };
  }

  private Path resolve(String name) {
    Path path = Path.of(name);
    Path besideList =
        Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("")).resolve(path);
    return Files.exists(path) || !Files.exists(besideList) ? path : besideList;
  }
}
