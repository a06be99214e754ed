// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meterbox.duis.TestDocuments.KEYS;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.crypto.VerificationException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;

/** Which certificates may sign at all, and for whom (SMKI organisation certificate profile). */
class SignerTest {
  private static final Eui64 PARTY = Eui64.parse("90-B3-D5-1F-30-01-00-00");
  private static final ASN1ObjectIdentifier UNIQUE_IDENTIFIER =
      new ASN1ObjectIdentifier("2.5.4.45");

  @ParameterizedTest
  @CsvSource({
    "87,XML_SIGNING",
    "89,DSP_XML_SIGNING",
    "02,SUPPLIER",
    "7f,OTHER",
    "137,DSP_XML_SIGNING"
  })
  void partyAndRoleComeFromTheSubject(String organizationalUnit, RemotePartyRole role)
      throws Exception {
    X509Certificate certificate =
        TestCertificates.of(KEYS, PARTY, organizationalUnit, TestCertificates.SIGNING);

    Signer signer = Signer.of(certificate);

    assertThat(signer.eui64()).isEqualTo(PARTY);
    assertThat(signer.role()).isEqualTo(role);
    assertThat(signer.key().getW()).isEqualTo(((ECPublicKey) KEYS.getPublic()).getW());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "135", "0", "8", "FF", "XX", "+7", "087"})
  void unknownRoleIsRefused(String organizationalUnit) {
    assertRefused(
        TestCertificates.of(KEYS, PARTY, organizationalUnit, TestCertificates.SIGNING), "role");
  }

  @Test
  void certificateForKeyAgreementMayNotSign() {
    assertRefused(
        TestCertificates.of(KEYS, PARTY, "87", TestCertificates.AGREEMENT), "not for signing");
  }

  @Test
  void certificateWithoutKeyUsageMayNotSign() {
    assertRefused(
        TestCertificates.of(KEYS, KEYS.getPublic(), new X500Name("OU=87"), Optional.empty()),
        "not for signing");
  }

  @Test
  void subjectWithoutPartyIsRefused() {
    assertRefused(subject(new X500Name("OU=87,CN=SUPPLIER")), "EUI-64");
  }

  @Test
  void partyInAnotherFormIsRefused() {
    assertRefused(subject(identifier(new DEROctetString(PARTY.octets().toArray()))), "EUI-64");
    assertRefused(subject(identifier(new DERBitString(new byte[7]))), "EUI-64");
    assertRefused(subject(identifier(new DERBitString(new byte[9]))), "EUI-64");
    assertRefused(subject(identifier(new DERBitString(new byte[8], 1))), "EUI-64");
  }

  @Test
  void keyOnAnotherCurveIsRefused() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp384r1"));
    KeyPair other = generator.generateKeyPair();

    assertRefused(
        TestCertificates.of(
            KEYS,
            other.getPublic(),
            identifier(new DERBitString(PARTY.octets().toArray())),
            Optional.of(TestCertificates.SIGNING)),
        "P-256");
  }

  @Test
  void nameMatchesByDecodedValueNotByText() {
    X509Certificate certificate = TestCertificates.of(KEYS, PARTY, "87", TestCertificates.SIGNING);
    BigInteger serial = certificate.getSerialNumber();

    assertThat(IssuerSerial.of(certificate)).isEqualTo(new IssuerSerial("CN=Z1,OU=07", serial));
    // Errors show it to people.
    assertThat(IssuerSerial.of(certificate)).hasToString(serial + " of CN=Z1,OU=07");
    assertThat(new IssuerSerial("CN=Z1, OU=07", serial).names(certificate)).isTrue();
    assertThat(new IssuerSerial("cn=z1,ou=07", serial).names(certificate)).isTrue();
    assertThat(new IssuerSerial("CN=Z2,OU=07", serial).names(certificate)).isFalse();
    assertThat(new IssuerSerial("CN=Z1", serial).names(certificate)).isFalse();
    assertThat(new IssuerSerial("CN=Z1,OU=07", BigInteger.ONE).names(certificate)).isFalse();
    assertThat(new IssuerSerial("no name", serial).names(certificate)).isFalse();
  }

  private static X509Certificate subject(X500Name subject) {
    return TestCertificates.of(
        KEYS, KEYS.getPublic(), subject, Optional.of(TestCertificates.SIGNING));
  }

  private static X500Name identifier(ASN1Encodable value) {
    return new X500NameBuilder().addRDN(BCStyle.OU, "87").addRDN(UNIQUE_IDENTIFIER, value).build();
  }

  private static void assertRefused(X509Certificate certificate, String reason) {
    assertThatThrownBy(() -> Signer.of(certificate))
        .isInstanceOf(VerificationException.class)
        .hasMessageContaining(reason);
  }
}
