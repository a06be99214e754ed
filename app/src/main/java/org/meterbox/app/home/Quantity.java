// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.home;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Numbers with a unit, as people type them. */
final class Quantity {
  private static final Pattern NUMBER =
      Pattern.compile("([+-]?[0-9]{1,9}(?:\\.[0-9]{1,3})?) ?(\\S*)");
  private static final Map<String, Integer> SECONDS =
      Map.of("s", 1, "m", 60, "h", 3_600, "d", 86_400);

  private Quantity() {}

  /** A number of W, var or V, also in thousands of them; whole when it is counted in ones. */
  static int of(String text, String unit, CommandSpec spec) {
    Matcher matcher = NUMBER.matcher(text);
    if (matcher.matches()) {
      String given = matcher.group(2);
      int thousands = given.equalsIgnoreCase("k" + unit) ? 3 : 0;
      if (given.isEmpty() || given.equalsIgnoreCase(unit) || thousands > 0) {
        try {
          return new BigDecimal(matcher.group(1)).movePointRight(thousands).intValueExact();
        } catch (ArithmeticException notWhole) {
          // Falls through to the sentence that says how to write it.
        }
      }
    }
    throw new ParameterException(
        spec.commandLine(),
        String.format(
            Locale.ROOT, "\"%s\" is no number of %s: write 3000, 3000%2$s or 3k%2$s", text, unit));
  }

  /** A span of time in s. */
  static long seconds(String text, CommandSpec spec) {
    Matcher matcher = NUMBER.matcher(text);
    if (matcher.matches() && SECONDS.containsKey(matcher.group(2))) {
      try {
        return new BigDecimal(matcher.group(1))
            .multiply(BigDecimal.valueOf(SECONDS.getOrDefault(matcher.group(2), 1)))
            .longValueExact();
      } catch (ArithmeticException notWhole) {
        // Falls through to the sentence that says how to write it.
      }
    }
    throw new ParameterException(
        spec.commandLine(),
        String.format(Locale.ROOT, "\"%s\" is no time: write +30s, +90m, +12h or +7d", text));
  }
}
