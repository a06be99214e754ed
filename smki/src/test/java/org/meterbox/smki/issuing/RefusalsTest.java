// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.issuing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.crypto.EcdsaSignature;
import org.meterbox.crypto.SigningKey;
import org.meterbox.crypto.SoftwareSigningKey;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.Installation;
import org.meterbox.smki.audit.AuditAction;
import org.meterbox.smki.audit.AuditEntry;
import org.meterbox.smki.audit.AuditLog;
import org.meterbox.smki.audit.PostgresAuditLog;
import org.meterbox.smki.audit.Recording;
import org.meterbox.smki.authority.CertificateForgery;
import org.meterbox.smki.profile.CellUsage;
import org.meterbox.smki.profile.CertificateContents;
import org.meterbox.smki.profile.CertificateSubject;
import org.meterbox.smki.profile.KeyUse;
import org.meterbox.smki.repository.CertificateId;
import org.meterbox.smki.repository.CertificateRecord;
import org.meterbox.smki.repository.CertificateRepository;
import org.meterbox.smki.repository.DateRule;
import org.meterbox.smki.repository.PostgresCertificateRepository;
import org.meterbox.smki.repository.Revocation;
import org.meterbox.smki.validation.CertificateValidator;
import org.meterbox.smki.validation.Verdict;
import org.meterbox.store.Store;
import org.meterbox.store.TestStore;

/**
 * What must never come through, on the real store, each with its own reason; and that each reason
 * is written down where nobody can take it back.
 */
final class RefusalsTest {
  private final Store store = TestStore.fresh();
  private final Installation smki;
  private final PostgresAuditLog audit;
  private final CertificateIssuer issuer;

  RefusalsTest(@TempDir Path folder) {
    smki = new Installation(folder, PostgresCertificateRepository.open(store));
    audit = PostgresAuditLog.open(store, smki.clock);
    issuer =
        new CertificateIssuer(
            smki.authorities,
            smki.repository,
            Installation.entitlements(),
            smki.clock,
            CertificateIssuer.DCA_CERTIFICATES_MAX,
            Optional.of(new Recording(store, audit)));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static CertificateSubject organisation(RemotePartyRole role, Eui64 eui) {
    return new CertificateSubject.Organisation(Optional.empty(), role, eui);
  }

  private Octets csr(CertificateSubject subject, KeyUse use) {
    return SigningRequests.write(subject, use, SoftwareSigningKey.of(smki.newPair()));
  }

  private Octets supplierCsr() {
    return csr(
        organisation(RemotePartyRole.SUPPLIER, Installation.SUPPLIER), KeyUse.DIGITAL_SIGNATURE);
  }

  /** A request that presents one key and is signed by another. */
  private Octets forgedCsr() {
    SigningKey presented = SoftwareSigningKey.of(smki.newPair());
    SigningKey forger = SoftwareSigningKey.of(smki.newPair());
    return SigningRequests.write(
        new CertificateSubject.Device(Installation.DEVICE),
        KeyUse.DIGITAL_SIGNATURE,
        new SigningKey() {
          @Override
          public EcdsaSignature sign(byte[] content) {
            return forger.sign(content);
          }

          @Override
          public java.security.interfaces.ECPublicKey publicKey() {
            return presented.publicKey();
          }
        });
  }

  private static Octets csrOnAnotherCurve() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp384r1"));
    KeyPair pair = generator.generateKeyPair();
    ExtensionsGenerator extensions = new ExtensionsGenerator();
    extensions.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    extensions.addExtension(
        Extension.subjectAlternativeName,
        true,
        new CertificateSubject.Device(Installation.DEVICE).alternativeName().orElseThrow());
    return Octets.of(
        new JcaPKCS10CertificationRequestBuilder(new X500Name(new RDN[0]), pair.getPublic())
            .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate())
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
            .getEncoded());
  }

  private String issue(Octets csr) {
    return switch (issuer.issue("Ann Officer", Installation.SUPPLIER, csr, CellUsage.MANAGEMENT)) {
      case Issuance.Issued _ -> "issued";
      case Issuance.Refused(IssuingRule rule, String _) -> rule.name();
    };
  }

  private String judge(X509Certificate certificate) {
    CertificateValidator validator =
        new CertificateValidator(
            smki.repository, List.of(smki.authorities.rootOca().certificate()), DateRule.ENFORCED);
    return switch (validator.validate(certificate, smki.now)) {
      case Verdict.Trusted _ -> "trusted";
      case Verdict.Distrusted distrusted -> distrusted.rule().name();
    };
  }

  @Test
  void refusesEachWrongForItsOwnReason(@TempDir Path elsewhere) throws Exception {
    Map<String, String> reasons = new LinkedHashMap<>();
    Octets good = supplierCsr();
    reasons.put("in order", issue(good));
    X509Certificate supplier =
        smki.repository.findBySubject(Installation.SUPPLIER).getFirst().certificate();
    reasons.put("in order, judged", judge(supplier));

    reasons.put("not a request", issue(Octets.of(new byte[40])));
    reasons.put("wrong curve", issue(csrOnAnotherCurve()));
    reasons.put("forged request", issue(forgedCsr()));
    reasons.put("reused key", issue(good));
    reasons.put(
        "another's name",
        issue(
            csr(
                organisation(RemotePartyRole.SUPPLIER, Installation.BROKER),
                KeyUse.DIGITAL_SIGNATURE)));
    reasons.put(
        "wrong role",
        issue(
            csr(
                organisation(RemotePartyRole.NETWORK_OPERATOR, Installation.SUPPLIER),
                KeyUse.DIGITAL_SIGNATURE)));
    reasons.put(
        "no such profile",
        issue(
            csr(
                organisation(RemotePartyRole.XML_SIGNING, Installation.SUPPLIER),
                KeyUse.KEY_AGREEMENT)));
    reasons.put("same serial number, another key", sameSerialAnotherKey(supplier));
    reasons.put(
        "same name of the issuer, another key",
        judge(
            CertificateForgery.claimingIssuer(
                smki.authorities.issuingOca(),
                new Installation(elsewhere).authorities.issuingOca(),
                smki.newKey())));
    reasons.put(
        "issuer of the same name elsewhere",
        judge(
            CertificateForgery.withSerial(
                new Installation(elsewhere).authorities.issuingOca(),
                java.math.BigInteger.TEN,
                smki.newKey())));

    Instant before = smki.now;
    smki.now = Instant.parse("2052-01-01T00:00:00Z");
    reasons.put("expired authority", issue(supplierCsr()));
    reasons.put("expired authority, judged", judge(supplier));
    smki.now = before;
    smki.repository.revoke(
        CertificateId.of(smki.authorities.issuingOca().certificate()),
        new Revocation(smki.now, Revocation.Reason.CA_COMPROMISE));
    reasons.put("revoked issuer", issue(supplierCsr()));
    reasons.put("revoked issuer, judged", judge(supplier));

    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("in order", "issued");
    expected.put("in order, judged", "trusted");
    expected.put("not a request", "WELL_FORMED");
    expected.put("wrong curve", "CURVE");
    expected.put("forged request", "PROOF_OF_POSSESSION");
    expected.put("reused key", "FRESH_KEY");
    expected.put("another's name", "SUBJECT_ENTITLEMENT");
    expected.put("wrong role", "ROLE_ENTITLEMENT");
    expected.put("no such profile", "PROFILE");
    expected.put("same serial number, another key", "OTHER_WITH_SAME_ID");
    expected.put("same name of the issuer, another key", "SIGNATURE");
    expected.put("issuer of the same name elsewhere", "ISSUER");
    expected.put("expired authority", "AUTHORITY_IN_FORCE");
    expected.put("expired authority, judged", "DATES");
    expected.put("revoked issuer", "AUTHORITY_NOT_REVOKED");
    expected.put("revoked issuer, judged", "REVOCATION");
    assertThat(reasons).containsExactlyEntriesOf(expected);
    assertThat(new java.util.HashSet<>(reasons.values())).hasSameSizeAs(reasons.values());
  }

  private String sameSerialAnotherKey(X509Certificate present) throws Exception {
    X509Certificate other =
        CertificateForgery.withSerial(
            smki.authorities.issuingOca(), present.getSerialNumber(), smki.newKey());
    CertificateRepository.Addition addition =
        smki.repository.add(CertificateRecord.inUse(other, CertificateContents.read(other)));
    return addition.name();
  }

  // Who asked, for what, and under which rule it failed; the certificate and its entry are one
  // transaction, so neither is there without the other.
  @Test
  void writesDownWhatIsIssuedAndWhatIsRefused() throws Exception {
    issue(supplierCsr());
    issue(forgedCsr());
    CertificateRecord issued = smki.repository.findBySubject(Installation.SUPPLIER).getFirst();
    List<AuditEntry> entries = audit.read(1, 10);
    assertThat(entries)
        .extracting(AuditEntry::action)
        .containsExactly(AuditAction.CERTIFICATE_ISSUED, AuditAction.CERTIFICATE_REFUSED);
    assertThat(entries).extracting(AuditEntry::actor).containsOnly("Ann Officer");
    assertThat(entries.getFirst().detail())
        .contains(issued.id().serial().toString(16), Installation.SUPPLIER.toString(), "SUPPLIER");
    assertThat(entries.getLast().detail()).contains("PROOF_OF_POSSESSION");
    assertThat(audit.verify()).isInstanceOf(AuditLog.Verification.Intact.class);
  }
}
