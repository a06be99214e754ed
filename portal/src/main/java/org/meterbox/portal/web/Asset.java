// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.CRC32;
import org.meterbox.kernel.Octets;

/**
 * A file that every page uses. Its address names its content, so browsers may keep it for good.
 *
 * @param path where pages find it
 */
record Asset(String path, String type, Octets content) {
  /** Reads a file beside this class. */
  static Asset read(String name, String extension, String type) {
    return read(name, extension, type, name + extension);
  }

  private static Asset read(String name, String extension, String type, String resource) {
    try (InputStream in = Asset.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the program was built without " + resource);
      }
      byte[] content = in.readAllBytes();
      CRC32 checksum = new CRC32();
      checksum.update(content);
      return new Asset(
          String.format(Locale.ROOT, "/assets/%s-%08x%s", name, checksum.getValue(), extension),
          type,
          Octets.of(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a file of a web library on the class path. */
  static Asset library(String name, String extension, String type, String resource) {
    return read(name, extension, type, "/META-INF/resources/webjars/" + resource);
  }

  /** Serves it to everybody. */
  Route route() {
    return Route.open(
        path,
        _ ->
            Reply.octets(200, type, content)
                .with("Cache-Control", "public, max-age=31536000, immutable"));
  }
}
