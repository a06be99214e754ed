// SPDX-License-Identifier: Apache-2.0
package org.meterbox.bench.gbcs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.meterbox.gbcs.decode.DecodedMessage;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;

/** The median time to decode each message of a directory. */
final class EveryMessage {
  private static final int WARM_UP_ROUNDS = 300;
  private static final int ROUNDS = 201;

  /**
   * One message.
   *
   * @param medianNanos of many decodings
   */
  record Measured(String name, int octets, long medianNanos) {}

  private EveryMessage() {}

  /** Every message named *.HEX below the directory, the slowest first. */
  static List<Measured> measure(Path directory) throws IOException, DecodeException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(directory)) {
      files =
          all.filter(f -> f.toString().toUpperCase(Locale.ROOT).endsWith(".HEX")).sorted().toList();
    }
    List<Octets> messages = new ArrayList<>();
    for (Path file : files) {
      messages.add(Octets.ofHex(Files.readString(file, StandardCharsets.US_ASCII)));
    }
    long seen = 0;
    for (int round = 0; round < WARM_UP_ROUNDS; round++) {
      for (Octets message : messages) {
        seen += DecodedMessage.decode(message).header().messageCode().value();
      }
    }
    List<Measured> measured = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      long[] nanos = new long[ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        long began = System.nanoTime();
        seen += DecodedMessage.decode(messages.get(i)).header().messageCode().value();
        nanos[round] = System.nanoTime() - began;
      }
      Arrays.sort(nanos);
      measured.add(
          new Measured(
              directory.relativize(files.get(i)).toString(),
              messages.get(i).length(),
              nanos[ROUNDS / 2]));
    }
    if (seen == 0) {
      throw new IllegalStateException("nothing was decoded");
    }
    measured.sort(Comparator.comparingLong(Measured::medianNanos).reversed());
    return measured;
  }
}
