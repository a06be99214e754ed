// SPDX-License-Identifier: Apache-2.0
package org.meterbox.bench.correlate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.meterbox.correlate.keys.KeyDirectory;
import org.meterbox.correlate.keys.PartyKeys;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;

/**
 * Device messages and the keys to check them by.
 *
 * @param source where they come from, for the report
 */
record MessageMix(List<Octets> messages, PartyKeys keys, String source) {
  MessageMix {
    messages = List.copyOf(messages);
  }

  /** Of a meter of our own: mostly reads, some of them encrypted, one answer with a signature. */
  static MessageMix own(SampleMeter meter) {
    List<Octets> messages = new ArrayList<>();
    messages.add(meter.registers());
    messages.add(meter.supplyStatus());
    messages.add(meter.profile(48));
    messages.add(meter.switchClosed());
    return new MessageMix(messages, meter, "messages of our own");
  }

  /** Those with a MAC, which is all but the answers to critical commands and critical alerts. */
  MessageMix withMac() throws DecodeException {
    List<Octets> maced = new ArrayList<>();
    for (Octets message : messages) {
      boolean mac =
          switch (GbcsMessage.decode(message)) {
            case GbcsMessage.Response response -> response.mac().isPresent();
            case GbcsMessage.Alert alert -> alert.mac().isPresent();
            default -> false;
          };
      if (mac) {
        maced.add(message);
      }
    }
    return new MessageMix(maced, keys, source);
  }

  /**
   * Every response and alert below a directory (files named *.HEX that are no commands).
   *
   * @throws IOException where a file cannot be read
   */
  static MessageMix of(Path directory, Path keys) throws IOException {
    List<Octets> messages = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString().toUpperCase(Locale.ROOT);
        if (name.endsWith(".HEX") && !name.contains("COMMAND")) {
          messages.add(Octets.ofHex(Files.readString(file, StandardCharsets.US_ASCII)));
        }
      }
    }
    return new MessageMix(messages, KeyDirectory.read(keys), directory.toString());
  }
}
