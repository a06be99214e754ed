// SPDX-License-Identifier: Apache-2.0
package org.meterbox.crypto;

import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.List;

/** A private key inside a PKCS#11 token: it can be used there, and never leaves it. */
public final class TokenKey {
  private final Provider provider;
  private final PrivateKey handle;
  private final ECPublicKey publicKey;
  private final List<X509Certificate> chain;

  TokenKey(
      Provider provider, PrivateKey handle, ECPublicKey publicKey, List<X509Certificate> chain) {
    this.provider = provider;
    this.handle = handle;
    this.publicKey = publicKey;
    this.chain = List.copyOf(chain);
  }

  /** The public half. */
  public ECPublicKey publicKey() {
    return publicKey;
  }

  /** The certificate, then its issuers; empty for a key that is not kept yet. */
  public List<X509Certificate> chain() {
    return chain;
  }

  /** Uses the key to sign. */
  public SigningKey signing() {
    return new SigningKey() {
      @Override
      public EcdsaSignature sign(byte[] content) {
        return Signatures.sign(provider, handle, content);
      }

      @Override
      public ECPublicKey publicKey() {
        return publicKey;
      }
    };
  }

  /** Uses the key to agree on secrets. */
  public AgreementKey agreement() {
    return new AgreementKey() {
      @Override
      public SharedSecret agree(ECPublicKey peer) {
        return SharedSecret.agree(provider, handle, peer);
      }

      @Override
      public ECPublicKey publicKey() {
        return publicKey;
      }
    };
  }

  /**
   * The token's handle of the key, for a TLS stack. It has no encoded form: {@code getEncoded} is
   * null.
   */
  public PrivateKey handle() {
    return handle;
  }

  @Override
  public String toString() {
    return "TokenKey[inside its token]";
  }
}
