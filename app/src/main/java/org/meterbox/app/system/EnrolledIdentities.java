// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.system;

import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.meterbox.adapter.identity.UserIdentity;
import org.meterbox.dsp.broker.BrokerKeys;
import org.meterbox.dsp.broker.BrokerKeys.CommandSigner;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.profile.CellUsage;
import org.meterbox.smki.profile.KeyUse;
import org.meterbox.smki.repository.CertificateRecord;
import org.meterbox.smki.repository.CertificateRepository;
import org.meterbox.smki.repository.CertificateSearch;
import org.meterbox.smki.vault.HeldKey;
import org.meterbox.smki.vault.KeyVault;

/** Identities that this installation's own authorities certified. */
final class EnrolledIdentities implements Identities {
  private final Enrolment enrolment;
  private final CertificateRepository repository;
  private final DataDirectory data;
  private final BrokerKeys broker;

  /** Enrols every party that is not enrolled yet. */
  EnrolledIdentities(Enrolment enrolment, CertificateRepository repository, DataDirectory data) {
    this.enrolment = enrolment;
    this.repository = repository;
    this.data = data;
    this.broker = enrolCentralParties(enrolment.centralVault(data));
    Participant.ALL.forEach(this::user);
  }

  @Override
  public BrokerKeys broker() {
    return broker;
  }

  @Override
  public UserIdentity user(Participant participant) {
    return enrolment.user(enrolment.userVault(data, participant), participant);
  }

  @Override
  public X509Certificate certificate(
      Eui64 party, RemotePartyRole role, KeyUse use, CellUsage cellUsage) {
    CertificateSearch search =
        CertificateSearch.of(party).role(role).use(use).cellUsage(cellUsage).inUse();
    return repository.search(search).stream()
        .findFirst()
        .map(CertificateRecord::certificate)
        .orElseThrow(() ->
            new IllegalStateException(
                String.format(Locale.ROOT, "%s is not enrolled as %s", party, role)));
  }

  @Override
  public Set<X509Certificate> pinned() {
    return Set.of();
  }

  private BrokerKeys enrolCentralParties(KeyVault vault) {
    if (vault.find(Enrolment.RECOVERY_KEY).isPresent() || !isRecoveryEnrolled()) {
      HeldKey _ = signing(vault, CentralParties.RECOVERY, RemotePartyRole.RECOVERY);
    }
    HeldKey changeOfSupplier =
        signing(vault, CentralParties.TRANSITIONAL_COS, RemotePartyRole.TRANSITIONAL_COS);
    HeldKey _ = signing(vault, CentralParties.WAN_PROVIDER, RemotePartyRole.WAN_PROVIDER);
    Eui64 id = CentralParties.ACCESS_CONTROL_BROKER;
    HeldKey commands = signing(vault, id, RemotePartyRole.ACCESS_CONTROL_BROKER);
    HeldKey agreement =
        enrolment.central(vault, id, RemotePartyRole.ACCESS_CONTROL_BROKER, KeyUse.KEY_AGREEMENT);
    HeldKey documents =
        enrolment.central(vault, id, RemotePartyRole.DSP_XML_SIGNING, KeyUse.DIGITAL_SIGNATURE);
    return new BrokerKeys(
        id,
        agreement.agreement(),
        documents.signing(),
        documents.chain().getFirst(),
        Map.of(
            RemotePartyRole.ACCESS_CONTROL_BROKER,
            new CommandSigner(id, commands.signing()),
            RemotePartyRole.TRANSITIONAL_COS,
            new CommandSigner(CentralParties.TRANSITIONAL_COS, changeOfSupplier.signing())));
  }

  /** A recovery key that was sealed is in no vault here, while devices hold its certificate. */
  private boolean isRecoveryEnrolled() {
    return !repository
        .search(
            CertificateSearch.of(CentralParties.RECOVERY).role(RemotePartyRole.RECOVERY).inUse())
        .isEmpty();
  }

  private HeldKey signing(KeyVault vault, Eui64 party, RemotePartyRole role) {
    return enrolment.central(vault, party, role, KeyUse.DIGITAL_SIGNATURE);
  }
}
