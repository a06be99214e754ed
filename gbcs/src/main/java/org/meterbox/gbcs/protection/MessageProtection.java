// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.protection;

import java.security.interfaces.ECPublicKey;
import org.meterbox.crypto.DerivedKey;
import org.meterbox.crypto.KeyPurpose;
import org.meterbox.crypto.MessageMac;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.crypto.Signatures;
import org.meterbox.crypto.SigningKey;
import org.meterbox.crypto.VerificationException;
import org.meterbox.gbcs.envelope.GbcsMessage.Command;
import org.meterbox.gbcs.envelope.GbcsMessage.PreCommand;
import org.meterbox.gbcs.envelope.GbcsMessage.SignedPreCommand;
import org.meterbox.gbcs.envelope.GbcsMessage.UnsecuredCommand;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;

/** What the parties do to protect and check messages (GBCS sections 4 to 8). */
public final class MessageProtection {
  private MessageProtection() {}

  /** The user signs a Pre-Command, having checked it. */
  public static SignedPreCommand sign(PreCommand preCommand, SigningKey originator) {
    GroupedContent content = preCommand.content();
    return new SignedPreCommand(
        content.signedBy(originator.sign(content.signedOctets().toArray())));
  }

  /**
   * The Access Control Broker adds its MAC to a Signed Pre-Command.
   *
   * @param brokerAndDevice the secret that the broker shares with the device
   */
  public static Command addMac(SignedPreCommand signed, SharedSecret brokerAndDevice) {
    return new Command(signed.content(), mac(signed.content(), brokerAndDevice));
  }

  /** The Access Control Broker adds its MAC to a non-critical command. */
  public static Command addMac(UnsecuredCommand command, SharedSecret brokerAndDevice) {
    return new Command(command.content(), mac(command.content(), brokerAndDevice));
  }

  /** The MAC of any content under the secret of the two parties that the message class names. */
  public static Octets mac(GroupedContent content, SharedSecret secret) {
    return MessageMac.compute(macKey(content.header(), secret), content.octets());
  }

  /**
   * Returns only if the MAC belongs to the content.
   *
   * @throws VerificationException where it does not
   */
  public static void verifyMac(GroupedContent content, Octets mac, SharedSecret secret)
      throws VerificationException {
    MessageMac.verify(macKey(content.header(), secret), content.octets(), mac);
  }

  /**
   * Returns only if the content carries the key holder's signature.
   *
   * @throws VerificationException where it carries none, or another's
   */
  public static void verifySignature(GroupedContent content, ECPublicKey signer)
      throws VerificationException {
    if (content.signature().isEmpty()) {
      throw new VerificationException("the message carries no signature");
    }
    Signatures.verify(signer, content.signedOctets().toArray(), content.signature().get());
  }

  /** The key of the message's MAC. */
  public static DerivedKey macKey(GroupingHeader header, SharedSecret secret) {
    return DerivedKey.derive(secret, header.craFlag().macPurpose(), header.messageId());
  }

  /**
   * The key of the sensitive content of a response or alert: for an Unknown Remote Party under its
   * own identifier and, where present, the Supplementary Originator Counter.
   */
  public static DerivedKey encryptionKey(GroupingHeader header, SharedSecret deviceAndReader) {
    MessageId id = header.messageId();
    MessageId identity =
        switch (header.otherInformation()) {
          case OtherInformation.EncryptedFor e ->
              new MessageId(id.originator(), e.party(), e.supplementaryOriginatorCounter());
          case OtherInformation.OnBehalfOf o ->
              new MessageId(id.originator(), o.party(), id.counter());
          case OtherInformation.SupplementaryParty s ->
              new MessageId(id.originator(), s.party(), id.counter());
          case OtherInformation.CodeOnly ignored -> id;
          case OtherInformation.WithAgreementCertificate ignored -> id;
        };
    return DerivedKey.derive(deviceAndReader, KeyPurpose.ENCRYPTION, identity);
  }
}
