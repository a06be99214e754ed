// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.issuing;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import org.meterbox.kernel.Octets;

/**
 * The lines of a batch file: one PKCS#10 request a line, DER in Base64 without line breaks, ASCII.
 * Empty lines and lines that begin with {@code #} are no requests. The sources do not name the
 * format of the live system.
 */
final class BatchFile {
  /** Longest line, in characters: the longest request in Base64. */
  static final int LINE_LENGTH_MAX = (CertificateSigningRequest.OCTETS_MAX + 2) / 3 * 4;

  private final BufferedReader reader;

  BatchFile(BufferedReader reader) {
    this.reader = reader;
  }

  /**
   * The next request; empty octets where its line is not Base64 or too long, so that the batch can
   * say so under its number. None at the end.
   */
  Optional<Octets> next() throws IOException {
    while (true) {
      StringBuilder line = new StringBuilder(512);
      boolean overlong = false;
      int read = reader.read();
      if (read < 0) {
        return Optional.empty();
      }
      while (read >= 0 && read != '\n') {
        if (line.length() < LINE_LENGTH_MAX) {
          line.append((char) read);
        } else {
          overlong |= read != '\r';
        }
        read = reader.read();
      }
      String text = line.toString().strip();
      if (overlong) {
        return Optional.of(Octets.EMPTY);
      }
      if (!text.isEmpty() && text.charAt(0) != '#') {
        return Optional.of(decode(text));
      }
    }
  }

  private static Octets decode(String text) {
    try {
      return Octets.of(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException notBase64) {
      return Octets.EMPTY;
    }
  }
}
