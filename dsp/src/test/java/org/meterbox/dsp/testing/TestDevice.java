// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.testing;

import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.Optional;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.VerificationException;
import org.meterbox.dsp.testing.Pki.Agreement;
import org.meterbox.dsp.testing.Pki.Signing;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsAlert;
import org.meterbox.gbcs.dlms.DlmsAlert.FutureDatedExecution;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GbcsMessage.Command;
import org.meterbox.gbcs.envelope.GroupedContent.SignatureForm;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/**
 * As much of a device as the DSP can tell from a real one: it checks the broker's MAC and answers
 * with the right header under the right protection. What it answers is no concern of the DSP.
 */
public record TestDevice(Eui64 id, Signing signing, Agreement agreement, X509Certificate broker) {
  private static final DlmsDateTime TIME =
      new DlmsDateTime(Octets.ofHex("07DF0101FF000000008000FF"));
  private static final Octets PAYLOAD = Octets.ofHex("DA2000000100000000");

  public static TestDevice make(Pki pki, Eui64 id, X509Certificate broker) {
    return new TestDevice(id, pki.deviceSigning(id), pki.deviceAgreement(id), broker);
  }

  /** The command in these octets, after its MAC was checked. */
  public Command take(Octets octets) {
    try {
      if (!(GbcsMessage.decode(octets) instanceof Command command)) {
        throw new AssertionError("not a command with a MAC");
      }
      MessageProtection.verifyMac(
          command.content(), command.mac(), agreement.key().agree(key(broker)));
      return command;
    } catch (DecodeException | VerificationException e) {
      throw new AssertionError("a device would not take this command", e);
    }
  }

  /**
   * The response to a command.
   *
   * @param recipient the key agreement certificate of the party in the header
   */
  public Octets answer(Octets octets, X509Certificate recipient) {
    Command command = take(octets);
    GroupingHeader asked = command.header();
    GroupingHeader header =
        new GroupingHeader(
            CraFlag.RESPONSE,
            asked.messageId().answered(),
            Optional.empty(),
            asked.otherInformation());
    boolean critical = command.content().signatureForm() == SignatureForm.SIGNED;
    return critical
        ? MessageProtection.signedResponse(header, PAYLOAD, signing.key()).encode()
        : MessageProtection.macedResponse(header, PAYLOAD, agreement.key().agree(key(recipient)))
            .encode();
  }

  /** The signed response to a command, with this payload. */
  public Octets answerSigned(Octets octets, Octets payload) {
    GroupingHeader asked = take(octets).header();
    GroupingHeader header =
        new GroupingHeader(
            CraFlag.RESPONSE,
            asked.messageId().answered(),
            Optional.empty(),
            asked.otherInformation());
    return MessageProtection.signedResponse(header, payload, signing.key()).encode();
  }

  /** A critical alert. */
  public Octets alert(Eui64 recipient, long counter, Octets payload) {
    GroupingHeader header =
        GroupingHeader.of(
            CraFlag.ALERT,
            new MessageId(id, recipient, new OriginatorCounter(counter)),
            new OtherInformation.CodeOnly(new MessageCode(0x1000)));
    return MessageProtection.signedAlert(header, payload, signing.key()).encode();
  }

  /** A critical alert under this message code. */
  public Octets alert(Eui64 recipient, long counter, int messageCode, Octets payload) {
    GroupingHeader header =
        GroupingHeader.of(
            CraFlag.ALERT,
            new MessageId(id, recipient, new OriginatorCounter(counter)),
            new OtherInformation.CodeOnly(new MessageCode(messageCode)));
    return MessageProtection.signedAlert(header, payload, signing.key()).encode();
  }

  /** The alert that the device does not know a command (8F85, GBCS use case ECS100). */
  public Octets unsupported(Octets octets, long counter) {
    GroupingHeader command = take(octets).header();
    Octets identity =
        new OctetWriter(10)
            .u16(command.messageCode().value())
            .u64(command.messageId().counter().value())
            .toOctets();
    DlmsAlert alert = new DlmsAlert(0x8F85, TIME, List.of(new DlmsValue.OctetString(identity)));
    return alert(
        command.messageId().originator(),
        counter,
        0x0120,
        alert.toNotification(new OriginatorCounter(counter)).encode());
  }

  /** The alert about one instruction of a future dated command (8F66 or 8F67). */
  public Octets outcome(Octets command, long counter, int code, CosemAttribute instruction) {
    GroupingHeader header = take(command).header();
    FutureDatedExecution execution =
        new FutureDatedExecution(header.messageCode(), header.messageId().counter(), instruction);
    DlmsAlert alert = new DlmsAlert(code, TIME, List.of(execution.toValue()));
    return alert(
        header.messageId().originator(),
        counter,
        0x00CC,
        alert.toNotification(new OriginatorCounter(counter)).encode());
  }

  private static ECPublicKey key(X509Certificate certificate) {
    return P256.publicKey(certificate.getPublicKey());
  }
}
