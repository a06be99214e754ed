// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.testing;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.meterbox.crypto.AgreementKey;
import org.meterbox.crypto.SigningKey;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.authority.Authorities;
import org.meterbox.smki.authority.CertificateAuthority;
import org.meterbox.smki.dccki.TlsContexts;
import org.meterbox.smki.dccki.TlsIssuer;
import org.meterbox.smki.dccki.TlsRevocation;
import org.meterbox.smki.issuing.Entitlements;
import org.meterbox.smki.issuing.Entitlements.Entitlement;
import org.meterbox.smki.issuing.EuiRange;
import org.meterbox.smki.profile.CertificateContents;
import org.meterbox.smki.profile.CertificateProfile;
import org.meterbox.smki.profile.CertificateSubject;
import org.meterbox.smki.repository.CertificateId;
import org.meterbox.smki.repository.CertificateRecord;
import org.meterbox.smki.repository.CertificateRepository;
import org.meterbox.smki.repository.Revocation;
import org.meterbox.smki.revocation.InMemoryRevocationListStore;
import org.meterbox.smki.revocation.RevocationDesk;
import org.meterbox.smki.revocation.RevocationLists;
import org.meterbox.smki.revocation.RevocationOutcome;
import org.meterbox.smki.revocation.SignedRevocationList;
import org.meterbox.smki.vault.HeldKey;
import org.meterbox.smki.vault.Pkcs12Vault;

/**
 * Real authorities, whose certificates go into a repository. All keys are kept in a folder, so that
 * another process finds the same parties.
 */
public final class Pki {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path folder;
  private final Authorities authorities;
  private final Pkcs12Vault parties;
  private final CertificateRepository repository;
  // From an hour ago, so that no certificate is younger than a clock that stands still.
  private final Instant since = Instant.now().minusSeconds(3600);

  public Pki(Path folder, CertificateRepository repository) {
    this.folder = folder;
    this.repository = repository;
    this.authorities =
        Authorities.openOrCreate(
            Pkcs12Vault.openIn(folder, "authorities", RANDOM), () -> since, RANDOM);
    this.parties = Pkcs12Vault.openIn(folder, "parties", RANDOM);
  }

  /** A key for signing with its certificate. */
  public record Signing(SigningKey key, X509Certificate certificate) {}

  /** A key for key agreement with its certificate. */
  public record Agreement(AgreementKey key, X509Certificate certificate) {}

  public Signing organisationSigning(Eui64 id, RemotePartyRole role) {
    return signing(organisation(id, role, CertificateProfile.ORGANISATION_SIGNING));
  }

  public Agreement organisationAgreement(Eui64 id, RemotePartyRole role) {
    return agreement(organisation(id, role, CertificateProfile.ORGANISATION_KEY_AGREEMENT));
  }

  public Signing deviceSigning(Eui64 id) {
    return signing(device(id, CertificateProfile.DEVICE_SIGNING));
  }

  public Agreement deviceAgreement(Eui64 id) {
    return agreement(device(id, CertificateProfile.DEVICE_KEY_AGREEMENT));
  }

  private static Signing signing(HeldKey key) {
    return new Signing(key.signing(), key.chain().getFirst());
  }

  private static Agreement agreement(HeldKey key) {
    return new Agreement(key.agreement(), key.chain().getFirst());
  }

  private HeldKey organisation(Eui64 id, RemotePartyRole role, CertificateProfile profile) {
    return held(
        String.format(Locale.ROOT, "%s-%02x-%s", id.hex(), role.code(), profile.use().code()),
        authorities.issuingOca(),
        profile,
        new CertificateSubject.Organisation(Optional.empty(), role, id));
  }

  private HeldKey device(Eui64 id, CertificateProfile profile) {
    return held(
        String.format(Locale.ROOT, "%s-%s", id.hex(), profile.use().code()),
        authorities.issuingDca(),
        profile,
        new CertificateSubject.Device(id));
  }

  private HeldKey held(
      String name,
      CertificateAuthority authority,
      CertificateProfile profile,
      CertificateSubject subject) {
    String key = name.toLowerCase(Locale.ROOT);
    HeldKey held =
        parties
            .find(key)
            .orElseGet(() ->
                parties.create(
                    key,
                    own -> List.of(authority.certify(profile, subject, own.publicKey(), since))));
    keep(held.chain().getFirst());
    return held;
  }

  /** The TLS context of a party that listens and calls. */
  public SSLContext serverTls(Eui64 owner) {
    HeldKey key =
        new TlsIssuer(authorities, repository, () -> since)
            .server(vault(owner), "tls-server", owner, TlsIssuer.LOCAL_HOSTS);
    return TlsContexts.context(key, roots());
  }

  /** The TLS context of a party that only calls. */
  public SSLContext clientTls(Eui64 owner) {
    HeldKey key =
        new TlsIssuer(authorities, repository, () -> since)
            .client(vault(owner), "tls-client", owner);
    return TlsContexts.context(key, roots());
  }

  /** What the DCCKI has taken back, in a list signed anew for whoever asks. */
  public TlsRevocation revocation(InstantSource clock) {
    RevocationLists lists = lists(clock);
    CertificateAuthority issuer = authorities.dcckiInfrastructure();
    return new TlsRevocation(
        issuer.certificate(),
        () -> {
          List<SignedRevocationList> _ = lists.signDue();
          return lists.latest(issuer);
        },
        clock);
  }

  /** Takes a TLS certificate back, as its organisation asks for it. */
  public RevocationOutcome revoke(Eui64 owner, X509Certificate certificate, InstantSource clock) {
    Entitlements entitlements =
        Entitlements.fixed(
            List.of(new Entitlement(owner, Set.of(), List.of(EuiRange.of(owner)), List.of())));
    return new RevocationDesk(repository, lists(clock), entitlements, clock)
        .revoke(owner, CertificateId.of(certificate), Revocation.Reason.KEY_COMPROMISE);
  }

  private RevocationLists lists(InstantSource clock) {
    return new RevocationLists(authorities, repository, new InMemoryRevocationListStore(), clock);
  }

  /** The certificate that {@link #clientTls} presents. */
  public X509Certificate clientCertificate(Eui64 owner) {
    return vault(owner).find("tls-client").orElseThrow().chain().getFirst();
  }

  /** A TLS context of somebody without a certificate. */
  public SSLContext trustOnly() {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(TlsContexts.trustStore(roots()));
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private Pkcs12Vault vault(Eui64 owner) {
    return Pkcs12Vault.openIn(folder, "tls-" + owner.hex().toLowerCase(Locale.ROOT), RANDOM);
  }

  private List<X509Certificate> roots() {
    return List.of(authorities.dcckiRoot().certificate());
  }

  private void keep(X509Certificate certificate) {
    try {
      repository.add(CertificateRecord.inUse(certificate, CertificateContents.read(certificate)));
    } catch (DecodeException e) {
      throw new AssertionError("a certificate of our own reads", e);
    }
  }
}
