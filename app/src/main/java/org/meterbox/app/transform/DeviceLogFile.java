// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.transform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.meterbox.dsp.inventory.DeviceLogs;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GbcsMessage.Alert;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.transform.TranslationContext.StoredLog;

/**
 * Device logs in a file, in the place of those that the DSP keeps. One hub part a line: its EUI-64
 * and the alert in which it reported its log (CS14 or GCS62), in hexadecimal; {@code #} begins a
 * comment.
 */
final class DeviceLogFile {
  private static final int MAX_FILE_OCTETS = 16 * 1024 * 1024;

  private DeviceLogFile() {}

  /**
   * The logs of a file; none where there is no file.
   *
   * @throws IOException where the file cannot be read or a line is not a hub part with its alert
   */
  static Map<Eui64, StoredLog> read(@Nullable Path file) throws IOException {
    Map<Eui64, StoredLog> logs = new HashMap<>();
    if (file == null) {
      return logs;
    }
    if (Files.size(file) > MAX_FILE_OCTETS) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s: a file of device logs has at most %d octets",
              file,
              MAX_FILE_OCTETS));
    }
    int number = 0;
    for (String line : Files.readString(file).lines().toList()) {
      number++;
      String content = line.replaceFirst("#.*", "").strip();
      if (!content.isEmpty()) {
        try {
          List<String> words = List.of(content.split("\\s+", -1));
          if (words.size() != 2) {
            throw new IllegalArgumentException("a log needs an EUI-64 and an alert in hexadecimal");
          }
          logs.put(Eui64.parse(words.getFirst()), log(Octets.ofHex(words.getLast())));
        } catch (IllegalArgumentException | DecodeException e) {
          throw new IOException(
              String.format(Locale.ROOT, "%s, line %d: %s", file, number, e.getMessage()), e);
        }
      }
    }
    return logs;
  }

  private static StoredLog log(Octets message) throws DecodeException {
    Optional<StoredLog> log =
        GbcsMessage.decode(message) instanceof Alert alert
            ? DeviceLogs.log(alert.header().messageCode(), alert.content().payload())
            : Optional.empty();
    return log.orElseThrow(
        () -> new IllegalArgumentException("the message is no alert with a device log"));
  }
}
