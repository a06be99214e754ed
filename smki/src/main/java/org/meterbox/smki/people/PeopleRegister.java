// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.people;

import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.smki.audit.AuditAction;
import org.meterbox.smki.audit.PostgresAuditLog;
import org.meterbox.smki.authority.Authorities;
import org.meterbox.smki.people.Duty.AuthorisedOfficer;
import org.meterbox.smki.profile.CertificateContents;
import org.meterbox.smki.profile.CertificateProfile;
import org.meterbox.smki.profile.CertificateSubject;
import org.meterbox.smki.registration.Officer;
import org.meterbox.smki.registration.Registration;
import org.meterbox.smki.registration.RegistrationAuthority;
import org.meterbox.smki.registration.Standing;
import org.meterbox.smki.repository.CertificateId;
import org.meterbox.smki.repository.CertificateRecord;
import org.meterbox.smki.repository.CertificateRepository.Addition;
import org.meterbox.smki.repository.CertificateStatus;
import org.meterbox.smki.repository.PostgresCertificateRepository;
import org.meterbox.smki.repository.PublicKeyHash;
import org.meterbox.smki.repository.SmkiSchema;
import org.meterbox.smki.vault.HeldKey;
import org.meterbox.smki.vault.KeyVault;
import org.meterbox.store.Store;

/**
 * Gives people their DCCKI user certificates and knows them again by them. The certificate says who
 * a person is; this register says what the person may do, so that a right ends the moment it is
 * taken away. An officer's IKI credential is as good as a DCCKI user certificate. Safe for threads.
 */
public final class PeopleRegister {
  /** A certificate that ends sooner than this is replaced when its key is next asked for. */
  public static final Duration RENEWAL_BEFORE_END = Duration.ofDays(60);

  private final Store store;
  private final PostgresCertificateRepository repository;
  private final RegistrationAuthority registrations;
  private final PostgresAuditLog audit;
  private final Authorities authorities;
  private final Eui64 operator;
  private final InstantSource clock;

  private PeopleRegister(
      Store store,
      PostgresCertificateRepository repository,
      RegistrationAuthority registrations,
      PostgresAuditLog audit,
      Authorities authorities,
      Eui64 operator,
      InstantSource clock) {
    this.store = store;
    this.repository = repository;
    this.registrations = registrations;
    this.audit = audit;
    this.authorities = authorities;
    this.operator = operator;
    this.clock = clock;
  }

  /**
   * Brings the schema up to date and opens the register.
   *
   * @param operator who runs the infrastructures: staff and auditors have it in their certificates
   */
  public static PeopleRegister open(
      Store store,
      PostgresCertificateRepository repository,
      RegistrationAuthority registrations,
      PostgresAuditLog audit,
      Authorities authorities,
      Eui64 operator,
      InstantSource clock) {
    SmkiSchema.migrate(store);
    return new PeopleRegister(
        store, repository, registrations, audit, authorities, operator, clock);
  }

  /**
   * Certifies a person's key. The certificate, the right and the audit entry are one transaction.
   *
   * @param actor who lets the person in, for the audit log
   */
  public Admission admit(String actor, String name, Duty duty, ECPublicKey key) {
    if (name.isBlank()
        || name.length() > CertificateSubject.LONG_NAME_LENGTH_MAX
        || name.chars().anyMatch(Character::isISOControl)) {
      return new Admission.Refused(Admission.Rule.NAME, "the name given is empty or too long");
    }
    if (duty instanceof AuthorisedOfficer officer && !isActing(officer, name)) {
      return new Admission.Refused(
          Admission.Rule.OFFICER,
          String.format(
              Locale.ROOT,
              "officer %d of %s is not %s, or has no credential yet",
              officer.officer(),
              officer.organisation(),
              name));
    }
    return store.transact(connection -> admit(connection, actor, name, duty, key));
  }

  private Admission admit(
      Connection connection, String actor, String name, Duty duty, ECPublicKey key)
      throws SQLException {
    if (PostgresCertificateRepository.holdsKey(connection, PublicKeyHash.of(key))) {
      return usedBefore();
    }
    X509Certificate certificate =
        authorities
            .dcckiUsers()
            .certify(
                CertificateProfile.DCCKI_USER,
                new CertificateSubject.Person(name, organisation(duty)),
                key,
                clock.instant());
    CertificateRecord record = CertificateRecord.inUse(certificate, contents(certificate));
    if (PostgresCertificateRepository.addWithFreshKey(connection, record) != Addition.ADDED) {
      return usedBefore();
    }
    insert(connection, record.id(), name, duty);
    audit.append(
        connection,
        actor,
        AuditAction.CERTIFICATE_ISSUED,
        String.format(
            Locale.ROOT,
            "%s was given the DCCKI user certificate %s as %s",
            name,
            record.id().serial().toString(16),
            duty.title()));
    return new Admission.Admitted(record);
  }

  /**
   * The key of a person, from its vault or, where there is none in force, made and certified.
   *
   * @param actor who lets the person in, for the audit log
   * @throws IllegalStateException where the person may not be let in
   */
  public HeldKey findOrAdmit(String actor, KeyVault vault, String keyName, String name, Duty duty) {
    Optional<HeldKey> held = vault.find(keyName).filter(this::isFresh);
    if (held.isPresent()) {
      return held.get();
    }
    vault.destroy(keyName);
    return vault.create(
        keyName,
        key ->
            switch (admit(actor, name, duty, key.publicKey())) {
              case Admission.Admitted(CertificateRecord record) ->
                  List.of(
                      record.certificate(),
                      authorities.dcckiUsers().certificate(),
                      authorities.dcckiRoot().certificate());
              case Admission.Refused(Admission.Rule rule, String detail) ->
                  throw new IllegalStateException(rule + ": " + detail);
            });
  }

  private boolean isFresh(HeldKey held) {
    X509Certificate certificate = held.chain().getFirst();
    Instant end = certificate.getNotAfter().toInstant();
    Instant now = clock.instant();
    return held.isValidAt(now)
        && now.plus(RENEWAL_BEFORE_END).isBefore(end)
        && identify(certificate).isPresent();
  }

  /**
   * Whom a certificate stands for, after TLS has checked it: somebody with a certificate in force
   * and a duty that has not ended.
   */
  public Optional<Person> identify(X509Certificate presented) {
    CertificateId id = CertificateId.of(presented);
    return repository
        .find(id)
        .filter(record ->
            record.certificate().equals(presented)
                && record.statusAt(clock.instant()) == CertificateStatus.IN_USE)
        .flatMap(record ->
            switch (record.kind()) {
              case DCCKI_USER -> find(id).filter(this::stillActs);
              case IKI_CREDENTIAL -> officerWith(id);
              case ROOT_OCA,
                  ISSUING_OCA,
                  ORGANISATION,
                  ROOT_DCA,
                  ISSUING_DCA,
                  DEVICE,
                  IKI_ROOT,
                  IKI_ISSUING,
                  DCCKI_ROOT,
                  DCCKI_INFRASTRUCTURE_CA,
                  DCCKI_USER_CA,
                  DCCKI_INFRASTRUCTURE ->
                  Optional.empty();
            });
  }

  private boolean stillActs(Person person) {
    return switch (person.duty()) {
      case AuthorisedOfficer officer -> isActing(officer, person.name());
      case Duty.RegistrationStaff(), Duty.Auditor() -> true;
    };
  }

  private boolean isActing(AuthorisedOfficer officer, String name) {
    return registrations
        .find(officer.organisation())
        .filter(registration -> registration.standing() != Standing.WITHDRAWN)
        .flatMap(registration -> registration.officer(officer.officer()))
        .filter(found -> found.maySubmit() && found.name().equals(name))
        .isPresent();
  }

  private Optional<Person> officerWith(CertificateId credential) {
    Optional<Registration> organisation = registrations.actingFor(credential);
    return organisation
        .flatMap(registration ->
            registration.officers().stream()
                .filter(officer -> officer.credential().equals(Optional.of(credential)))
                .findFirst())
        .map(officer -> person(organisation.get().eui(), officer));
  }

  private static Person person(Eui64 organisation, Officer officer) {
    return new Person(officer.name(), new AuthorisedOfficer(organisation, officer.number()));
  }

  private Eui64 organisation(Duty duty) {
    return duty instanceof AuthorisedOfficer officer ? officer.organisation() : operator;
  }

  private static Admission usedBefore() {
    return new Admission.Refused(Admission.Rule.FRESH_KEY, "a certificate with this key exists");
  }

  private static CertificateContents contents(X509Certificate certificate) {
    try {
      return CertificateContents.read(certificate);
    } catch (DecodeException e) {
      throw new IllegalStateException("a certificate of our own making fits no profile", e);
    }
  }

  private static void insert(Connection connection, CertificateId id, String name, Duty duty)
      throws SQLException {
    String sql =
        """
        INSERT INTO smki.person (issuer, serial, name, duty, organisation, officer)
        VALUES (?, ?, ?, ?, ?, ?)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, id.issuer().canonical());
      insert.setBytes(2, id.serial().toByteArray());
      insert.setString(3, name);
      switch (duty) {
        case AuthorisedOfficer(Eui64 organisation, int officer) -> {
          insert.setString(4, "OFFICER");
          insert.setLong(5, organisation.value());
          insert.setInt(6, officer);
        }
        case Duty.RegistrationStaff(), Duty.Auditor() -> {
          insert.setString(4, duty instanceof Duty.Auditor ? "AUDITOR" : "REGISTRATION");
          insert.setNull(5, Types.BIGINT);
          insert.setNull(6, Types.INTEGER);
        }
      }
      insert.executeUpdate();
    }
  }

  private Optional<Person> find(CertificateId id) {
    return store.transact(connection -> {
      try (PreparedStatement query =
          connection.prepareStatement(
              "SELECT * FROM smki.person WHERE issuer = ? AND serial = ?")) {
        query.setString(1, id.issuer().canonical());
        query.setBytes(2, id.serial().toByteArray());
        try (ResultSet row = query.executeQuery()) {
          return row.next()
              ? Optional.of(new Person(row.getString("name"), duty(row)))
              : Optional.empty();
        }
      }
    });
  }

  private static Duty duty(ResultSet row) throws SQLException {
    String duty = row.getString("duty");
    return switch (duty) {
      case "OFFICER" ->
          new AuthorisedOfficer(new Eui64(row.getLong("organisation")), row.getInt("officer"));
      case "REGISTRATION" -> new Duty.RegistrationStaff();
      case "AUDITOR" -> new Duty.Auditor();
      default -> throw new IllegalStateException("the table knows no duty " + duty);
    };
  }
}
