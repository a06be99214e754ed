// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.meterbox.crypto.EcdsaSignature;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.Signatures;
import org.meterbox.crypto.SigningKey;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.Reading.Valid;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.signature.SignatureBlock.Enveloped;
import org.meterbox.duis.xml.CanonicalXml;
import org.meterbox.kernel.Octets;

/**
 * The signature profile against values that were computed apart from this code. They fix which
 * canonical form is digested and which is signed, where most implementations go wrong.
 */
class WorkedExampleTest {
  private static final String UNSIGNED =
      "<sr:Request xmlns:sr=\"http://www.dccinterface.co.uk/ServiceUserGateway\""
          + " schemaVersion=\"5.4\"><sr:Header>"
          + "<sr:RequestID>90-B3-D5-1F-30-01-00-00:90-B3-D5-1F-30-00-00-02:1000</sr:RequestID>"
          + "<sr:CommandVariant>8</sr:CommandVariant><sr:ServiceReference>8.2</sr:ServiceReference>"
          + "<sr:ServiceReferenceVariant>8.2</sr:ServiceReferenceVariant></sr:Header><sr:Body>"
          + "<sr:ReadInventory><sr:DeviceID>00-DB-12-34-56-78-90-A0</sr:DeviceID>"
          + "</sr:ReadInventory></sr:Body></sr:Request>";
  private static final String DIGEST = "t6reIQ5S4VqtDcerSMom9ipBn3fn8ZOA1Tsm/UIMB/0=";
  private static final String SIGNED_INFO_DIGEST = "1kkdcG6ArG/J0IDreNu/+qLzCrgll4uDMkGqSBml2iE=";
  private static final String VALUE =
      "G3loF+5lm6mhuQBkNuf8mJ5Zv7YiE42fV6Y2c1n+MdZdnmoRTzaQ4uE3DJX3uf7F+DN6FRUwyEakG2baRpka8A==";
  private static final String PUBLIC_KEY =
      "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEZW3+gxcYcRmyfNDgT2YnphxUUShSwWDOjMKfohUmAIbVfiYcn7Bz"
          + "MxZzr/7JB3sggXNQo2GtRiPnKjXSsAMCMg==";
  private static final IssuerSerial SIGNER =
      new IssuerSerial("CN=Z1,OU=07", BigInteger.valueOf(1234567890));

  @Test
  void signerGivesTheDigestAndSignedInfoOfTheExample() throws Exception {
    Enveloped signature = (Enveloped) read(signed(UNSIGNED)).signature();

    assertThat(base64(signature.declaredDigest())).isEqualTo(DIGEST);
    assertThat(signature.documentDigest()).isEqualTo(signature.declaredDigest());
    assertThat(signature.signedInfo().length()).isEqualTo(615);
    assertThat(base64(sha256(signature.signedInfo()))).isEqualTo(SIGNED_INFO_DIGEST);
    assertThat(signature.signer()).isEqualTo(SIGNER);
    Signatures.verify(exampleKey(), signature.signedInfo().toArray(), signature.value());
  }

  @Test
  void unusedNamespaceDeclarationIsPartOfTheDigest() {
    // Who digests with the exclusive form gets the value of the example and refuses good messages.
    String trap =
        UNSIGNED.replace(
            " schemaVersion",
            " xmlns:ra=\"http://www.dccinterface.co.uk/ResponseAndAlert\" schemaVersion");

    Enveloped signature = (Enveloped) read(signed(trap)).signature();

    assertThat(base64(signature.documentDigest()))
        .isEqualTo("9DbMX8AKd/XTf0pCgI/4bvugUGlxcIYVm9T+uhH6f90=");
    assertThat(base64(signature.declaredDigest())).isNotEqualTo(DIGEST);
  }

  @Test
  void oneChangedOctetOfTheSignedInfoIsNoticed() throws Exception {
    Enveloped signature = (Enveloped) read(signed(UNSIGNED)).signature();
    byte[] changed = signature.signedInfo().toArray();
    changed[100] ^= 1;

    assertThatThrownBy(() -> Signatures.verify(exampleKey(), changed, signature.value()))
        .hasMessageContaining("does not hold");
  }

  private static Octets signed(String document) {
    SigningKey recorded =
        new SigningKey() {
          @Override
          public EcdsaSignature sign(byte[] content) {
            return new EcdsaSignature(Octets.of(Base64.getDecoder().decode(VALUE)));
          }

          @Override
          public ECPublicKey publicKey() {
            throw new AssertionError("signing asks for no public key");
          }
        };
    CanonicalXml canonical =
        ((Valid<CanonicalXml>) new DuisReader().readForSigning(octets(document))).value();
    return new XmlSigner(recorded, SIGNER).sign(canonical);
  }

  private static ServiceRequest read(Octets document) {
    return ((Valid<ServiceRequest>) new DuisReader().readRequest(document)).value();
  }

  private static ECPublicKey exampleKey() throws GeneralSecurityException {
    return P256.publicKey(
        KeyFactory.getInstance("EC")
            .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(PUBLIC_KEY))));
  }

  private static Octets octets(String text) {
    return Octets.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Octets sha256(Octets content) {
    return Octets.of(SignatureReader.sha256(content.toArray()));
  }

  private static String base64(Octets octets) {
    return Base64.getEncoder().encodeToString(octets.toArray());
  }
}
