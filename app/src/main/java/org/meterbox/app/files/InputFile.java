// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.meterbox.kernel.Octets;

/**
 * A file to read.
 *
 * @param name how to speak of it: below a directory the relative path, otherwise as it was given
 * @param relative where a result goes below an output directory: below a directory the relative
 *     path, otherwise the file's name alone
 * @param path where it is
 */
public record InputFile(String name, Path relative, Path path) {
  /** The most files of one directory tree. */
  public static final int MAX_FILES = 1_000_000;

  private static final int MAX_DEPTH = 64;

  /**
   * The file itself, or every file below the directory whose name ends so, in the order of their
   * paths.
   *
   * @param ending in lower case; names are compared without regard to case
   */
  public static List<InputFile> of(Path path, String ending) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(new InputFile(path.toString(), lastName(path), path));
    }
    try (Stream<Path> files = Files.walk(path, MAX_DEPTH)) {
      return files
          .filter(file -> lastName(file).toString().toLowerCase(Locale.ROOT).endsWith(ending))
          .filter(Files::isRegularFile)
          .limit(MAX_FILES)
          .sorted()
          .map(file -> below(path, file))
          .toList();
    }
  }

  /**
   * The content, or only a little more than the limit: who gets that much knows that it is too much
   * without having read it all.
   */
  public Octets read(int limit) throws IOException {
    try (InputStream stream = Files.newInputStream(path)) {
      return Octets.of(stream.readNBytes(limit + 1));
    }
  }

  private static InputFile below(Path directory, Path file) {
    Path relative = directory.relativize(file);
    return new InputFile(relative.toString(), relative, file);
  }

  /** Of the root directory, which has no name, the root directory itself. */
  private static Path lastName(Path path) {
    Path name = path.getFileName();
    return name == null ? path : name;
  }
}
