// SPDX-License-Identifier: Apache-2.0
package org.meterbox.crypto;

import java.lang.reflect.InvocationTargetException;
import java.security.Provider;
import java.security.Security;
import java.util.Optional;

/**
 * Chooses the provider of the primitives once per JVM: Amazon Corretto Crypto Provider where its
 * native library loads and passes its self-test, otherwise the JDK's own. The system property
 * {@code meterbox.crypto=jdk} forces the JDK's.
 */
public final class CryptoProviders {
  private static final String ACCP_CLASS =
      "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";
  private static final Optional<Provider> FAST = loadAccp();

  private CryptoProviders() {}

  /** The provider for P-256 signatures, key agreement and key material. */
  public static Provider ellipticCurve() {
    return FAST.orElseGet(() -> jdk("SunEC"));
  }

  /** The provider for AES-GCM. */
  public static Provider aesGcm() {
    return FAST.orElseGet(() -> jdk("SunJCE"));
  }

  /** The provider for SHA-256. */
  public static Provider digest() {
    return FAST.orElseGet(() -> jdk("SUN"));
  }

  /** Name and version of the chosen provider, for start-up messages. */
  public static String description() {
    Provider chosen = ellipticCurve();
    return chosen.getName() + " " + chosen.getVersionStr();
  }

  private static Provider jdk(String name) {
    Provider provider = Security.getProvider(name);
    if (provider == null) {
      throw new IllegalStateException("this JDK lacks its own security provider " + name);
    }
    return provider;
  }

  private static Optional<Provider> loadAccp() {
    if ("jdk".equals(System.getProperty("meterbox.crypto"))) {
      return Optional.empty();
    }
    try {
      Class<?> type = Class.forName(ACCP_CLASS);
      Provider provider = (Provider) type.getField("INSTANCE").get(null);
      type.getMethod("assertHealthy").invoke(provider);
      return Optional.of(provider);
    } catch (ClassNotFoundException
        | NoSuchFieldException
        | NoSuchMethodException
        | IllegalAccessException
        | InvocationTargetException
        | LinkageError unavailable) {
      return Optional.empty();
    }
  }
}
