// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.page;

import java.util.List;
import java.util.stream.Collectors;
import org.meterbox.portal.web.Reply;

/** Tables as comma separated values (RFC 4180), with a header line. */
public final class CsvText {
  /** Most lines of one file; a longer list is fetched in parts, or by the API. */
  public static final int LINES_MAX = 5_000;

  private CsvText() {}

  /** The table as text. */
  public static String of(List<String> header, List<List<String>> lines) {
    StringBuilder text = new StringBuilder(64 + 96 * lines.size());
    append(text, header);
    lines.forEach(line -> append(text, line));
    return text.toString();
  }

  /** The table as a file for download. */
  public static Reply reply(String file, List<String> header, List<List<String>> lines) {
    return Reply.text(200, "text/csv; charset=utf-8; header=present", of(header, lines))
        .asFile(file);
  }

  private static void append(StringBuilder text, List<String> cells) {
    text.append(cells.stream().map(CsvText::cell).collect(Collectors.joining(","))).append("\r\n");
  }

  /** A spreadsheet would calculate what begins like a formula; an apostrophe makes it text. */
  private static String cell(String value) {
    String safe = value.isEmpty() || "=+-@\t\r".indexOf(value.charAt(0)) < 0 ? value : "'" + value;
    boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return plain ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
  }
}
