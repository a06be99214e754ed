// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.vault;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;
import org.meterbox.crypto.SigningKey;

/**
 * Keeps private and secret keys under names (lower case letters, digits and dashes). What a method
 * has returned for is on disk, or in the module, for good.
 */
public interface KeyVault {
  /** Gives a new key its certificate: the certificate first, its issuers after it. */
  @FunctionalInterface
  interface Certification {
    /** Certifies the public half; a root signs with the key itself. */
    List<X509Certificate> certify(SigningKey key);
  }

  /** The key under this name. */
  Optional<HeldKey> find(String name);

  /**
   * Makes a P-256 key, has it certified and keeps both.
   *
   * @throws IllegalStateException where the name is taken: a key is never overwritten
   */
  HeldKey create(String name, Certification certification);

  /** The AES key under this name. */
  Optional<SecretKey> findSecret(String name);

  /**
   * Makes and keeps an AES key of 256 bits.
   *
   * @throws IllegalStateException where the name is taken
   */
  SecretKey createSecret(String name);

  /** Forgets a key for good; a name that is not there is no fault. */
  void destroy(String name);

  /** The names of all keys. */
  Set<String> names();
}
