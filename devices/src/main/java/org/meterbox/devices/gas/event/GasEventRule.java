// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.event;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a gas meter does with an event: in which log it writes it, and whether it tells the
 * supplier.
 *
 * @param code the event code
 * @param configuration how an event that can be set is set in the factory (GCS20); 0 of others
 */
record GasEventRule(int code, Log log, Sending sending, int configuration) {
  private static final String TABLE = "events.txt";
  private static final SortedMap<Integer, GasEventRule> BY_CODE = read();

  /** The logs of a gas meter. */
  enum Log {
    EVENT,
    SECURITY,
    NONE
  }

  /** How an event leaves the meter. */
  enum Sending {
    /** Signed, and nobody can switch it off. */
    CRITICAL,
    /** With a MAC, as the supplier has set it. */
    SET,
    /** Not at all. */
    NO
  }

  /** The rule for a code; empty where a gas meter knows no such event. */
  static Optional<GasEventRule> of(int code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }

  /** All rules by their code. */
  static SortedMap<Integer, GasEventRule> all() {
    return new TreeMap<>(BY_CODE);
  }

  private static SortedMap<Integer, GasEventRule> read() {
    SortedMap<Integer, GasEventRule> rules = new TreeMap<>();
    content()
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(GasEventRule::rule)
        .forEach(rule -> rules.put(rule.code(), rule));
    return rules;
  }

  private static GasEventRule rule(String line) {
    String[] cells = line.split(" \\| ", 5);
    Sending sending = Sending.valueOf(cells[2].toUpperCase(Locale.ROOT));
    return new GasEventRule(
        Integer.parseInt(cells[0], 16),
        Log.valueOf(cells[1].toUpperCase(Locale.ROOT)),
        sending,
        sending == Sending.SET ? Integer.parseInt(cells[4], 16) : 0);
  }

  private static String content() {
    try (InputStream in = GasEventRule.class.getResourceAsStream(TABLE)) {
      if (in == null) {
        throw new IllegalStateException(
            String.format(Locale.ROOT, "the table %s is missing", TABLE));
      }
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
