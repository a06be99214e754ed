// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.duis;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterbox.crypto.VerificationException;
import org.meterbox.duis.signature.IssuerSerial;
import org.meterbox.duis.signature.Signer;
import org.meterbox.duis.signature.SignerDirectory;

/** The signers whose certificates a command was given; who gives a certificate trusts it. */
final class SignerFiles implements SignerDirectory {
  private final Map<BigInteger, List<Signer>> bySerialNumber = new HashMap<>();

  private SignerFiles() {}

  /** Takes those that are an organisation's for signing; key folders hold others beside them. */
  static SignerFiles of(List<X509Certificate> certificates) {
    SignerFiles files = new SignerFiles();
    for (X509Certificate certificate : certificates) {
      try {
        Signer signer = Signer.of(certificate);
        files
            .bySerialNumber
            .computeIfAbsent(certificate.getSerialNumber(), serial -> new ArrayList<>())
            .add(signer);
      } catch (VerificationException notASigners) {
        // A device's, or one for key agreement: never found, hence never trusted.
      }
    }
    return files;
  }

  boolean isEmpty() {
    return bySerialNumber.isEmpty();
  }

  @Override
  public Optional<Signer> find(IssuerSerial certificate) {
    return bySerialNumber.getOrDefault(certificate.serialNumber(), List.of()).stream()
        .filter(signer -> certificate.names(signer.certificate()))
        .findFirst();
  }
}
