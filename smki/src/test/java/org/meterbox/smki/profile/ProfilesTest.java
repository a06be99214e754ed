// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.Installation;
import org.meterbox.smki.OpenSsl;
import org.meterbox.smki.authority.CertificateAuthority;

/** Our certificates beside the public test certificates' form, element by element. */
final class ProfilesTest {
  private static final String KEY_USAGE = "2.5.29.15";
  private static final String ALTERNATIVE_NAME = "2.5.29.17";
  private static final String POLICIES = "2.5.29.32";
  private static final String BASIC_CONSTRAINTS = "2.5.29.19";

  private final Path folder;
  private Installation smki;

  ProfilesTest(@TempDir Path folder) {
    this.folder = folder;
    smki = new Installation(folder);
  }

  private X509Certificate organisation(Optional<String> name, KeyUse use) {
    return smki.authorities
        .issuingOca()
        .certify(
            CertificateProfile.organisation(use).orElseThrow(),
            new CertificateSubject.Organisation(
                name, RemotePartyRole.XML_SIGNING, Installation.SUPPLIER),
            smki.newKey(),
            smki.clock.instant());
  }

  private X509Certificate device(KeyUse use) {
    return smki.authorities
        .issuingDca()
        .certify(
            CertificateProfile.device(use).orElseThrow(),
            new CertificateSubject.Device(Installation.DEVICE),
            smki.newKey(),
            smki.clock.instant());
  }

  @Test
  void namesAnOrganisationAsTheTestCertificatesDo() {
    X509Certificate certificate =
        organisation(Optional.of("GITTESTSUPPLIER"), KeyUse.DIGITAL_SIGNATURE);
    assertThat(certificate.getSubjectX500Principal().getName())
        .isEqualTo("2.5.4.45=#03090090b3d51f30010000,OU=87,CN=GITTESTSUPPLIER");
    assertThat(certificate.getIssuerX500Principal().getName()).isEqualTo("CN=M1,OU=07");
  }

  @Test
  void givesAnOrganisationTenYearsAndOneUse() {
    X509Certificate certificate = organisation(Optional.empty(), KeyUse.KEY_AGREEMENT);
    assertThat(certificate.getNotAfter().toInstant())
        .isEqualTo(Instant.parse("2036-03-01T09:59:59Z"));
    assertThat(certificate.getKeyUsage())
        .containsExactly(false, false, false, false, true, false, false, false, false);
    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    assertThat(certificate.getExtensionValue(BASIC_CONSTRAINTS)).isNull();
    assertThat(certificate.getCriticalExtensionOIDs()).isEqualTo(Set.of(KEY_USAGE, POLICIES));
  }

  @Test
  void namesADeviceInTheAlternativeNameOnlyAndForEver() {
    X509Certificate certificate = device(KeyUse.DIGITAL_SIGNATURE);
    assertThat(certificate.getSubjectX500Principal().getEncoded()).containsExactly(0x30, 0);
    assertThat(certificate.getNotAfter().toInstant())
        .isEqualTo(Instant.parse("9999-12-31T23:59:59Z"));
    assertThat(certificate.getCriticalExtensionOIDs())
        .isEqualTo(Set.of(KEY_USAGE, POLICIES, ALTERNATIVE_NAME));
    // The octets of a public test device certificate with this EUI-64.
    assertThat(Octets.of(certificate.getExtensionValue(ALTERNATIVE_NAME)).hex())
        .isEqualTo(
            "042B3029A02706082B06010505070804A01B3019060D2A863A0001848FB90F0102020104"
                + "0800DB123456789001");
  }

  @Test
  void identifiesKeysByTheLowSixtyBitsOfTheirHash() throws Exception {
    X509Certificate certificate = device(KeyUse.KEY_AGREEMENT);
    CertificateContents contents = CertificateContents.read(certificate);
    CertificateContents issuer =
        CertificateContents.read(smki.authorities.issuingDca().certificate());
    assertThat(contents.keyIdentifier()).isEqualTo(KeyIdentifiers.of(certificate.getPublicKey()));
    assertThat(contents.keyIdentifier().length()).isEqualTo(8);
    assertThat(contents.keyIdentifier().at(0) >> 4).isEqualTo(4);
    assertThat(contents.authorityKeyIdentifier()).contains(issuer.keyIdentifier());
  }

  // What was written is what is read, for every sort of certificate.
  @Test
  void readsBackWhatItWrote() throws Exception {
    assertThat(CertificateContents.read(organisation(Optional.of("A"), KeyUse.DIGITAL_SIGNATURE)))
        .returns(CertificateKind.ORGANISATION, CertificateContents::kind)
        .returns(Optional.of(Installation.SUPPLIER), CertificateContents::subject)
        .returns(Optional.of(RemotePartyRole.XML_SIGNING), CertificateContents::role)
        .returns(Optional.of("A"), CertificateContents::commonName)
        .returns(KeyUse.DIGITAL_SIGNATURE, CertificateContents::use);
    assertThat(CertificateContents.read(device(KeyUse.KEY_AGREEMENT)))
        .returns(CertificateKind.DEVICE, CertificateContents::kind)
        .returns(Optional.of(Installation.DEVICE), CertificateContents::subject)
        .returns(Optional.empty(), CertificateContents::role)
        .returns(KeyUse.KEY_AGREEMENT, CertificateContents::use);
    assertThat(CertificateContents.read(smki.authorities.rootOca().certificate()))
        .returns(CertificateKind.ROOT_OCA, CertificateContents::kind)
        .returns(Optional.of(RemotePartyRole.ROOT), CertificateContents::role)
        .returns(KeyUse.CERTIFICATE_SIGNING, CertificateContents::use);
  }

  // An independent reader sees the same certificate and follows the chain.
  @Test
  void convincesOpenSsl() throws Exception {
    OpenSsl.requireInstalled();
    for (X509Certificate certificate :
        List.of(
            organisation(Optional.of("GITTESTSUPPLIER"), KeyUse.DIGITAL_SIGNATURE),
            organisation(Optional.empty(), KeyUse.KEY_AGREEMENT),
            device(KeyUse.DIGITAL_SIGNATURE),
            device(KeyUse.KEY_AGREEMENT))) {
      boolean ofDevice = certificate.getSubjectX500Principal().getName().isEmpty();
      CertificateAuthority issuer =
          ofDevice ? smki.authorities.issuingDca() : smki.authorities.issuingOca();
      Path root = pem("root", issuer.chain().getLast());
      Path issuing = pem("issuing", issuer.certificate());
      Path end = pem("end", certificate);
      String at = Long.toString(Installation.START.getEpochSecond());
      OpenSsl.Result verdict =
          OpenSsl.run(
              "verify",
              "-x509_strict",
              "-attime",
              at,
              "-CAfile",
              root.toString(),
              "-untrusted",
              issuing.toString(),
              end.toString());
      assertThat(verdict.output()).endsWith("end.pem: OK\n");
      assertThat(verdict.exitCode()).isZero();
    }
    OpenSsl.Result text =
        OpenSsl.run("x509", "-noout", "-text", "-in", folder.resolve("end.pem").toString());
    assertThat(text.output())
        .contains("ecdsa-with-SHA256", "Not After : Dec 31 23:59:59 9999 GMT", "Key Agreement")
        .contains("Policy: 1.2.826.0.1.1800000.1.2.1.4", "othername: 1.3.6.1.5.5.7.8.4");
  }

  private Path pem(String name, X509Certificate certificate) throws Exception {
    return OpenSsl.writePem(folder.resolve(name + ".pem"), "CERTIFICATE", certificate.getEncoded());
  }

  @Test
  void refusesContradictoryProfiles() {
    CertificateProfile device = CertificateProfile.DEVICE_SIGNING;
    assertThatThrownBy(() ->
            new CertificateProfile(
                device.kind(),
                KeyUse.CERTIFICATE_SIGNING,
                device.lifetime(),
                device.constraint(),
                device.policy(),
                Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesNamesOfTheWrongLength() {
    for (String name : List.of("", " ", "x".repeat(17))) {
      assertThatThrownBy(() ->
              new CertificateSubject.Organisation(
                  Optional.of(name), RemotePartyRole.SUPPLIER, Installation.SUPPLIER))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  // The old DSP certificate writes its role in decimal; no other departure is let in.
  @Test
  void readsTheOneDecimalRoleAndNoOther() throws Exception {
    assertThat(SubjectNames.role(new X500Name("OU=137"))).contains(RemotePartyRole.DSP_XML_SIGNING);
    assertThat(SubjectNames.role(new X500Name("OU=7f"))).contains(RemotePartyRole.OTHER);
    assertThat(SubjectNames.role(new X500Name("CN=x"))).isEmpty();
    for (String unit : List.of("135", "2", "002", "0A", "-1", "G0", "02,OU=02")) {
      assertThatThrownBy(() -> SubjectNames.role(new X500Name("OU=" + unit)))
          .as(unit)
          .isInstanceOf(DecodeException.class);
    }
  }

  // Octets from outside: whatever is broken in them, the reader says so in its own words.
  @Test
  void survivesBrokenCertificates() throws Exception {
    Random random = new Random(20260301);
    for (X509Certificate whole :
        List.of(
            device(KeyUse.DIGITAL_SIGNATURE),
            organisation(Optional.of("A"), KeyUse.DIGITAL_SIGNATURE),
            smki.authorities.dcckiUsers().certificate())) {
      byte[] der = whole.getEncoded();
      for (int round = 0; round < 3000; round++) {
        byte[] broken = der.clone();
        broken[random.nextInt(der.length)] ^= (byte) (1 << random.nextInt(8));
        readOrRefuse(Octets.of(broken));
      }
      for (int length = 0; length < der.length; length++) {
        Octets cut = Octets.of(der, 0, length);
        assertThatThrownBy(() -> CertificateDer.decode(cut)).isInstanceOf(DecodeException.class);
      }
      Octets longer = Octets.of(der).concat(Octets.of((byte) 0));
      assertThatThrownBy(() -> CertificateDer.decode(longer)).isInstanceOf(DecodeException.class);
    }
  }

  private static void readOrRefuse(Octets der) {
    try {
      CertificateContents.read(CertificateDer.decode(der));
    } catch (DecodeException expected) {
      assertThat(expected.path()).isNotEmpty();
    }
  }
}
