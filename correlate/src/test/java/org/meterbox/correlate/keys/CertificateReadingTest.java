// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.meterbox.crypto.P256;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;

class CertificateReadingTest {
  private static final Eui64 METER = Eui64.parse("00DB000000000001");
  private static final Eui64 SUPPLIER = Eui64.parse("90B3000000000003");

  private final TestAuthority authority = new TestAuthority();
  private final KeyPair key = P256.generate(new SecureRandom());

  @Test
  void findsAnOrganisationInTheSubject() throws CertificateException {
    PartyCertificate read =
        read(authority.organisation(SUPPLIER, key.getPublic(), KeyUsage.keyAgreement));
    assertThat(read.holder()).isEqualTo(SUPPLIER);
    assertThat(read.use()).isEqualTo(KeyUse.KEY_AGREEMENT);
    assertThat(read.publicKey()).isEqualTo(P256.publicKey(key.getPublic()));
    assertThat(read.issuer()).contains("CN=Z9");
  }

  @Test
  void findsADeviceInTheAlternativeName() throws CertificateException {
    X509Certificate certificate =
        authority.device(METER, key.getPublic(), KeyUsage.digitalSignature);
    PartyCertificate read = read(certificate);
    assertThat(read.holder()).isEqualTo(METER);
    assertThat(read.use()).isEqualTo(KeyUse.DIGITAL_SIGNATURE);
    assertThat(read.encoded()).isEqualTo(Octets.of(certificate.getEncoded()));
    assertThat(read.serialNumber()).isEqualTo(certificate.getSerialNumber());
  }

  @Test
  void refusesACertificateWithoutHolder() {
    assertThatThrownBy(() -> read(authority.certificate()))
        .isInstanceOf(CertificateException.class);
  }

  @Test
  void refusesACertificateWithoutUse() {
    X500Name supplier =
        new X500NameBuilder()
            .addRDN(BCStyle.UNIQUE_IDENTIFIER, new DERBitString(SUPPLIER.octets().toArray()))
            .build();
    assertThatThrownBy(() -> read(authority.bare(supplier, key.getPublic())))
        .isInstanceOf(CertificateException.class)
        .hasMessageContaining("neither");
  }

  // A key on another curve would fail much later, in the middle of an agreement.
  @Test
  void refusesAnotherCurve() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp384r1"));
    X509Certificate other =
        authority.device(METER, generator.generateKeyPair().getPublic(), KeyUsage.keyAgreement);
    assertThatThrownBy(() -> read(other))
        .isInstanceOf(CertificateException.class)
        .hasMessageContaining("P-256");
  }

  @Test
  void refusesWhatIsNoCertificate() {
    assertThatThrownBy(() -> CertificateReading.read(new byte[] {0x30, 0}))
        .isInstanceOf(CertificateException.class);
    assertThatThrownBy(() -> CertificateReading.read(new byte[CertificateReading.MAX_OCTETS + 1]))
        .isInstanceOf(CertificateException.class)
        .hasMessageContaining("at most");
  }

  // Every prefix of a certificate: an exception of the one kind, never another.
  @Test
  void refusesEveryTruncation() throws CertificateException {
    byte[] whole = authority.device(METER, key.getPublic(), KeyUsage.keyAgreement).getEncoded();
    for (int length = 0; length < whole.length; length++) {
      byte[] part = java.util.Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> CertificateReading.read(part))
          .isInstanceOf(CertificateException.class);
    }
  }

  private static PartyCertificate read(X509Certificate certificate) throws CertificateException {
    return CertificateReading.read(certificate.getEncoded());
  }
}
