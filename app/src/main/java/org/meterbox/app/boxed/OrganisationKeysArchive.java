// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.boxed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.meterbox.kernel.Octets;
import org.meterbox.smki.keystore.PublishedKeyStore;

/**
 * The archive of organisations' keys that client tools fetch: for each entry of the published key
 * store {@code org-crypto/cert/NAME.pem} with the certificate in PEM, and {@code
 * org-crypto/key/NAME.key} with the private key in PKCS#8 (DER), as the tools keep them on disk.
 * The same keys give the same octets.
 */
public final class OrganisationKeysArchive {
  /** Where client tools ask for it. */
  public static final String PATH = "/assets/crypto/org-crypto.zip";

  private static final String FOLDER = "org-crypto/";

  /** The first date that a ZIP file can hold. */
  private static final LocalDateTime NO_DATE = LocalDateTime.of(1980, 1, 1, 0, 0);

  private static final Base64.Encoder PEM_LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private OrganisationKeysArchive() {}

  /** The archive with every key of the store. */
  public static Octets of(PublishedKeyStore keys) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(octets)) {
      for (PublishedKeyStore.Entry entry : keys.entries()) {
        String name = fileName(entry.name());
        put(zip, "cert/" + name + ".pem", pem(entry.record().der()));
        put(zip, "key/" + name + ".key", entry.publishedPrivateKey());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("an archive in memory cannot be written", e);
    }
    return Octets.of(octets.toByteArray());
  }

  /** A name from a file must not lead out of the folder into which the archive is unpacked. */
  private static String fileName(String name) {
    return name.replaceAll("[^A-Za-z0-9._-]", "_");
  }

  private static void put(ZipOutputStream zip, String name, Octets content) throws IOException {
    ZipEntry entry = new ZipEntry(FOLDER + name);
    entry.setTimeLocal(NO_DATE);
    zip.putNextEntry(entry);
    zip.write(content.toArray());
    zip.closeEntry();
  }

  private static Octets pem(Octets certificate) {
    String text =
        "-----BEGIN CERTIFICATE-----\n"
            + PEM_LINES.encodeToString(certificate.toArray())
            + "\n-----END CERTIFICATE-----\n";
    return Octets.of(text.getBytes(StandardCharsets.US_ASCII));
  }
}
