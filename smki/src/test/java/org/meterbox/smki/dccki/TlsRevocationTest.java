// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.dccki;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.kernel.Eui64;
import org.meterbox.smki.Installation;
import org.meterbox.smki.dccki.TlsRevocation.Status;
import org.meterbox.smki.issuing.Entitlements;
import org.meterbox.smki.issuing.Entitlements.Entitlement;
import org.meterbox.smki.issuing.EuiRange;
import org.meterbox.smki.repository.CertificateId;
import org.meterbox.smki.repository.Revocation;
import org.meterbox.smki.revocation.InMemoryRevocationListStore;
import org.meterbox.smki.revocation.RevocationDesk;
import org.meterbox.smki.revocation.RevocationLists;
import org.meterbox.smki.revocation.RevocationOutcome;
import org.meterbox.smki.vault.HeldKey;
import org.meterbox.smki.vault.Pkcs12Vault;
import org.meterbox.store.Store;
import org.meterbox.store.StoreConfiguration;

/** From the revocation of a TLS certificate to the moment from which it counts. */
final class TlsRevocationTest {
  private static final Eui64 USER = Installation.SUPPLIER;

  private final Installation smki;
  private final RevocationLists lists;
  private final TlsIssuer issuer;
  private final Pkcs12Vault vault;
  private final X509Certificate certificate;
  private final TlsRevocation revocation;
  private boolean storeIsAway;

  TlsRevocationTest(@TempDir Path folder) {
    smki = new Installation(folder);
    issuer = new TlsIssuer(smki.authorities, smki.repository, smki.clock);
    vault = Pkcs12Vault.openIn(folder, "user", smki.random);
    certificate = client().chain().getFirst();
    lists =
        new RevocationLists(
            smki.authorities, smki.repository, new InMemoryRevocationListStore(), smki.clock);
    var authority = smki.authorities.dcckiInfrastructure();
    revocation =
        new TlsRevocation(
            authority.certificate(),
            () -> {
              if (storeIsAway) {
                // Fails as a store does that does not answer.
                Store.open(StoreConfiguration.external("no address", _ -> {})).close();
              }
              return lists.latest(authority);
            },
            smki.clock);
  }

  private HeldKey client() {
    return issuer.client(vault, "tls", USER);
  }

  private void revoke() {
    Entitlements entitlements =
        Entitlements.fixed(
            List.of(new Entitlement(USER, Set.of(), List.of(EuiRange.of(USER)), List.of())));
    assertThat(
            new RevocationDesk(smki.repository, lists, entitlements, smki.clock)
                .revoke(USER, CertificateId.of(certificate), Revocation.Reason.UNSPECIFIED))
        .isInstanceOf(RevocationOutcome.Revoked.class);
  }

  private void later(Duration time) {
    smki.now = smki.now.plus(time);
  }

  @Test
  void aRevocationCountsWithinAMinute() {
    assertThat(lists.signDue()).isNotEmpty();
    assertThat(revocation.statusOf(certificate)).isEqualTo(Status.GOOD);
    revoke();
    later(TlsRevocation.REFRESH);
    assertThat(TlsRevocation.REFRESH).isLessThan(Duration.ofMinutes(1));
    assertThat(revocation.statusOf(certificate)).isEqualTo(Status.REVOKED);
  }

  @Test
  void withoutAListInForceNobodyCanSay() {
    assertThat(revocation.statusOf(certificate)).isEqualTo(Status.UNKNOWN);
    assertThat(lists.signDue()).isNotEmpty();
    later(RevocationLists.ISSUING_VALIDITY.plusSeconds(60));
    assertThat(revocation.statusOf(certificate)).isEqualTo(Status.UNKNOWN);
  }

  @Test
  void whileTheStoreIsAwayTheLastListCounts() {
    assertThat(lists.signDue()).isNotEmpty();
    assertThat(revocation.statusOf(certificate)).isEqualTo(Status.GOOD);
    storeIsAway = true;
    later(TlsRevocation.REFRESH);
    assertThat(revocation.statusOf(certificate)).isEqualTo(Status.GOOD);
    later(RevocationLists.ISSUING_VALIDITY.plusSeconds(60));
    assertThat(revocation.statusOf(certificate)).isEqualTo(Status.UNKNOWN);
  }

  @Test
  void aCertificateOfAnotherIssuerIsNotVouchedFor() {
    assertThat(lists.signDue()).isNotEmpty();
    assertThat(revocation.statusOf(smki.authorities.dcckiUsers().certificate()))
        .isEqualTo(Status.REVOKED);
  }

  // Otherwise nobody could name it in a request to revoke it.
  @Test
  void everyTlsCertificateIsInTheRepositoryAndARevokedOneIsReplaced() {
    assertThat(smki.repository.find(CertificateId.of(certificate))).isPresent();
    assertThat(client().chain()).contains(certificate);
    revoke();
    assertThat(Optional.of(client().chain().getFirst())).isNotEqualTo(Optional.of(certificate));
  }
}
