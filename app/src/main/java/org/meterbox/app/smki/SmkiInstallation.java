// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.smki;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.meterbox.app.system.CentralParties;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.audit.AuditAction;
import org.meterbox.smki.audit.PostgresAuditLog;
import org.meterbox.smki.audit.Recording;
import org.meterbox.smki.authority.Authorities;
import org.meterbox.smki.authority.CertificateAuthority;
import org.meterbox.smki.ceremony.SealedKeys;
import org.meterbox.smki.issuing.BatchDesk;
import org.meterbox.smki.issuing.CertificateIssuer;
import org.meterbox.smki.issuing.Entitlements;
import org.meterbox.smki.issuing.EuiRange;
import org.meterbox.smki.registration.RegistrationAuthority;
import org.meterbox.smki.repository.CertificateId;
import org.meterbox.smki.repository.DateRule;
import org.meterbox.smki.repository.PostgresCertificateRepository;
import org.meterbox.smki.revocation.PostgresRevocationListStore;
import org.meterbox.smki.revocation.RevocationDesk;
import org.meterbox.smki.revocation.RevocationLists;
import org.meterbox.smki.revocation.SignedRevocationList;
import org.meterbox.smki.validation.CertificateValidator;
import org.meterbox.smki.vault.Pkcs12Vault;
import org.meterbox.store.Store;

/** The key infrastructures of one data directory, opened for one command. */
final class SmkiInstallation implements AutoCloseable {
  private final InstantSource clock = InstantSource.system();
  private final SecureRandom random = new SecureRandom();
  private final String actor;
  private final Store store;
  private final Pkcs12Vault softwareVault;
  private final Authorities authorities;
  private final PostgresCertificateRepository repository;
  private final PostgresAuditLog audit;
  private final RegistrationAuthority registrations;
  private final CertificateIssuer issuer;
  private final RevocationLists lists;
  private final SealedKeys sealedKeys;

  private SmkiInstallation(SmkiOptions options, Store store) throws IOException {
    this.store = store;
    actor = options.actor();
    softwareVault = options.softwareVault(random);
    authorities = Authorities.openOrCreate(options.vault(softwareVault), clock, random);
    repository = PostgresCertificateRepository.open(store);
    audit = PostgresAuditLog.open(store, clock);
    registrations = RegistrationAuthority.open(store, audit, authorities.ikiIssuing(), clock);
    noteNewAuthorities();
    issuer =
        new CertificateIssuer(
            authorities,
            repository,
            entitlements(),
            clock,
            CertificateIssuer.DCA_CERTIFICATES_MAX,
            Optional.of(new Recording(store, audit)));
    lists =
        new RevocationLists(
            authorities, repository, PostgresRevocationListStore.open(store), clock);
    sealedKeys = new SealedKeys(options.directory().authorities(), random);
  }

  /**
   * Opens an installation that is there.
   *
   * @throws IOException where there is none, with what to do
   */
  static SmkiInstallation open(SmkiOptions options, PrintWriter err) throws IOException {
    if (!Files.exists(options.vaultFile())) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "there is no SMKI in %s; make one with: ./meterbox smki init --data %s",
              options.directory().root(),
              options.directory().root()));
    }
    return openOrCreate(options, err);
  }

  /** Opens an installation, or makes one. */
  static SmkiInstallation openOrCreate(SmkiOptions options, PrintWriter err) throws IOException {
    Files.createDirectories(options.directory().authorities());
    Store store = Store.open(options.store(err));
    boolean opened = false;
    try {
      SmkiInstallation installation = new SmkiInstallation(options, store);
      opened = true;
      return installation;
    } finally {
      if (!opened) {
        store.close();
      }
    }
  }

  private void noteNewAuthorities() {
    for (CertificateAuthority authority : authorities.all()) {
      if (repository.find(CertificateId.of(authority.certificate())).isEmpty()) {
        audit.append(actor, AuditAction.AUTHORITY_OPENED, authority.toString());
      }
    }
  }

  /** Registered organisations, and the recovery party, which is the DCC's own. */
  private Entitlements entitlements() {
    Entitlements own =
        Entitlements.fixed(
            List.of(
                new Entitlements.Entitlement(
                    CentralParties.RECOVERY,
                    Set.of(RemotePartyRole.RECOVERY),
                    List.of(EuiRange.of(CentralParties.RECOVERY)),
                    List.of())));
    return requester -> registrations.of(requester).or(() -> own.of(requester));
  }

  String actor() {
    return actor;
  }

  InstantSource clock() {
    return clock;
  }

  SecureRandom random() {
    return random;
  }

  Pkcs12Vault softwareVault() {
    return softwareVault;
  }

  Authorities authorities() {
    return authorities;
  }

  PostgresCertificateRepository repository() {
    return repository;
  }

  PostgresAuditLog audit() {
    return audit;
  }

  RegistrationAuthority registrations() {
    return registrations;
  }

  CertificateIssuer issuer() {
    return issuer;
  }

  RevocationLists lists() {
    return lists;
  }

  SealedKeys sealedKeys() {
    return sealedKeys;
  }

  BatchDesk batches() {
    return BatchDesk.open(store, issuer, entitlements(), audit, clock);
  }

  RevocationDesk revocations() {
    return new RevocationDesk(
        repository, lists, entitlements(), clock, Optional.of(new Recording(store, audit)));
  }

  /** Believes what leads to one of this installation's roots. */
  CertificateValidator validator() {
    List<X509Certificate> roots = new ArrayList<>();
    for (CertificateAuthority authority : authorities.all()) {
      if (authority.kind().isRoot()) {
        roots.add(authority.certificate());
      }
    }
    return new CertificateValidator(repository, roots, DateRule.ENFORCED);
  }

  /** Signs what is due and writes it down. */
  List<SignedRevocationList> signDueLists() {
    List<SignedRevocationList> signed = lists.signDue();
    for (SignedRevocationList list : signed) {
      audit.append(
          actor,
          AuditAction.REVOCATION_LIST_SIGNED,
          String.format(
              Locale.ROOT,
              "number %d of %s, %d entries",
              list.number(),
              list.issuer(),
              list.entries()));
    }
    return signed;
  }

  @Override
  public void close() {
    store.close();
  }
}
