// SPDX-License-Identifier: Apache-2.0
package org.meterbox.crypto;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/** Keys and messages of the published reference data with every value between key and MAC. */
final class WorkedValues {
  private static final Map<String, Row> KEYS = keys();

  private WorkedValues() {}

  /** One line of a table, its cells by the names in the table's head. */
  record Row(Map<String, String> cells) {
    String text(String column) {
      return Objects.requireNonNull(cells.get(column), column);
    }

    Octets octets(String column) {
      return Octets.ofHex(text(column));
    }

    MessageId identity() {
      return new MessageId(
          Eui64.parse(text("originator")),
          Eui64.parse(text("target")),
          new OriginatorCounter(Long.parseUnsignedLong(text("counter"), 16)));
    }

    /** The name of the message, so that a failing case can be told from the others. */
    @Override
    public String toString() {
      return text("name");
    }
  }

  static List<Row> table(String name) {
    try (InputStream in =
            Objects.requireNonNull(WorkedValues.class.getResourceAsStream(name + ".csv"));
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      List<List<String>> lines =
          reader
              .lines()
              .filter(line -> !line.startsWith("#"))
              .map(line -> Arrays.asList(line.split(",", -1)))
              .toList();
      List<String> head = lines.getFirst();
      return lines.stream().skip(1).map(cells -> row(head, cells)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ECPublicKey publicKey(String name) {
    Row key = key(name);
    return P256.publicKey(number(key, "x"), number(key, "y"));
  }

  /** The private half, where it is published. */
  static Optional<SoftwareAgreementKey> agreementKey(String name) {
    return scalar(name)
        .map(scalar -> new SoftwareAgreementKey(P256.privateKey(scalar), publicKey(name)));
  }

  /** The private half, where it is published. */
  static Optional<SoftwareSigningKey> signingKey(String name) {
    return scalar(name)
        .map(scalar -> new SoftwareSigningKey(P256.privateKey(scalar), publicKey(name)));
  }

  private static Optional<BigInteger> scalar(String name) {
    String hex = key(name).text("private");
    return hex.isEmpty() ? Optional.empty() : Optional.of(new BigInteger(hex, 16));
  }

  private static BigInteger number(Row row, String column) {
    return new BigInteger(row.text(column), 16);
  }

  private static Row key(String name) {
    return Objects.requireNonNull(KEYS.get(name), name);
  }

  private static Row row(List<String> head, List<String> cells) {
    Map<String, String> byName = new HashMap<>();
    for (int i = 0; i < head.size(); i++) {
      byName.put(head.get(i), cells.get(i));
    }
    return new Row(byName);
  }

  private static Map<String, Row> keys() {
    Map<String, Row> keys = new HashMap<>();
    table("keys").forEach(row -> keys.put(row.text("name"), row));
    return keys;
  }
}
