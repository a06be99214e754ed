// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.vault;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.SoftwareSigningKey;

/**
 * A vault in one PKCS#12 file, encrypted under a password that stands in a file of its own. Both
 * are readable by their owner only; every change replaces the file as a whole and reaches the disk
 * before it counts, so that a crash leaves the vault as it was before or after it. Several
 * processes may share a vault: whoever changes it holds a lock beside it and takes in first what
 * the others have written.
 */
public final class Pkcs12Vault implements KeyVault {
  private static final int PASSWORD_OCTETS = 32;
  private static final int SECRET_OCTETS = 32;
  private static final int PASSWORD_FILE_OCTETS_MAX = 1024;

  private final Path file;
  private final SecureRandom random;
  private final KeyStore.PasswordProtection protection;

  /** What stood in the file when it was last looked at; guarded by this, like its stamp. */
  private KeyStore store;

  private Stamp stamp;

  private Pkcs12Vault(Path file, SecureRandom random, char[] password) throws IOException {
    this.file = file;
    this.random = random;
    this.protection = new KeyStore.PasswordProtection(password);
    this.stamp = Stamp.of(file);
    this.store = load(file, password);
  }

  /** By which a file that somebody else has replaced is known. */
  private record Stamp(Optional<Object> identity) {
    static Stamp of(Path file) throws IOException {
      if (!Files.exists(file)) {
        return new Stamp(Optional.empty());
      }
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(
          Optional.of(List.of(found.lastModifiedTime(), found.size(), "" + found.fileKey())));
    }
  }

  /**
   * Opens the vault in {@code file}, or makes an empty one. Its password is read from {@code
   * passwordFile}, or made and written there with a new vault.
   *
   * @throws UncheckedIOException where a file cannot be read or written
   * @throws IllegalStateException where the vault is there but its password is missing or wrong
   */
  public static Pkcs12Vault open(Path file, Path passwordFile, SecureRandom random) {
    try {
      if (!Files.exists(passwordFile)) {
        if (Files.exists(file)) {
          throw new IllegalStateException(
              String.format(
                  Locale.ROOT,
                  "the vault %s cannot be opened without its password file %s",
                  file,
                  passwordFile));
        }
        PrivateFile.replace(passwordFile, newPassword(random));
      }
      return new Pkcs12Vault(file, random, readPassword(passwordFile));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Opens a vault, or makes an empty one, whose password is nowhere on this machine.
   *
   * @param password known to the caller only, who wipes it
   * @throws IllegalStateException where it is the wrong one
   */
  public static Pkcs12Vault openSealed(Path file, char[] password, SecureRandom random) {
    try {
      return new Pkcs12Vault(file, random, password.clone());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts a copy of a private key and its certificates into another vault, under a name there. */
  public synchronized void copyTo(Pkcs12Vault other, String name, String nameThere) {
    if (read(requireName(name)) instanceof KeyStore.PrivateKeyEntry entry) {
      other.write(
          requireName(nameThere),
          new KeyStore.PrivateKeyEntry(entry.getPrivateKey(), entry.getCertificateChain()));
    } else {
      throw new IllegalStateException("the vault has no private key " + name);
    }
  }

  /**
   * A private key itself, for a person who takes it out to use it elsewhere.
   *
   * @throws IllegalStateException where there is no such private key
   */
  public synchronized PrivateKey exportPrivateKey(String name) {
    if (read(requireName(name)) instanceof KeyStore.PrivateKeyEntry entry) {
      return entry.getPrivateKey();
    }
    throw new IllegalStateException("the vault has no private key " + name);
  }

  /** Opens or makes {@code name.p12} with {@code name.password} in a folder. */
  public static Pkcs12Vault openIn(Path folder, String name, SecureRandom random) {
    return open(folder.resolve(name + ".p12"), folder.resolve(name + ".password"), random);
  }

  @Override
  public synchronized Optional<HeldKey> find(String name) {
    return read(requireName(name)) instanceof KeyStore.PrivateKeyEntry entry
        ? Optional.of(held(entry.getPrivateKey(), entry.getCertificateChain()))
        : Optional.empty();
  }

  @Override
  public synchronized HeldKey create(String name, Certification certification) {
    requireFree(name);
    // Certifying may need another key of this vault, so nothing is locked meanwhile.
    KeyPair pair = P256.generate(random);
    X509Certificate[] chain =
        certification.certify(SoftwareSigningKey.of(pair)).toArray(X509Certificate[]::new);
    write(name, new KeyStore.PrivateKeyEntry(pair.getPrivate(), chain));
    return held(pair.getPrivate(), chain);
  }

  @Override
  public synchronized Optional<SecretKey> findSecret(String name) {
    return read(requireName(name)) instanceof KeyStore.SecretKeyEntry entry
        ? Optional.of(entry.getSecretKey())
        : Optional.empty();
  }

  @Override
  public synchronized SecretKey createSecret(String name) {
    requireFree(name);
    byte[] content = new byte[SECRET_OCTETS];
    random.nextBytes(content);
    SecretKey secret = new SecretKeySpec(content, "AES");
    Arrays.fill(content, (byte) 0);
    write(name, new KeyStore.SecretKeyEntry(secret));
    return secret;
  }

  @Override
  public synchronized void destroy(String name) {
    requireName(name);
    change(newest -> {
      if (newest.containsAlias(name)) {
        newest.deleteEntry(name);
      }
    });
  }

  @Override
  public synchronized Set<String> names() {
    try {
      refresh();
      Set<String> names = new TreeSet<>();
      store.aliases().asIterator().forEachRemaining(names::add);
      return names;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the vault is not loaded", e);
    }
  }

  /** Says where the vault is, not what is in it. */
  @Override
  public String toString() {
    return "Pkcs12Vault[" + file + "]";
  }

  private KeyStore.@org.jspecify.annotations.Nullable Entry read(String name) {
    try {
      if (!store.containsAlias(name)) {
        refresh();
      }
      return store.getEntry(name, protection);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the vault's entry " + name + " cannot be read", e);
    }
  }

  private void write(String name, KeyStore.Entry entry) {
    change(newest -> {
      requireFree(newest, name);
      newest.setEntry(name, entry, protection);
    });
  }

  /** What is to be done with the newest contents. */
  private interface Change {
    void apply(KeyStore newest) throws GeneralSecurityException;
  }

  /** Changes the file as it is now, not as it was when this process last looked. */
  private void change(Change change) {
    try (VaultLock _ = VaultLock.take(file)) {
      refresh();
      change.apply(store);
      try (ByteArrayOutputStream content = new ByteArrayOutputStream()) {
        store.store(content, protection.getPassword());
        PrivateFile.replace(file, content.toByteArray());
      }
      stamp = Stamp.of(file);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the vault " + file + " cannot be changed", e);
    } catch (IOException e) {
      throw new UncheckedIOException("the vault cannot be written", e);
    }
  }

  private void refresh() {
    try {
      Stamp now = Stamp.of(file);
      if (!now.equals(stamp)) {
        store = load(file, protection.getPassword());
        stamp = now;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the vault cannot be read", e);
    }
  }

  private void requireFree(String name) {
    try {
      refresh();
      requireFree(store, requireName(name));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the vault is not loaded", e);
    }
  }

  private static void requireFree(KeyStore store, String name) throws GeneralSecurityException {
    if (store.containsAlias(name)) {
      throw new IllegalStateException("the vault has a key " + name + " already");
    }
  }

  private static String requireName(String name) {
    if (!name.matches("[a-z0-9-]{1,64}")) {
      throw new IllegalArgumentException(
          "a key's name has 1 to 64 lower case letters, digits and dashes");
    }
    return name;
  }

  private static HeldKey held(PrivateKey key, java.security.cert.Certificate[] chain) {
    List<X509Certificate> certificates =
        Arrays.stream(chain).map(X509Certificate.class::cast).toList();
    return new SoftwareHeldKey(key, certificates);
  }

  private static byte[] newPassword(SecureRandom random) {
    byte[] octets = new byte[PASSWORD_OCTETS];
    random.nextBytes(octets);
    return Base64.getUrlEncoder().withoutPadding().encode(octets);
  }

  private static char[] readPassword(Path passwordFile) throws IOException {
    if (Files.size(passwordFile) > PASSWORD_FILE_OCTETS_MAX) {
      throw new IllegalStateException("the password file holds more than a password");
    }
    return Files.readString(passwordFile, StandardCharsets.UTF_8).strip().toCharArray();
  }

  private static KeyStore load(Path file, char[] password) throws IOException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      if (Files.exists(file)) {
        try (InputStream in = Files.newInputStream(file)) {
          store.load(in, password);
        }
      } else {
        store.load(null, password);
      }
      return store;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the vault " + file + " is not a readable PKCS#12 file", e);
    } catch (IOException e) {
      // KeyStore.load announces a wrong password by this cause.
      if (e.getCause() instanceof UnrecoverableKeyException) {
        throw new IllegalStateException("the password does not open the vault " + file, e);
      }
      throw e;
    }
  }
}
