// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.system;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.meterbox.adapter.identity.AgreementIdentity;
import org.meterbox.adapter.identity.SigningIdentity;
import org.meterbox.adapter.identity.UserIdentity;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.authority.Authorities;
import org.meterbox.smki.dccki.TlsContexts;
import org.meterbox.smki.dccki.TlsIssuer;
import org.meterbox.smki.issuing.CertificateIssuer;
import org.meterbox.smki.issuing.Entitlements;
import org.meterbox.smki.issuing.Entitlements.Entitlement;
import org.meterbox.smki.issuing.EuiRange;
import org.meterbox.smki.profile.CellUsage;
import org.meterbox.smki.profile.CertificateSubject;
import org.meterbox.smki.profile.KeyUse;
import org.meterbox.smki.repository.CertificateRepository;
import org.meterbox.smki.vault.HeldKey;
import org.meterbox.smki.vault.KeyVault;
import org.meterbox.smki.vault.Pkcs12Vault;

/**
 * Gives every party its keys and certificates on first start, and finds them again on every later
 * one. Each party's private keys are in a vault of its own.
 */
public final class Enrolment {
  /** The name of the recovery key in the central vault, until a key ceremony seals it. */
  public static final String RECOVERY_KEY =
      keyName(RemotePartyRole.RECOVERY, KeyUse.DIGITAL_SIGNATURE);

  /** The name of a supplier's key for prepayment top-ups in its vault. */
  public static final String TOP_UP_KEY = "prepayment-top-up";

  private final CertificateIssuer issuer;
  private final TlsIssuer tls;
  private final SecureRandom random;

  /**
   * Enrols with these authorities.
   *
   * @param registered what the registration authority entitles users to
   */
  public Enrolment(
      Authorities authorities,
      CertificateRepository repository,
      Entitlements registered,
      InstantSource clock,
      SecureRandom random) {
    this.issuer =
        new CertificateIssuer(
            authorities,
            repository,
            entitlements(registered),
            clock,
            CertificateIssuer.DCA_CERTIFICATES_MAX);
    this.tls = new TlsIssuer(authorities, repository, clock);
    this.random = random;
  }

  /** Issues what else is asked for, for example to devices. */
  public CertificateIssuer issuer() {
    return issuer;
  }

  /** Issues the certificates of TLS connections. */
  public TlsIssuer tls() {
    return tls;
  }

  /** The vault of the DCC's own parties. */
  public KeyVault centralVault(DataDirectory data) {
    return Pkcs12Vault.openIn(data.centralParties(), "keys", random);
  }

  /** The vault of one user. */
  public KeyVault userVault(DataDirectory data, Participant participant) {
    return openUserVault(data, participant, random);
  }

  /** The vault of one user, also without a running system. */
  public static KeyVault openUserVault(
      DataDirectory data, Participant participant, SecureRandom random) {
    return Pkcs12Vault.openIn(data.user(participant), "keys", random);
  }

  /** Finds or makes a key of one of the DCC's own parties. */
  public HeldKey central(KeyVault vault, Eui64 party, RemotePartyRole role, KeyUse use) {
    return enrol(vault, keyName(role, use), party, role, use, CellUsage.MANAGEMENT);
  }

  /** Finds or makes all keys of a user. */
  public UserIdentity user(KeyVault vault, Participant participant) {
    RemotePartyRole role = participant.partyRole();
    enrol(vault, participant, RemotePartyRole.XML_SIGNING, KeyUse.DIGITAL_SIGNATURE);
    enrol(vault, participant, role, KeyUse.DIGITAL_SIGNATURE);
    enrol(vault, participant, role, KeyUse.KEY_AGREEMENT);
    if (role == RemotePartyRole.SUPPLIER) {
      HeldKey _ =
          enrol(
              vault,
              TOP_UP_KEY,
              participant.id(),
              role,
              KeyUse.KEY_AGREEMENT,
              CellUsage.PREPAYMENT_TOP_UP);
    }
    return identity(vault, participant)
        .orElseThrow(() -> new IllegalStateException("keys just made are not in the vault"));
  }

  /** The keys of a user that was enrolled before. */
  public static Optional<UserIdentity> identity(KeyVault vault, Participant participant) {
    RemotePartyRole role = participant.partyRole();
    Optional<SigningIdentity> xml =
        vault
            .find(keyName(RemotePartyRole.XML_SIGNING, KeyUse.DIGITAL_SIGNATURE))
            .map(Enrolment::signing);
    Optional<SigningIdentity> signature =
        vault.find(keyName(role, KeyUse.DIGITAL_SIGNATURE)).map(Enrolment::signing);
    Optional<AgreementIdentity> agreement =
        vault.find(keyName(role, KeyUse.KEY_AGREEMENT)).map(Enrolment::agreement);
    if (xml.isEmpty() || signature.isEmpty() || agreement.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new UserIdentity(
            participant.id(),
            xml.get(),
            signature.get(),
            agreement.get(),
            vault.find(TOP_UP_KEY).map(Enrolment::agreement)));
  }

  /**
   * With which a user that was enrolled before speaks to the gateway.
   *
   * @throws IOException where its vault has no key for TLS
   */
  public static SSLContext clientTls(KeyVault vault, Participant participant) throws IOException {
    HeldKey key =
        vault
            .find(MeterboxSystem.CLIENT_TLS_KEY)
            .orElseThrow(() -> new IOException(participant.name() + " has no TLS key there"));
    return TlsContexts.context(key, List.of(key.chain().getLast()));
  }

  /**
   * The DSP's own signers, as they stand in its vault.
   *
   * @param documents signs what goes to users
   * @param commands signs commands, as the Access Control Broker
   */
  public record DspSigners(
      Optional<SigningIdentity> documents, Optional<SigningIdentity> commands) {}

  /** The DSP's own signers, also without a running system. */
  public static DspSigners dspSigners(DataDirectory data, SecureRandom random) {
    KeyVault vault = Pkcs12Vault.openIn(data.centralParties(), "keys", random);
    return new DspSigners(
        vault
            .find(keyName(RemotePartyRole.DSP_XML_SIGNING, KeyUse.DIGITAL_SIGNATURE))
            .map(Enrolment::signing),
        vault
            .find(keyName(RemotePartyRole.ACCESS_CONTROL_BROKER, KeyUse.DIGITAL_SIGNATURE))
            .map(Enrolment::signing));
  }

  private void enrol(KeyVault vault, Participant participant, RemotePartyRole role, KeyUse use) {
    HeldKey _ = enrol(vault, keyName(role, use), participant.id(), role, use, CellUsage.MANAGEMENT);
  }

  private HeldKey enrol(
      KeyVault vault,
      String name,
      Eui64 party,
      RemotePartyRole role,
      KeyUse use,
      CellUsage cellUsage) {
    CertificateSubject subject = new CertificateSubject.Organisation(Optional.empty(), role, party);
    return issuer.findOrEnrol(vault, name, party, subject, use, cellUsage);
  }

  private static String keyName(RemotePartyRole role, KeyUse use) {
    return String.format(
        Locale.ROOT, "%02x-%s", role.code(), use == KeyUse.KEY_AGREEMENT ? "ka" : "ds");
  }

  private static SigningIdentity signing(HeldKey held) {
    return new SigningIdentity(held.signing(), held.chain().getFirst());
  }

  private static AgreementIdentity agreement(HeldKey held) {
    return new AgreementIdentity(held.agreement(), held.chain().getFirst());
  }

  /** The DCC's own parties are not registered by anybody; everybody else is. */
  private static Entitlements entitlements(Entitlements registered) {
    List<Entitlement> entitlements = new ArrayList<>();
    entitlements.add(
        entitlement(
            CentralParties.ACCESS_CONTROL_BROKER,
            Set.of(RemotePartyRole.ACCESS_CONTROL_BROKER, RemotePartyRole.DSP_XML_SIGNING)));
    entitlements.add(entitlement(CentralParties.RECOVERY, Set.of(RemotePartyRole.RECOVERY)));
    entitlements.add(
        entitlement(CentralParties.TRANSITIONAL_COS, Set.of(RemotePartyRole.TRANSITIONAL_COS)));
    entitlements.add(
        entitlement(CentralParties.WAN_PROVIDER, Set.of(RemotePartyRole.WAN_PROVIDER)));
    Entitlements central = Entitlements.fixed(entitlements);
    return requester -> central.of(requester).or(() -> registered.of(requester));
  }

  private static Entitlement entitlement(Eui64 party, Set<RemotePartyRole> roles) {
    return new Entitlement(party, roles, List.of(EuiRange.of(party)), List.of());
  }
}
