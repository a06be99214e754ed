// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.meterbox.crypto.SoftwareAgreementKey;
import org.meterbox.crypto.SoftwareSigningKey;
import org.meterbox.gbcs.decode.KeyRing;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;

/**
 * Keys from the files of one directory: {@code EUI-ds}, {@code EUI-ka} and {@code EUI-pp-ka} with
 * the ending {@code .pem} or {@code .key}, upper or lower case. Each holds a certificate, a public
 * key or a private key in PEM. The dates of certificates are not looked at: the keys of published
 * reference messages have expired. Files with other names are left alone.
 *
 * @param keys all keys that could be read
 * @param faults what could not be read, one line a file
 */
public record KeyFiles(KeyRing keys, List<String> faults) {
  /** The most files of one directory. */
  public static final int MAX_FILES = 200_000;

  private static final Pattern NAME =
      Pattern.compile("([0-9a-f]{16}|(?:[0-9a-f]{2}-){7}[0-9a-f]{2})-(ds|ka|pp-ka)\\.(pem|key)");

  /** Copies the list. */
  public KeyFiles {
    faults = List.copyOf(faults);
  }

  /** No keys at all. */
  public static KeyFiles none() {
    return new KeyFiles(KeyRing.empty(), List.of());
  }

  /**
   * Reads all keys of a directory.
   *
   * @throws IOException where the directory cannot be read; a file that cannot is among the faults
   */
  public static KeyFiles read(Path directory) throws IOException {
    KeyRing.Builder builder = new KeyRing.Builder();
    List<String> faults = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> entries = Files.list(directory)) {
      files = entries.sorted().limit(MAX_FILES).toList();
    }
    for (Path file : files) {
      Matcher name = NAME.matcher(file.getFileName().toString().toLowerCase(Locale.ROOT));
      if (name.matches()) {
        try {
          add(builder, Eui64.parse(name.group(1)), name.group(2), PemFile.read(file));
        } catch (IOException | IllegalArgumentException unreadable) {
          faults.add("%s: %s".formatted(file, unreadable.getMessage()));
        }
      }
    }
    return new KeyFiles(builder.build(), faults);
  }

  private static void add(KeyRing.Builder builder, Eui64 holder, String use, PemFile held) {
    switch (held) {
      case PemFile.PublicKey(ECPublicKey key, Optional<RemotePartyRole> role) -> {
        switch (use) {
          case "ds" -> builder.signing(holder, key);
          case "ka" -> builder.agreement(holder, key, role);
          default -> builder.topUp(holder, key);
        }
      }
      case PemFile.PrivatePair(PrivateKey key, ECPublicKey publicKey) -> {
        switch (use) {
          case "ds" -> builder.ownSigning(holder, new SoftwareSigningKey(key, publicKey));
          case "ka" -> builder.ownAgreement(holder, new SoftwareAgreementKey(key, publicKey));
          default -> builder.ownTopUp(holder, new SoftwareAgreementKey(key, publicKey));
        }
      }
    }
  }
}
