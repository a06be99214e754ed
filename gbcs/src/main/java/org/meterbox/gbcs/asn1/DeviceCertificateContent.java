// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.asn1;

import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;

/** A device's own keys and certificates (use cases CS02c, CS02d, CS02e). */
public sealed interface DeviceCertificateContent extends Asn1Content {
  /** Make a new key pair and ask for its certificate (CS02c command). */
  record IssueCredentials(KeyUsage keyUsage) implements DeviceCertificateContent {}

  /**
   * The request for a certificate (CS02c response).
   *
   * @param request PKCS#10 as the device wrote it
   */
  record CertificationRequest(Octets request) implements DeviceCertificateContent {}

  /** Why there is no request for a certificate (CS02c response). */
  record IssueCredentialsFailure(int code) implements DeviceCertificateContent {
    private static final CodeNames NAMES =
        CodeNames.of(
            "success", "invalidKeyUsage", "keyPairGenerationFailed", "requestProductionFailed");

    /** The failure's name. */
    public String name() {
      return NAMES.name(code);
    }
  }

  /** Take this certificate into use (CS02d command). */
  record UpdateDeviceCertificate(Certificate certificate) implements DeviceCertificateContent {}

  /** Whether it was taken (CS02d response). */
  record UpdateDeviceCertificateResult(int code) implements DeviceCertificateContent {
    private static final CodeNames NAMES =
        CodeNames.of(
            "success",
            "invalidCertificate",
            "wrongDeviceIdentity",
            "invalidKeyUsage",
            "noCorrespondingKeyPair",
            "wrongPublicKey",
            "certificateStorageFailed",
            "privateKeyChangeFailed");

    /** The result's name. */
    public String name() {
      return NAMES.name(code);
    }
  }

  /** Give the certificate in use (CS02e command). */
  record ProvideDeviceCertificate(KeyUsage keyUsage) implements DeviceCertificateContent {}

  /** The certificate in use (CS02e response). */
  record DeviceCertificate(Certificate certificate) implements DeviceCertificateContent {}

  /** Why there is no certificate (CS02e response). */
  record ProvideDeviceCertificateFailure(int code) implements DeviceCertificateContent {
    private static final CodeNames NAMES =
        CodeNames.of("success", "invalidKeyUsage", "noCertificateHeld", "retrievalFailure");

    /** The failure's name. */
    public String name() {
      return NAMES.name(code);
    }
  }

  /** A SEQUENCE of a key usage alone, as both commands have it. */
  static KeyUsage readKeyUsage(DerReader reader) throws DecodeException {
    DerReader body = reader.sequence("key-usage");
    KeyUsage read = KeyUsage.read(body);
    body.end();
    return read;
  }
}
