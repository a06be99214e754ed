// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis;

import java.util.Optional;
import org.meterbox.crypto.VerificationException;
import org.meterbox.duis.Reading.Refused;
import org.meterbox.duis.Reading.Valid;
import org.meterbox.duis.signature.Signer;
import org.meterbox.duis.signature.XmlSigner;
import org.meterbox.duis.signature.XmlVerifier;
import org.meterbox.duis.xml.CanonicalXml;
import org.meterbox.duis.xml.Refusal;
import org.meterbox.duis.xml.Refusal.Fault;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;

/**
 * What a person wants of a file: is it valid, sign it, who signed it. Safe for use by many threads.
 */
public final class DocumentCheck {
  private final DuisReader reader;

  /** Checks with this reader. */
  public DocumentCheck(DuisReader reader) {
    this.reader = reader;
  }

  /**
   * Whether the document is valid against the schema of DUIS, whatever kind of document it is, and
   * within the limits of this room. What a reader makes of the values is another question: see
   * {@link DuisReader#read}.
   */
  public DocumentVerdict validate(String file, Octets document) {
    return reader
        .schemaFault(document)
        .map(refusal -> DocumentVerdict.bad(file, refusal))
        .orElseGet(() -> DocumentVerdict.good(file, Optional.empty()));
  }

  /**
   * Whether the document is valid and signed by the right party: a request by the user that it
   * comes from, a response by the DSP.
   */
  public DocumentVerdict verify(String file, Octets document, XmlVerifier verifier) {
    return switch (reader.read(document)) {
      case Valid<DuisDocument>(DuisDocument read) -> verify(file, read, verifier);
      case Refused<DuisDocument>(Refusal refusal, PartialHeader _) ->
          DocumentVerdict.bad(file, refusal);
    };
  }

  /**
   * Signs a request or response, in place of any signature or placeholder that it carries. The
   * result is compact and canonical, and valid.
   */
  public Reading<Octets> sign(Octets document, XmlSigner signer) {
    return switch (reader.readForSigning(document)) {
      case Refused<CanonicalXml>(Refusal refusal, PartialHeader header) ->
          new Refused<>(refusal, header);
      case Valid<CanonicalXml>(CanonicalXml canonical) -> signValid(signer.sign(canonical));
    };
  }

  private Reading<Octets> signValid(Octets signed) {
    return switch (reader.read(signed)) {
      case Valid<DuisDocument> _ -> new Valid<>(signed);
      case Refused<DuisDocument>(Refusal refusal, PartialHeader header) ->
          new Refused<>(refusal, header);
    };
  }

  private static DocumentVerdict verify(String file, DuisDocument document, XmlVerifier verifier) {
    try {
      Signer signer =
          switch (document) {
            case DuisDocument.Request(var request) -> {
              Eui64 originator = request.requestId().originator();
              yield verifier.verify(request.signature(), originator, XmlVerifier.USER_ROLES);
            }
            case DuisDocument.Response(var response) ->
                verifier.verify(response.signature(), XmlVerifier.DSP_ROLES);
          };
      return DocumentVerdict.good(file, Optional.of(signer));
    } catch (VerificationException e) {
      return DocumentVerdict.bad(
          file, Refusal.ofDocument(Fault.NOT_SIGNED, "signature", String.valueOf(e.getMessage())));
    }
  }
}
