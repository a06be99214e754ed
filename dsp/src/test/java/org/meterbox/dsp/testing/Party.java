// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.testing;

import javax.net.ssl.SSLContext;
import org.meterbox.dsp.testing.Pki.Agreement;
import org.meterbox.dsp.testing.Pki.Signing;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.duis.signature.IssuerSerial;
import org.meterbox.duis.signature.XmlSigner;
import org.meterbox.duis.xml.CanonicalXml;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;

/** A DCC User with its keys. */
public record Party(
    Eui64 id, Signing commands, Signing documents, Agreement agreement, SSLContext tls) {

  public static Party make(Pki pki, Eui64 id, RemotePartyRole role) {
    return new Party(
        id,
        pki.organisationSigning(id, role),
        pki.organisationSigning(id, RemotePartyRole.XML_SIGNING),
        pki.organisationAgreement(id, role),
        pki.clientTls(id));
  }

  /** The request as a document with this party's signature. */
  public Octets sign(RequestDraft request) {
    return new XmlSigner(documents.key(), IssuerSerial.of(documents.certificate()))
        .sign(request.write());
  }

  /** A document that is no request, with the signature of one of this party's two keys. */
  public Octets sign(CanonicalXml document, boolean forDocuments) {
    Signing by = forDocuments ? documents : commands;
    return new XmlSigner(by.key(), IssuerSerial.of(by.certificate())).sign(document);
  }
}
