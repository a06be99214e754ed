// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.smki;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.meterbox.conformance.ReferenceData;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.Signatures;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.keystore.PublishedKeyStore;
import org.meterbox.smki.profile.CellUsage;
import org.meterbox.smki.profile.CertificateContents;
import org.meterbox.smki.profile.CertificateKind;
import org.meterbox.smki.profile.KeyIdentifiers;
import org.meterbox.smki.profile.KeyUse;
import org.meterbox.smki.query.RepositoryQuery;
import org.meterbox.smki.repository.CertificateId;
import org.meterbox.smki.repository.CertificateRecord;
import org.meterbox.smki.repository.CertificateStatus;
import org.meterbox.smki.repository.DateRule;
import org.meterbox.smki.repository.InMemoryCertificateRepository;

final class ReferenceCertificatesTest {
  private static final Eui64 SUPPLIER = Eui64.parse("90B3D51F30010000");
  private static final Instant AFTER_THEIR_END = Instant.parse("2026-03-01T00:00:00Z");

  private static PublishedKeyStore keyStore() {
    return PublishedKeyStore.read(ReferenceData.path("zaz1-keystore.json"));
  }

  private static InMemoryCertificateRepository published() {
    InMemoryCertificateRepository repository = new InMemoryCertificateRepository();
    keyStore().publishTo(repository);
    return repository;
  }

  private static X509Certificate certificate(Path pem) throws IOException, CertificateException {
    try (InputStream in = Files.newInputStream(pem)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static List<Path> files(String folder, String pattern) throws IOException {
    try (Stream<Path> files = Files.list(ReferenceData.path(folder))) {
      return files.filter(file -> file.getFileName().toString().matches(pattern)).sorted().toList();
    }
  }

  // Each entry's certificate reads by our profiles, names its key as we would, and its private key
  // works.
  @Test
  void readsEveryKeyOfTheTestOrganisations() throws Exception {
    List<PublishedKeyStore.Entry> entries = keyStore().entries();
    assertThat(entries).hasSize(33);
    for (PublishedKeyStore.Entry entry : entries) {
      CertificateRecord record = entry.record();
      assertThat(record.kind()).as(entry.name()).isEqualTo(CertificateKind.ORGANISATION);
      assertThat(record.keyIdentifier())
          .as(entry.name())
          .isEqualTo(KeyIdentifiers.of(record.publicKey()));
      if (record.use() == KeyUse.DIGITAL_SIGNATURE) {
        byte[] content = entry.name().getBytes(StandardCharsets.UTF_8);
        Signatures.verify(record.publicKey(), content, entry.signingKey().sign(content));
      } else {
        assertThat(entry.agreementKey().publicKey()).isEqualTo(record.publicKey());
      }
    }
  }

  @Test
  void findsTheTestOrganisationsKeysByTheirUse() {
    assertThat(
            keyStore()
                .find(
                    SUPPLIER,
                    RemotePartyRole.SUPPLIER,
                    KeyUse.KEY_AGREEMENT,
                    CellUsage.PREPAYMENT_TOP_UP))
        .extracting(PublishedKeyStore.Entry::name)
        .containsExactly("Z1-supplierPP-ka", "Z1b-supplierPP-ka");
    assertThat(
            keyStore()
                .find(
                    SUPPLIER,
                    RemotePartyRole.XML_SIGNING,
                    KeyUse.DIGITAL_SIGNATURE,
                    CellUsage.MANAGEMENT))
        .extracting(PublishedKeyStore.Entry::name)
        .containsExactly("xml-sign-90B3D51F30010000-ds");
  }

  // XML signatures of test tools name certificates by issuer and serial number, in either spacing.
  @Test
  void findsACertificateByTheTextsOfAnXmlSignature() {
    InMemoryCertificateRepository repository = published();
    String serial = "105986833131214866166891566273223584671";
    for (String issuer : List.of("CN=Z1,OU=07", "CN=Z1, OU=07")) {
      assertThat(repository.find(CertificateId.parse(issuer, serial)))
          .get()
          .returns(Optional.of(SUPPLIER), CertificateRecord::subject)
          .returns(Optional.of("GITTESTSUPPLIER"), found -> found.contents().commonName());
    }
  }

  // The emulator's mode ignores that the published certificates have run out; nothing else does.
  @Test
  void tellsTheClientsOfTheEmulatorWhatTheyExpect() throws Exception {
    InMemoryCertificateRepository repository = published();
    RepositoryQuery boxed =
        new RepositoryQuery(repository, InstantSource.system(), DateRule.IGNORED);
    Octets search =
        Octets.of(
            """
            <CertificateSearchRequest><CertificateSubjectName>90-B3-D5-1F-30-01-00-00\
            </CertificateSubjectName></CertificateSearchRequest>\
            """
                .getBytes(StandardCharsets.UTF_8));
    assertThat(boxed.search(search).xml().split("<Result>", -1)).hasSize(1 + 7);
    CertificateRecord signing =
        keyStore()
            .find(
                SUPPLIER, RemotePartyRole.SUPPLIER, KeyUse.DIGITAL_SIGNATURE, CellUsage.MANAGEMENT)
            .getFirst()
            .record();
    assertThat(signing.statusAt(AFTER_THEIR_END)).isEqualTo(CertificateStatus.EXPIRED);
    String serial = signing.certificate().getSerialNumber().toString(16);
    Octets retrieval =
        Octets.of(
            ("<CertificateDataRequest><CertificateSerial>"
                    + serial
                    + "</CertificateSerial></CertificateDataRequest>")
                .getBytes(StandardCharsets.UTF_8));
    assertThat(boxed.retrieve(retrieval).xml())
        .contains("<CertificateStatus>I</CertificateStatus>", "<CertificateRole>2<")
        .contains(Base64.getEncoder().encodeToString(signing.certificate().getEncoded()));
  }

  // Four hundred device certificates: identifier in the alternative name, one use, no end.
  @Test
  void readsEveryDeviceCertificate() throws Exception {
    List<Path> files = files("rtds/keystore", "00db[0-9a-f]{12}-(ds|ka)\\.pem");
    assertThat(files).hasSizeGreaterThanOrEqualTo(400);
    for (Path file : files) {
      String name = file.getFileName().toString();
      X509Certificate certificate = certificate(file);
      CertificateContents contents = CertificateContents.read(certificate);
      assertThat(contents)
          .as(name)
          .returns(CertificateKind.DEVICE, CertificateContents::kind)
          .returns(Optional.of(Eui64.parse(name.substring(0, 16))), CertificateContents::subject)
          .returns(
              name.endsWith("-ds.pem") ? KeyUse.DIGITAL_SIGNATURE : KeyUse.KEY_AGREEMENT,
              CertificateContents::use);
      assertThat(contents.keyIdentifier())
          .as(name)
          .isEqualTo(KeyIdentifiers.of(P256.publicKey(certificate.getPublicKey())));
      assertThat(certificate.getNotAfter().toInstant())
          .as(name)
          .isEqualTo(Instant.parse("9999-12-31T23:59:59Z"));
    }
  }

  // The signing certificates that the client tools bring, one of them with its role in decimal.
  @Test
  void readsTheSigningCertificates() throws Exception {
    List<Path> files = files("zaz1-signing", ".*-(ds|dSPXmlSign|1\\.4\\.1)\\.pem");
    assertThat(files).hasSizeGreaterThanOrEqualTo(18);
    for (Path file : files) {
      assertThat(CertificateContents.read(certificate(file)))
          .as(file.toString())
          .returns(CertificateKind.ORGANISATION, CertificateContents::kind)
          .returns(KeyUse.DIGITAL_SIGNATURE, CertificateContents::use);
    }
    Path decimal =
        ReferenceData.path("zaz1-signing/dsp-xml-sign-90B3D51F30000002-ds-pre-1.4.1.pem");
    assertThat(CertificateContents.read(certificate(decimal)).role())
        .contains(RemotePartyRole.DSP_XML_SIGNING);
  }
}
