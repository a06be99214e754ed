// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.correlate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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

  /** The mark of UTF-8, each octet read as a character. */
  private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path file;
  private final Pair pair;
  private final IssuerTimeOption issuerTime;

  PairList(Path file, Pair pair, IssuerTimeOption issuerTime) {
    this.file = file;
    this.pair = pair;
    this.issuerTime = issuerTime;
  }

  /**
   * Prints one line of JSON for each pair. Lines are read as octets and each is decoded alone, so
   * that one which is no UTF-8 does not keep the others from being compared.
   *
   * @return whether all match
   */
  boolean correlate(PrintWriter out) throws IOException {
    boolean allMatch = true;
    int number = 0;
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank() && !line.equals(BYTE_ORDER_MARK)) {
          allMatch &= correlate(number, line, out);
        }
      }
    }
    out.flush();
    return allMatch;
  }

  private boolean correlate(int number, String octets, PrintWriter out) {
    try {
      String line = utf8(octets);
      return correlate(number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line, out);
    } catch (CharacterCodingException noUtf8) {
      // What cannot be decoded is shown by its octets; the number says which line it is.
      return print(
          octets,
          "",
          Report.of(String.format(Locale.ROOT, "line %d is not in UTF-8", number)),
          out);
    }
  }

  private static String utf8(String octets) throws CharacterCodingException {
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(octets.getBytes(StandardCharsets.ISO_8859_1)))
        .toString();
  }

  private boolean correlate(String line, PrintWriter out) {
    int tab = line.indexOf('\t');
    String request = tab < 0 ? line : line.substring(0, tab).strip();
    String preCommand = tab < 0 ? "" : line.substring(tab + 1).strip();
    return print(
        request,
        preCommand,
        tab < 0 || line.length() > LINE_CHARACTERS_MAX
            ? Report.of(
                "the line is not the path of a request, a tab and the path of a Pre-Command")
            : report(request, preCommand),
        out);
  }

  private static boolean print(String request, String preCommand, Report report, PrintWriter out) {
    ObjectNode json = JSON.createObjectNode();
    json.put("request", request);
    json.put("precommand", preCommand);
    json.put("match", report.differences().isEmpty());
    ArrayNode said = json.putArray("differences");
    report.differences().forEach(said::add);
    report.remark().ifPresent(remark -> json.put("remark", remark));
    out.println(json);
    return report.differences().isEmpty();
  }

  /**
   * What comes of a line.
   *
   * @param differences why it does not match; nothing where it does
   * @param remark what could not be checked
   */
  private record Report(List<String> differences, Optional<String> remark) {
    static Report of(String reason) {
      return new Report(List.of(reason), Optional.empty());
    }
  }

  private Report report(String request, String preCommand) {
    Correlation correlation;
    try {
      correlation = pair.correlate(resolve(request), resolve(preCommand));
    } catch (InvalidPathException noPath) {
      return Report.of("no path: " + noPath.getInput());
    }
    return switch (correlation) {
      case Correlation.Match(var _, var time) -> new Report(List.of(), issuerTime.unchecked(time));
      case Correlation.Mismatch(List<Difference> differences) ->
          new Report(differences.stream().map(Difference::toString).toList(), Optional.empty());
      case Correlation.Unusable(String reason) -> Report.of(reason);
    };
  }

  private Path resolve(String name) {
    Path path = Path.of(name);
    Path besideList =
        Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("")).resolve(path);
    return Files.exists(path) || !Files.exists(besideList) ? path : besideList;
  }
}
