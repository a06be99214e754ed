// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.smki;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.meterbox.app.files.InputPath;
import org.meterbox.app.system.DataDirectory;
import org.meterbox.app.system.DataOption;
import org.meterbox.crypto.Pkcs11Token;
import org.meterbox.smki.vault.KeyVault;
import org.meterbox.smki.vault.Pkcs11Vault;
import org.meterbox.smki.vault.Pkcs12Vault;
import org.meterbox.store.StoreConfiguration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where an installation keeps its certificates and keys, and who works with it. */
final class SmkiOptions {
  private static final int PIN_OCTETS_MAX = 256;

  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      description = "an external PostgreSQL instead of the embedded one")
  private @Nullable String databaseUrl;

  @Option(
      names = "--pkcs11",
      paramLabel = "LIBRARY",
      description = "keep the authorities' keys in a security module, reached by this library")
  @InputPath(purpose = "the security module's PKCS#11 library")
  private @Nullable Path library;

  @Option(
      names = "--pkcs11-slot",
      paramLabel = "N",
      description = "which of the module's slots, from 0 (default: ${DEFAULT-VALUE})")
  private int slot;

  @Option(
      names = "--pkcs11-pin-file",
      paramLabel = "FILE",
      description = "a file with the PIN of the module's user")
  @InputPath(purpose = "the PIN of the security module's user")
  private @Nullable Path pinFile;

  @Option(
      names = "--actor",
      paramLabel = "NAME",
      description = "who acts, for the audit log (default: the account's name)")
  private String actor = System.getProperty("user.name", "operator");

  DataDirectory directory() {
    return data.directory("smki");
  }

  String actor() {
    return actor;
  }

  StoreConfiguration store(PrintWriter err) {
    Consumer<String> progress =
        step -> {
          err.println("  " + step);
          err.flush();
        };
    return Optional.ofNullable(databaseUrl)
        .map(url -> StoreConfiguration.external(url, progress))
        .orElseGet(() -> StoreConfiguration.embedded(directory().store(), progress));
  }

  /** The file in which the authorities' keys, or those that no module takes, are kept. */
  Path vaultFile() {
    return directory().authorities().resolve("keys.p12");
  }

  Pkcs12Vault softwareVault(SecureRandom random) {
    return Pkcs12Vault.openIn(directory().authorities(), "keys", random);
  }

  /** The vault of the authorities' keys. */
  KeyVault vault(Pkcs12Vault software) throws IOException {
    if (library == null) {
      return software;
    }
    if (pinFile == null || Files.size(pinFile) > PIN_OCTETS_MAX) {
      throw new IOException("--pkcs11 needs --pkcs11-pin-file FILE with the PIN and nothing else");
    }
    char[] pin = Files.readString(pinFile).strip().toCharArray();
    return new Pkcs11Vault(Pkcs11Token.open(library, slot, pin), software);
  }
}
