// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.meterbox.app.keys.PemFile.Certified;
import org.meterbox.crypto.SoftwareAgreementKey;
import org.meterbox.crypto.SoftwareSigningKey;
import org.meterbox.gbcs.decode.KeyRing;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;

/**
 * Keys and certificates from the files of one directory: {@code EUI-ds}, {@code EUI-ka} and {@code
 * EUI-pp-ka} with the ending {@code .pem} or {@code .key}, upper or lower case. Each holds a
 * certificate, a public key or a private key in PEM. The dates of certificates are not looked at:
 * the keys of published reference messages have expired. Files with other names are left alone.
 *
 * @param keys all keys that could be read
 * @param roles the roles that the certificates of an organisation name; a device has none
 * @param agreementCertificates the certificates for key agreement (DER)
 * @param faults what could not be read, one line a file
 */
public record KeyFiles(
    KeyRing keys,
    Map<Eui64, Set<RemotePartyRole>> roles,
    Map<Eui64, Octets> agreementCertificates,
    List<String> faults) {
  /** The most files of one directory. */
  public static final int MAX_FILES = 200_000;

  private static final String AGREEMENT = "ka";

  private static final Pattern NAME =
      Pattern.compile("([0-9a-f]{16}|(?:[0-9a-f]{2}-){7}[0-9a-f]{2})-(ds|ka|pp-ka)\\.(pem|key)");

  /** Copies the collections. */
  public KeyFiles {
    roles = Map.copyOf(roles);
    agreementCertificates = Map.copyOf(agreementCertificates);
    faults = List.copyOf(faults);
  }

  /** No keys at all. */
  public static KeyFiles none() {
    return new KeyFiles(KeyRing.empty(), Map.of(), Map.of(), List.of());
  }

  /**
   * Reads all keys of a directory.
   *
   * @throws IOException where the directory cannot be read; a file that cannot is among the faults
   */
  public static KeyFiles read(Path directory) throws IOException {
    KeyRing.Builder builder = new KeyRing.Builder();
    Map<Eui64, Set<RemotePartyRole>> roles = new HashMap<>();
    Map<Eui64, Octets> certificates = new HashMap<>();
    List<String> faults = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> entries = Files.list(directory)) {
      files = entries.sorted().limit(MAX_FILES).toList();
    }
    for (Path file : files) {
      Matcher name = NAME.matcher(file.getFileName().toString().toLowerCase(Locale.ROOT));
      if (name.matches()) {
        try {
          Eui64 holder = Eui64.parse(name.group(1));
          PemFile held = PemFile.read(file);
          add(builder, holder, name.group(2), held);
          if (held instanceof PemFile.PublicKey(ECPublicKey _, Optional<Certified> certified)) {
            certified.ifPresent(known -> {
              roles.computeIfAbsent(holder, _ -> new TreeSet<>()).add(known.role());
              if (name.group(2).equals(AGREEMENT)) {
                certificates.put(holder, known.der());
              }
            });
          }
        } catch (IOException | IllegalArgumentException unreadable) {
          faults.add(String.format(Locale.ROOT, "%s: %s", file, unreadable.getMessage()));
        }
      }
    }
    return new KeyFiles(builder.build(), roles, certificates, faults);
  }

  /** The organisations whose certificates name this role, in the order of their identifiers. */
  public List<Eui64> inRole(RemotePartyRole role) {
    return roles.entrySet().stream()
        .filter(entry -> entry.getValue().contains(role))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private static void add(KeyRing.Builder builder, Eui64 holder, String use, PemFile held) {
    switch (held) {
      case PemFile.PublicKey(ECPublicKey key, Optional<Certified> certified) -> {
        switch (use) {
          case "ds" -> builder.signing(holder, key);
          case AGREEMENT -> builder.agreement(holder, key, certified.map(Certified::role));
          default -> builder.topUp(holder, key);
        }
      }
      case PemFile.PrivatePair(PrivateKey key, ECPublicKey publicKey) -> {
        switch (use) {
          case "ds" -> builder.ownSigning(holder, new SoftwareSigningKey(key, publicKey));
          case AGREEMENT -> builder.ownAgreement(holder, new SoftwareAgreementKey(key, publicKey));
          default -> builder.ownTopUp(holder, new SoftwareAgreementKey(key, publicKey));
        }
      }
    }
  }
}
