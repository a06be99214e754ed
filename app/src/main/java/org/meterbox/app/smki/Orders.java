// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.smki;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.meterbox.app.files.OutputPath;
import org.meterbox.crypto.SigningKey;
import org.meterbox.gbcs.asn1.Certificate;
import org.meterbox.gbcs.asn1.CredentialContent.Replacement;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import picocli.CommandLine.Option;

/** For which devices commands are signed, and where they go. */
final class Orders {
  @Option(
      names = "--device",
      paramLabel = "EUI",
      required = true,
      converter = Converters.Eui.class,
      description = "A device to be recovered; may be repeated.")
  private List<Eui64> devices = new ArrayList<>();

  @Option(
      names = "--counter",
      paramLabel = "N",
      description = "Originator counter of the commands (default: milliseconds since 1970).")
  private @Nullable Long counter;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Each command goes to EUI.HEX in this folder.")
  @OutputPath
  private @Nullable Path folder;

  /** Signs a command for each device and writes it; tells what was done, for the transcript. */
  List<String> sign(
      SmkiInstallation smki,
      CredentialCommand command,
      List<Replacement> replacements,
      List<Certificate> path,
      SigningKey key)
      throws IOException {
    OriginatorCounter number =
        new OriginatorCounter(Optional.ofNullable(counter).orElseGet(() -> smki.clock().millis()));
    List<String> account = new ArrayList<>();
    for (Replacement each : replacements) {
      account.add(
          String.format(
              Locale.ROOT,
              "certificate with SHA-256 %s for the cell of role %d",
              sha256(each.certificate().octets()),
              each.target().roleCode()));
    }
    for (Eui64 device : devices) {
      Octets message = command.signed(device, number, replacements, path, key);
      Path file = Objects.requireNonNull(folder).resolve(device.hex() + ".HEX");
      Pem.write(file, message.hex() + "\n");
      account.add(
          String.format(
              Locale.ROOT,
              "signed %s for %s, counter %s, SHA-256 %s",
              command,
              device,
              number,
              sha256(message)));
    }
    return account;
  }

  private static String sha256(Octets content) {
    try {
      return Octets.of(MessageDigest.getInstance("SHA-256").digest(content.toArray())).hex();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK knows no SHA-256", e);
    }
  }
}
