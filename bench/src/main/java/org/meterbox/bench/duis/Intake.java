// SPDX-License-Identifier: Apache-2.0
package org.meterbox.bench.duis;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.meterbox.crypto.Signatures;
import org.meterbox.crypto.VerificationException;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.Reading.Refused;
import org.meterbox.duis.Reading.Valid;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.signature.SignatureBlock;
import org.meterbox.duis.signature.XmlVerifier;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.UserRole;
import org.meterbox.transform.BusinessOriginator;
import org.meterbox.transform.TargetDevice;
import org.meterbox.transform.Transform;
import org.meterbox.transform.TransformResult;
import org.meterbox.transform.TranslationContext;
import org.meterbox.transform.TranslationRequest;

/**
 * What the DSP does with one request before anything is stored, and the least that anybody must do:
 * parse the octets once and verify one signature.
 */
final class Intake {
  private static final XMLInputFactory PARSERS = parsers();
  private static final TargetDevice METER =
      new TargetDevice(SampleRequests.METER, DeviceType.ESME, false);

  private final DuisReader reader = new DuisReader();
  private final XmlVerifier verifier;
  private final TranslationContext supplement =
      TranslationContext.at(Instant.parse("2026-11-20T12:00:00Z")).requestedBy(UserRole.IS);

  private final Octets document;
  private final byte[] octets;
  private final SampleRequests sender;
  private final SignatureBlock.Enveloped signature;
  private final byte[] signedInfo;

  Intake(SampleRequests sender, Octets document) {
    this.sender = sender;
    this.document = document;
    this.octets = document.toArray();
    this.verifier = new XmlVerifier(sender.directory());
    this.signature = (SignatureBlock.Enveloped) validate().signature();
    this.signedInfo = signature.signedInfo().toArray();
  }

  int octets() {
    return octets.length;
  }

  /** Validate, verify, translate. */
  TransformResult whole() throws VerificationException {
    ServiceRequest request = validate();
    verifier.verify(request.signature(), request.requestId().originator(), XmlVerifier.USER_ROLES);
    return translate(request);
  }

  /** Within limits, against the schema, with its digests. */
  ServiceRequest validate() {
    return switch (reader.readRequest(document)) {
      case Valid<ServiceRequest>(ServiceRequest request) -> request;
      case Refused<ServiceRequest> refused ->
          throw new IllegalStateException("our own request is refused: " + refused.refusal());
    };
  }

  TransformResult translate(ServiceRequest request) {
    TransformResult result =
        Transform.standard()
            .translate(
                new TranslationRequest(request, METER, supplement),
                new BusinessOriginator.KnownRemoteParty());
    return switch (result) {
      case TransformResult.Critical critical -> critical;
      case TransformResult.NonCritical command -> command;
      case TransformResult.Refused refused -> throw new IllegalStateException(refused.reason());
      case TransformResult.NotYetTranslated not -> throw new IllegalStateException(not.reason());
    };
  }

  /** The JDK's pull parser over the same octets, aware of namespaces, every text taken. */
  int bareParse() throws XMLStreamException {
    XMLStreamReader parser = PARSERS.createXMLStreamReader(new ByteArrayInputStream(octets));
    int seen = 0;
    while (parser.hasNext()) {
      switch (parser.next()) {
        case XMLStreamReader.START_ELEMENT ->
            seen += parser.getLocalName().length() + parser.getAttributeCount();
        case XMLStreamReader.CHARACTERS -> seen += parser.getText().length();
        default -> seen++;
      }
    }
    parser.close();
    return seen;
  }

  /** The provider's ECDSA verification of the octets that were signed. */
  byte[] bareVerify() throws VerificationException {
    Signatures.verify(sender.signer.key(), signedInfo, signature.value());
    return signedInfo;
  }

  /** Both. */
  int bare() throws VerificationException, XMLStreamException {
    return bareParse() + bareVerify().length;
  }

  private static XMLInputFactory parsers() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    return factory;
  }
}
