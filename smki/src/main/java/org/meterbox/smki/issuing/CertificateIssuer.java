// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.issuing;

import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.crypto.EcdsaSignature;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.Signatures;
import org.meterbox.crypto.VerificationException;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.smki.audit.AuditAction;
import org.meterbox.smki.audit.Recording;
import org.meterbox.smki.authority.Authorities;
import org.meterbox.smki.authority.CertificateAuthority;
import org.meterbox.smki.issuing.Issuance.Issued;
import org.meterbox.smki.issuing.Issuance.Refused;
import org.meterbox.smki.profile.CellUsage;
import org.meterbox.smki.profile.CertificateContents;
import org.meterbox.smki.profile.CertificateKind;
import org.meterbox.smki.profile.CertificateProfile;
import org.meterbox.smki.profile.CertificateSubject;
import org.meterbox.smki.profile.KeyUse;
import org.meterbox.smki.repository.CertificateId;
import org.meterbox.smki.repository.CertificateRecord;
import org.meterbox.smki.repository.CertificateRepository;
import org.meterbox.smki.repository.CertificateSearch;
import org.meterbox.smki.repository.CertificateStatus;
import org.meterbox.smki.repository.PostgresCertificateRepository;
import org.meterbox.smki.repository.PublicKeyHash;
import org.meterbox.smki.vault.HeldKey;
import org.meterbox.smki.vault.KeyVault;

/**
 * Issues SMKI certificates to organisations and devices. A certificate is in the repository before
 * its requester hears of it; two requests for one key never both succeed.
 */
public final class CertificateIssuer {
  /** Live certificates below one issuing authority for devices before it closes (SMKI). */
  public static final int DCA_CERTIFICATES_MAX = 100_000;

  private final Authorities authorities;
  private final CertificateRepository repository;
  private final Entitlements entitlements;
  private final InstantSource clock;
  private final int dcaCertificatesMax;
  private final Optional<Recording> recording;

  /** The issuing authority for devices that had free seats when last asked; guarded by this. */
  private CertificateAuthority openDca;

  /**
   * Publishes the authorities' certificates and is ready to issue.
   *
   * @param dcaCertificatesMax certificates below one issuing authority for devices, normally {@link
   *     #DCA_CERTIFICATES_MAX}
   */
  public CertificateIssuer(
      Authorities authorities,
      CertificateRepository repository,
      Entitlements entitlements,
      InstantSource clock,
      int dcaCertificatesMax) {
    this(authorities, repository, entitlements, clock, dcaCertificatesMax, Optional.empty());
  }

  /**
   * The same, and each certificate, refusal and opening of an authority stands in the audit log.
   *
   * @param recording of the repository's own store
   */
  public CertificateIssuer(
      Authorities authorities,
      CertificateRepository repository,
      Entitlements entitlements,
      InstantSource clock,
      int dcaCertificatesMax,
      Optional<Recording> recording) {
    this.recording = recording;
    this.authorities = authorities;
    this.repository = repository;
    this.entitlements = entitlements;
    this.clock = clock;
    this.dcaCertificatesMax = dcaCertificatesMax;
    authorities.all().forEach(this::publish);
    openDca = authorities.issuingDca();
  }

  /**
   * Issues on a request made within this process, whose holder is known to have the key. The first
   * certificate of a device for one use is in use at once; any further one is pending until {@link
   * CertificateRepository#putIntoUse}, which follows once the device has it (SRV 6.15.2).
   */
  public Issuance issue(CertificateRequest request) {
    return issue(request.requester().toString(), request);
  }

  private Issuance issue(String actor, CertificateRequest request) {
    return issue(
        actor,
        request,
        replacesAnother(request) ? CertificateStatus.PENDING : CertificateStatus.IN_USE);
  }

  private boolean replacesAnother(CertificateRequest request) {
    return request.subject() instanceof CertificateSubject.Device(Eui64 device)
        && !repository
            .search(
                CertificateSearch.of(device)
                    .kind(CertificateKind.DEVICE)
                    .use(request.use())
                    .inUse())
            .isEmpty();
  }

  /**
   * Issues on a PKCS#10 request, otherwise like {@link #issue(CertificateRequest)}.
   *
   * @param requester who asks
   * @param csr the request in DER
   * @param cellUsage whether an organisation's key agreement key is to serve top-ups
   */
  public Issuance issue(Eui64 requester, Octets csr, CellUsage cellUsage) {
    return issue(requester.toString(), requester, csr, cellUsage);
  }

  /**
   * The same at the hands of a person.
   *
   * @param actor who submits the request, for the audit log
   */
  public Issuance issue(String actor, Eui64 requester, Octets csr, CellUsage cellUsage) {
    return switch (read(requester, csr, cellUsage)) {
      case Reading.Proven(CertificateRequest request, ECPublicKey _) -> issue(actor, request);
      case Reading.Broken(Refused refusal) -> noted(actor, requester, refusal);
    };
  }

  private Issuance noted(String actor, Eui64 requester, Issuance outcome) {
    if (outcome instanceof Refused(IssuingRule rule, String detail)) {
      recording.ifPresent(log ->
          log.note(
              actor,
              AuditAction.CERTIFICATE_REFUSED,
              String.format(Locale.ROOT, "to %s under %s: %s", requester, rule, detail)));
    }
    return outcome;
  }

  /** What a PKCS#10 request came to, before anybody is asked whether its wish is granted. */
  sealed interface Reading {
    /** The requester holds the private key. */
    record Proven(CertificateRequest request, ECPublicKey key) implements Reading {}

    /** The request breaks a rule of form. */
    record Broken(Refused refusal) implements Reading {}
  }

  /** Reads a PKCS#10 request and checks its proof of possession. */
  static Reading read(Eui64 requester, Octets csr, CellUsage cellUsage) {
    CertificateSigningRequest request;
    try {
      request = CertificateSigningRequest.decode(csr);
    } catch (DecodeException malformed) {
      return new Reading.Broken(new Refused(IssuingRule.WELL_FORMED, malformed.getMessage()));
    }
    Optional<ECPublicKey> key = request.p256Key();
    if (key.isEmpty()) {
      return new Reading.Broken(
          new Refused(IssuingRule.CURVE, "the key is not an uncompressed point of P-256"));
    }
    if (!provesPossession(request, key.get())) {
      return new Reading.Broken(
          new Refused(
              IssuingRule.PROOF_OF_POSSESSION, "the request's signature is not by its own key"));
    }
    return new Reading.Proven(
        new CertificateRequest(requester, request.subject(), request.use(), cellUsage, key.get()),
        key.get());
  }

  /**
   * Opens a party's key in its vault or, where there is none, makes and certifies one. A crash
   * between the two leaves a pending certificate that nobody uses, never a key without one. A key
   * whose certificate begins in the future, from a clock that ran ahead, is replaced.
   *
   * @param name the key's name in the vault
   * @throws RefusedException where no certificate is issued
   */
  public HeldKey findOrEnrol(
      KeyVault vault,
      String name,
      Eui64 requester,
      CertificateSubject subject,
      KeyUse use,
      CellUsage cellUsage) {
    Optional<HeldKey> held = vault.find(name);
    if (held.filter(this::beginsLater).isPresent()) {
      vault.destroy(name);
      held = Optional.empty();
    }
    HeldKey key =
        held.orElseGet(() ->
            vault.create(
                name,
                made ->
                    pending(
                        new CertificateRequest(
                            requester, subject, use, cellUsage, made.publicKey()))));
    CertificateRecord record = inRepository(key);
    if (record.status() == CertificateStatus.PENDING) {
      repository.changeStatus(record.id(), CertificateStatus.IN_USE);
    }
    return key;
  }

  private boolean beginsLater(HeldKey held) {
    Instant begin = held.chain().getFirst().getNotBefore().toInstant();
    return clock.instant().isBefore(begin);
  }

  private CertificateRecord inRepository(HeldKey key) {
    X509Certificate certificate = key.chain().getFirst();
    return repository
        .find(CertificateId.of(certificate))
        .orElseThrow(() ->
            new IllegalStateException(
                "a vault holds a certificate that this repository does not know: "
                    + "they belong to different installations"));
  }

  private List<X509Certificate> pending(CertificateRequest request) {
    return switch (issue(request.requester().toString(), request, CertificateStatus.PENDING)) {
      case Issued(CertificateRecord _, List<X509Certificate> chain) -> chain;
      case Refused refusal -> throw new RefusedException(refusal);
    };
  }

  private Issuance issue(String actor, CertificateRequest request, CertificateStatus status) {
    return noted(actor, request.requester(), decide(actor, request, status));
  }

  private Issuance decide(String actor, CertificateRequest request, CertificateStatus status) {
    ECPublicKey key;
    try {
      key = P256.publicKey(request.key());
    } catch (IllegalArgumentException otherCurve) {
      return new Refused(IssuingRule.CURVE, "the key does not lie on P-256");
    }
    if (repository.holdsKey(PublicKeyHash.of(key))) {
      return keyUsedBefore();
    }
    Optional<Refused> refusal = IssuingRules.check(request, entitlements.of(request.requester()));
    if (refusal.isPresent()) {
      return refusal.get();
    }
    CertificateProfile profile = IssuingRules.profile(request).orElseThrow();
    return profile.kind() == CertificateKind.DEVICE
        ? issueToDevice(actor, request, profile, key, status)
        : publishIfFresh(actor, sign(authorities.issuingOca(), request, profile, key, status));
  }

  private Issuance issueToDevice(
      String actor,
      CertificateRequest request,
      CertificateProfile profile,
      ECPublicKey key,
      CertificateStatus status) {
    Seats seat = takeSeats(1);
    Issuance outcome = publishIfFresh(actor, sign(seat.authority(), request, profile, key, status));
    if (outcome instanceof Refused) {
      repository.returnSeats(seat.authority().name(), seat.count());
    }
    return outcome;
  }

  private Issuance sign(
      CertificateAuthority authority,
      CertificateRequest request,
      CertificateProfile profile,
      ECPublicKey key,
      CertificateStatus status) {
    Instant now = clock.instant();
    Optional<Refused> fault = faultOf(authority, profile, now);
    if (fault.isPresent()) {
      return fault.get();
    }
    X509Certificate certificate = authority.certify(profile, request.subject(), key, now);
    return new Issued(
        new CertificateRecord(certificate, contents(certificate), request.cellUsage(), status),
        chain(certificate, authority));
  }

  /** A certificate counts from the moment that it is in the repository, and not before. */
  private Issuance publishIfFresh(String actor, Issuance signed) {
    return switch (signed) {
      case Refused refusal -> refusal;
      case Issued issued ->
          switch (add(actor, issued.record())) {
            case ADDED -> issued;
            case KEY_USED_BEFORE -> keyUsedBefore();
            case ALREADY_PRESENT, OTHER_WITH_SAME_ID ->
                throw new IllegalStateException("a random serial number of 127 bits came twice");
          };
    };
  }

  private CertificateRepository.Addition add(String actor, CertificateRecord record) {
    if (recording.isEmpty()) {
      return repository.addWithFreshKey(record);
    }
    String account =
        String.format(
            Locale.ROOT,
            "certificate %x of %s for %s, %s%s",
            record.id().serial(),
            record.id().issuer(),
            record.subject().map(Eui64::toString).orElse("nobody"),
            record.role().map(role -> role + ", ").orElse(""),
            record.use());
    return recording
        .get()
        .recorded(
            actor,
            AuditAction.CERTIFICATE_ISSUED,
            account,
            connection -> PostgresCertificateRepository.addWithFreshKey(connection, record),
            addition -> addition == CertificateRepository.Addition.ADDED);
  }

  /** What stands against a certificate of this profile from this authority now, if anything. */
  Optional<Refused> faultOf(
      CertificateAuthority authority, CertificateProfile profile, Instant now) {
    if (!outlives(authority, profile, now)) {
      return Optional.of(
          new Refused(
              IssuingRule.AUTHORITY_IN_FORCE, authority + " ends before the certificate would"));
    }
    return repository
        .revocationOf(CertificateId.of(authority.certificate()))
        .map(revocation ->
            new Refused(
                IssuingRule.AUTHORITY_NOT_REVOKED,
                String.format(Locale.ROOT, "%s was revoked at %s", authority, revocation.at())));
  }

  static Refused keyUsedBefore() {
    return new Refused(IssuingRule.FRESH_KEY, "a certificate with this key exists");
  }

  private static boolean outlives(
      CertificateAuthority authority, CertificateProfile profile, Instant now) {
    Instant authorityEnd = authority.certificate().getNotAfter().toInstant();
    return switch (profile.lifetime()) {
      case CertificateProfile.Lifetime.Years years -> !years.end(now).isAfter(authorityEnd);
      case CertificateProfile.Lifetime.WithoutEnd() -> !now.isAfter(authorityEnd);
    };
  }

  /**
   * Seats below one issuing authority for devices.
   *
   * @param count at least 1
   */
  record Seats(CertificateAuthority authority, int count) {}

  /**
   * Takes seats below the open authority, or the next one where it is full. The limit holds for all
   * processes on one database. A crash costs the seats of what was not issued yet: the limit is a
   * little lower then, never higher.
   *
   * @param wanted at least 1; fewer are given where the authority has fewer
   */
  synchronized Seats takeSeats(int wanted) {
    while (true) {
      int taken = repository.takeSeats(openDca.name(), wanted, dcaCertificatesMax);
      if (taken > 0) {
        return new Seats(openDca, taken);
      }
      CertificateAuthority full = openDca;
      openDca =
          repository.alone(() -> {
            CertificateAuthority next = authorities.openNextIssuingDca(full);
            publish(next);
            recording.ifPresent(log ->
                log.note(
                    "SMKI", AuditAction.AUTHORITY_OPENED, next + " since " + full + " is full"));
            return next;
          });
    }
  }

  private void publish(CertificateAuthority authority) {
    X509Certificate certificate = authority.certificate();
    CertificateRepository.Addition addition =
        repository.add(CertificateRecord.inUse(certificate, contents(certificate)));
    if (addition == CertificateRepository.Addition.OTHER_WITH_SAME_ID) {
      throw new IllegalStateException("the repository knows another certificate of " + authority);
    }
  }

  private static boolean provesPossession(CertificateSigningRequest request, ECPublicKey key) {
    Optional<EcdsaSignature> signature = request.plainSignature();
    if (signature.isEmpty()) {
      return false;
    }
    try {
      Signatures.verify(key, request.signedContent().toArray(), signature.get());
      return true;
    } catch (VerificationException forged) {
      return false;
    }
  }

  private static CertificateContents contents(X509Certificate certificate) {
    try {
      return CertificateContents.read(certificate);
    } catch (DecodeException e) {
      throw new IllegalStateException("a certificate of our own making fits no profile", e);
    }
  }

  private static List<X509Certificate> chain(
      X509Certificate certificate, CertificateAuthority authority) {
    List<X509Certificate> chain = new ArrayList<>(authority.chain());
    chain.addFirst(certificate);
    return chain;
  }
}
