// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.parse;

import java.util.ArrayList;
import java.util.List;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.kernel.Octets;

/**
 * The encrypted parts of a message that no key at hand opens. They go into the document as they
 * came, so that somebody who has the key can go on (MMC GBCSData).
 */
final class ClosedParts {
  static final String DLMS = "dlms";
  static final String ZIGBEE = "zigbeeCiphered";

  /** MMC's limit for GBCSData in one message. */
  private static final int MAX_PARTS = 100;

  private final List<Part> parts = new ArrayList<>(1);

  private record Part(Octets block, String name, String type) {}

  void add(Octets block, String name, String type) {
    parts.add(new Part(block, name, type));
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  /** Writes the parts; where MMC has no room for all of them, the whole message stands for them. */
  void render(GbcsMessage message, MmcWriter out) {
    if (parts.size() > MAX_PARTS) {
      whole(message, out);
      return;
    }
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      write(part.block(), "encrypted", i, part.name(), part.type(), out);
    }
  }

  /** Writes the parts, and behind them the whole message. */
  void renderWithWhole(GbcsMessage message, MmcWriter out) {
    render(message, out);
    if (parts.size() < MAX_PARTS) {
      whole(message, parts.size(), out);
    }
  }

  /** Writes the whole message as it came. */
  static void whole(GbcsMessage message, MmcWriter out) {
    whole(message, 0, out);
  }

  private static void whole(GbcsMessage message, int sequence, MmcWriter out) {
    write(message.encode(), "plain", sequence, message.header().messageCode().hex(), "gbcs", out);
  }

  private static void write(
      Octets octets, String format, int sequence, String name, String type, MmcWriter out) {
    out.open("GBCSData")
        .attribute("format", format)
        .attribute("sequence", sequence)
        .attribute("name", name)
        .attribute("type", type);
    out.base64(octets).close();
  }
}
