// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.crypto.SigningKey;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.Installation;
import org.meterbox.smki.authority.Authorities;
import org.meterbox.smki.authority.CertificateAuthority;
import org.meterbox.smki.authority.CertificateForgery;
import org.meterbox.smki.issuing.CertificateIssuer;
import org.meterbox.smki.issuing.CertificateRequest;
import org.meterbox.smki.issuing.Issuance;
import org.meterbox.smki.profile.CertificateContents;
import org.meterbox.smki.profile.CertificateDer;
import org.meterbox.smki.profile.KeyUse;
import org.meterbox.smki.repository.CertificateId;
import org.meterbox.smki.repository.CertificateRecord;
import org.meterbox.smki.repository.DateRule;
import org.meterbox.smki.repository.Revocation;
import org.meterbox.smki.repository.Revocation.Reason;
import org.meterbox.smki.validation.Verdict.Distrusted;
import org.meterbox.smki.validation.Verdict.Trusted;

final class CertificateValidatorTest {
  private final Path folder;
  private final Installation smki;
  private final CertificateValidator validator;
  private final X509Certificate supplier;
  private final X509Certificate device;

  CertificateValidatorTest(@TempDir Path folder) {
    this.folder = folder;
    smki = new Installation(folder);
    CertificateIssuer issuer = smki.issuer();
    validator = validator(smki.authorities, DateRule.ENFORCED);
    supplier =
        issued(
            issuer,
            CertificateRequest.organisation(
                Installation.SUPPLIER,
                RemotePartyRole.SUPPLIER,
                KeyUse.DIGITAL_SIGNATURE,
                smki.newKey()));
    device =
        issued(
            issuer,
            CertificateRequest.device(
                Installation.SUPPLIER, Installation.DEVICE, KeyUse.KEY_AGREEMENT, smki.newKey()));
  }

  private static X509Certificate issued(CertificateIssuer issuer, CertificateRequest request) {
    return ((Issuance.Issued) issuer.issue(request)).record().certificate();
  }

  private CertificateValidator validator(Authorities roots, DateRule dates) {
    return new CertificateValidator(
        smki.repository,
        List.of(roots.rootOca().certificate(), roots.rootDca().certificate()),
        dates);
  }

  private static void assertDistrusted(Verdict verdict, ValidationRule rule) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Distrusted.class,
            distrusted -> assertThat(distrusted.rule()).as(distrusted.detail()).isEqualTo(rule));
  }

  @Test
  void believesWhatLeadsToARoot() {
    assertThat(validator.validate(supplier, smki.now))
        .isEqualTo(
            new Trusted(
                List.of(
                    supplier,
                    smki.authorities.issuingOca().certificate(),
                    smki.authorities.rootOca().certificate())));
    assertThat(validator.validate(device, smki.now)).isInstanceOf(Trusted.class);
  }

  @Test
  void countsBothEndsOfValidity() {
    Instant begin = supplier.getNotBefore().toInstant();
    Instant end = supplier.getNotAfter().toInstant();
    assertThat(validator.validate(supplier, begin)).isInstanceOf(Trusted.class);
    assertThat(validator.validate(supplier, end)).isInstanceOf(Trusted.class);
    assertDistrusted(validator.validate(supplier, begin.minusMillis(1)), ValidationRule.DATES);
    assertDistrusted(validator.validate(supplier, end.plusMillis(1)), ValidationRule.DATES);
    assertThat(validator(smki.authorities, DateRule.IGNORED).validate(supplier, end.plusMillis(1)))
        .isInstanceOf(Trusted.class);
  }

  // A device's certificate has no end; its authority does.
  @Test
  void distrustsUnderAnExpiredAuthority() {
    Instant end = smki.authorities.issuingDca().certificate().getNotAfter().toInstant();
    assertDistrusted(validator.validate(device, end.plusSeconds(1)), ValidationRule.DATES);
  }

  @Test
  void distrustsWhatWasRevokedAndWhatARevokedAuthorityIssued() {
    smki.repository.revoke(
        CertificateId.of(supplier), new Revocation(smki.now, Reason.KEY_COMPROMISE));
    assertDistrusted(validator.validate(supplier, smki.now), ValidationRule.REVOCATION);
    smki.repository.revoke(
        CertificateId.of(smki.authorities.issuingDca().certificate()),
        new Revocation(smki.now, Reason.CA_COMPROMISE));
    assertDistrusted(validator.validate(device, smki.now), ValidationRule.REVOCATION);
  }

  // An authority of the same name with another key: its key identifier gives it away.
  @Test
  void distrustsTheSameNameWithAnotherKey(@TempDir Path elsewhere) {
    CertificateAuthority namesake = new Installation(elsewhere).authorities.issuingOca();
    X509Certificate foreign =
        CertificateForgery.withSerial(namesake, java.math.BigInteger.valueOf(77), smki.newKey());
    assertThat(foreign.getIssuerX500Principal()).isEqualTo(supplier.getIssuerX500Principal());
    assertDistrusted(validator.validate(foreign, smki.now), ValidationRule.ISSUER);
  }

  // The namesake's forger claims the honest authority's key identifier too; the signature remains.
  @Test
  void distrustsAForgedKeyIdentifier(@TempDir Path elsewhere) {
    CertificateAuthority namesake = new Installation(elsewhere).authorities.issuingOca();
    X509Certificate forged =
        CertificateForgery.claimingIssuer(smki.authorities.issuingOca(), namesake, smki.newKey());
    assertDistrusted(validator.validate(forged, smki.now), ValidationRule.SIGNATURE);
  }

  // Every chain is sound in itself; only the root says whose it is.
  @Test
  void distrustsAChainToAnotherRoot(@TempDir Path elsewhere) {
    Authorities others = new Installation(elsewhere).authorities;
    assertDistrusted(
        validator(others, DateRule.ENFORCED).validate(supplier, smki.now), ValidationRule.ROOT);
    assertDistrusted(
        validator.validate(others.rootOca().certificate(), smki.now), ValidationRule.ROOT);
  }

  // An authority for devices that certifies an organisation oversteps its hierarchy.
  @Test
  void distrustsAnAuthorityOfTheOtherHierarchy() {
    X509Certificate crossed =
        CertificateForgery.withSerial(
            smki.authorities.issuingDca(), java.math.BigInteger.valueOf(78), smki.newKey());
    assertDistrusted(validator.validate(crossed, smki.now), ValidationRule.ISSUER);
  }

  @Test
  void distrustsACertificateWhoseIssuerIsUnknown(@TempDir Path elsewhere) throws Exception {
    X509Certificate self = CertificateForgery.selfSigned(namedKey());
    assertThat(CertificateContents.read(self).authorityKeyIdentifier()).isPresent();
    assertDistrusted(validator.validate(self, smki.now), ValidationRule.ISSUER);
  }

  private SigningKey namedKey() {
    return org.meterbox.crypto.SoftwareSigningKey.of(smki.newPair());
  }

  // One flipped bit anywhere: unreadable, or distrusted. Never believed.
  @Test
  void distrustsEveryBrokenCertificate() {
    byte[] der = CertificateDer.encode(supplier).toArray();
    for (int bit = 0; bit < 8 * der.length; bit++) {
      byte[] broken = der.clone();
      broken[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        X509Certificate read = CertificateDer.decode(Octets.of(broken));
        assertThat(validator.validate(read, smki.now)).isInstanceOf(Distrusted.class);
      } catch (DecodeException unreadable) {
        assertThat(unreadable.path()).isNotEmpty();
      }
    }
  }

  // An imported certificate in the repository is no authority by being there.
  @Test
  void takesOnlyAuthoritiesForIssuers() throws Exception {
    CertificateAuthority namesake = new Installation(folder.resolve("n")).authorities.issuingOca();
    smki.repository.add(
        CertificateRecord.inUse(
            namesake.certificate(), CertificateContents.read(namesake.certificate())));
    X509Certificate foreign =
        CertificateForgery.withSerial(namesake, java.math.BigInteger.valueOf(79), smki.newKey());
    // Known, but its root is unknown here.
    assertDistrusted(validator.validate(foreign, smki.now), ValidationRule.ISSUER);
  }
}
