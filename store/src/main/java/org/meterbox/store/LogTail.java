// SPDX-License-Identifier: Apache-2.0
package org.meterbox.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The last lines of a log, which say why a server did not start. */
final class LogTail {
  private static final int OCTETS_MAX = 2_000;

  private LogTail() {}

  static String of(Path log) throws IOException {
    try (FileChannel channel = FileChannel.open(log)) {
      ByteBuffer tail = ByteBuffer.allocate(OCTETS_MAX);
      channel.read(tail, Math.max(0, channel.size() - OCTETS_MAX));
      return new String(tail.array(), 0, tail.position(), StandardCharsets.UTF_8).strip();
    }
  }
}
