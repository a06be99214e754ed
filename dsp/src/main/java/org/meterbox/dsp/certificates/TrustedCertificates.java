// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.certificates;

import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.meterbox.crypto.VerificationException;
import org.meterbox.duis.signature.IssuerSerial;
import org.meterbox.duis.signature.Signer;
import org.meterbox.duis.signature.SignerDirectory;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.profile.CertificateKind;
import org.meterbox.smki.profile.KeyUse;
import org.meterbox.smki.repository.CertificateId;
import org.meterbox.smki.repository.CertificateRecord;
import org.meterbox.smki.repository.CertificateRepository;
import org.meterbox.smki.repository.CertificateSearch;
import org.meterbox.smki.repository.CertificateStatus;
import org.meterbox.smki.repository.DistinguishedName;

/**
 * The certificates by which the DSP believes somebody. A certificate counts if the SMKI Repository
 * holds it, in use and within its dates. Answers are kept for {@link #KEEP}, so a revocation is
 * obeyed after that time at the latest. Safe for use by many threads.
 */
public final class TrustedCertificates implements SignerDirectory {
  /** How long an answer of the repository is relied on. */
  public static final Duration KEEP = Duration.ofMinutes(1);

  /** Signers kept at once: more than there are users. */
  public static final int SIGNERS_MAX = 4_096;

  /** Device keys kept at once, some 200 octets each. */
  public static final int DEVICE_KEYS_MAX = 100_000;

  private final CertificateRepository repository;
  private final InstantSource clock;
  private final boolean datesCount;
  private final RecentlyUsed<IssuerSerial, Signer> signers;
  private final RecentlyUsed<DeviceKey, ECPublicKey> deviceKeys;

  private record DeviceKey(Eui64 device, KeyUse use) {}

  /**
   * Reads from this repository.
   *
   * @param datesCount false only for published test certificates, whose dates have passed
   */
  public TrustedCertificates(
      CertificateRepository repository, InstantSource clock, boolean datesCount) {
    this.repository = repository;
    this.clock = clock;
    this.datesCount = datesCount;
    this.signers = new RecentlyUsed<>(SIGNERS_MAX, KEEP, clock);
    this.deviceKeys = new RecentlyUsed<>(DEVICE_KEYS_MAX, KEEP, clock);
  }

  @Override
  public Optional<Signer> find(IssuerSerial certificate) {
    return signers.get(certificate, this::findSigner);
  }

  private Optional<Signer> findSigner(IssuerSerial name) {
    return id(name)
        .flatMap(repository::find)
        .filter(found -> found.kind() == CertificateKind.ORGANISATION && counts(found))
        .flatMap(found -> signer(found.certificate()));
  }

  private static Optional<CertificateId> id(IssuerSerial name) {
    try {
      return name.issuer()
          .map(issuer -> new CertificateId(DistinguishedName.of(issuer), name.serialNumber()));
    } catch (IllegalArgumentException noSerialNumber) {
      return Optional.empty();
    }
  }

  private static Optional<Signer> signer(X509Certificate certificate) {
    try {
      return Optional.of(Signer.of(certificate));
    } catch (VerificationException notForSigning) {
      return Optional.empty();
    }
  }

  /** The public half of the key with which a device agrees on secrets. */
  public Optional<ECPublicKey> deviceAgreementKey(Eui64 device) {
    return deviceKeys.get(new DeviceKey(device, KeyUse.KEY_AGREEMENT), this::findDeviceKey);
  }

  /** The public half of the key with which a device signs. */
  public Optional<ECPublicKey> deviceSigningKey(Eui64 device) {
    return deviceKeys.get(new DeviceKey(device, KeyUse.DIGITAL_SIGNATURE), this::findDeviceKey);
  }

  /** The certificate (DER) of the key with which a device agrees on secrets. */
  public Optional<Octets> deviceAgreementCertificate(Eui64 device) {
    return findDeviceCertificate(new DeviceKey(device, KeyUse.KEY_AGREEMENT))
        .map(CertificateRecord::der);
  }

  private Optional<ECPublicKey> findDeviceKey(DeviceKey wanted) {
    return findDeviceCertificate(wanted).map(CertificateRecord::publicKey);
  }

  private Optional<CertificateRecord> findDeviceCertificate(DeviceKey wanted) {
    CertificateSearch search =
        CertificateSearch.of(wanted.device())
            .kind(CertificateKind.DEVICE)
            .use(wanted.use())
            .inUse();
    return repository.search(search).stream().filter(this::counts).findFirst();
  }

  /** The keys with which an organisation in this role may sign commands; newest first. */
  public List<ECPublicKey> commandSigningKeys(Eui64 organisation, RemotePartyRole role) {
    CertificateSearch search =
        CertificateSearch.of(organisation)
            .kind(CertificateKind.ORGANISATION)
            .role(role)
            .use(KeyUse.DIGITAL_SIGNATURE)
            .inUse();
    return repository.search(search).stream()
        .filter(this::counts)
        .map(CertificateRecord::publicKey)
        .toList();
  }

  /** Whether these octets are a key agreement certificate of the organisation, and count. */
  public boolean isAgreementCertificateOf(Eui64 organisation, Octets der) {
    CertificateSearch search =
        CertificateSearch.of(organisation)
            .kind(CertificateKind.ORGANISATION)
            .use(KeyUse.KEY_AGREEMENT)
            .inUse();
    return repository.search(search).stream()
        .anyMatch(found -> found.der().equals(der) && counts(found));
  }

  /** An organisation's key agreement certificate (DER), where one is in use. */
  public Optional<Octets> agreementCertificateOf(Eui64 organisation) {
    return certificateOf(organisation, KeyUse.KEY_AGREEMENT);
  }

  /** The certificate (DER) with which the broker signs commands, where one is in use. */
  public Optional<Octets> brokerSigningCertificate(Eui64 broker) {
    CertificateSearch search =
        CertificateSearch.of(broker)
            .kind(CertificateKind.ORGANISATION)
            .role(RemotePartyRole.ACCESS_CONTROL_BROKER)
            .use(KeyUse.DIGITAL_SIGNATURE)
            .inUse();
    return repository.search(search).stream()
        .filter(this::counts)
        .findFirst()
        .map(CertificateRecord::der);
  }

  private Optional<Octets> certificateOf(Eui64 organisation, KeyUse use) {
    CertificateSearch search =
        CertificateSearch.of(organisation).kind(CertificateKind.ORGANISATION).use(use).inUse();
    return repository.search(search).stream()
        .filter(this::counts)
        .findFirst()
        .map(CertificateRecord::der);
  }

  private boolean counts(CertificateRecord found) {
    Instant now = clock.instant();
    return found.status() == CertificateStatus.IN_USE && (!datesCount || found.isValidAt(now));
  }
}
