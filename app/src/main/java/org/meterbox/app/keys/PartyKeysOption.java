// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.keys;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.meterbox.correlate.keys.KeyDirectory;
import org.meterbox.correlate.keys.KeySources;
import org.meterbox.correlate.keys.PartyKeys;
import picocli.CommandLine.Option;

/** Where Parse and Correlate finds certificates, and the keys of those whose messages it reads. */
public final class PartyKeysOption {
  @Option(
      names = "--keys",
      paramLabel = "DIR",
      description = {
        "Directory with keys in PEM: NAME.pem holds a certificate or a public key, NAME.key beside"
            + " it the private key. A NAME of an EUI-64 with -ds, -ka or -pp-ka says whose key it"
            + " is; other certificates say it themselves.",
        "Issuers and dates of certificates are not checked."
      })
  private @Nullable Path directory;

  /** Reads the keys and says which files could not be read. */
  public PartyKeys read(PrintWriter complaints) throws IOException {
    if (directory == null) {
      return KeySources.none();
    }
    KeyDirectory keys = KeyDirectory.read(directory);
    keys.faults().forEach(complaints::println);
    return keys;
  }
}
