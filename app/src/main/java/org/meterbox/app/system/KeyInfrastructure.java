// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.system;

import java.io.IOException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import org.meterbox.app.keys.TrustFile;
import org.meterbox.portal.smki.service.SmkiService;
import org.meterbox.smki.audit.AuditLog;
import org.meterbox.smki.audit.PostgresAuditLog;
import org.meterbox.smki.authority.Authorities;
import org.meterbox.smki.authority.CertificateAuthority;
import org.meterbox.smki.dccki.TlsContexts;
import org.meterbox.smki.dccki.TlsRevocation;
import org.meterbox.smki.desk.Infrastructure;
import org.meterbox.smki.issuing.BatchDesk;
import org.meterbox.smki.people.Duty;
import org.meterbox.smki.people.PeopleRegister;
import org.meterbox.smki.registration.RegistrationAuthority;
import org.meterbox.smki.repository.PostgresCertificateRepository;
import org.meterbox.smki.revocation.PostgresRevocationListStore;
import org.meterbox.smki.revocation.RevocationDesk;
import org.meterbox.smki.revocation.RevocationLists;
import org.meterbox.smki.vault.HeldKey;
import org.meterbox.smki.vault.KeyVault;
import org.meterbox.smki.vault.Pkcs12Vault;
import org.meterbox.store.Store;

/** SMKI, IKI and DCCKI of one installation, with the people who work there. */
final class KeyInfrastructure {
  /** The name of a person's key in the person's vault; browsers show it. */
  private static final String PERSON_KEY = "person";

  private static final String ACTOR = "installation";

  private final DataDirectory data;
  private final SecureRandom random;
  private final Authorities authorities;
  private final PostgresCertificateRepository repository;
  private final PostgresAuditLog audit;
  private final RegistrationAuthority registrations;
  private final Enrolment enrolment;
  private final Infrastructure parts;

  /** Opens the infrastructures, makes what is missing, and registers the participants. */
  KeyInfrastructure(DataDirectory data, Store store, InstantSource clock, SecureRandom random)
      throws IOException {
    this.data = data;
    this.random = random;
    authorities =
        Authorities.openOrCreate(
            Pkcs12Vault.openIn(data.authorities(), "keys", random), clock, random);
    requireInForce(clock.instant());
    repository = PostgresCertificateRepository.open(store);
    audit = PostgresAuditLog.open(store, clock);
    registrations = RegistrationAuthority.open(store, audit, authorities.ikiIssuing(), clock);
    enrolment = new Enrolment(authorities, repository, registrations, clock, random);
    RevocationLists lists =
        new RevocationLists(
            authorities, repository, PostgresRevocationListStore.open(store), clock);
    parts =
        new Infrastructure(
            authorities,
            enrolment.issuer(),
            BatchDesk.open(store, enrolment.issuer(), registrations, audit, clock),
            repository,
            new RevocationDesk(repository, lists, registrations, clock),
            lists,
            registrations,
            PeopleRegister.open(
                store,
                repository,
                registrations,
                audit,
                authorities,
                CentralParties.ACCESS_CONTROL_BROKER,
                clock),
            audit,
            clock);
    TrustFile.write(data.trust(), issuingAuthorities());
    TrustFile.write(data.dcckiRoot(), List.of(authorities.dcckiRoot().certificate()));
    SamplePerson.SIGNING_IN.forEach(this::settle);
  }

  /** Authorities that a clock ahead made cannot be used before their time, nor made anew. */
  private void requireInForce(Instant now) throws IOException {
    for (CertificateAuthority authority : authorities.all()) {
      Instant begin = authority.certificate().getNotBefore().toInstant();
      if (now.isBefore(begin)) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "the certificate of %s begins at %s, and it is %s now: the keys in %s were made while"
                    + " the clock ran ahead. Set the clock right if it is wrong now; if it is"
                    + " right, start with a new data directory (--data DIR)",
                authority,
                begin,
                now,
                data.root()));
      }
    }
  }

  /** Lets a person in, and the person's organisation before. */
  private void settle(SamplePerson person) {
    person
        .organisation()
        .ifPresent(organisation ->
            new SampleRegistrations(registrations, authorities.ikiIssuing())
                .register(organisation, person, vault(person.file() + "-iki")));
    Duty duty =
        switch (person.duty()) {
          case AUTHORISED_OFFICER ->
              new Duty.AuthorisedOfficer(
                  person.organisation().orElseThrow().id(), SampleRegistrations.AUTHORISED);
          case REGISTRATION_STAFF -> new Duty.RegistrationStaff();
          case AUDITOR -> new Duty.Auditor();
        };
    if (!(duty instanceof Duty.AuthorisedOfficer officer) || acts(officer)) {
      HeldKey _ =
          parts.people().findOrAdmit(ACTOR, vault(person.file()), PERSON_KEY, person.name(), duty);
    }
  }

  /** Whom people removed since the first start stays removed. */
  private boolean acts(Duty.AuthorisedOfficer duty) {
    return registrations
        .find(duty.organisation())
        .filter(found -> found.standing().maySubmit())
        .flatMap(found -> found.officer(duty.officer()))
        .filter(found -> found.maySubmit())
        .isPresent();
  }

  private KeyVault vault(String name) {
    return Pkcs12Vault.openIn(data.people(), name, random);
  }

  /** Every authority. */
  Authorities authorities() {
    return authorities;
  }

  /** Every certificate. */
  PostgresCertificateRepository repository() {
    return repository;
  }

  /** What authorities have taken back. */
  RevocationLists revocationLists() {
    return parts.lists();
  }

  /** Which TLS certificates have been taken back. */
  TlsRevocation tlsRevocation(InstantSource clock) {
    CertificateAuthority issuer = authorities.dcckiInfrastructure();
    return new TlsRevocation(issuer.certificate(), () -> parts.lists().latest(issuer), clock);
  }

  /** What people and authorities decided. */
  AuditLog audit() {
    return audit;
  }

  /** Gives parties their keys. */
  Enrolment enrolment() {
    return enrolment;
  }

  /** The issuing authorities of organisations and devices. */
  List<X509Certificate> issuingAuthorities() {
    List<X509Certificate> issuing = new ArrayList<>();
    issuing.add(authorities.issuingOca().certificate());
    authorities.issuingDcas().stream().map(CertificateAuthority::certificate).forEach(issuing::add);
    return issuing;
  }

  /** Opens the SMKI Portal and its API; whoever calls closes it. */
  SmkiService openPortal(Binding binding, int port) throws IOException {
    HeldKey server =
        enrolment
            .tls()
            .website(enrolment.centralVault(data), "tls-portal", binding.certificateHosts());
    SSLContext tls =
        TlsContexts.context(
            server,
            List.of(authorities.dcckiRoot().certificate(), authorities.ikiRoot().certificate()));
    return SmkiService.open(
        parts,
        Binding.text(binding.users()),
        port,
        binding.certificateHosts(),
        tls,
        data.batches());
  }
}
