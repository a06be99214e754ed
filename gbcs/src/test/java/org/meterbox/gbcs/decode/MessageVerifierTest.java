// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.SoftwareAgreementKey;
import org.meterbox.crypto.SoftwareSigningKey;
import org.meterbox.gbcs.decode.Verification.Content;
import org.meterbox.gbcs.decode.Verification.Verdict;
import org.meterbox.gbcs.dlms.AccessRequest;
import org.meterbox.gbcs.dlms.AccessResponse;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.ProtectedAttributes;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.RemotePartyRole;

class MessageVerifierTest {
  private static final Eui64 METER = Eui64.parse("00DB000000000001");
  private static final Eui64 OTHER_DEVICE = Eui64.parse("00DB000000000009");
  private static final Eui64 BROKER = Eui64.parse("90B3000000000002");
  private static final Eui64 SUPPLIER = Eui64.parse("90B3000000000003");
  private static final MessageCode READ_IMPORT = new MessageCode(0x27);
  private static final MessageCode CLOSE_SWITCH = new MessageCode(0x4F);
  private static final MessageCode PPMID_EMERGENCY_CREDIT = new MessageCode(0x90);
  private static final MessageCode RECOVERY = new MessageCode(0x0108);

  private final SecureRandom random = new SecureRandom();
  private final SoftwareAgreementKey meter = SoftwareAgreementKey.of(P256.generate(random));
  private final SoftwareAgreementKey otherDevice = SoftwareAgreementKey.of(P256.generate(random));
  private final SoftwareAgreementKey broker = SoftwareAgreementKey.of(P256.generate(random));
  private final SoftwareAgreementKey supplier = SoftwareAgreementKey.of(P256.generate(random));
  private final SoftwareSigningKey supplierSigning = SoftwareSigningKey.of(P256.generate(random));

  /** A critical command: the supplier's signature and the broker's MAC, each under its own key. */
  @Test
  void aCriticalCommandHasASignatureAndAMac() throws Exception {
    Octets command = criticalCommand().encode();
    Verification verification = verify(certifiedKeys().build(), command);

    assertThat(verification.mac()).isEqualTo(Verdict.VALID);
    assertThat(verification.signature()).isEqualTo(Verdict.VALID);
    assertThat(verify(KeyRing.empty(), command).mac()).isEqualTo(Verdict.NO_KEY);
    assertThat(verify(KeyRing.empty(), command).signature()).isEqualTo(Verdict.NO_KEY);
  }

  @Test
  void aChangedOctetShowsInBothVerdicts() throws Exception {
    byte[] changed = criticalCommand().encode().toArray();
    changed[20] ^= 1; // in the Originator Counter
    Verification verification = verify(certifiedKeys().build(), Octets.of(changed));

    assertThat(verification.mac()).isEqualTo(Verdict.INVALID);
    assertThat(verification.signature()).isEqualTo(Verdict.INVALID);
    assertThat(verification.nothingWrong()).isFalse();
  }

  /** The command does not name its broker; who has no certificate is only possibly the one. */
  @Test
  void anUncertifiedKeyCanShowThatAMacHoldsButNotThatItDoesNot() throws Exception {
    KeyRing right =
        new KeyRing.Builder()
            .ownAgreement(BROKER, broker)
            .agreement(METER, meter.publicKey(), Optional.empty())
            .build();
    KeyRing wrong =
        new KeyRing.Builder()
            .ownAgreement(SUPPLIER, supplier)
            .agreement(METER, meter.publicKey(), Optional.empty())
            .build();

    assertThat(verify(right, criticalCommand().encode()).mac()).isEqualTo(Verdict.VALID);
    assertThat(verify(wrong, criticalCommand().encode()).mac()).isEqualTo(Verdict.NO_KEY);
  }

  /** A supplier's own MAC on a command must never pass for the broker's. */
  @Test
  void aMacOfACertifiedSupplierIsNotTheBrokers() throws Exception {
    GroupedContent content =
        MessageProtection.sign(preCommand(CLOSE_SWITCH), supplierSigning).content();
    Octets forged =
        new GbcsMessage.Command(
                content, MessageProtection.mac(content, supplier.agree(meter.publicKey())))
            .encode();

    assertThat(verify(certifiedKeys().build(), forged).mac()).isEqualTo(Verdict.INVALID);
  }

  @Test
  void aCommandBetweenDevicesIsMacedByThemAlone() throws Exception {
    GroupingHeader header = header(CraFlag.COMMAND, OTHER_DEVICE, METER, PPMID_EMERGENCY_CREDIT);
    GroupedContent content =
        GroupedContent.withEmptySignature(header, Octets.ofHex("01090101070500080100000000000002"));
    Octets command =
        new GbcsMessage.Command(
                content, MessageProtection.mac(content, otherDevice.agree(meter.publicKey())))
            .encode();
    KeyRing keys = certifiedKeys().ownAgreement(OTHER_DEVICE, otherDevice).build();

    assertThat(verify(keys, command).mac()).isEqualTo(Verdict.VALID);
    assertThat(verify(certifiedKeys().build(), command).mac()).isEqualTo(Verdict.NO_KEY);
  }

  /** By its shape this is a Signed Pre-Command; its use case makes it a command. */
  @Test
  void aCommandOfRecoveryIsACommandWithoutAMac() throws Exception {
    Octets direct = MessageProtection.signDirect(preCommand(RECOVERY), supplierSigning).encode();
    Octets ordinary = MessageProtection.sign(preCommand(CLOSE_SWITCH), supplierSigning).encode();

    assertThat(kind(direct)).isEqualTo(MessageKind.COMMAND);
    assertThat(kind(ordinary)).isEqualTo(MessageKind.SIGNED_PRECOMMAND);
    assertThat(verify(certifiedKeys().build(), direct).mac()).isEqualTo(Verdict.ABSENT);
    assertThat(verify(certifiedKeys().build(), direct).signature()).isEqualTo(Verdict.VALID);
  }

  @Test
  void protectedAttributesAreReadOnlyByTheirReader() throws Exception {
    List<DlmsValue> readings = List.of(new DlmsValue.UInt32(4711));
    GroupingHeader header = header(CraFlag.RESPONSE, METER, SUPPLIER, READ_IMPORT);
    Octets response = protectedResponse(header, readings);
    KeyRing anothers =
        new KeyRing.Builder()
            .ownAgreement(SUPPLIER, otherDevice)
            .agreement(METER, meter.publicKey(), Optional.empty())
            .build();

    Verification own = verify(certifiedKeys().build(), response);
    assertThat(own.encryptedParts()).hasSize(1);
    assertThat(own.decryptedParts()).isEqualTo(1);
    assertThat(own.encryptedParts().getFirst().content())
        .isEqualTo(new Content.Attributes(readings));
    assertThat(verify(KeyRing.empty(), response).encryptedParts().getFirst().content())
        .isEqualTo(new Content.NoKey());
    Verification wrong = verify(anothers, response);
    assertThat(wrong.decryptedParts()).isZero();
    assertThat(wrong.nothingWrong()).isFalse();
  }

  /** The same octets, though only values were kept in between. */
  @Test
  void whatWasDecodedEncodesToTheSameOctets() throws Exception {
    GroupingHeader response = header(CraFlag.RESPONSE, METER, SUPPLIER, READ_IMPORT);
    for (Octets octets :
        List.of(
            criticalCommand().encode(),
            preCommand(CLOSE_SWITCH).encode(),
            GroupedContent.withEmptySignature(
                    header(CraFlag.COMMAND, SUPPLIER, METER, CLOSE_SWITCH), closeSwitch())
                .octets(),
            MessageProtection.sign(preCommand(RECOVERY), supplierSigning).content().octets(),
            protectedResponse(response, List.of(new DlmsValue.Int32(-1))))) {
      assertThat(DecodedMessage.decode(octets).encode()).isEqualTo(octets);
    }
  }

  private Octets protectedResponse(GroupingHeader header, List<DlmsValue> readings) {
    var secret = meter.agree(supplier.publicKey());
    ProtectedAttributes.Response block = MessageProtection.protect(header, readings, secret);
    AccessResponse response =
        new AccessResponse(
            0x20000001L,
            List.of(
                new AccessResponse.Item(
                    AccessResponse.Kind.ACTION, AccessResponse.SUCCESS, block.toValue())));
    return MessageProtection.macedResponse(header, response.encode(), secret).encode();
  }

  private GbcsMessage.Command criticalCommand() {
    return MessageProtection.addMac(
        MessageProtection.sign(preCommand(CLOSE_SWITCH), supplierSigning),
        broker.agree(meter.publicKey()));
  }

  private static GbcsMessage.PreCommand preCommand(MessageCode code) {
    return new GbcsMessage.PreCommand(
        GroupedContent.unsigned(header(CraFlag.COMMAND, SUPPLIER, METER, code), payload(code)));
  }

  private static Octets payload(MessageCode code) {
    // Recovery: mode 8, counter 1, no replacements, no certificates.
    return code.equals(RECOVERY)
        ? Octets.ofHex("300C3006020108830101" + "30003000")
        : closeSwitch();
  }

  private static Octets closeSwitch() {
    return new AccessRequest(
            0x20000001L,
            List.of(
                new AccessRequest.Item.Action(
                    CosemAttribute.of(9, "0-0:10.0.106.255", 1), new DlmsValue.UInt16(51))))
        .encode();
  }

  private static GroupingHeader header(CraFlag flag, Eui64 from, Eui64 to, MessageCode code) {
    return GroupingHeader.of(
        flag,
        new MessageId(from, to, new OriginatorCounter(1)),
        new OtherInformation.CodeOnly(code));
  }

  private KeyRing.Builder certifiedKeys() {
    return new KeyRing.Builder()
        .ownAgreement(BROKER, broker)
        .agreement(BROKER, broker.publicKey(), Optional.of(RemotePartyRole.ACCESS_CONTROL_BROKER))
        .ownAgreement(SUPPLIER, supplier)
        .agreement(SUPPLIER, supplier.publicKey(), Optional.of(RemotePartyRole.SUPPLIER))
        .signing(SUPPLIER, supplierSigning.publicKey())
        .agreement(METER, meter.publicKey(), Optional.empty());
  }

  private static MessageKind kind(Octets octets) throws Exception {
    return DecodedMessage.decode(octets).kind();
  }

  private static Verification verify(KeyRing keys, Octets octets) throws Exception {
    return new MessageVerifier(keys).verify(DecodedMessage.decode(octets));
  }
}
