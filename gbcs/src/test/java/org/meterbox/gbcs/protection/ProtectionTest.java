// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.crypto.SoftwareAgreementKey;
import org.meterbox.crypto.SoftwareSigningKey;
import org.meterbox.crypto.VerificationException;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.ProtectedAttributes;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GbcsMessage.Alert;
import org.meterbox.gbcs.envelope.GbcsMessage.Response;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

class ProtectionTest {
  private static final Eui64 METER = Eui64.parse("00DB000000000001");
  private static final Eui64 BROKER = Eui64.parse("90B3000000000002");
  private static final Eui64 USER = Eui64.parse("90B3000000000003");
  private static final MessageCode CODE = new MessageCode(0x27);
  private static final List<DlmsValue> READINGS =
      List.of(new DlmsValue.UInt32(12_345), new DlmsValue.Int8(-3));

  private final SecureRandom random = new SecureRandom();
  private final SoftwareAgreementKey meter = SoftwareAgreementKey.of(P256.generate(random));
  private final SoftwareAgreementKey user = SoftwareAgreementKey.of(P256.generate(random));
  private final SoftwareAgreementKey stranger = SoftwareAgreementKey.of(P256.generate(random));

  @Test
  void whatADeviceProtectsOnlyItsReaderReveals() throws Exception {
    GroupingHeader header = response(USER, new OtherInformation.CodeOnly(CODE));
    ProtectedAttributes.Response block =
        MessageProtection.protect(header, READINGS, meter.agree(user.publicKey()));

    assertThat(MessageProtection.reveal(header, block, user.agree(meter.publicKey())))
        .isEqualTo(READINGS);
    SharedSecret wrong = stranger.agree(meter.publicKey());
    assertThatThrownBy(() -> MessageProtection.reveal(header, block, wrong))
        .isInstanceOf(VerificationException.class);
  }

  /** The key hangs on the party behind the broker and on the device's own counter, if present. */
  @Test
  void contentForAnUnknownRemotePartyIsBoundToItsSupplementaryFields() throws Exception {
    OriginatorCounter userCounter = new OriginatorCounter(7);
    GroupingHeader header =
        response(
            BROKER,
            new OtherInformation.EncryptedFor(CODE, USER, userCounter, new OriginatorCounter(99)));
    GroupingHeader otherCounter =
        response(
            BROKER,
            new OtherInformation.EncryptedFor(CODE, USER, userCounter, new OriginatorCounter(98)));
    GroupingHeader noCounter =
        response(BROKER, new OtherInformation.OnBehalfOf(CODE, USER, userCounter));
    SharedSecret secret = user.agree(meter.publicKey());
    ProtectedAttributes.Response block = MessageProtection.protect(header, READINGS, secret);

    assertThat(MessageProtection.reveal(header, block, secret)).isEqualTo(READINGS);
    for (GroupingHeader wrong : List.of(otherCounter, noCounter)) {
      assertThatThrownBy(() -> MessageProtection.reveal(wrong, block, secret))
          .isInstanceOf(VerificationException.class);
    }
  }

  @Test
  void responsesAndAlertsOfADeviceVerifyAndDoNotVerifyOnceChanged() throws Exception {
    SharedSecret secret = meter.agree(user.publicKey());
    GroupingHeader header = response(USER, new OtherInformation.CodeOnly(CODE));
    Octets payload = Octets.ofHex("DA200000010000000100");
    Response response = MessageProtection.macedResponse(header, payload, secret);
    Octets mac = response.mac().orElseThrow();
    Octets wrongMac = Octets.of(mac.toArray()[0]).concat(mac.slice(0, 11));

    MessageProtection.verifyMac(response.content(), mac, user.agree(meter.publicKey()));
    assertThatThrownBy(() -> MessageProtection.verifyMac(response.content(), wrongMac, secret))
        .isInstanceOf(VerificationException.class);
  }

  @Test
  void criticalResponsesAndAlertsCarryTheDevicesSignature() throws Exception {
    KeyPair pair = P256.generate(random);
    SoftwareSigningKey signer = SoftwareSigningKey.of(pair);
    Octets payload = Octets.ofHex("0FA0");
    GroupingHeader alertHeader =
        GroupingHeader.of(
            CraFlag.ALERT,
            new MessageId(METER, USER, new OriginatorCounter(5)),
            new OtherInformation.CodeOnly(CODE));
    Response response =
        MessageProtection.signedResponse(
            response(USER, new OtherInformation.CodeOnly(CODE)), payload, signer);
    Alert alert = MessageProtection.signedAlert(alertHeader, payload, signer);

    MessageProtection.verifySignature(response.content(), signer.publicKey());
    MessageProtection.verifySignature(alert.content(), signer.publicKey());
    assertThat(response.mac()).isEmpty();
    assertThatThrownBy(() -> MessageProtection.verifySignature(alert.content(), meter.publicKey()))
        .isInstanceOf(VerificationException.class);
  }

  private static GroupingHeader response(Eui64 recipient, OtherInformation information) {
    MessageId id = new MessageId(METER, recipient, new OriginatorCounter(1000));
    return GroupingHeader.of(CraFlag.RESPONSE, id, information);
  }
}
