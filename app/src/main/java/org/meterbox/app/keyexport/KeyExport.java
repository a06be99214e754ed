// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.keyexport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meterbox.adapter.certificates.SmkiRepositoryClient;
import org.meterbox.adapter.certificates.SmkiRepositoryClient.Holder;
import org.meterbox.adapter.certificates.SmkiRepositoryClient.Usage;
import org.meterbox.app.keys.TrustFile;
import org.meterbox.app.system.Enrolment;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.vault.HeldKey;
import org.meterbox.smki.vault.Pkcs12Vault;
import org.meterbox.smki.vault.PrivateFile;

/**
 * Keys and certificates in files of one folder, named as {@link org.meterbox.app.keys.KeyFiles}
 * reads them.
 */
final class KeyExport {
  /** The names under which {@link Enrolment} keeps keys for GBCS and DUIS. */
  private static final Pattern NAME = Pattern.compile("([0-9a-f]{2})-(ds|ka)");

  private static final int ROLE_RADIX = 16;
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private final Path folder;
  private int privateKeys;
  private int certificates;

  KeyExport(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  int privateKeys() {
    return privateKeys;
  }

  int certificates() {
    return certificates;
  }

  /**
   * Writes the keys of a vault, but for those of TLS.
   *
   * @param holder who holds the keys of a role
   */
  void vault(Pkcs12Vault vault, Function<RemotePartyRole, Optional<Eui64>> holder) {
    for (String name : vault.names()) {
      if (name.equals(Enrolment.TOP_UP_KEY)) {
        holder
            .apply(RemotePartyRole.SUPPLIER)
            .ifPresent(eui -> write(vault, name, fileName(eui, "pp-ka")));
      }
      Matcher named = NAME.matcher(name);
      if (named.matches()) {
        RemotePartyRole.ofCode(Integer.parseInt(named.group(1), ROLE_RADIX))
            .ifPresent(role ->
                holder
                    .apply(role)
                    .ifPresent(
                        eui -> write(vault, name, fileName(eui, use(role, named.group(2))))));
      }
    }
  }

  /** Writes the certificates of a device, where the repository has any. */
  void device(SmkiRepositoryClient repository, Eui64 device)
      throws IOException, InterruptedException {
    certificate(repository, device, Usage.DS, "ds");
    certificate(repository, device, Usage.KA, "ka");
  }

  private void certificate(
      SmkiRepositoryClient repository, Eui64 device, Usage usage, String suffix)
      throws IOException, InterruptedException {
    List<X509Certificate> found = repository.find(Holder.DEVICE, device, usage);
    if (!found.isEmpty()) {
      TrustFile.write(folder.resolve(fileName(device, suffix) + ".pem"), List.of(found.getFirst()));
      certificates++;
    }
  }

  private static String use(RemotePartyRole role, String use) {
    boolean forDocuments =
        role == RemotePartyRole.XML_SIGNING || role == RemotePartyRole.DSP_XML_SIGNING;
    return forDocuments ? "xml" : use;
  }

  private static String fileName(Eui64 holder, String use) {
    return holder.hex().toLowerCase(Locale.ROOT) + "-" + use;
  }

  private void write(Pkcs12Vault vault, String name, String fileName) {
    HeldKey held = vault.find(name).orElseThrow();
    PrivateKey key = vault.exportPrivateKey(name);
    try {
      TrustFile.write(folder.resolve(fileName + ".pem"), List.of(held.chain().getFirst()));
      String pem =
          "-----BEGIN PRIVATE KEY-----\n"
              + LINES.encodeToString(key.getEncoded())
              + "\n-----END PRIVATE KEY-----\n";
      PrivateFile.replace(
          folder.resolve(fileName + ".key"), pem.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    certificates++;
    privateKeys++;
  }
}
