// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.dccki;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.meterbox.smki.vault.HeldKey;

/** Mutual TLS 1.3 between DCC Users and the DCC (DCCKI certificates at both ends). */
public final class TlsContexts {
  private TlsContexts() {}

  /**
   * A context that presents this key and trusts whoever has a certificate below these roots. The
   * server's side must still demand a client certificate; the client's side checks host names where
   * its HTTP client asks for it, as the JDK's does.
   */
  public static SSLContext context(HeldKey own, Collection<X509Certificate> roots) {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trustStore(roots));
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(new KeyManager[] {own.keyManager()}, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK cannot set up TLS 1.3", e);
    }
  }

  /** A key store that holds these roots as trust anchors and nothing else. */
  public static KeyStore trustStore(Collection<X509Certificate> roots) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int number = 0;
      for (X509Certificate root : roots) {
        store.setCertificateEntry("root-" + number++, root);
      }
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this JDK cannot hold trust anchors", e);
    }
  }
}
