// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.SoftwareSigningKey;
import org.meterbox.duis.Reading.Refused;
import org.meterbox.duis.Reading.Valid;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.signature.IssuerSerial;
import org.meterbox.duis.signature.XmlSigner;
import org.meterbox.duis.xml.Refusal;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.ServiceReferenceVariant;

/** Documents and keys that several tests use. */
public final class TestDocuments {
  /** One reader for all tests: the schema is compiled once. */
  public static final DuisReader READER = new DuisReader();

  /** A supplier asks an electricity meter. */
  public static final MessageId REQUEST_ID =
      MessageId.parse("90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:1000");

  /** A key made for this run. */
  public static final KeyPair KEYS = P256.generate(new SecureRandom());

  /** How documents name the certificate of that key. */
  public static final IssuerSerial SIGNER_NAME =
      new IssuerSerial("CN=Z1,OU=07", new BigInteger("1234567890"));

  private TestDocuments() {}

  /** An unsigned request to read the import registers. */
  public static RequestDraft readRegisters() {
    return RequestDraft.single(
        REQUEST_ID,
        CommandVariant.NON_CRITICAL_WAN,
        new ServiceReferenceVariant("4.1.1"),
        XmlElement.of("ReadInstantaneousImportRegisters"));
  }

  /** The request signed with {@link #KEYS}. */
  public static String signedReadRegisters() {
    return text(signer().sign(readRegisters().write()));
  }

  /** Signs with {@link #KEYS}. */
  public static XmlSigner signer() {
    return new XmlSigner(SoftwareSigningKey.of(KEYS), SIGNER_NAME);
  }

  /** The request, which must be good. */
  public static ServiceRequest request(String document) {
    return switch (READER.readRequest(octets(document))) {
      case Valid<ServiceRequest>(ServiceRequest request) -> request;
      case Refused<ServiceRequest> refused -> throw new AssertionError(refused.refusal());
    };
  }

  /** The refusal of the request, which must not be good. */
  public static Refusal refusal(String document) {
    return refused(octets(document)).refusal();
  }

  /** The refusal of the request, which must not be good. */
  public static Refused<ServiceRequest> refused(Octets document) {
    return switch (READER.readRequest(document)) {
      case Valid<ServiceRequest> _ -> throw new AssertionError("taken");
      case Refused<ServiceRequest> refused -> refused;
    };
  }

  /** The text in UTF-8. */
  public static Octets octets(String text) {
    return Octets.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The octets as UTF-8. */
  public static String text(Octets octets) {
    return new String(octets.toArray(), StandardCharsets.UTF_8);
  }
}
