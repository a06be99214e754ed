// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.issuing;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
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

  private static final int BUFFER_OCTETS = 64 * 1024;

  private final InputStream octets;
  private final byte[] buffer = new byte[BUFFER_OCTETS];
  private int position;
  private int filled;

  /** The line in hand, without its end. */
  private final byte[] line = new byte[LINE_LENGTH_MAX];

  private int length;

  BatchFile(InputStream octets) {
    this.octets = octets;
  }

  /**
   * The next request; empty octets where its line is not Base64 or too long, so that the batch can
   * say so under its number. None at the end.
   */
  Optional<Octets> next() throws IOException {
    while (true) {
      length = 0;
      boolean overlong = false;
      int read = read();
      if (read < 0) {
        return Optional.empty();
      }
      while (read >= 0 && read != '\n') {
        if (length < LINE_LENGTH_MAX) {
          line[length++] = (byte) read;
        } else {
          overlong |= read != '\r';
        }
        read = read();
      }
      int start = 0;
      while (start < length && isBlank(line[start])) {
        start++;
      }
      while (length > start && isBlank(line[length - 1])) {
        length--;
      }
      if (overlong) {
        return Optional.of(Octets.EMPTY);
      }
      if (length > start && line[start] != '#') {
        return Optional.of(decode(Arrays.copyOfRange(line, start, length)));
      }
    }
  }

  private int read() throws IOException {
    if (position == filled) {
      position = 0;
      filled = Math.max(0, octets.read(buffer));
      if (filled == 0) {
        return -1;
      }
    }
    return buffer[position++] & 0xFF;
  }

  private static boolean isBlank(byte octet) {
    return octet == ' ' || octet == '\t' || octet == '\r';
  }

  private static Octets decode(byte[] text) {
    try {
      return Octets.of(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException notBase64) {
      return Octets.EMPTY;
    }
  }
}
