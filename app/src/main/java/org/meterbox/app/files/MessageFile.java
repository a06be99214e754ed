// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.kernel.Octets;

/**
 * A message as it stands in a file: hexadecimal text with or without white space, or octets.
 *
 * @param octets the message
 * @param form how it was written, to write another in the same manner
 */
public record MessageFile(Octets octets, Form form) {
  /** The most octets of a file: twice the longest message, and white space. */
  public static final int MAX_FILE_OCTETS = 4 * GbcsMessage.MAX_OCTETS;

  /** How the names of such files end, in letters of any case. */
  public static final String ENDING = ".hex";

  /** What some editors write before text, in UTF-8; it is no part of the digits. */
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private static final byte[] UTF_16_LITTLE_ENDIAN = {(byte) 0xFF, (byte) 0xFE};
  private static final byte[] UTF_16_BIG_ENDIAN = {(byte) 0xFE, (byte) 0xFF};

  /** How a file writes its octets. */
  public sealed interface Form {
    /**
     * Hexadecimal text.
     *
     * @param ending the white space at its end
     */
    record Hexadecimal(String ending) implements Form {}

    /** The octets themselves. */
    record Binary() implements Form {}
  }

  /** A file that holds no message that can be read; its message says where. */
  public static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableException(String message) {
      super(message);
    }
  }

  /** Reads a file. */
  public static MessageFile read(Path file) throws IOException, UnreadableException {
    try (InputStream stream = Files.newInputStream(file)) {
      return read(stream);
    }
  }

  /** Reads to the end. */
  public static MessageFile read(InputStream stream) throws IOException, UnreadableException {
    byte[] content = stream.readNBytes(MAX_FILE_OCTETS + 1);
    if (content.length > MAX_FILE_OCTETS) {
      throw new UnreadableException(
          String.format(Locale.ROOT, "more than %d octets", MAX_FILE_OCTETS));
    }
    return of(content);
  }

  /** Text if it begins like hexadecimal text; no message does so in octets. */
  public static MessageFile of(byte[] content) throws UnreadableException {
    int start = startsWith(content, BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
    if (startsWith(content, UTF_16_LITTLE_ENDIAN) || startsWith(content, UTF_16_BIG_ENDIAN)) {
      throw new UnreadableException(
          "at octet 0: the text is in UTF-16; save the file in ASCII or UTF-8");
    }
    while (start < content.length && isSpace(content[start])) {
      start++;
    }
    if (start == content.length) {
      throw new UnreadableException("at octet 0: the file is empty");
    }
    return HexFormat.isHexDigit(content[start] & 0xFF)
        ? ofText(content, start)
        : new MessageFile(Octets.of(content), new Form.Binary());
  }

  /** The file's content for another message in the same form. */
  public byte[] written(Octets other) {
    return switch (form) {
      case Form.Hexadecimal(String ending) ->
          (other.hex() + ending).getBytes(StandardCharsets.US_ASCII);
      case Form.Binary ignored -> other.toArray();
    };
  }

  private static boolean startsWith(byte[] content, byte[] mark) {
    return content.length >= mark.length
        && Arrays.equals(content, 0, mark.length, mark, 0, mark.length);
  }

  private static MessageFile ofText(byte[] content, int start) throws UnreadableException {
    StringBuilder digits = new StringBuilder(content.length);
    int lastDigit = start;
    for (int i = start; i < content.length; i++) {
      if (HexFormat.isHexDigit(content[i] & 0xFF)) {
        digits.append((char) content[i]);
        lastDigit = i;
      } else if (!isSpace(content[i])) {
        throw new UnreadableException(
            String.format(
                Locale.ROOT,
                "at octet %d: character %d of the file is no hexadecimal digit",
                digits.length() / 2,
                i));
      }
    }
    if (digits.length() % 2 != 0) {
      throw new UnreadableException(
          String.format(
              Locale.ROOT,
              "at octet %d: the last hexadecimal digit stands alone",
              digits.length() / 2));
    }
    String ending =
        new String(
            content, lastDigit + 1, content.length - lastDigit - 1, StandardCharsets.US_ASCII);
    return new MessageFile(Octets.ofHex(digits.toString()), new Form.Hexadecimal(ending));
  }

  private static boolean isSpace(byte octet) {
    return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
  }
}
