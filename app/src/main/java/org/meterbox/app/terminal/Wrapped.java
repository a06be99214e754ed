// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.terminal;

import java.util.ArrayList;
import java.util.List;

/** Text in lines that fit a terminal. */
public final class Wrapped {
  /** The columns of the narrowest terminal that is reckoned with. */
  public static final int COLUMNS = 80;

  private Wrapped() {}

  /**
   * Breaks a text at blanks. A word that is longer than a line, such as a path or an identifier,
   * stays whole on a line of its own.
   *
   * @param indent stands before every line but the first
   */
  public static List<String> lines(String text, String indent) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      boolean isStart = line.toString().isBlank();
      if (!isStart && line.length() + 1 + word.length() > COLUMNS) {
        lines.add(line.toString());
        line = new StringBuilder(indent).append(word);
      } else {
        line.append(line.isEmpty() ? "" : " ").append(word);
      }
    }
    lines.add(line.toString());
    return lines;
  }
}
