// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.ceremony;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;
import org.meterbox.smki.vault.PrivateFile;

/**
 * Who holds the parts of a split secret, and how many of them are needed. It is no secret itself:
 * by the digests a wrong or altered part is known before it spoils the rest, and a part has too
 * many bits for anybody to find it from its digest.
 *
 * @param set tells one splitting from another
 * @param threshold how many custodians are needed
 * @param custodians everybody who holds a part
 */
public record Custody(Octets set, int threshold, List<Custodian> custodians) {
  /** Fewest custodians that may be enough: one alone would be no control at all. */
  public static final int THRESHOLD_MIN = 2;

  /** Most custodians. */
  public static final int CUSTODIANS_MAX = 32;

  /** Length of a set's name. */
  static final int SET_OCTETS = 8;

  private static final int DIGEST_OCTETS = 32;
  private static final String TITLE = "Meterbox key custody";

  /**
   * One who holds a part.
   *
   * @param number from 1, in the order of the list
   * @param name lower case letters, digits and dashes
   * @param digest SHA-256 of the part
   */
  public record Custodian(int number, String name, Octets digest) {
    /** Refuses a name that would not do as a file's. */
    public Custodian {
      requireName(name);
    }

    static void requireName(String name) {
      if (!name.matches("[a-z0-9][a-z0-9-]{0,31}")) {
        throw new IllegalArgumentException(
            "a custodian's name has 1 to 32 lower case letters, digits and dashes: " + name);
      }
    }
  }

  /** Refuses a threshold that nobody or not everybody could reach, and one name for two. */
  public Custody {
    custodians = List.copyOf(custodians);
    requireSizes(threshold, custodians.stream().map(Custodian::name).toList());
  }

  static void requireSizes(int threshold, List<String> names) {
    if (threshold < THRESHOLD_MIN
        || threshold > names.size()
        || names.size() > CUSTODIANS_MAX
        || new HashSet<>(names).size() != names.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "of at most %d custodians with different names, at least %d and at most all are needed",
              CUSTODIANS_MAX,
              THRESHOLD_MIN));
    }
    names.forEach(Custodian::requireName);
  }

  /** The custodian of this name. */
  public Optional<Custodian> custodian(String name) {
    return custodians.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /** Writes it, so that it is there as a whole or not at all. */
  public void write(Path file) throws IOException {
    List<String> fields = new ArrayList<>();
    fields.addAll(List.of("set", set.hex(), "threshold", Integer.toString(threshold)));
    for (Custodian each : custodians) {
      fields.addAll(List.of("custodian", each.name() + " " + each.digest().hex()));
    }
    PrivateFile.replace(file, Fields.text(TITLE, fields).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads it.
   *
   * @throws DecodeException where the file says something else
   */
  public static Custody read(Path file) throws IOException, DecodeException {
    Fields fields = Fields.read(file, TITLE);
    Octets set = fields.octets("set", SET_OCTETS, SET_OCTETS);
    int threshold = fields.number("threshold", THRESHOLD_MIN, CUSTODIANS_MAX);
    List<Custodian> custodians = new ArrayList<>();
    while (fields.has("custodian") && custodians.size() < CUSTODIANS_MAX) {
      String[] parts = fields.value("custodian").split(" ", 2);
      Octets digest =
          fields.octets("custodian", parts[parts.length - 1], DIGEST_OCTETS, DIGEST_OCTETS);
      try {
        custodians.add(new Custodian(custodians.size() + 1, parts[0], digest));
      } catch (IllegalArgumentException wrongName) {
        throw fields.fault("a custodian's name is none");
      }
    }
    fields.end();
    try {
      return new Custody(set, threshold, custodians);
    } catch (IllegalArgumentException contradictory) {
      throw fields.fault("the threshold does not fit the custodians");
    }
  }
}
