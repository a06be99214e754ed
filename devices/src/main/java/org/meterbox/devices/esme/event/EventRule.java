// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.event;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.meterbox.kernel.RemotePartyRole;

/**
 * What a meter does with an event: in which log it writes it, and to whom it sends it.
 *
 * @param code the event code
 * @param recipients empty where it is only logged
 */
record EventRule(int code, Log log, Sending sending, List<RemotePartyRole> recipients) {
  private static final String TABLE = "events.txt";
  private static final Map<Integer, EventRule> BY_CODE = read();

  /** The logs of a meter. */
  enum Log {
    EVENT,
    SECURITY,
    POWER,
    CONTROLLER,
    NONE
  }

  /** How an event leaves the meter. */
  enum Sending {
    /** Signed, and nobody can switch it off. */
    CRITICAL,
    /** With a MAC, and nobody can switch it off. */
    PLAIN,
    /** With a MAC, as its recipient has set it. */
    SET,
    /** Not at all. */
    NO
  }

  /** Copies the list. */
  EventRule {
    recipients = List.copyOf(recipients);
  }

  /** The rule for a code; empty where an electricity meter knows no such event. */
  static Optional<EventRule> of(int code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }

  /** All codes that an electricity meter knows. */
  static Set<Integer> codes() {
    return Set.copyOf(BY_CODE.keySet());
  }

  private static Map<Integer, EventRule> read() {
    Map<Integer, EventRule> rules = new HashMap<>();
    content()
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(EventRule::rule)
        .forEach(rule -> rules.put(rule.code(), rule));
    return Map.copyOf(rules);
  }

  private static EventRule rule(String line) {
    String[] cells = line.split(" \\| ", 4);
    List<RemotePartyRole> recipients =
        switch (cells[3]) {
          case "supplier" -> List.of(RemotePartyRole.SUPPLIER);
          case "operator" -> List.of(RemotePartyRole.NETWORK_OPERATOR);
          case "supplier,operator" ->
              List.of(RemotePartyRole.SUPPLIER, RemotePartyRole.NETWORK_OPERATOR);
          default -> List.of();
        };
    return new EventRule(
        Integer.parseInt(cells[0], 16),
        Log.valueOf(cells[1].toUpperCase(Locale.ROOT)),
        Sending.valueOf(cells[2].toUpperCase(Locale.ROOT)),
        recipients);
  }

  private static String content() {
    try (InputStream in = EventRule.class.getResourceAsStream(TABLE)) {
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
