// SPDX-License-Identifier: Apache-2.0
package org.meterbox.bench.correlate;

import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.correlate.keys.KeyUse;
import org.meterbox.correlate.keys.PartyCertificate;
import org.meterbox.correlate.keys.PartyKeys;
import org.meterbox.crypto.DerivedKey;
import org.meterbox.crypto.MessageMac;
import org.meterbox.crypto.SensitiveContent;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.crypto.Signatures;
import org.meterbox.crypto.VerificationException;
import org.meterbox.gbcs.dlms.AccessResponse;
import org.meterbox.gbcs.dlms.ProtectedAttributes;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.gbcs.gbz.Component;
import org.meterbox.gbcs.gbz.GbzMessage;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;

/**
 * The cryptography of a message with nothing around it: what must be computed to check its MAC or
 * its signature and to read what it encrypts, the shared secrets known.
 */
final class BareCryptography {
  /** One step. */
  @FunctionalInterface
  private interface Step {
    void run() throws VerificationException;
  }

  private final PartyKeys keys;
  private final List<Step> steps = new ArrayList<>();

  private BareCryptography(PartyKeys keys) {
    this.keys = keys;
  }

  /**
   * That of a message.
   *
   * @throws DecodeException where it is none
   */
  static BareCryptography of(Octets message, PartyKeys keys) throws DecodeException {
    BareCryptography bare = new BareCryptography(keys);
    switch (GbcsMessage.decode(message)) {
      case GbcsMessage.Response response -> bare.add(response.content(), response.mac());
      case GbcsMessage.Alert alert -> bare.add(alert.content(), alert.mac());
      default -> throw new IllegalArgumentException("neither response nor alert");
    }
    return bare;
  }

  /**
   * Computes all of it.
   *
   * @throws VerificationException where the message is not what it was
   */
  int run() throws VerificationException {
    for (Step step : steps) {
      step.run();
    }
    return steps.size();
  }

  private void add(GroupedContent content, Optional<Octets> mac) throws DecodeException {
    GroupingHeader header = content.header();
    Eui64 device = header.messageId().originator();
    Optional<SharedSecret> recipient = secret(header.messageId().target(), device);
    if (mac.isPresent() && recipient.isPresent()) {
      Octets octets = content.octets();
      steps.add(() ->
          MessageMac.verify(MessageProtection.macKey(header, recipient.get()), octets, mac.get()));
    }
    content
        .signature()
        .ifPresent(signature -> {
          byte[] signed = content.signedOctets().toArray();
          for (PartyCertificate certificate : keys.certificates(device, KeyUse.DIGITAL_SIGNATURE)) {
            ECPublicKey key = certificate.publicKey();
            steps.add(() -> Signatures.verify(key, signed, signature));
          }
        });
    List<Octets> blocks = blocks(content.payload());
    Optional<SharedSecret> reader = secret(reader(header), device);
    if (!blocks.isEmpty() && reader.isPresent()) {
      steps.add(() -> {
        DerivedKey key = MessageProtection.encryptionKey(header, reader.get());
        for (Octets block : blocks) {
          SensitiveContent.decrypt(key, block);
        }
      });
    }
  }

  private Optional<SharedSecret> secret(Eui64 party, Eui64 device) {
    List<PartyCertificate> certificates = keys.certificates(device, KeyUse.KEY_AGREEMENT);
    return certificates.isEmpty()
        ? Optional.empty()
        : keys.agreementKey(party).map(key -> key.agree(certificates.getFirst().publicKey()));
  }

  private static Eui64 reader(GroupingHeader header) {
    return switch (header.otherInformation()) {
      case OtherInformation.OnBehalfOf o -> o.party();
      case OtherInformation.EncryptedFor e -> e.party();
      case OtherInformation.SupplementaryParty s -> s.party();
      case OtherInformation.CodeOnly _, OtherInformation.WithAgreementCertificate _ ->
          header.messageId().target();
    };
  }

  private static List<Octets> blocks(Octets payload) throws DecodeException {
    List<Octets> blocks = new ArrayList<>();
    if (payload.at(0) == AccessResponse.TAG) {
      for (AccessResponse.Item item : AccessResponse.decode(payload).items()) {
        if (item.kind() == AccessResponse.Kind.ACTION && item.successful()) {
          ProtectedAttributes.Response.of(item.data()).ifPresent(p -> blocks.add(p.block()));
        }
      }
    } else if (payload.at(0) == GbzMessage.PROFILE >> 8 && payload.at(2) > 0) {
      addGbz(payload, blocks);
    }
    return blocks;
  }

  private static void addGbz(Octets payload, List<Octets> blocks) {
    try {
      for (Component component : GbzMessage.decode(payload).components()) {
        if (component instanceof Component.Encrypted encrypted) {
          blocks.add(encrypted.block());
        }
      }
    } catch (DecodeException alert) {
      // An alert has another layout; what little it encrypts makes this limit no higher.
    }
  }
}
