// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.meterbox.kernel.Octets;

/**
 * The official reference data, which is not part of this project: schemas, example requests,
 * reference messages and their keys. Looked for where the system property {@code
 * meterbox.reference} says (nowhere, if it is empty), else in {@code shared/data} beside the
 * project. Tests that need it are skipped with a reason where it is absent.
 */
public final class ReferenceData {
  private static final String PROPERTY = "meterbox.reference";
  private static final int MAX_LEVELS_UP = 4;

  private ReferenceData() {}

  /** The directory; skips the calling test where there is none. */
  public static Path directory() {
    Optional<Path> found = find();
    Assumptions.assumeTrue(
        found.isPresent(),
        "skipped: the official reference data is absent (-D" + PROPERTY + "=DIRECTORY names it)");
    return found.orElseThrow();
  }

  /** A file or directory below {@link #directory}. */
  public static Path path(String relative) {
    return directory().resolve(relative);
  }

  /** A reference message by its path below the messages' directory. */
  public static Octets message(String relative) {
    return hex(path("rtds/gbcs").resolve(relative));
  }

  /** The octets of a hexadecimal file. */
  public static Octets hex(Path file) {
    try {
      return Octets.ofHex(Files.readString(file, StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All reference messages whose file name ends so, in the order of their names. */
  public static List<Path> messages(String ending) {
    try (Stream<Path> files = Files.walk(path("rtds/gbcs"))) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The directory, or none where there is none. */
  public static Optional<Path> find() {
    String named = System.getProperty(PROPERTY);
    if (named != null) {
      return named.isBlank() ? Optional.empty() : Optional.of(Path.of(named));
    }
    Path above = Path.of("").toAbsolutePath();
    for (int level = 0; level < MAX_LEVELS_UP && above != null; level++) {
      Path candidate = above.resolve("shared/data");
      if (Files.isDirectory(candidate)) {
        return Optional.of(candidate);
      }
      above = above.getParent();
    }
    return Optional.empty();
  }
}
