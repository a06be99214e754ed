// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.CRC32;
import org.meterbox.kernel.Octets;

/**
 * The one stylesheet of every page of the product. Its address names its content, so browsers may
 * keep it for good.
 */
public final class Stylesheet {
  private static final Octets CONTENT = read();

  /** Where pages find it. */
  public static final String PATH =
      String.format(Locale.ROOT, "/assets/meterbox-%08x.css", checksum(CONTENT));

  private Stylesheet() {}

  /** Serves it to everybody. */
  public static Route route() {
    return Route.open(
        PATH,
        _ ->
            Reply.octets(200, "text/css; charset=utf-8", CONTENT)
                .with("Cache-Control", "public, max-age=31536000, immutable"));
  }

  private static long checksum(Octets content) {
    CRC32 checksum = new CRC32();
    checksum.update(content.toArray());
    return checksum.getValue();
  }

  private static Octets read() {
    try (InputStream in = Stylesheet.class.getResourceAsStream("meterbox.css")) {
      if (in == null) {
        throw new IllegalStateException("the program was built without its stylesheet");
      }
      return Octets.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
