// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.smki;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.meterbox.app.files.InputPath;
import picocli.CommandLine.Option;

/** Custodians type their passphrases, or for trials they stand in files. */
final class Passphrases {
  private static final int FILE_OCTETS_MAX = 1024;

  @Option(
      names = "--passphrases",
      paramLabel = "DIR",
      description = "For trials: passphrases are in NAME.passphrase here instead of being typed.")
  @InputPath(purpose = "the custodians' passphrases", folder = true)
  private @Nullable Path folder;

  /** A custodian's new passphrase. */
  char[] chosen(String custodian) throws IOException {
    if (folder != null) {
      return fromFile(folder, custodian);
    }
    Console console = console();
    while (true) {
      char[] once = read(console, "%s, choose a passphrase: ", custodian);
      char[] again = read(console, "%s, once more: ", custodian);
      if (Arrays.equals(once, again)) {
        return once;
      }
      console.printf(Locale.ROOT, "they differ%n");
    }
  }

  /** A custodian's passphrase. */
  char[] known(String custodian) throws IOException {
    return folder != null
        ? fromFile(folder, custodian)
        : read(console(), "%s, your passphrase: ", custodian);
  }

  private static char[] fromFile(Path folder, String custodian) throws IOException {
    Path file = folder.resolve(custodian + ".passphrase");
    if (!Files.isReadable(file) || Files.size(file) > FILE_OCTETS_MAX) {
      throw new IOException("there is no passphrase of " + custodian + " in " + file);
    }
    return Files.readString(file).strip().toCharArray();
  }

  private static char[] read(Console console, String prompt, String custodian) throws IOException {
    return Optional.ofNullable(console.readPassword(prompt, custodian))
        .orElseThrow(() -> new IOException("the terminal was closed"));
  }

  private static Console console() throws IOException {
    Console console = Objects.requireNonNull(System.console(), "since JDK 22 there is always one");
    if (!console.isTerminal()) {
      throw new IOException(
          "passphrases are typed at a terminal, and there is none; for trials: --passphrases DIR");
    }
    return console;
  }
}
