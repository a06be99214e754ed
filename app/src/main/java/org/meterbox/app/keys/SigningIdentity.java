// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.keys;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.Locale;
import org.meterbox.crypto.SigningKey;
import org.meterbox.crypto.SoftwareSigningKey;

/**
 * A private key with the certificate of its public half.
 *
 * @param key signs
 * @param certificate says whose key it is
 */
public record SigningIdentity(SigningKey key, X509Certificate certificate) {

  /**
   * Reads both.
   *
   * @throws IOException where a file cannot be read or the two do not belong together
   */
  public static SigningIdentity read(Path key, Path certificate) throws IOException {
    SoftwareSigningKey signingKey = PemFile.signingKey(key);
    X509Certificate read = PemFile.certificate(certificate);
    boolean fits =
        read.getPublicKey() instanceof ECPublicKey known
            && known.getW().equals(signingKey.publicKey().getW());
    if (!fits) {
      throw new IOException(
          String.format(
              Locale.ROOT, "%s is not the certificate of the key in %s", certificate, key));
    }
    return new SigningIdentity(signingKey, read);
  }
}
