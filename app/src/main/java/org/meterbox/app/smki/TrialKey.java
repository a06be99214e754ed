// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.smki;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.SoftwareSigningKey;
import org.meterbox.kernel.Octets;
import org.meterbox.smki.issuing.SigningRequests;
import org.meterbox.smki.profile.CertificateSubject;
import org.meterbox.smki.profile.KeyUse;
import org.meterbox.smki.vault.PrivateFile;

/** A key made here, on behalf of somebody who would otherwise make it elsewhere. */
final class TrialKey {
  private final KeyPair pair;
  private final Octets request;

  private TrialKey(KeyPair pair, Octets request) {
    this.pair = pair;
    this.request = request;
  }

  static TrialKey make(CertificateSubject subject, KeyUse use, SecureRandom random) {
    KeyPair pair = P256.generate(random);
    return new TrialKey(pair, SigningRequests.write(subject, use, SoftwareSigningKey.of(pair)));
  }

  Octets request() {
    return request;
  }

  /** Writes the private half where only its owner reads it. */
  void write(Path file) throws IOException {
    String text = Pem.text(Pem.PRIVATE_KEY, Octets.of(pair.getPrivate().getEncoded()));
    PrivateFile.replace(file, text.getBytes(StandardCharsets.US_ASCII));
  }
}
