// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.transform;

import java.util.Optional;
import org.meterbox.app.keys.KeyFiles;
import org.meterbox.crypto.EcdsaSignature;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.crypto.SigningKey;
import org.meterbox.gbcs.catalogue.UseCase;
import org.meterbox.gbcs.catalogue.UseCaseCatalogue;
import org.meterbox.gbcs.envelope.GbcsMessage.Command;
import org.meterbox.gbcs.envelope.GbcsMessage.SignedPreCommand;
import org.meterbox.gbcs.envelope.GbcsMessage.UnsecuredCommand;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;

/**
 * Makes commands ready for the device: the signature of the DCC's party where the use case is
 * critical, and the broker's MAC. Zero octets stand where a key is not there.
 *
 * @param keys the broker's private key with the devices' certificates, or the devices' private keys
 *     with the broker's certificate
 * @param broker whose MAC it is
 */
record Delivery(KeyFiles keys, Optional<Eui64> broker) {
  private static final Octets NO_MAC = Octets.ofHex("00".repeat(12));
  private static final EcdsaSignature NO_SIGNATURE =
      new EcdsaSignature(Octets.ofHex("00".repeat(EcdsaSignature.OCTETS)));

  /** A command for which no user's signature is due. */
  Octets of(UnsecuredCommand command) {
    GroupingHeader header = command.header();
    boolean critical =
        UseCaseCatalogue.standard()
            .find(header.messageCode())
            .filter(useCase -> useCase.weight() == UseCase.Weight.CRITICAL)
            .isPresent();
    GroupedContent content = command.content();
    return maced(critical ? signed(header, content.payload()) : content).encode();
  }

  /** A command that its user has signed. */
  Octets of(SignedPreCommand signed) {
    return maced(signed.content()).encode();
  }

  private GroupedContent signed(GroupingHeader header, Octets payload) {
    GroupedContent content = GroupedContent.unsigned(header, payload);
    Optional<SigningKey> key = keys.keys().ownSigningKey(header.messageId().originator());
    return content.signedBy(
        key.map(own -> own.sign(content.signedOctets().toArray())).orElse(NO_SIGNATURE));
  }

  private Command maced(GroupedContent content) {
    Eui64 device = content.header().messageId().target();
    Optional<SharedSecret> secret = broker.flatMap(party -> keys.keys().secret(party, device));
    return new Command(
        content, secret.map(shared -> MessageProtection.mac(content, shared)).orElse(NO_MAC));
  }
}
