// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.profile;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/**
 * What a certificate of a certain sort must contain beside its names and its key. All of them are
 * X.509 version 3 on P-256 with SHA-256, a serial number of 16 octets, an 8-octet subject key
 * identifier, an authority key identifier, and critical key usage and certificate policies (SMKI
 * certificate profiles, as the public test certificates show them).
 *
 * @param use the one purpose of the key
 * @param lifetime how long it is valid
 * @param constraint for authorities, what may stand below them
 * @param policy the certificate policy
 * @param purposes extended key usages; none in SMKI itself
 */
public record CertificateProfile(
    CertificateKind kind,
    KeyUse use,
    Lifetime lifetime,
    Constraint constraint,
    ASN1ObjectIdentifier policy,
    Set<KeyPurposeId> purposes) {

  /** How long a certificate is valid. */
  public sealed interface Lifetime {
    /** Whole calendar years, the last one ending a second early. */
    record Years(int years) implements Lifetime {}

    /** To the end of X.509's calendar (RFC 5280 section 4.1.2.5): devices cannot renew in time. */
    record WithoutEnd() implements Lifetime {}

    /** The last moment of validity of a certificate that starts at {@code notBefore}. */
    default Instant end(Instant notBefore) {
      return switch (this) {
        case Years(int years) ->
            notBefore.atOffset(ZoneOffset.UTC).plusYears(years).toInstant().minusSeconds(1);
        case WithoutEnd() -> Instant.parse("9999-12-31T23:59:59Z");
      };
    }
  }

  /** What may stand below a certificate. */
  public enum Constraint {
    /** Authorities and end entities: basic constraints without path length. */
    ROOT,
    /** End entities only: basic constraints with path length 0. */
    ISSUING,
    /** Nothing: no basic constraints at all. */
    END_ENTITY
  }

  private static final Lifetime ROOT_LIFETIME = new Lifetime.Years(50);
  private static final Lifetime ISSUING_LIFETIME = new Lifetime.Years(25);
  private static final Lifetime ORGANISATION_LIFETIME = new Lifetime.Years(10);
  private static final Lifetime CREDENTIAL_LIFETIME = new Lifetime.Years(2);

  /** Root of the organisation infrastructure. */
  public static final CertificateProfile ROOT_OCA =
      root(CertificateKind.ROOT_OCA, Policies.ORGANISATION);

  /** Issuing authority of the organisation infrastructure. */
  public static final CertificateProfile ISSUING_OCA =
      issuing(CertificateKind.ISSUING_OCA, Policies.ORGANISATION);

  /** An organisation's signing key, for messages or, by role, for XML. */
  public static final CertificateProfile ORGANISATION_SIGNING =
      holder(
          CertificateKind.ORGANISATION,
          KeyUse.DIGITAL_SIGNATURE,
          ORGANISATION_LIFETIME,
          Policies.ORGANISATION);

  /** An organisation's key agreement key, for management or for prepayment top-ups. */
  public static final CertificateProfile ORGANISATION_KEY_AGREEMENT =
      holder(
          CertificateKind.ORGANISATION,
          KeyUse.KEY_AGREEMENT,
          ORGANISATION_LIFETIME,
          Policies.ORGANISATION);

  /** Root of the device infrastructure. */
  public static final CertificateProfile ROOT_DCA = root(CertificateKind.ROOT_DCA, Policies.DEVICE);

  /** Issuing authority of the device infrastructure. */
  public static final CertificateProfile ISSUING_DCA =
      issuing(CertificateKind.ISSUING_DCA, Policies.DEVICE);

  /** A device's signing key. */
  public static final CertificateProfile DEVICE_SIGNING =
      holder(
          CertificateKind.DEVICE,
          KeyUse.DIGITAL_SIGNATURE,
          new Lifetime.WithoutEnd(),
          Policies.DEVICE);

  /** A device's key agreement key. */
  public static final CertificateProfile DEVICE_KEY_AGREEMENT =
      holder(
          CertificateKind.DEVICE, KeyUse.KEY_AGREEMENT, new Lifetime.WithoutEnd(), Policies.DEVICE);

  /** Root of the infrastructure for responsible officers. */
  public static final CertificateProfile IKI_ROOT = root(CertificateKind.IKI_ROOT, Policies.IKI);

  /** Issuing authority of the infrastructure for responsible officers. */
  public static final CertificateProfile IKI_ISSUING =
      issuing(CertificateKind.IKI_ISSUING, Policies.IKI);

  /** A responsible officer's or a system's credential. */
  public static final CertificateProfile IKI_CREDENTIAL =
      credential(CertificateKind.IKI_CREDENTIAL, Policies.IKI, KeyPurposeId.id_kp_clientAuth);

  /** Root of the DCC key infrastructure. */
  public static final CertificateProfile DCCKI_ROOT =
      root(CertificateKind.DCCKI_ROOT, Policies.DCCKI_ROOT);

  /** Issues TLS certificates. */
  public static final CertificateProfile DCCKI_INFRASTRUCTURE_CA =
      issuing(CertificateKind.DCCKI_INFRASTRUCTURE_CA, Policies.DCCKI_INFRASTRUCTURE);

  /** Issues certificates for people. */
  public static final CertificateProfile DCCKI_USER_CA =
      issuing(CertificateKind.DCCKI_USER_CA, Policies.DCCKI_USER);

  /** The listening end of a TLS connection. */
  public static final CertificateProfile DCCKI_SERVER =
      credential(
          CertificateKind.DCCKI_INFRASTRUCTURE,
          Policies.DCCKI_INFRASTRUCTURE,
          KeyPurposeId.id_kp_serverAuth);

  /** The calling end of a TLS connection. */
  public static final CertificateProfile DCCKI_CLIENT =
      credential(
          CertificateKind.DCCKI_INFRASTRUCTURE,
          Policies.DCCKI_INFRASTRUCTURE,
          KeyPurposeId.id_kp_clientAuth);

  /** A person at a web interface. */
  public static final CertificateProfile DCCKI_USER =
      credential(CertificateKind.DCCKI_USER, Policies.DCCKI_USER, KeyPurposeId.id_kp_clientAuth);

  /** Refuses a profile whose kind, constraint and key use contradict each other. */
  public CertificateProfile {
    purposes = Set.copyOf(purposes);
    boolean authority = constraint != Constraint.END_ENTITY;
    if (authority != kind.isAuthority()
        || authority != (use == KeyUse.CERTIFICATE_SIGNING)
        || kind.isRoot() != (constraint == Constraint.ROOT)) {
      throw new IllegalArgumentException("a contradictory profile for " + kind);
    }
  }

  /** The profile of an organisation's certificate for this use. */
  public static Optional<CertificateProfile> organisation(KeyUse use) {
    return switch (use) {
      case DIGITAL_SIGNATURE -> Optional.of(ORGANISATION_SIGNING);
      case KEY_AGREEMENT -> Optional.of(ORGANISATION_KEY_AGREEMENT);
      case CERTIFICATE_SIGNING -> Optional.empty();
    };
  }

  /** The profile of a device's certificate for this use. */
  public static Optional<CertificateProfile> device(KeyUse use) {
    return switch (use) {
      case DIGITAL_SIGNATURE -> Optional.of(DEVICE_SIGNING);
      case KEY_AGREEMENT -> Optional.of(DEVICE_KEY_AGREEMENT);
      case CERTIFICATE_SIGNING -> Optional.empty();
    };
  }

  /** The start of validity of a certificate made now: certificates count in whole seconds. */
  public static Instant startingAt(Instant now) {
    return now.truncatedTo(ChronoUnit.SECONDS);
  }

  private static CertificateProfile root(CertificateKind kind, ASN1ObjectIdentifier policy) {
    return new CertificateProfile(
        kind, KeyUse.CERTIFICATE_SIGNING, ROOT_LIFETIME, Constraint.ROOT, policy, Set.of());
  }

  private static CertificateProfile issuing(CertificateKind kind, ASN1ObjectIdentifier policy) {
    return new CertificateProfile(
        kind, KeyUse.CERTIFICATE_SIGNING, ISSUING_LIFETIME, Constraint.ISSUING, policy, Set.of());
  }

  private static CertificateProfile holder(
      CertificateKind kind, KeyUse use, Lifetime lifetime, ASN1ObjectIdentifier policy) {
    return new CertificateProfile(kind, use, lifetime, Constraint.END_ENTITY, policy, Set.of());
  }

  private static CertificateProfile credential(
      CertificateKind kind, ASN1ObjectIdentifier policy, KeyPurposeId purpose) {
    return new CertificateProfile(
        kind,
        KeyUse.DIGITAL_SIGNATURE,
        CREDENTIAL_LIFETIME,
        Constraint.END_ENTITY,
        policy,
        Set.of(purpose));
  }
}
