// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.futuredated;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.Obis;

/**
 * Which attribute gives which passive values their time, and where these then stand; read once from
 * a table (GBCS 9.9 and the use cases).
 */
final class Activations {
  private static final String TABLE = "activations.txt";

  /** For each activation time: from the passive attributes to those in force. */
  static final Map<CosemAttribute, Map<CosemAttribute, CosemAttribute>> ALL = read();

  private Activations() {}

  private static Map<CosemAttribute, Map<CosemAttribute, CosemAttribute>> read() {
    Map<CosemAttribute, Map<CosemAttribute, CosemAttribute>> all = new LinkedHashMap<>();
    Map<CosemAttribute, CosemAttribute> moves = new LinkedHashMap<>();
    List<String> lines = content().lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList();
    for (String line : lines) {
      if (line.startsWith(" ")) {
        String[] sides = line.strip().split(" -> ", 2);
        moves.put(attribute(sides[0]), attribute(sides[1]));
      } else {
        moves = new LinkedHashMap<>();
        all.put(attribute(line), moves);
      }
    }
    return all;
  }

  private static CosemAttribute attribute(String text) {
    String[] words = text.strip().split(" ", 3);
    return new CosemAttribute(
        Integer.parseInt(words[0]), Obis.parse(words[1]), Integer.parseInt(words[2]));
  }

  private static String content() {
    try (InputStream in = Activations.class.getResourceAsStream(TABLE)) {
      if (in == null) {
        throw new IllegalStateException(
            String.format(Locale.ROOT, "the table %s is missing", TABLE));
      }
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
