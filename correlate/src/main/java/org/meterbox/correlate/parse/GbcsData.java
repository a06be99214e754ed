// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.parse;

import java.util.List;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.kernel.Octets;

/** Writes what MMC has no words for as it came (MMC GBCSDataType). */
final class GbcsData {
  private GbcsData() {}

  /** Encrypted parts that no key at hand opens, in their order. */
  static void encrypted(List<Octets> parts, String name, String type, MmcWriter out) {
    for (int i = 0; i < parts.size(); i++) {
      write(parts.get(i), "encrypted", i, name, type, out);
    }
  }

  /** The whole message. */
  static void whole(GbcsMessage message, MmcWriter out) {
    write(message.encode(), "plain", 0, message.header().messageCode().hex(), "gbcs", out);
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
