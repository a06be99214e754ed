// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.xml;

import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The XML parser's sentences in a form that a person reads: names without their namespace, and a
 * long choice of elements by its size.
 */
final class FaultText {
  /** The most elements of a choice that are named. */
  static final int NAMED_MAX = 8;

  /** Characters of a sentence at most: it quotes the document, whose values may be long. */
  static final int LENGTH_MAX = 2_000;

  private static final Pattern NAMESPACE = Pattern.compile("\"[^\"\\s]{0,200}\":");

  /** Without a separator in the pattern, so that it takes linear time whatever a document says. */
  private static final Pattern CHOICE = Pattern.compile("\\{([^{}]+)\\}");

  private static final Pattern ONE_NAME = Pattern.compile("'\\{([^{},]+)\\}'");

  private FaultText() {}

  /** The same sentence, easier to read. */
  static String readable(String sentence) {
    String plain = NAMESPACE.matcher(sentence).replaceAll("");
    String named = CHOICE.matcher(plain).replaceAll(FaultText::shortened);
    String readable = ONE_NAME.matcher(named).replaceAll("'$1'");
    return readable.length() <= LENGTH_MAX
        ? readable
        : readable.substring(0, LENGTH_MAX) + " (and so on)";
  }

  private static String shortened(MatchResult choice) {
    List<String> names = Arrays.asList(choice.group(1).split(", "));
    if (names.size() < 2) {
      return Matcher.quoteReplacement(choice.group());
    }
    String shown = names.stream().limit(NAMED_MAX).collect(Collectors.joining(", "));
    int more = names.size() - NAMED_MAX;
    return Matcher.quoteReplacement(
        more > 0 ? "{" + shown + " and " + more + " more}" : "{" + shown + "}");
  }
}
