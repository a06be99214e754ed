// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.duis;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Draws texts that match a pattern of XML Schema, of those forms that the schemas use: literals,
 * character classes with ranges, groups, alternatives and repetition.
 */
final class PatternSample {
  /** How often an open repetition is drawn at most. */
  private static final int OPEN_REPETITION = 12;

  private final String pattern;
  private final RandomGenerator random;
  private int position;

  PatternSample(String pattern, RandomGenerator random) {
    this.pattern = pattern;
    this.random = random;
  }

  String draw() {
    position = 0;
    String drawn = alternatives();
    if (position != pattern.length()) {
      throw new IllegalStateException("pattern not understood at " + position + ": " + pattern);
    }
    return drawn;
  }

  private String alternatives() {
    List<String> drawn = new ArrayList<>();
    drawn.add(sequence());
    while (at('|')) {
      position++;
      drawn.add(sequence());
    }
    return drawn.get(random.nextInt(drawn.size()));
  }

  private String sequence() {
    StringBuilder drawn = new StringBuilder();
    while (position < pattern.length() && !at('|') && !at(')')) {
      int start = position;
      String once = atom();
      int end = position;
      int times = repetition();
      int after = position;
      if (times > 0) {
        drawn.append(once);
      }
      for (int i = 1; i < times; i++) {
        position = start;
        drawn.append(atom());
        position = end;
      }
      position = after;
    }
    return drawn.toString();
  }

  private String atom() {
    if (at('(')) {
      position++;
      String drawn = alternatives();
      position++;
      return drawn;
    }
    return at('[') ? characterClass() : String.valueOf(pattern.charAt(position++));
  }

  private String characterClass() {
    List<Character> members = new ArrayList<>();
    position++;
    while (!at(']')) {
      char first = pattern.charAt(position++);
      char last = first;
      if (at('-') && pattern.charAt(position + 1) != ']') {
        last = pattern.charAt(position + 1);
        position += 2;
      }
      for (char c = first; c <= last; c++) {
        members.add(c);
      }
    }
    position++;
    return String.valueOf(members.get(random.nextInt(members.size())));
  }

  private int repetition() {
    if (position >= pattern.length()) {
      return 1;
    }
    return switch (pattern.charAt(position)) {
      case '*' -> open(0);
      case '+' -> open(1);
      case '?' -> {
        position++;
        yield random.nextInt(2);
      }
      case '{' -> {
        int end = pattern.indexOf('}', position);
        String[] bounds = pattern.substring(position + 1, end).split(",", -1);
        position = end + 1;
        int least = Integer.parseInt(bounds[0]);
        int most = bounds.length == 1 ? least : Integer.parseInt(bounds[1]);
        yield least + random.nextInt(most - least + 1);
      }
      default -> 1;
    };
  }

  private int open(int least) {
    position++;
    return least + random.nextInt(OPEN_REPETITION);
  }

  private boolean at(char c) {
    return position < pattern.length() && pattern.charAt(position) == c;
  }
}
