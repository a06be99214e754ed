// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.gbcs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.meterbox.app.keys.KeyFiles;
import org.meterbox.conformance.ReferenceData;
import org.meterbox.gbcs.decode.KeyRing;
import org.meterbox.kernel.Octets;

/** The official reference messages and their keys. */
final class ReferenceMessages {
  private ReferenceMessages() {}

  /**
   * One message.
   *
   * @param file its name without directory
   * @param folder the name of its directory: service request and use case
   */
  record Reference(String file, String folder, Octets octets) {
    /** The kind that the file's name tells. */
    String kind() {
      for (String kind : List.of("PRECOMMAND", "COMMAND", "RESPONSE", "ALERT")) {
        if (file.contains("_" + kind)) {
          return kind.toLowerCase(java.util.Locale.ROOT);
        }
      }
      throw new IllegalStateException("the name tells no kind: " + file);
    }
  }

  /** All of them in the order of their names; skips the calling test where there are none. */
  static List<Reference> all() {
    return ReferenceData.messages(".HEX").stream().map(ReferenceMessages::read).toList();
  }

  /** All published keys. */
  static KeyRing keys() {
    try {
      return KeyFiles.read(ReferenceData.path("rtds/keystore")).keys();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Reference read(Path path) {
    Path folder = path.getParent();
    return new Reference(
        path.getFileName().toString(),
        folder == null ? "" : folder.getFileName().toString(),
        ReferenceData.hex(path));
  }
}
