// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.vault;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * before it counts, so that a crash leaves the vault as it was before or after it.
 */
public final class Pkcs12Vault implements KeyVault {
  private static final int PASSWORD_OCTETS = 32;
  private static final int SECRET_OCTETS = 32;
  private static final int PASSWORD_FILE_OCTETS_MAX = 1024;

  private final Path file;
  private final SecureRandom random;
  private final KeyStore.PasswordProtection protection;
  private final KeyStore store;

  private Pkcs12Vault(
      Path file, SecureRandom random, KeyStore.PasswordProtection protection, KeyStore store) {
    this.file = file;
    this.random = random;
    this.protection = protection;
    this.store = store;
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
              "the vault %s cannot be opened without its password file %s"
                  .formatted(file, passwordFile));
        }
        PrivateFile.replace(passwordFile, newPassword(random));
      }
      char[] password = readPassword(passwordFile);
      KeyStore store = load(file, password);
      return new Pkcs12Vault(file, random, new KeyStore.PasswordProtection(password), store);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
    try {
      if (store.containsAlias(requireName(name))) {
        store.deleteEntry(name);
        save();
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the vault cannot forget a key", e);
    }
  }

  @Override
  public synchronized Set<String> names() {
    try {
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
      return store.getEntry(name, protection);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the vault's entry " + name + " cannot be read", e);
    }
  }

  private void write(String name, KeyStore.Entry entry) {
    try {
      store.setEntry(name, entry, protection);
      save();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the vault cannot keep " + name, e);
    }
  }

  private void save() throws GeneralSecurityException {
    try (ByteArrayOutputStream content = new ByteArrayOutputStream()) {
      store.store(content, protection.getPassword());
      PrivateFile.replace(file, content.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException("the vault cannot be written", e);
    }
  }

  private void requireFree(String name) {
    try {
      if (store.containsAlias(requireName(name))) {
        throw new IllegalStateException("the vault has a key " + name + " already");
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the vault is not loaded", e);
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
