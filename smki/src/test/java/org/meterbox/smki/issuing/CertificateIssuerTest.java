// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.issuing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.Installation;
import org.meterbox.smki.OpenSsl;
import org.meterbox.smki.authority.CertificateAuthority;
import org.meterbox.smki.issuing.Issuance.Issued;
import org.meterbox.smki.issuing.Issuance.Refused;
import org.meterbox.smki.profile.CellUsage;
import org.meterbox.smki.profile.CertificateSubject;
import org.meterbox.smki.profile.KeyUse;
import org.meterbox.smki.repository.CertificateRecord;
import org.meterbox.smki.repository.CertificateStatus;
import org.meterbox.smki.repository.DistinguishedName;
import org.meterbox.smki.vault.HeldKey;
import org.meterbox.smki.vault.Pkcs12Vault;

final class CertificateIssuerTest {
  private static final Eui64 STRANGER = Eui64.parse("90B3D51F30990000");

  private final Path folder;
  private Installation smki;
  private CertificateIssuer issuer;

  CertificateIssuerTest(@TempDir Path folder) {
    this.folder = folder;
    smki = new Installation(folder);
    issuer = smki.issuer();
  }

  private static Issued issued(Issuance issuance) {
    assertThat(issuance).isInstanceOf(Issued.class);
    return (Issued) issuance;
  }

  private static void assertRefused(Issuance issuance, IssuingRule rule) {
    assertThat(issuance).isInstanceOf(Refused.class);
    assertThat(((Refused) issuance).rule()).as(issuance.toString()).isEqualTo(rule);
  }

  private Issuance supplier(RemotePartyRole role, KeyUse use, PublicKey key) {
    return issuer.issue(CertificateRequest.organisation(Installation.SUPPLIER, role, use, key));
  }

  @Test
  void issuesToAnOrganisationAndPublishesBeforeItAnswers() {
    Issued issued =
        issued(supplier(RemotePartyRole.SUPPLIER, KeyUse.DIGITAL_SIGNATURE, smki.newKey()));
    assertThat(smki.repository.find(issued.record().id())).contains(issued.record());
    assertThat(issued.record().status()).isEqualTo(CertificateStatus.IN_USE);
    assertThat(issued.chain())
        .containsExactly(
            issued.record().certificate(),
            smki.authorities.issuingOca().certificate(),
            smki.authorities.rootOca().certificate());
  }

  @Test
  void marksATopUpKeyInTheRepositoryOnly() {
    Issued issued =
        issued(issuer.issue(CertificateRequest.topUp(Installation.SUPPLIER, smki.newKey())));
    assertThat(issued.record().cellUsage()).isEqualTo(CellUsage.PREPAYMENT_TOP_UP);
    assertThat(issued.record().use()).isEqualTo(KeyUse.KEY_AGREEMENT);
  }

  @Test
  void publishesTheAuthoritiesThemselves() {
    assertThat(
            smki.repository.findByKeyIdentifier(
                issued(supplier(RemotePartyRole.SUPPLIER, KeyUse.KEY_AGREEMENT, smki.newKey()))
                    .record()
                    .contents()
                    .authorityKeyIdentifier()
                    .orElseThrow()))
        .extracting(CertificateRecord::certificate)
        .containsExactly(smki.authorities.issuingOca().certificate());
  }

  // ---- one refusal for each rule ----

  @Test
  void refusesAKeyOnAnotherCurve() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp384r1"));
    KeyPair pair = generator.generateKeyPair();
    assertRefused(
        supplier(RemotePartyRole.SUPPLIER, KeyUse.DIGITAL_SIGNATURE, pair.getPublic()),
        IssuingRule.CURVE);
    assertRefused(
        issuer.issue(
            Installation.SUPPLIER, deviceCsr(pair, pair, "SHA256withECDSA"), CellUsage.MANAGEMENT),
        IssuingRule.CURVE);
  }

  // The same key for another purpose, another party, or once more for the same: all refused.
  @Test
  void refusesAKeyThatWasCertifiedBefore() {
    PublicKey key = smki.newKey();
    issued(supplier(RemotePartyRole.SUPPLIER, KeyUse.DIGITAL_SIGNATURE, key));
    assertRefused(
        supplier(RemotePartyRole.SUPPLIER, KeyUse.DIGITAL_SIGNATURE, key), IssuingRule.FRESH_KEY);
    assertRefused(
        supplier(RemotePartyRole.SUPPLIER, KeyUse.KEY_AGREEMENT, key), IssuingRule.FRESH_KEY);
    assertRefused(
        issuer.issue(
            CertificateRequest.device(
                Installation.SUPPLIER, Installation.DEVICE, KeyUse.DIGITAL_SIGNATURE, key)),
        IssuingRule.FRESH_KEY);
  }

  @Test
  void refusesAnIdentifierThatIsNotTheRequesters() {
    assertRefused(
        issuer.issue(
            CertificateRequest.device(
                Installation.SUPPLIER,
                Eui64.parse("00DB123456789000"),
                KeyUse.DIGITAL_SIGNATURE,
                smki.newKey())),
        IssuingRule.SUBJECT_ENTITLEMENT);
    assertRefused(
        issuer.issue(
            new CertificateRequest(
                Installation.SUPPLIER,
                new CertificateSubject.Organisation(
                    Optional.empty(), RemotePartyRole.SUPPLIER, Installation.BROKER),
                KeyUse.DIGITAL_SIGNATURE,
                CellUsage.MANAGEMENT,
                smki.newKey())),
        IssuingRule.SUBJECT_ENTITLEMENT);
  }

  @Test
  void refusesWhoeverIsNoSubscriber() {
    assertRefused(
        issuer.issue(
            CertificateRequest.organisation(
                STRANGER, RemotePartyRole.SUPPLIER, KeyUse.DIGITAL_SIGNATURE, smki.newKey())),
        IssuingRule.SUBJECT_ENTITLEMENT);
  }

  @Test
  void refusesARoleThatTheOrganisationDoesNotHold() {
    assertRefused(
        supplier(RemotePartyRole.ACCESS_CONTROL_BROKER, KeyUse.DIGITAL_SIGNATURE, smki.newKey()),
        IssuingRule.ROLE_ENTITLEMENT);
  }

  @Test
  void refusesWhatNoProfileProvidesFor() {
    assertRefused(
        supplier(RemotePartyRole.XML_SIGNING, KeyUse.KEY_AGREEMENT, smki.newKey()),
        IssuingRule.PROFILE);
    assertRefused(
        supplier(RemotePartyRole.SUPPLIER, KeyUse.CERTIFICATE_SIGNING, smki.newKey()),
        IssuingRule.PROFILE);
    assertRefused(
        supplier(RemotePartyRole.ROOT, KeyUse.DIGITAL_SIGNATURE, smki.newKey()),
        IssuingRule.PROFILE);
    assertRefused(
        issuer.issue(
            new CertificateRequest(
                Installation.SUPPLIER,
                new CertificateSubject.Authority("M1", Optional.empty()),
                KeyUse.DIGITAL_SIGNATURE,
                CellUsage.MANAGEMENT,
                smki.newKey())),
        IssuingRule.PROFILE);
  }

  // An organisation's certificate must not outlive its authority; the last ten years are too few.
  @Test
  void refusesUnderAnAuthorityThatEndsTooSoon() {
    Instant end = smki.authorities.issuingOca().certificate().getNotAfter().toInstant();
    smki.now = Instant.parse("2041-03-01T10:00:00Z");
    issued(supplier(RemotePartyRole.SUPPLIER, KeyUse.DIGITAL_SIGNATURE, smki.newKey()));
    smki.now = smki.now.plusSeconds(1);
    assertRefused(
        supplier(RemotePartyRole.SUPPLIER, KeyUse.DIGITAL_SIGNATURE, smki.newKey()),
        IssuingRule.AUTHORITY_IN_FORCE);
    smki.now = end.plus(Duration.ofSeconds(1));
    assertRefused(device(Installation.DEVICE, smki.newKey()), IssuingRule.AUTHORITY_IN_FORCE);
  }

  // ---- requests in PKCS#10 ----

  private static Octets deviceCsr(KeyPair presented, KeyPair signer, String algorithm)
      throws Exception {
    return deviceCsr(presented, signer, algorithm, KeyUsage.digitalSignature, true);
  }

  private static Octets deviceCsr(
      KeyPair presented, KeyPair signer, String algorithm, int usage, boolean named)
      throws Exception {
    ExtensionsGenerator extensions = new ExtensionsGenerator();
    extensions.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
    if (named) {
      extensions.addExtension(
          Extension.subjectAlternativeName,
          true,
          new CertificateSubject.Device(Installation.DEVICE).alternativeName().orElseThrow());
    }
    return csr(new X500Name(new RDN[0]), extensions, presented, signer, algorithm);
  }

  private static Octets csr(
      X500Name subject,
      ExtensionsGenerator extensions,
      KeyPair presented,
      KeyPair signer,
      String algorithm)
      throws Exception {
    return Octets.of(
        new JcaPKCS10CertificationRequestBuilder(subject, presented.getPublic())
            .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate())
            .build(new JcaContentSignerBuilder(algorithm).build(signer.getPrivate()))
            .getEncoded());
  }

  @Test
  void issuesOnADevicesRequest() throws Exception {
    KeyPair pair = smki.newPair();
    Issued issued =
        issued(
            issuer.issue(
                Installation.SUPPLIER,
                deviceCsr(pair, pair, "SHA256withECDSA"),
                CellUsage.MANAGEMENT));
    assertThat(issued.record().subject()).contains(Installation.DEVICE);
    assertThat(issued.record().publicKey()).isEqualTo(pair.getPublic());
  }

  @Test
  void issuesOnAnOrganisationsRequest() throws Exception {
    KeyPair pair = smki.newPair();
    var subject =
        new CertificateSubject.Organisation(
            Optional.of("SUPPLIER ONE"), RemotePartyRole.SUPPLIER, Installation.SUPPLIER);
    ExtensionsGenerator extensions = new ExtensionsGenerator();
    extensions.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyAgreement));
    Octets csr = csr(subject.distinguishedName(), extensions, pair, pair, "SHA256withECDSA");
    Issued issued = issued(issuer.issue(Installation.SUPPLIER, csr, CellUsage.PREPAYMENT_TOP_UP));
    assertThat(issued.record().contents().commonName()).contains("SUPPLIER ONE");
    assertThat(issued.record().cellUsage()).isEqualTo(CellUsage.PREPAYMENT_TOP_UP);
  }

  // Somebody else's public key under one's own signature is the classic forgery.
  @Test
  void refusesARequestSignedByAnotherKey() throws Exception {
    assertRefused(
        issuer.issue(
            Installation.SUPPLIER,
            deviceCsr(smki.newPair(), smki.newPair(), "SHA256withECDSA"),
            CellUsage.MANAGEMENT),
        IssuingRule.PROOF_OF_POSSESSION);
  }

  @Test
  void refusesARequestSignedOverAnotherHash() throws Exception {
    KeyPair pair = smki.newPair();
    assertRefused(
        issuer.issue(
            Installation.SUPPLIER, deviceCsr(pair, pair, "SHA384withECDSA"), CellUsage.MANAGEMENT),
        IssuingRule.PROOF_OF_POSSESSION);
  }

  @Test
  void refusesARequestForTwoPurposesAtOnce() throws Exception {
    KeyPair pair = smki.newPair();
    assertRefused(
        issuer.issue(
            Installation.SUPPLIER,
            deviceCsr(
                pair,
                pair,
                "SHA256withECDSA",
                KeyUsage.digitalSignature | KeyUsage.keyAgreement,
                true),
            CellUsage.MANAGEMENT),
        IssuingRule.WELL_FORMED);
  }

  @Test
  void refusesARequestWithoutAName() throws Exception {
    KeyPair pair = smki.newPair();
    assertRefused(
        issuer.issue(
            Installation.SUPPLIER,
            deviceCsr(pair, pair, "SHA256withECDSA", KeyUsage.digitalSignature, false),
            CellUsage.MANAGEMENT),
        IssuingRule.WELL_FORMED);
  }

  // "Not well-formed" would send its maker to look for a fault in the encoding.
  @Test
  void saysHowLongTheNameOfAnOrganisationMayBe() throws Exception {
    KeyPair pair = smki.newPair();
    ExtensionsGenerator extensions = new ExtensionsGenerator();
    extensions.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    X500Name subject =
        new X500NameBuilder(BCStyle.INSTANCE)
            .addRDN(BCStyle.CN, "ABCDEFGHIJKLMNOPQ")
            .addRDN(BCStyle.OU, "02")
            .addRDN(
                BCStyle.UNIQUE_IDENTIFIER,
                new DERBitString(Installation.SUPPLIER.octets().toArray()))
            .build();
    Issuance outcome =
        issuer.issue(
            Installation.SUPPLIER,
            csr(subject, extensions, pair, pair, "SHA256withECDSA"),
            CellUsage.MANAGEMENT);
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Refused.class,
            refused ->
                assertThat(refused.detail())
                    .contains("CSR.subject.commonName")
                    .contains("1 to 16 characters, this one has 17"));
  }

  // Asking to be an authority is refused aloud, not dropped in silence.
  @Test
  void refusesARequestForAnExtensionForeignToTheProfile() throws Exception {
    KeyPair pair = smki.newPair();
    ExtensionsGenerator extensions = new ExtensionsGenerator();
    extensions.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    X500Name subject =
        new CertificateSubject.Organisation(
                Optional.empty(), RemotePartyRole.SUPPLIER, Installation.SUPPLIER)
            .distinguishedName();
    assertRefused(
        issuer.issue(
            Installation.SUPPLIER,
            csr(subject, extensions, pair, pair, "SHA256withECDSA"),
            CellUsage.MANAGEMENT),
        IssuingRule.WELL_FORMED);
  }

  @Test
  void acceptsARequestThatOpenSslMade() throws Exception {
    OpenSsl.requireInstalled();
    Path configuration =
        Files.writeString(
            folder.resolve("device.cnf"),
            """
            [req]
            distinguished_name = name
            req_extensions = wanted
            prompt = no
            [name]
            [wanted]
            keyUsage = critical, keyAgreement
            subjectAltName = critical, otherName:1.3.6.1.5.5.7.8.4;SEQUENCE:module
            [module]
            type = OID:1.2.826.0.1.8641679.1.2.2.1
            serial = FORMAT:HEX, OCTETSTRING:00DB123456789001
            """);
    Path csr = folder.resolve("csr.der");
    OpenSsl.Result made =
        OpenSsl.run(
            "req",
            "-new",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-subj",
            "/",
            "-keyout",
            folder.resolve("key.pem").toString(),
            "-outform",
            "DER",
            "-config",
            configuration.toString(),
            "-out",
            csr.toString());
    assertThat(made.exitCode()).as(made.output()).isZero();
    Octets request = Octets.of(Files.readAllBytes(csr));
    Issued issued = issued(issuer.issue(Installation.SUPPLIER, request, CellUsage.MANAGEMENT));
    assertThat(issued.record())
        .returns(Optional.of(Installation.DEVICE), CertificateRecord::subject)
        .returns(KeyUse.KEY_AGREEMENT, CertificateRecord::use);
  }

  @Test
  void survivesBrokenRequests() throws Exception {
    KeyPair pair = smki.newPair();
    byte[] der = deviceCsr(pair, pair, "SHA256withECDSA").toArray();
    for (int bit = 0; bit < 8 * der.length; bit++) {
      byte[] broken = der.clone();
      broken[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(issuer.issue(Installation.SUPPLIER, Octets.of(broken), CellUsage.MANAGEMENT))
          .isInstanceOf(Refused.class);
    }
    for (int length = 0; length < der.length; length++) {
      assertRefused(
          issuer.issue(Installation.SUPPLIER, Octets.of(der, 0, length), CellUsage.MANAGEMENT),
          IssuingRule.WELL_FORMED);
    }
    Octets longer = Octets.of(der).concat(Octets.of((byte) 0));
    assertRefused(
        issuer.issue(Installation.SUPPLIER, longer, CellUsage.MANAGEMENT), IssuingRule.WELL_FORMED);
    assertRefused(
        issuer.issue(
            Installation.SUPPLIER,
            Octets.of(new byte[CertificateSigningRequest.OCTETS_MAX + 1]),
            CellUsage.MANAGEMENT),
        IssuingRule.WELL_FORMED);
  }

  // The DSP must go on with the old key until the device has confirmed the new one.
  @Test
  void letsADevicesSecondCertificateWait() {
    Issued first = issued(device(Installation.DEVICE, smki.newKey()));
    Issued second = issued(device(Installation.DEVICE, smki.newKey()));
    assertThat(first.record().status()).isEqualTo(CertificateStatus.IN_USE);
    assertThat(second.record().status()).isEqualTo(CertificateStatus.PENDING);
  }

  // ---- issuing authorities for devices, one after the other ----

  private Issuance device(Eui64 device, PublicKey key) {
    return issuer.issue(
        CertificateRequest.device(Installation.SUPPLIER, device, KeyUse.DIGITAL_SIGNATURE, key));
  }

  private static String issuerOf(Issuance issuance) {
    return issued(issuance).record().certificate().getIssuerX500Principal().getName();
  }

  @Test
  void opensAnotherAuthorityWhenOneIsFull() {
    issuer = smki.issuer(2);
    List<String> issuers =
        IntStream.range(0, 5)
            .mapToObj(i -> issuerOf(device(Installation.DEVICE, smki.newKey())))
            .toList();
    assertThat(issuers).containsExactly("CN=D001", "CN=D001", "CN=D002", "CN=D002", "CN=D003");
    assertThat(smki.repository.findBySubject(Installation.DEVICE)).hasSize(5);
  }

  // The count is the repository's, so a restart goes on where the last run ended.
  @Test
  void countsOnAfterARestart() {
    issuer = smki.issuer(3);
    device(Installation.DEVICE, smki.newKey());
    device(Installation.DEVICE, smki.newKey());
    smki = new Installation(folder, smki.repository);
    issuer = smki.issuer(3);
    assertThat(issuerOf(device(Installation.DEVICE, smki.newKey()))).isEqualTo("CN=D001");
    assertThat(issuerOf(device(Installation.DEVICE, smki.newKey()))).isEqualTo("CN=D002");
  }

  @Test
  void neverOverfillsAnAuthorityUnderCompetition() throws Exception {
    issuer = smki.issuer(10);
    List<Callable<Issuance>> rivals =
        IntStream.range(0, 40)
            .<Callable<Issuance>>mapToObj(i -> () -> device(Installation.DEVICE, smki.newKey()))
            .toList();
    Set<String> issuers = new HashSet<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Issuance> rival : threads.invokeAll(rivals)) {
        issuers.add(issuerOf(rival.get()));
      }
    }
    assertThat(issuers).hasSize(4);
    for (CertificateAuthority authority : smki.authorities.issuingDcas()) {
      assertThat(
              smki.repository.countIssuedBy(
                  DistinguishedName.of(authority.certificate().getSubjectX500Principal())))
          .isEqualTo(10);
    }
  }

  // ---- keys made and enrolled in one step ----

  @Test
  void enrolsAPartyOnceAndFindsItsKeyAfterwards() {
    HeldKey first = enrol();
    assertThat(enrol().chain()).isEqualTo(first.chain());
    assertThat(smki.repository.findBySubject(Installation.BROKER))
        .singleElement()
        .returns(CertificateStatus.IN_USE, CertificateRecord::status)
        .returns(first.chain().getFirst(), CertificateRecord::certificate);
  }

  private HeldKey enrol() {
    return issuer.findOrEnrol(
        Pkcs12Vault.openIn(folder, "broker", smki.random),
        "signing",
        Installation.BROKER,
        new CertificateSubject.Organisation(
            Optional.empty(), RemotePartyRole.ACCESS_CONTROL_BROKER, Installation.BROKER),
        KeyUse.DIGITAL_SIGNATURE,
        CellUsage.MANAGEMENT);
  }

  @Test
  void replacesAKeyWhoseCertificateBeginsInTheFuture() {
    Instant today = smki.now;
    smki.now = today.plus(Duration.ofDays(3_000));
    HeldKey ahead = enrol();
    assertThat(enrol().chain()).isEqualTo(ahead.chain());
    smki.now = today;
    assertThat(enrol().isValidAt(today)).isTrue();
  }

  @Test
  void keepsNoKeyWhereEnrolmentIsRefused() {
    Pkcs12Vault vault = Pkcs12Vault.openIn(folder, "stranger", smki.random);
    assertThatThrownBy(() ->
            issuer.findOrEnrol(
                vault,
                "signing",
                STRANGER,
                new CertificateSubject.Device(Installation.DEVICE),
                KeyUse.DIGITAL_SIGNATURE,
                CellUsage.MANAGEMENT))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused ->
                assertThat(refused.refusal().rule()).isEqualTo(IssuingRule.SUBJECT_ENTITLEMENT));
    assertThat(vault.names()).isEmpty();
  }

  // A vault from one installation and a database from another do not belong together.
  @Test
  void noticesAVaultOfAnotherInstallation(@TempDir Path elsewhere) {
    enrol();
    smki = new Installation(elsewhere);
    issuer = smki.issuer();
    assertThatThrownBy(this::enrol).isInstanceOf(IllegalStateException.class);
  }
}
