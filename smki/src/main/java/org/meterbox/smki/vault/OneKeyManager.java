// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.vault;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Offers the one key to every peer; the peer's list of acceptable issuers is advice only. */
final class OneKeyManager extends X509ExtendedKeyManager {
  private static final String NAME = "key";

  private final PrivateKey privateKey;
  private final X509Certificate[] chain;

  OneKeyManager(PrivateKey privateKey, List<X509Certificate> chain) {
    this.privateKey = privateKey;
    this.chain = chain.toArray(X509Certificate[]::new);
  }

  private static boolean isElliptic(String keyType) {
    return keyType.startsWith("EC");
  }

  private static @Nullable String choose(String... keyTypes) {
    for (String keyType : keyTypes) {
      if (isElliptic(keyType)) {
        return NAME;
      }
    }
    return null;
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return isElliptic(keyType) ? new String[] {NAME} : null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return choose(keyTypes);
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return choose(keyTypes);
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return isElliptic(keyType) ? new String[] {NAME} : null;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return choose(keyType);
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return choose(keyType);
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    return NAME.equals(alias) ? chain.clone() : null;
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    return NAME.equals(alias) ? privateKey : null;
  }
}
