// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.signature;

import java.util.EnumSet;
import java.util.Set;
import org.meterbox.crypto.Signatures;
import org.meterbox.crypto.VerificationException;
import org.meterbox.duis.signature.SignatureBlock.Enveloped;
import org.meterbox.duis.signature.SignatureBlock.NotInProfile;
import org.meterbox.duis.signature.SignatureBlock.Unsigned;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;

/**
 * Verifies that a document was signed by the party that it claims to come from. Safe for use by
 * many threads if the directory is.
 */
public final class XmlVerifier {
  /** The certificates by which a DCC User may sign: its own for XML, or that of its role. */
  public static final Set<RemotePartyRole> USER_ROLES =
      EnumSet.of(
          RemotePartyRole.XML_SIGNING,
          RemotePartyRole.SUPPLIER,
          RemotePartyRole.NETWORK_OPERATOR,
          RemotePartyRole.LOAD_CONTROLLER,
          RemotePartyRole.OTHER);

  /** The certificates by which the DSP may sign. */
  public static final Set<RemotePartyRole> DSP_ROLES =
      EnumSet.of(RemotePartyRole.DSP_XML_SIGNING, RemotePartyRole.ACCESS_CONTROL_BROKER);

  private final SignerDirectory directory;

  /** Looks signers up here. */
  public XmlVerifier(SignerDirectory directory) {
    this.directory = directory;
  }

  /**
   * Returns the signer only if the signature holds over the document as received and the signer is
   * the expected party in one of the accepted roles.
   *
   * @param expected the originator that the document names
   * @param roles {@link #USER_ROLES} or {@link #DSP_ROLES}
   * @throws VerificationException in all other cases
   */
  public Signer verify(SignatureBlock signature, Eui64 expected, Set<RemotePartyRole> roles)
      throws VerificationException {
    Signer signer = verify(signature, roles);
    if (!signer.eui64().equals(expected)) {
      throw new VerificationException(
          "signed by " + signer.eui64() + " in the name of " + expected);
    }
    return signer;
  }

  /**
   * Returns the signer only if the signature holds over the document as received and the signer is
   * in one of the accepted roles, whichever party it is.
   *
   * @param roles {@link #USER_ROLES} or {@link #DSP_ROLES}
   * @throws VerificationException in all other cases
   */
  public Signer verify(SignatureBlock signature, Set<RemotePartyRole> roles)
      throws VerificationException {
    Signer signer = verify(signature);
    if (!roles.contains(signer.role())) {
      throw new VerificationException("a certificate for " + signer.role() + " may not sign this");
    }
    return signer;
  }

  /**
   * Returns the signer, whoever it is, only if the signature holds over the document as received.
   *
   * @throws VerificationException where there is no signature, it is outside the profile, its
   *     signer is unknown, or it does not hold
   */
  public Signer verify(SignatureBlock signature) throws VerificationException {
    return switch (signature) {
      case Unsigned _ -> throw new VerificationException("the document is not signed");
      case NotInProfile other ->
          throw new VerificationException("signature outside the DUIS profile: " + other.reason());
      case Enveloped enveloped -> verifyEnveloped(enveloped);
    };
  }

  private Signer verifyEnveloped(Enveloped signature) throws VerificationException {
    if (!signature.documentDigest().equals(signature.declaredDigest())) {
      throw new VerificationException("the document was changed after it was signed");
    }
    Signer signer =
        directory
            .find(signature.signer())
            .orElseThrow(() ->
                new VerificationException("no trusted certificate is named " + signature.signer()));
    Signatures.verify(signer.key(), signature.signedInfo().toArray(), signature.value());
    return signer;
  }
}
