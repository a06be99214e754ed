// SPDX-License-Identifier: Apache-2.0
package org.meterbox.crypto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.security.auth.login.LoginException;

/**
 * A hardware security module, or its likeness SoftHSM2, that keeps P-256 keys under names (lower
 * case letters, digits and dashes) and works with them inside. Reached through PKCS#11 by the JDK's
 * own provider. Safe for use by many threads.
 */
public final class Pkcs11Token implements AutoCloseable {
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");

  private final Provider provider;
  private final KeyStore store;

  private Pkcs11Token(Provider provider, KeyStore store) {
    this.provider = provider;
    this.store = store;
  }

  /**
   * Opens a token and logs in.
   *
   * @param library the module's PKCS#11 library
   * @param slotIndex which of the library's slots, counted from zero
   * @param pin the user's PIN; the caller may wipe it afterwards
   * @throws IllegalStateException where library or token cannot be used or the PIN is refused
   */
  public static Pkcs11Token open(Path library, int slotIndex, char[] pin) {
    if (!Files.isReadable(library) || library.toString().contains("\"")) {
      throw new IllegalStateException("there is no readable PKCS#11 library " + library);
    }
    try {
      Provider provider =
          Objects.requireNonNull(Security.getProvider("SunPKCS11"), "this JDK lacks SunPKCS11")
              .configure(configuration(library, slotIndex));
      KeyStore store = KeyStore.getInstance("PKCS11", provider);
      store.load(null, pin);
      return new Pkcs11Token(provider, store);
    } catch (InvalidParameterException | ProviderException | GeneralSecurityException e) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "slot %d of %s holds no usable token", slotIndex, library), e);
    } catch (IOException e) {
      // KeyStore.load announces a refused PIN by these causes.
      if (e.getCause() instanceof LoginException
          || e.getCause() instanceof UnrecoverableKeyException) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT, "the token in slot %d of %s refuses the PIN", slotIndex, library),
            e);
      }
      throw new IllegalStateException("the token cannot be read", e);
    }
  }

  /**
   * New private keys may sign and derive, and are not to be read by anybody. What a key agreement
   * yields must come out of the token, since GBCS derives a key per message from it.
   */
  private static String configuration(Path library, int slotIndex) {
    return String.format(
        Locale.ROOT,
        """
        --name = Meterbox
        library = "%s"
        slotListIndex = %d
        attributes(generate, CKO_PRIVATE_KEY, CKK_EC) = {
          CKA_SENSITIVE = true
          CKA_EXTRACTABLE = false
          CKA_SIGN = true
          CKA_DERIVE = true
        }
        attributes(*, CKO_SECRET_KEY, CKK_GENERIC_SECRET) = {
          CKA_SENSITIVE = false
          CKA_EXTRACTABLE = true
        }
        """,
        library,
        slotIndex);
  }

  /** Makes a key inside the token. It is gone with this session unless it is kept. */
  public TokenKey generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      return new TokenKey(provider, pair.getPrivate(), P256.publicKey(pair.getPublic()), List.of());
    } catch (InvalidAlgorithmParameterException e) {
      throw new IllegalStateException("the token does not know P-256", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the token cannot make a key", e);
    }
  }

  /**
   * Keeps a key of this token for good, with its certificate.
   *
   * @param chain the certificate of this very key, then its issuers
   * @throws IllegalStateException where the name is taken: a key is never overwritten
   */
  public synchronized TokenKey keep(String name, TokenKey key, List<X509Certificate> chain) {
    if (chain.isEmpty()
        || !P256.publicKey(chain.getFirst().getPublicKey()).equals(key.publicKey())) {
      throw new IllegalArgumentException("the certificate is not for this key");
    }
    try {
      if (store.containsAlias(requireName(name))) {
        throw new IllegalStateException("the token has a key " + name + " already");
      }
      store.setKeyEntry(name, key.handle(), null, chain.toArray(X509Certificate[]::new));
      return find(name)
          .orElseThrow(() -> new IllegalStateException("the token did not keep " + name));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the token cannot keep " + name, e);
    }
  }

  /** The key under this name. */
  public synchronized Optional<TokenKey> find(String name) {
    try {
      if (!(store.getEntry(requireName(name), null) instanceof KeyStore.PrivateKeyEntry entry)) {
        return Optional.empty();
      }
      List<X509Certificate> chain =
          Arrays.stream(entry.getCertificateChain()).map(X509Certificate.class::cast).toList();
      return Optional.of(
          new TokenKey(
              provider,
              entry.getPrivateKey(),
              P256.publicKey(chain.getFirst().getPublicKey()),
              chain));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the token's key " + name + " cannot be used", e);
    }
  }

  /** Forgets a key for good; a name that is not there is no fault. */
  public synchronized void destroy(String name) {
    try {
      if (store.containsAlias(requireName(name))) {
        store.deleteEntry(name);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the token cannot forget " + name, e);
    }
  }

  /** The names of all keys. */
  public synchronized Set<String> names() {
    try {
      Set<String> names = new TreeSet<>();
      store.aliases().asIterator().forEachRemaining(names::add);
      return names;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the token is not open", e);
    }
  }

  /** Logs out; keys of this token cannot be used any more. */
  @Override
  public void close() {
    try {
      ((AuthProvider) provider).logout();
    } catch (LoginException e) {
      throw new IllegalStateException("the token does not let us log out", e);
    }
  }

  private static String requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a key's name has 1 to 64 lower case letters, digits and dashes");
    }
    return name;
  }
}
