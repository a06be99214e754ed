// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.keys;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.meterbox.app.files.InputPath;
import picocli.CommandLine.Option;

/** Where the keys are. */
public final class KeyOption {
  @Option(
      names = "--keys",
      paramLabel = "DIR",
      description = {
        "Directory with keys in PEM: EUI-ds.pem, EUI-ka.pem and EUI-pp-ka.pem hold a certificate or"
            + " a public key, the same names with .key a private key.",
        "The dates of certificates are not checked."
      })
  @InputPath(purpose = "the parties' keys", hint = InputPath.KEYS_HINT, folder = true)
  private @Nullable Path directory;

  /** Reads the keys and says which files could not be read. */
  public KeyFiles read(PrintWriter complaints) throws IOException {
    KeyFiles files = directory == null ? KeyFiles.none() : KeyFiles.read(directory);
    files.faults().forEach(complaints::println);
    return files;
  }
}
