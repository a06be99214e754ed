// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.ceremony;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.Octets;

/** Lines of a name, a colon and a value, in a fixed order: files that a person can check by eye. */
final class Fields {
  private static final int FILE_OCTETS_MAX = 64 * 1024;

  private final Path file;
  private final List<String> lines;
  private int next;

  private Fields(Path file, List<String> lines) {
    this.file = file;
    this.lines = lines;
  }

  static Fields read(Path file, String title) throws IOException, DecodeException {
    if (Files.size(file) > FILE_OCTETS_MAX) {
      throw new DecodeException(
          Fault.LIMIT_EXCEEDED, FILE_OCTETS_MAX, file.toString(), "too long for such a file");
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    Fields fields = new Fields(file, text.lines().toList());
    if (fields.lines.isEmpty() || !fields.lines.getFirst().equals(title)) {
      throw fields.fault("does not begin with '" + title + "'");
    }
    fields.next = 1;
    return fields;
  }

  /** The value in the next line, which must have this name. */
  String value(String name) throws DecodeException {
    if (!has(name)) {
      throw fault("'" + name + "' is missing");
    }
    return lines.get(next++).substring(name.length() + 1).strip();
  }

  boolean has(String name) {
    return next < lines.size() && lines.get(next).startsWith(name + ":");
  }

  int number(String name, int min, int max) throws DecodeException {
    String text = value(name);
    if (text.matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(text);
      if (number >= min && number <= max) {
        return number;
      }
    }
    throw fault(String.format(Locale.ROOT, "'%s' is not from %d to %d", name, min, max));
  }

  Octets octets(String name, int lengthMin, int lengthMax) throws DecodeException {
    return octets(name, value(name), lengthMin, lengthMax);
  }

  Octets octets(String name, String text, int lengthMin, int lengthMax) throws DecodeException {
    if (text.length() % 2 == 0
        && text.length() >= 2 * lengthMin
        && text.length() <= 2 * lengthMax
        && text.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 0x80)) {
      return Octets.ofHex(text);
    }
    throw fault(String.format(Locale.ROOT, "'%s' is not hexadecimal of its length", name));
  }

  void end() throws DecodeException {
    if (next != lines.size()) {
      throw fault("there is more than belongs there");
    }
  }

  DecodeException fault(String message) {
    return new DecodeException(Fault.UNEXPECTED_VALUE, next, file.getFileName() + "", message);
  }

  /** Writes lines in this form. */
  static String text(String title, List<String> namesAndValues) {
    List<String> lines = new ArrayList<>(List.of(title));
    for (int i = 0; i < namesAndValues.size(); i += 2) {
      lines.add(namesAndValues.get(i) + ": " + namesAndValues.get(i + 1));
    }
    return String.join("\n", lines) + "\n";
  }
}
