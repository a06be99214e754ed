// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.certificates;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterbox.adapter.certificates.SmkiRepositoryClient.Holder;
import org.meterbox.adapter.certificates.SmkiRepositoryClient.Usage;
import org.meterbox.adapter.identity.UserIdentity;
import org.meterbox.correlate.keys.CertificateReading;
import org.meterbox.correlate.keys.KeyUse;
import org.meterbox.correlate.keys.PartyCertificate;
import org.meterbox.correlate.keys.PartyKeys;
import org.meterbox.crypto.AgreementKey;
import org.meterbox.kernel.Eui64;

/**
 * The keys that a user's Parse and Correlate works with: its own, and devices' certificates from
 * the SMKI Repository. What the repository said is remembered for a while, up to {@link
 * #HOLDERS_MAX} holders and uses; a certificate that was replaced is so found before long. Safe for
 * use by many threads.
 */
public final class RepositoryKeys implements PartyKeys {
  /** Of how many holders and uses the repository's answers are kept. */
  public static final int HOLDERS_MAX = 10_000;

  /** How long certificates are used before the repository is asked again. */
  public static final Duration FOUND_KEPT = Duration.ofHours(1);

  /** How long an unknown holder is not asked for again: messages may come faster than answers. */
  public static final Duration NOTHING_KEPT = Duration.ofMinutes(1);

  private record Question(Eui64 holder, KeyUse use) {}

  private record Answer(List<PartyCertificate> certificates, Instant from, Instant until) {
    /** Not for longer than said, even where the clock was set back in between. */
    boolean holdsAt(Instant now) {
      return !now.isBefore(from) && now.isBefore(until);
    }
  }

  private final Map<Eui64, AgreementKey> own;
  private final SmkiRepositoryClient repository;
  private final TrustedAuthorities authorities;
  private final InstantSource clock;
  private final Map<Question, Answer> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, Answer> eldest) {
          return size() > HOLDERS_MAX;
        }
      };

  private RepositoryKeys(
      Map<Eui64, AgreementKey> own,
      SmkiRepositoryClient repository,
      TrustedAuthorities authorities,
      InstantSource clock) {
    this.own = Map.copyOf(own);
    this.repository = repository;
    this.authorities = authorities;
    this.clock = clock;
  }

  /** The keys of one user; only certificates that the authorities vouch for count. */
  public RepositoryKeys(
      UserIdentity user,
      SmkiRepositoryClient repository,
      TrustedAuthorities authorities,
      InstantSource clock) {
    this(Map.of(user.id(), user.keyAgreement().key()), repository, authorities, clock);
  }

  /** Other parties' certificates only, for users whose own keys are kept elsewhere. */
  public static RepositoryKeys certificatesOnly(
      SmkiRepositoryClient repository, TrustedAuthorities authorities, InstantSource clock) {
    return new RepositoryKeys(Map.of(), repository, authorities, clock);
  }

  /**
   * The certificates in force.
   *
   * @throws UncheckedIOException where the repository does not answer and what it said before is
   *     not known
   */
  @Override
  public List<PartyCertificate> certificates(Eui64 holder, KeyUse use) {
    Question question = new Question(holder, use);
    Optional<Answer> before = remembered(question);
    Instant now = clock.instant();
    if (before.isPresent() && before.get().holdsAt(now)) {
      return before.get().certificates();
    }
    List<PartyCertificate> found;
    try {
      found = ask(question);
    } catch (IOException e) {
      if (before.isPresent() && !before.get().certificates().isEmpty()) {
        return before.get().certificates();
      }
      throw new UncheckedIOException("the SMKI Repository cannot be asked: " + e.getMessage(), e);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return List.of();
    }
    synchronized (known) {
      known.put(
          question, new Answer(found, now, now.plus(found.isEmpty() ? NOTHING_KEPT : FOUND_KEPT)));
    }
    return found;
  }

  @Override
  public Optional<AgreementKey> agreementKey(Eui64 party) {
    return Optional.ofNullable(own.get(party));
  }

  private Optional<Answer> remembered(Question question) {
    synchronized (known) {
      return Optional.ofNullable(known.get(question));
    }
  }

  private List<PartyCertificate> ask(Question question) throws IOException, InterruptedException {
    Usage usage =
        switch (question.use()) {
          case DIGITAL_SIGNATURE -> Usage.DS;
          case KEY_AGREEMENT, PREPAYMENT_TOP_UP -> Usage.KA;
        };
    List<X509Certificate> found = repository.find(Holder.DEVICE, question.holder(), usage);
    if (found.isEmpty()) {
      found = repository.find(Holder.ORGANISATION, question.holder(), usage);
    }
    List<PartyCertificate> certificates = new ArrayList<>(1);
    for (X509Certificate certificate : found) {
      if (certificates.size() < MAX_CERTIFICATES && authorities.vouchFor(certificate)) {
        named(question, certificate).ifPresent(certificates::add);
      }
    }
    return List.copyOf(certificates);
  }

  /** What the certificate itself says of its holder counts, not what the repository was asked. */
  private static Optional<PartyCertificate> named(Question question, X509Certificate certificate) {
    try {
      PartyCertificate read = CertificateReading.read(certificate.getEncoded());
      boolean wanted =
          read.holder().equals(question.holder())
              && (read.use() == KeyUse.DIGITAL_SIGNATURE)
                  == (question.use() == KeyUse.DIGITAL_SIGNATURE);
      return wanted ? Optional.of(read) : Optional.empty();
    } catch (CertificateException notOfSmki) {
      return Optional.empty();
    }
  }
}
