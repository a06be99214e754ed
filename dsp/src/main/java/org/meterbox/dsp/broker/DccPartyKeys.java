// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.broker;

import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.meterbox.crypto.EcdsaSignature;
import org.meterbox.crypto.SigningKey;
import org.meterbox.dsp.commands.DccParties;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.store.Store;

/**
 * The DCC's own parties in the running system, each with its key and a durable counter towards all
 * devices. Safe for use by many threads.
 */
public final class DccPartyKeys implements DccParties {
  private static final String BROKER_COUNTER = "broker";
  private static final String COUNTER = "party-";

  private final Map<RemotePartyRole, Party> parties;
  private final AccessControlBroker broker;

  private record KeyedParty(Eui64 id, ReservedCounter counter, Optional<SigningKey> key)
      implements Party {
    @Override
    public OriginatorCounter nextCounter(MessageId request) {
      return counter.next();
    }

    @Override
    public Optional<EcdsaSignature> sign(GroupedContent command) {
      return key.map(own -> own.sign(command.signedOctets().toArray()));
    }
  }

  private DccPartyKeys(Map<RemotePartyRole, Party> parties, AccessControlBroker broker) {
    this.parties = parties;
    this.broker = broker;
  }

  /**
   * The parties with these keys.
   *
   * @param store keeps the counters
   */
  public static DccPartyKeys of(
      BrokerKeys keys, AccessControlBroker broker, Store store, InstantSource clock) {
    Map<RemotePartyRole, Party> parties = new EnumMap<>(RemotePartyRole.class);
    keys.commandSigners()
        .forEach((role, signer) ->
            parties.put(
                role,
                new KeyedParty(
                    signer.party(),
                    new ReservedCounter(store, COUNTER + signer.party().hex(), clock),
                    Optional.of(signer.key()))));
    // The broker sends without a signature too, so it is there with or without a signing key.
    parties.put(
        RemotePartyRole.ACCESS_CONTROL_BROKER,
        new KeyedParty(
            broker.id(),
            new ReservedCounter(store, BROKER_COUNTER, clock),
            Optional.ofNullable(keys.commandSigners().get(RemotePartyRole.ACCESS_CONTROL_BROKER))
                .map(BrokerKeys.CommandSigner::key)));
    return new DccPartyKeys(parties, broker);
  }

  @Override
  public Optional<Party> inRole(RemotePartyRole role) {
    return Optional.ofNullable(parties.get(role));
  }

  @Override
  public String absent(RemotePartyRole role) {
    return String.format(
        Locale.ROOT, "this DSP holds no keys of the DCC's party in the role %s", role);
  }

  @Override
  public Optional<Octets> brokerMac(GroupedContent command) {
    return broker.mac(command);
  }
}
