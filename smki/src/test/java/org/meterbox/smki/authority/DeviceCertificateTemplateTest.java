// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.kernel.Eui64;
import org.meterbox.smki.Installation;
import org.meterbox.smki.profile.CertificateContents;
import org.meterbox.smki.profile.CertificateDer;
import org.meterbox.smki.profile.CertificateProfile;
import org.meterbox.smki.profile.CertificateSubject;
import org.meterbox.smki.profile.KeyUse;
import org.meterbox.smki.repository.CertificateRecord;
import org.meterbox.smki.repository.FreshCertificate;
import org.meterbox.smki.repository.PublicKeyHash;

/** Certificates from templates, judged by Bouncy Castle's builder and the JDK's parser. */
final class DeviceCertificateTemplateTest {
  private static final int CERTIFICATES = 200;

  private final Installation smki;

  DeviceCertificateTemplateTest(@TempDir Path folder) {
    smki = new Installation(folder);
  }

  // The long way round, through the builder, gives the same octets for the same serial number,
  // device, key and moment; only the signature differs, and it holds.
  @Test
  void makesWhatTheBuilderMakes() throws Exception {
    CertificateAuthority authority = smki.authorities.issuingDca();
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    for (int i = 0; i < CERTIFICATES; i++) {
      Eui64 device = new Eui64(random.nextLong());
      KeyUse use = i % 2 == 0 ? KeyUse.DIGITAL_SIGNATURE : KeyUse.KEY_AGREEMENT;
      ECPublicKey key = smki.newKey();
      // A new second now and then, so that templates are made anew; 2050 changes the time's form.
      smki.now = i == 100 ? Instant.parse("2050-01-01T00:00:00Z") : smki.now.plusMillis(300);
      FreshCertificate fresh = authority.certifyDevice(device, use, key, smki.now);

      X509Certificate certificate = CertificateDer.decode(fresh.der());
      X509Certificate built =
          new CertificateMaking(
                  CertificateProfile.device(use).orElseThrow(),
                  new CertificateSubject.Device(device),
                  key,
                  smki.now,
                  fresh.id().serial())
              .issuedBy(authority.certificate(), authority.signing());
      assertThat(certificate.getTBSCertificate()).isEqualTo(built.getTBSCertificate());
      assertThat(certificate.getSigAlgOID()).isEqualTo(built.getSigAlgOID());
      certificate.verify(authority.certificate().getPublicKey());
    }
  }

  // What the repository's columns will say is what the certificate says.
  @Test
  void saysOfACertificateWhatIsInIt() throws Exception {
    for (KeyUse use : List.of(KeyUse.DIGITAL_SIGNATURE, KeyUse.KEY_AGREEMENT)) {
      FreshCertificate fresh =
          smki.authorities
              .issuingDca()
              .certifyDevice(Installation.DEVICE, use, smki.newKey(), smki.now);
      X509Certificate certificate = CertificateDer.decode(fresh.der());
      CertificateRecord record =
          CertificateRecord.inUse(certificate, CertificateContents.read(certificate));
      assertThat(fresh)
          .isEqualTo(
              new FreshCertificate(
                  record.id(),
                  record.subject().orElseThrow(),
                  record.use(),
                  record.notBefore(),
                  record.notAfter(),
                  record.keyIdentifier(),
                  PublicKeyHash.of(record.publicKey()),
                  record.der()));
    }
  }
}
