// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.security;

import java.security.interfaces.ECPublicKey;
import java.util.Optional;
import org.meterbox.crypto.P256;
import org.meterbox.gbcs.asn1.Certificate;
import org.meterbox.gbcs.asn1.CertificateView;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;

/**
 * An organisation's certificate as a device understands it (SMKI organisation certificate profile):
 * who, in which role, with which key. A device knows no calendar of its own at manufacture and does
 * not check validity dates here.
 *
 * @param der the whole certificate
 * @param subject the EUI-64 in x500UniqueIdentifier; empty in a root's
 * @param role the two hexadecimal digits in the organizational unit; empty where there are none
 * @param subjectKeyId the eight octets of the subject key identifier
 * @param key the certified public key
 */
public record PartyCertificate(
    Octets der,
    Optional<Eui64> subject,
    Optional<RemotePartyRole> role,
    Octets subjectKeyId,
    ECPublicKey key) {
  /** The longest certificate that a device reads; SMKI's have about 400 octets. */
  public static final int MAX_OCTETS = 2048;

  /** Reads a certificate; empty where it is none, or not of this profile for this use. */
  public static Optional<PartyCertificate> read(Octets der, KeyUse use) {
    if (der.length() > MAX_OCTETS || !isWholeSequence(der)) {
      return Optional.empty();
    }
    try {
      CertificateView view = new Certificate(der).view();
      return view.subjectKeyId()
          .filter(_ -> view.keyUsage().filter(usage -> usage.has(use.bit())).isPresent())
          .map(keyId ->
              new PartyCertificate(
                  der, view.subject(), view.role(), keyId, P256.publicKey(view.publicKey())));
    } catch (DecodeException | IllegalArgumentException notOfProfile) {
      return Optional.empty();
    }
  }

  /** One SEQUENCE of two length octets, and nothing after it: 256 to 65535 octets. */
  private static boolean isWholeSequence(Octets der) {
    return der.length() > 4
        && der.at(0) == 0x30
        && der.at(1) == 0x82
        && (der.at(2) << 8 | der.at(3)) == der.length() - 4;
  }
}
