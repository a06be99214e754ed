// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.transform;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.app.keys.KeyFiles;
import org.meterbox.crypto.EcdsaSignature;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.dsp.commands.DccParties;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.RemotePartyRole;

/**
 * The DCC's parties with the keys of a directory. Zero octets stand where a key is not there: the
 * command line may be asked for a command that nobody is to take.
 *
 * @param keys the parties' keys and certificates; the broker's private key with the devices'
 *     certificates makes a MAC, as do the devices' private keys with the broker's certificate
 * @param broker the Access Control Broker, where it is known
 * @param counter the parties' counter, where one was given
 */
record FileParties(KeyFiles keys, Optional<Eui64> broker, Optional<OriginatorCounter> counter)
    implements DccParties {
  /**
   * How far the counter of the DCC's parties is ahead of the request's where none was given: as in
   * most of the published messages. Both are counters of their own; nothing ties them together.
   */
  static final long COUNTER_AHEAD = 300;

  private static final Octets NO_MAC = Octets.ofHex("00".repeat(12));
  private static final EcdsaSignature NO_SIGNATURE =
      new EcdsaSignature(Octets.ofHex("00".repeat(EcdsaSignature.OCTETS)));

  private record KeyedParty(Eui64 id, KeyFiles keys, Optional<OriginatorCounter> counter)
      implements Party {
    /** What a party asks for itself goes out under its own Request ID. */
    @Override
    public OriginatorCounter nextCounter(MessageId request) {
      return request.originator().equals(id)
          ? request.counter()
          : counter.orElseGet(
              () -> new OriginatorCounter(request.counter().value() + COUNTER_AHEAD));
    }

    @Override
    public Optional<EcdsaSignature> sign(GroupedContent command) {
      return Optional.of(
          keys.keys()
              .ownSigningKey(id)
              .map(own -> own.sign(command.signedOctets().toArray()))
              .orElse(NO_SIGNATURE));
    }
  }

  @Override
  public Optional<Party> inRole(RemotePartyRole role) {
    Optional<Eui64> party =
        role == RemotePartyRole.ACCESS_CONTROL_BROKER ? broker : onlyPartyIn(role);
    return party.map(id -> new KeyedParty(id, keys, counter));
  }

  private Optional<Eui64> onlyPartyIn(RemotePartyRole role) {
    List<Eui64> parties = keys.inRole(role);
    return parties.size() == 1 ? Optional.of(parties.getFirst()) : Optional.empty();
  }

  @Override
  public String absent(RemotePartyRole role) {
    return role == RemotePartyRole.ACCESS_CONTROL_BROKER
        ? "the Access Control Broker sends this command: name it with --broker EUI, or give its"
            + " certificate with --keys"
        : String.format(
            Locale.ROOT,
            "the DCC's party in the role %s sends this command: give its certificate with --keys",
            role);
  }

  @Override
  public Optional<Octets> brokerMac(GroupedContent command) {
    Eui64 device = command.header().messageId().target();
    Optional<SharedSecret> secret = broker.flatMap(party -> keys.keys().secret(party, device));
    return Optional.of(secret.map(shared -> MessageProtection.mac(command, shared)).orElse(NO_MAC));
  }
}
