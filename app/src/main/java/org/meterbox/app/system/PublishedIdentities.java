// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.system;

import java.nio.file.Files;
import java.security.cert.X509Certificate;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.meterbox.adapter.identity.AgreementIdentity;
import org.meterbox.adapter.identity.SigningIdentity;
import org.meterbox.adapter.identity.UserIdentity;
import org.meterbox.dsp.broker.BrokerKeys;
import org.meterbox.dsp.broker.BrokerKeys.CommandSigner;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.keystore.PublishedKeyStore;
import org.meterbox.smki.keystore.PublishedKeyStore.Entry;
import org.meterbox.smki.profile.CellUsage;
import org.meterbox.smki.profile.KeyUse;

/**
 * Identities from a published key store. Where it has several keys for one purpose, the first one
 * of {@link PublishedKeyStore#find} counts: the one that client tools hold.
 */
public final class PublishedIdentities implements Identities {
  private final PublishedKeyStore keys;

  PublishedIdentities(PublishedKeyStore keys) {
    this.keys = keys;
  }

  /** The identities with which a system runs on published keys; empty where it has its own. */
  public static Optional<PublishedIdentities> of(DataDirectory data) {
    return Files.exists(data.publishedKeys())
        ? Optional.of(new PublishedIdentities(PublishedKeyStore.read(data.publishedKeys())))
        : Optional.empty();
  }

  @Override
  public BrokerKeys broker() {
    Eui64 broker = CentralParties.ACCESS_CONTROL_BROKER;
    Entry documents = key(broker, RemotePartyRole.DSP_XML_SIGNING, KeyUse.DIGITAL_SIGNATURE);
    return new BrokerKeys(
        broker,
        key(broker, RemotePartyRole.ACCESS_CONTROL_BROKER, KeyUse.KEY_AGREEMENT).agreementKey(),
        documents.signingKey(),
        documents.record().certificate(),
        commandSigners());
  }

  /** Key stores need not have the keys of every party of the DCC. */
  private Map<RemotePartyRole, CommandSigner> commandSigners() {
    Map<RemotePartyRole, CommandSigner> signers = new EnumMap<>(RemotePartyRole.class);
    Map.of(
            RemotePartyRole.ACCESS_CONTROL_BROKER,
            CentralParties.ACCESS_CONTROL_BROKER,
            RemotePartyRole.TRANSITIONAL_COS,
            CentralParties.TRANSITIONAL_COS)
        .forEach((role, party) ->
            find(party, role, KeyUse.DIGITAL_SIGNATURE, CellUsage.MANAGEMENT)
                .ifPresent(
                    entry -> signers.put(role, new CommandSigner(party, entry.signingKey()))));
    return signers;
  }

  @Override
  public UserIdentity user(Participant participant) {
    Eui64 id = participant.id();
    RemotePartyRole role = participant.partyRole();
    Entry signature = key(id, role, KeyUse.DIGITAL_SIGNATURE);
    // Not every published party has a key of its own for XML; its role's signing key may serve too.
    Entry xml =
        find(id, RemotePartyRole.XML_SIGNING, KeyUse.DIGITAL_SIGNATURE, CellUsage.MANAGEMENT)
            .orElse(signature);
    return new UserIdentity(
        id,
        signing(xml),
        signing(signature),
        agreement(key(id, role, KeyUse.KEY_AGREEMENT)),
        find(id, role, KeyUse.KEY_AGREEMENT, CellUsage.PREPAYMENT_TOP_UP)
            .map(PublishedIdentities::agreement));
  }

  @Override
  public X509Certificate certificate(
      Eui64 party, RemotePartyRole role, KeyUse use, CellUsage cellUsage) {
    return find(party, role, use, cellUsage)
        .orElseThrow(() -> missing(party, role, use))
        .record()
        .certificate();
  }

  @Override
  public Set<X509Certificate> pinned() {
    return keys.entries().stream()
        .map(entry -> entry.record().certificate())
        .collect(Collectors.toUnmodifiableSet());
  }

  private Entry key(Eui64 party, RemotePartyRole role, KeyUse use) {
    return find(party, role, use, CellUsage.MANAGEMENT)
        .orElseThrow(() -> missing(party, role, use));
  }

  private Optional<Entry> find(Eui64 party, RemotePartyRole role, KeyUse use, CellUsage cellUsage) {
    List<Entry> found = keys.find(party, role, use, cellUsage);
    return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
  }

  private static IllegalStateException missing(Eui64 party, RemotePartyRole role, KeyUse use) {
    return new IllegalStateException(
        String.format(
            Locale.ROOT, "the key store has no key of %s as %s for %s", party, role, use));
  }

  private static SigningIdentity signing(Entry entry) {
    return new SigningIdentity(entry.signingKey(), entry.record().certificate());
  }

  private static AgreementIdentity agreement(Entry entry) {
    return new AgreementIdentity(entry.agreementKey(), entry.record().certificate());
  }
}
