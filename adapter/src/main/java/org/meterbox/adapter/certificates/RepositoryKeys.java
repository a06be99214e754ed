// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.certificates;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.meterbox.adapter.certificates.SmkiRepositoryClient.Holder;
import org.meterbox.adapter.certificates.SmkiRepositoryClient.Usage;
import org.meterbox.adapter.identity.AgreementIdentity;
import org.meterbox.adapter.identity.UserIdentity;
import org.meterbox.correlate.keys.KeyUse;
import org.meterbox.correlate.keys.PartyCertificate;
import org.meterbox.correlate.keys.PartyKeys;
import org.meterbox.crypto.AgreementKey;
import org.meterbox.crypto.P256;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;

/**
 * The keys that a user's Parse and Correlate works with: its own, and devices' certificates from
 * the SMKI Repository. Certificates found once are kept, up to {@link #HOLDERS_MAX} holders and
 * uses.
 */
public final class RepositoryKeys implements PartyKeys {
  /** Of how many holders and uses the certificates are kept. */
  public static final int HOLDERS_MAX = 10_000;

  private record Question(Eui64 holder, KeyUse use) {}

  private final UserIdentity user;
  private final SmkiRepositoryClient repository;
  private final TrustedAuthorities authorities;
  private final Map<Question, List<PartyCertificate>> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, List<PartyCertificate>> eldest) {
          return size() > HOLDERS_MAX;
        }
      };

  /** The keys of one user; only certificates that the authorities vouch for count. */
  public RepositoryKeys(
      UserIdentity user, SmkiRepositoryClient repository, TrustedAuthorities authorities) {
    this.user = user;
    this.repository = repository;
    this.authorities = authorities;
  }

  @Override
  public List<PartyCertificate> certificates(Eui64 holder, KeyUse use) {
    Question question = new Question(holder, use);
    synchronized (known) {
      List<PartyCertificate> found = known.get(question);
      if (found != null) {
        return found;
      }
    }
    List<PartyCertificate> found = ask(question);
    if (!found.isEmpty()) {
      synchronized (known) {
        known.put(question, found);
      }
    }
    return found;
  }

  @Override
  public Optional<AgreementKey> agreementKey(Eui64 party) {
    return party.equals(user.id())
        ? Optional.of(user.keyAgreement()).map(AgreementIdentity::key)
        : Optional.empty();
  }

  private List<PartyCertificate> ask(Question question) {
    Usage usage =
        switch (question.use()) {
          case DIGITAL_SIGNATURE -> Usage.DS;
          case KEY_AGREEMENT, PREPAYMENT_TOP_UP -> Usage.KA;
        };
    try {
      List<X509Certificate> found = repository.find(Holder.DEVICE, question.holder(), usage);
      if (found.isEmpty()) {
        found = repository.find(Holder.ORGANISATION, question.holder(), usage);
      }
      return found.stream()
          .filter(authorities::vouchFor)
          .limit(MAX_CERTIFICATES)
          .map(certificate -> named(question, certificate))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the SMKI Repository cannot be asked", e);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private static PartyCertificate named(Question question, X509Certificate certificate) {
    return new PartyCertificate(
        question.holder(),
        question.use(),
        P256.publicKey(certificate.getPublicKey()),
        certificate.getIssuerX500Principal().getName(X500Principal.RFC2253),
        certificate.getSerialNumber(),
        encoded(certificate));
  }

  private static Octets encoded(X509Certificate certificate) {
    try {
      return Octets.of(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read cannot be written", e);
    }
  }
}
