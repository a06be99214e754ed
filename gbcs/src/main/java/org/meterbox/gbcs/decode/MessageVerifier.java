// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.decode;

import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.crypto.VerificationException;
import org.meterbox.gbcs.alert.AlertPayload;
import org.meterbox.gbcs.alert.DlmsDetail;
import org.meterbox.gbcs.catalogue.UseCase;
import org.meterbox.gbcs.decode.Verification.Content;
import org.meterbox.gbcs.decode.Verification.EncryptedPart;
import org.meterbox.gbcs.decode.Verification.Verdict;
import org.meterbox.gbcs.dlms.AccessResponse;
import org.meterbox.gbcs.dlms.ProtectedAttributes;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.gbcs.gbz.Component;
import org.meterbox.gbcs.gbz.GbzAlert;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;

/**
 * Checks messages with the keys at hand (GBCS sections 4 to 8): which two parties share the key of
 * the MAC and of encrypted content follows from the message's class.
 */
public final class MessageVerifier {
  private static final String NOT_AUTHENTIC = "the tag does not hold under the reader's key";

  private final KeyRing keys;

  /** Checks with these keys. */
  public MessageVerifier(KeyRing keys) {
    this.keys = keys;
  }

  /** All verdicts on a message. */
  public Verification verify(DecodedMessage message) {
    return new Verification(
        mac(message), signature(message.message().content()), encryptedParts(message));
  }

  private Verdict mac(DecodedMessage message) {
    GroupedContent content = message.message().content();
    return switch (message.message()) {
      case GbcsMessage.PreCommand ignored -> Verdict.ABSENT;
      case GbcsMessage.SignedPreCommand ignored -> Verdict.ABSENT;
      case GbcsMessage.UnsecuredCommand ignored -> Verdict.ABSENT;
      case GbcsMessage.DirectCommand ignored -> Verdict.ABSENT;
      case GbcsMessage.Command command ->
          isBetweenDevices(message)
              ? macOfBothParties(content, Optional.of(command.mac()))
              : macOfBroker(content, command.mac());
      case GbcsMessage.Response response -> macOfBothParties(content, response.mac());
      case GbcsMessage.Alert alert -> macOfBothParties(content, alert.mac());
    };
  }

  private static boolean isBetweenDevices(DecodedMessage message) {
    return message
        .useCase()
        .filter(useCase -> useCase.kind() == UseCase.Kind.DEVICE_TO_DEVICE)
        .isPresent();
  }

  /**
   * The message does not say who the broker is. A MAC that holds under the key of somebody who may
   * be the broker is valid; only a certified broker's key shows that a MAC is invalid.
   */
  private Verdict macOfBroker(GroupedContent content, Octets mac) {
    Eui64 device = content.header().messageId().target();
    Verdict verdict = Verdict.NO_KEY;
    for (KeyRing.Broker broker : keys.brokers()) {
      Optional<SharedSecret> secret = keys.secret(broker.id(), device);
      if (secret.isPresent()) {
        if (macHolds(content, mac, secret.get())) {
          return Verdict.VALID;
        }
        verdict = broker.certified() ? Verdict.INVALID : verdict;
      }
    }
    return verdict;
  }

  private Verdict macOfBothParties(GroupedContent content, Optional<Octets> mac) {
    if (mac.isEmpty()) {
      return Verdict.ABSENT;
    }
    MessageId id = content.header().messageId();
    return keys.secret(id.originator(), id.target())
        .map(secret -> macHolds(content, mac.get(), secret) ? Verdict.VALID : Verdict.INVALID)
        .orElse(Verdict.NO_KEY);
  }

  private static boolean macHolds(GroupedContent content, Octets mac, SharedSecret secret) {
    try {
      MessageProtection.verifyMac(content, mac, secret);
      return true;
    } catch (VerificationException doesNotHold) {
      return false;
    }
  }

  private Verdict signature(GroupedContent content) {
    if (content.signature().isEmpty()) {
      return Verdict.ABSENT;
    }
    Optional<ECPublicKey> signer = keys.signingKey(content.header().messageId().originator());
    if (signer.isEmpty()) {
      return Verdict.NO_KEY;
    }
    try {
      MessageProtection.verifySignature(content, signer.get());
      return Verdict.VALID;
    } catch (VerificationException doesNotHold) {
      return Verdict.INVALID;
    }
  }

  private List<EncryptedPart> encryptedParts(DecodedMessage message) {
    GroupingHeader header = message.header();
    return switch (message.payload()) {
      case Payload.DlmsResponse dlms -> protectedItems(header, dlms.response());
      case Payload.Alert alert -> inAlert(header, alert.alert());
      case Payload.Gbz gbz -> encryptedComponents(header, gbz.message().components());
      case Payload.DlmsRequest ignored -> List.of();
      case Payload.Asn1 ignored -> List.of();
      case Payload.Opaque ignored -> List.of();
    };
  }

  private List<EncryptedPart> protectedItems(GroupingHeader header, AccessResponse response) {
    List<EncryptedPart> parts = new ArrayList<>();
    for (int i = 0; i < response.items().size(); i++) {
      AccessResponse.Item item = response.items().get(i);
      if (item.kind() == AccessResponse.Kind.ACTION) {
        int index = i;
        ProtectedAttributes.Response.of(item.data())
            .ifPresent(block -> parts.add(new EncryptedPart(index, reveal(header, block))));
      }
    }
    return parts;
  }

  private List<EncryptedPart> inAlert(GroupingHeader header, AlertPayload alert) {
    return switch (alert) {
      case AlertPayload.Dlms dlms ->
          dlms.detail() instanceof DlmsDetail.BillingData(ProtectedAttributes.Response block)
              ? List.of(new EncryptedPart(0, reveal(header, block)))
              : List.of();
      case AlertPayload.Gbz(GbzAlert gbz) ->
          gbz.content() instanceof GbzAlert.BillingData(Component snapshot)
              ? encryptedComponents(header, List.of(snapshot))
              : List.of();
      case AlertPayload.Undelivered ignored -> List.of();
      case AlertPayload.Asn1 ignored -> List.of();
      case AlertPayload.OtherNotification ignored -> List.of();
    };
  }

  private List<EncryptedPart> encryptedComponents(
      GroupingHeader header, List<Component> components) {
    List<EncryptedPart> parts = new ArrayList<>();
    for (int i = 0; i < components.size(); i++) {
      if (components.get(i) instanceof Component.Encrypted encrypted) {
        parts.add(new EncryptedPart(i, open(header, encrypted)));
      }
    }
    return parts;
  }

  private Content reveal(GroupingHeader header, ProtectedAttributes.Response block) {
    Optional<SharedSecret> secret = readersSecret(header);
    if (secret.isEmpty()) {
      return new Content.NoKey();
    }
    try {
      return new Content.Attributes(MessageProtection.reveal(header, block, secret.get()));
    } catch (VerificationException notIntact) {
      return new Content.NotIntact(NOT_AUTHENTIC);
    } catch (DecodeException notAttributes) {
      return new Content.NotIntact(notAttributes.getMessage());
    }
  }

  private Content open(GroupingHeader header, Component.Encrypted component) {
    Optional<SharedSecret> secret = readersSecret(header);
    if (secret.isEmpty()) {
      return new Content.NoKey();
    }
    try {
      return new Content.Frame(
          component.open(MessageProtection.encryptionKey(header, secret.get())));
    } catch (VerificationException notIntact) {
      return new Content.NotIntact(NOT_AUTHENTIC);
    } catch (DecodeException notZcl) {
      return new Content.NotIntact(notZcl.getMessage());
    }
  }

  /** What the device shares with the party for which it encrypts. */
  private Optional<SharedSecret> readersSecret(GroupingHeader header) {
    Eui64 reader =
        switch (header.otherInformation()) {
          case OtherInformation.CodeOnly ignored -> header.messageId().target();
          case OtherInformation.SupplementaryParty s -> s.party();
          case OtherInformation.OnBehalfOf o -> o.party();
          case OtherInformation.EncryptedFor e -> e.party();
          case OtherInformation.WithAgreementCertificate c -> c.party();
        };
    return keys.secret(header.messageId().originator(), reader);
  }
}
