// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.dccki;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.smki.authority.Authorities;
import org.meterbox.smki.authority.CertificateAuthority;
import org.meterbox.smki.profile.CertificateContents;
import org.meterbox.smki.profile.CertificateProfile;
import org.meterbox.smki.profile.CertificateSubject;
import org.meterbox.smki.repository.CertificateId;
import org.meterbox.smki.repository.CertificateRecord;
import org.meterbox.smki.repository.CertificateRepository;
import org.meterbox.smki.vault.HeldKey;
import org.meterbox.smki.vault.KeyVault;

/** Gives the ends of TLS connections their keys and DCCKI certificates. */
public final class TlsIssuer {
  /** The names under which a system on one machine is reached. */
  public static final List<String> LOCAL_HOSTS = List.of("localhost", "127.0.0.1", "::1");

  /**
   * A certificate that ends sooner than this is replaced when its key is next asked for, and so is
   * one that lacks a host.
   */
  public static final Duration RENEWAL_BEFORE_END = Duration.ofDays(60);

  private final Authorities authorities;
  private final CertificateRepository repository;
  private final InstantSource clock;

  /**
   * Issues on behalf of these authorities.
   *
   * @param repository where the certificates are published, and from where they can be revoked
   */
  public TlsIssuer(Authorities authorities, CertificateRepository repository, InstantSource clock) {
    this.authorities = authorities;
    this.repository = repository;
    this.clock = clock;
  }

  /**
   * The key of a listening end, from its vault or new.
   *
   * @param name the key's name in the vault
   * @param owner the organisation that runs it
   * @param hosts the host names and addresses under which it is reached
   */
  public HeldKey server(KeyVault vault, String name, Eui64 owner, List<String> hosts) {
    return findOrMake(
        vault,
        name,
        CertificateProfile.DCCKI_SERVER,
        new CertificateSubject.Endpoint(owner.dashed(), owner, hosts));
  }

  /**
   * The key of a web server for people and programs, from its vault or new. Who calls knows it by
   * its hosts; it stands for no organisation in messages.
   *
   * @param name the key's name in the vault
   * @param hosts the host names and addresses under which it is reached, the usual one first
   */
  public HeldKey website(KeyVault vault, String name, List<String> hosts) {
    return findOrMake(
        vault, name, CertificateProfile.DCCKI_SERVER, new CertificateSubject.Website(hosts));
  }

  /**
   * The key of a calling end, from its vault or new.
   *
   * @param name the key's name in the vault
   * @param owner the organisation that runs it, by which the other end knows it
   */
  public HeldKey client(KeyVault vault, String name, Eui64 owner) {
    return findOrMake(
        vault,
        name,
        CertificateProfile.DCCKI_CLIENT,
        new CertificateSubject.Endpoint(owner.dashed(), owner, List.of()));
  }

  private HeldKey findOrMake(
      KeyVault vault, String name, CertificateProfile profile, CertificateSubject subject) {
    Instant now = clock.instant();
    Optional<HeldKey> held =
        vault
            .find(name)
            .filter(found -> isFresh(found, now) && names(found.chain().getFirst(), subject));
    if (held.isPresent()) {
      publish(held.get().chain().getFirst());
      return held.get();
    }
    vault.destroy(name);
    CertificateAuthority authority = authorities.dcckiInfrastructure();
    return vault.create(
        name,
        key -> {
          X509Certificate certificate = authority.certify(profile, subject, key.publicKey(), now);
          publish(certificate);
          return List.of(
              certificate, authority.certificate(), authorities.dcckiRoot().certificate());
        });
  }

  /** Whether the certificate is good for every host of the subject, perhaps for others too. */
  private static boolean names(X509Certificate certificate, CertificateSubject subject) {
    Optional<GeneralNames> wanted = subject.alternativeName();
    if (wanted.isEmpty()) {
      return true;
    }
    try {
      return Optional.ofNullable(
              GeneralNames.fromExtensions(
                  new JcaX509CertificateHolder(certificate).getExtensions(),
                  Extension.subjectAlternativeName))
          .map(named -> List.of(named.getNames()).containsAll(List.of(wanted.get().getNames())))
          .orElse(false);
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate of our own cannot be read", e);
    }
  }

  private boolean isFresh(HeldKey held, Instant now) {
    List<X509Certificate> chain = held.chain();
    return held.isValidAt(now)
        && now.plus(RENEWAL_BEFORE_END).isBefore(chain.getFirst().getNotAfter().toInstant())
        && chain.getLast().equals(authorities.dcckiRoot().certificate())
        && repository.revocationOf(CertificateId.of(chain.getFirst())).isEmpty();
  }

  /** What is not in the repository nobody could revoke; to publish twice does no harm. */
  private void publish(X509Certificate certificate) {
    try {
      CertificateRepository.Addition _ =
          repository.add(
              CertificateRecord.inUse(certificate, CertificateContents.read(certificate)));
    } catch (DecodeException e) {
      throw new IllegalStateException("a certificate of our own cannot be read", e);
    }
  }
}
