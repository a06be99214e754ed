// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.homecontrol;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * Where a running system takes orders about its home, and the token that who may give them shows.
 * Both stand in a file that only the account of the system can read, and change with each start.
 */
public final class HomeControlAccess {
  private static final String ADDRESS = "address";
  private static final String TOKEN = "token";
  private static final String SCHEME = "Bearer ";

  /** 256 bits: nobody guesses it. */
  private static final int TOKEN_OCTETS = 32;

  private final URI address;
  private final String token;

  private HomeControlAccess(URI address, String token) {
    this.address = address;
    this.token = token;
  }

  /** Access to an address with a fresh token. */
  static HomeControlAccess fresh(URI address, SecureRandom random) {
    byte[] octets = new byte[TOKEN_OCTETS];
    random.nextBytes(octets);
    return new HomeControlAccess(address, HexFormat.of().formatHex(octets));
  }

  /** Where the system listens. */
  public URI address() {
    return address;
  }

  /** What a request says in its header {@code Authorization}. */
  public String authorization() {
    return SCHEME + token;
  }

  /** Whether a header {@code Authorization} shows the token; takes the same time for every one. */
  boolean isShownBy(String header) {
    return MessageDigest.isEqual(
        header.getBytes(StandardCharsets.UTF_8), authorization().getBytes(StandardCharsets.UTF_8));
  }

  /** Writes it where {@link #read} finds it. */
  void write(Path file) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    // Closed to others before there is anything to read in it.
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        fresh,
        String.format(Locale.ROOT, "%s=%s%n%s=%s%n", ADDRESS, address, TOKEN, token),
        StandardOpenOption.TRUNCATE_EXISTING);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Reads what a running system wrote; empty where none did.
   *
   * @throws IOException where it cannot be read, or is something else
   */
  public static Optional<HomeControlAccess> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    Set<String> names = properties.stringPropertyNames();
    if (!names.contains(ADDRESS) || !names.contains(TOKEN)) {
      throw new IOException(file + " is not what a running system writes");
    }
    return Optional.of(
        new HomeControlAccess(
            URI.create(properties.getProperty(ADDRESS, "")), properties.getProperty(TOKEN, "")));
  }

  @Override
  public String toString() {
    return "HomeControlAccess[" + address + "]";
  }
}
