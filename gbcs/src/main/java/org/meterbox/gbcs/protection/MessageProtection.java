// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.protection;

import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.Optional;
import org.meterbox.crypto.DerivedKey;
import org.meterbox.crypto.KeyPurpose;
import org.meterbox.crypto.MessageMac;
import org.meterbox.crypto.SensitiveContent;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.crypto.Signatures;
import org.meterbox.crypto.SigningKey;
import org.meterbox.crypto.VerificationException;
import org.meterbox.gbcs.dlms.DlmsCodec;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.ProtectedAttributes;
import org.meterbox.gbcs.envelope.GbcsMessage.Alert;
import org.meterbox.gbcs.envelope.GbcsMessage.Command;
import org.meterbox.gbcs.envelope.GbcsMessage.DirectCommand;
import org.meterbox.gbcs.envelope.GbcsMessage.PreCommand;
import org.meterbox.gbcs.envelope.GbcsMessage.Response;
import org.meterbox.gbcs.envelope.GbcsMessage.SignedPreCommand;
import org.meterbox.gbcs.envelope.GbcsMessage.UnsecuredCommand;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
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
   * A party signs a command that goes to its device without the Access Control Broker's MAC.
   *
   * @throws IllegalArgumentException where the use case demands the broker's MAC
   */
  public static DirectCommand signDirect(PreCommand preCommand, SigningKey originator) {
    return new DirectCommand(sign(preCommand, originator).content());
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

  /** A device answers a critical command: signed, without a MAC. */
  public static Response signedResponse(GroupingHeader header, Octets payload, SigningKey device) {
    return new Response(signed(header, payload, device), Optional.empty());
  }

  /**
   * A device answers a non-critical command.
   *
   * @param deviceAndRecipient the secret that the device shares with the header's recipient: the
   *     Known Remote Party or the Access Control Broker
   */
  public static Response macedResponse(
      GroupingHeader header, Octets payload, SharedSecret deviceAndRecipient) {
    GroupedContent content = GroupedContent.withEmptySignature(header, payload);
    return new Response(content, Optional.of(mac(content, deviceAndRecipient)));
  }

  /** A device reports something critical: signed, without a MAC. */
  public static Alert signedAlert(GroupingHeader header, Octets payload, SigningKey device) {
    return new Alert(signed(header, payload, device), Optional.empty());
  }

  /**
   * A device reports something that is not critical.
   *
   * @param deviceAndRecipient the secret that the device shares with the header's recipient
   */
  public static Alert macedAlert(
      GroupingHeader header, Octets payload, SharedSecret deviceAndRecipient) {
    GroupedContent content = GroupedContent.withEmptySignature(header, payload);
    return new Alert(content, Optional.of(mac(content, deviceAndRecipient)));
  }

  private static GroupedContent signed(GroupingHeader header, Octets payload, SigningKey signer) {
    GroupedContent content = GroupedContent.unsigned(header, payload);
    return content.signedBy(signer.sign(content.signedOctets().toArray()));
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
   * A device encrypts sensitive content of its response or alert. Every block of one message has
   * the same key and vector, as GBCS prescribes.
   *
   * @param header the header of the response or alert
   * @param deviceAndReader the secret that the device shares with the party that may read
   */
  public static Octets encrypt(
      GroupingHeader header, Octets plainText, SharedSecret deviceAndReader) {
    return SensitiveContent.encrypt(encryptionKey(header, deviceAndReader), plainText);
  }

  /**
   * The party that may read decrypts sensitive content of a response or alert.
   *
   * @param header the header of the response or alert
   * @param deviceAndReader the secret that the reader shares with the device
   * @throws VerificationException where the block is not intact or meant for another
   */
  public static Octets decrypt(GroupingHeader header, Octets block, SharedSecret deviceAndReader)
      throws VerificationException {
    return SensitiveContent.decrypt(encryptionKey(header, deviceAndReader), block);
  }

  /** A device answers a protected read with the attributes' values, in the order of the request. */
  public static ProtectedAttributes.Response protect(
      GroupingHeader header, List<DlmsValue> attributes, SharedSecret deviceAndReader) {
    Octets plainText = DlmsCodec.encode(new DlmsValue.Structure(attributes));
    return new ProtectedAttributes.Response(
        ProtectedAttributes.Parameters.answeredIn(header),
        encrypt(header, plainText, deviceAndReader));
  }

  /**
   * The party that may read takes the attributes' values out of a protected response, in the order
   * of its request.
   *
   * @throws VerificationException where the block is not intact or meant for another
   * @throws DecodeException where the device encrypted something else than a structure of values
   */
  public static List<DlmsValue> reveal(
      GroupingHeader header, ProtectedAttributes.Response response, SharedSecret deviceAndReader)
      throws VerificationException, DecodeException {
    Octets plainText = decrypt(header, response.block(), deviceAndReader);
    if (DlmsCodec.decode(plainText) instanceof DlmsValue.Structure(List<DlmsValue> attributes)) {
      return attributes;
    }
    throw new DecodeException(
        Fault.UNEXPECTED_VALUE, 0, "protected-attributes", "the plain text must be a structure");
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
