// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.meterbox.crypto.P256;
import org.meterbox.devices.TestHome;
import org.meterbox.devices.esme.EsmeModel;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.machine.DeviceObserver;
import org.meterbox.devices.machine.LogEntry;
import org.meterbox.devices.machine.StoredDevice;
import org.meterbox.devices.memory.VolatileMemory;
import org.meterbox.devices.security.KeyUse;
import org.meterbox.gbcs.asn1.Asn1Content;
import org.meterbox.gbcs.asn1.Asn1Payload;
import org.meterbox.gbcs.asn1.Certificate;
import org.meterbox.gbcs.asn1.DeviceCertificateContent.CertificationRequest;
import org.meterbox.gbcs.asn1.DeviceCertificateContent.DeviceCertificate;
import org.meterbox.gbcs.asn1.DeviceCertificateContent.IssueCredentials;
import org.meterbox.gbcs.asn1.DeviceCertificateContent.IssueCredentialsFailure;
import org.meterbox.gbcs.asn1.DeviceCertificateContent.ProvideDeviceCertificate;
import org.meterbox.gbcs.asn1.DeviceCertificateContent.ProvideDeviceCertificateFailure;
import org.meterbox.gbcs.asn1.DeviceCertificateContent.UpdateDeviceCertificate;
import org.meterbox.gbcs.asn1.DeviceCertificateContent.UpdateDeviceCertificateResult;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;

/** A meter that changes its own keys, kept in a memory and switched on again in between. */
class OwnCredentialsTest {
  private static final MessageCode ISSUE = new MessageCode(0x000A);
  private static final MessageCode UPDATE = new MessageCode(0x000B);
  private static final MessageCode PROVIDE = new MessageCode(0x000C);
  private static final int MANY_USES = KeyUsage.digitalSignature | KeyUsage.keyAgreement;

  private final CredentialHome home = new CredentialHome();
  private final VolatileMemory memory = new VolatileMemory();
  private long counter = CredentialHome.COUNTER;

  OwnCredentialsTest() throws Exception {
    StoredDevice.manufacture(new EsmeModel(), home.meter(), memory);
  }

  @ParameterizedTest
  @EnumSource(value = KeyUse.class, mode = Mode.EXCLUDE, names = "KEY_CERT_SIGN")
  void aNewPairIsInUseOnceItsCertificateHasCome(KeyUse use) throws Exception {
    ECPublicKey fresh = requested(use);
    assertThat(inUse(use)).isNotEqualTo(fresh);
    assertThat(answer(PROVIDE, new ProvideDeviceCertificate(Cells.usage(use))))
        .isEqualTo(new ProvideDeviceCertificateFailure(2));

    Octets certificate = home.pki.device(TestHome.METER, TestPki.bits(use), fresh);
    GbcsMessage answer = send(UPDATE, new UpdateDeviceCertificate(new Certificate(certificate)));
    assertThat(content(answer)).isEqualTo(new UpdateDeviceCertificateResult(0));
    // Who receives this answer knows the key before only.
    MessageProtection.verifySignature(answer.content(), home.home.keys.signing().publicKey());

    assertThat(inUse(use)).isEqualTo(fresh);
    assertThat(powerUp().state().keys().pending(use)).isEmpty();
    GbcsMessage read = send(PROVIDE, new ProvideDeviceCertificate(Cells.usage(use)));
    assertThat(content(read)).isEqualTo(new DeviceCertificate(new Certificate(certificate)));
    MessageProtection.verifySignature(
        read.content(), powerUp().state().keys().signing().publicKey());
    assertThat(lastCode()).isEqualTo(use == KeyUse.KEY_AGREEMENT ? 0x8F4F : 0x8F4D);
  }

  @Test
  void aCertificateThatDoesNotFitIsRefusedWithItsReason() throws Exception {
    int signing = KeyUsage.digitalSignature;
    ECPublicKey other = P256.publicKey(P256.generate(new SecureRandom()).getPublic());
    assertThat(update(home.pki.device(TestHome.METER, signing, other))).isEqualTo(4);
    ECPublicKey fresh = requested(KeyUse.DIGITAL_SIGNATURE);
    assertThat(update(Octets.ofHex("3003020100"))).isEqualTo(1);
    assertThat(update(home.pki.device(Eui64.parse("00DB000000000011"), signing, fresh)))
        .isEqualTo(2);
    assertThat(update(home.pki.certificate(home.home.supplier, KeyUse.DIGITAL_SIGNATURE)))
        .isEqualTo(2);
    assertThat(update(home.pki.device(TestHome.METER, MANY_USES, fresh))).isEqualTo(3);
    assertThat(update(home.pki.device(TestHome.METER, KeyUsage.keyAgreement, fresh))).isEqualTo(4);
    assertThat(lastCode()).isEqualTo(0x8F4E);
    assertThat(update(home.pki.device(TestHome.METER, signing, other))).isEqualTo(5);
    assertThat(lastCode()).isEqualTo(0x8F4C);
    assertThat(inUse(KeyUse.DIGITAL_SIGNATURE)).isEqualTo(home.home.keys.signing().publicKey());
    assertThat(update(home.pki.device(TestHome.METER, signing, fresh))).isZero();
  }

  @Test
  void onlyTheTwoUsesOfADevicesKeysHaveAPair() throws Exception {
    org.meterbox.gbcs.asn1.KeyUsage issuing = org.meterbox.gbcs.asn1.KeyUsage.KEY_CERT_SIGN;
    assertThat(answer(ISSUE, new IssueCredentials(issuing)))
        .isEqualTo(new IssueCredentialsFailure(1));
    assertThat(answer(PROVIDE, new ProvideDeviceCertificate(issuing)))
        .isEqualTo(new ProvideDeviceCertificateFailure(1));
  }

  private int update(Octets certificate) throws Exception {
    return ((UpdateDeviceCertificateResult)
            answer(UPDATE, new UpdateDeviceCertificate(new Certificate(certificate))))
        .code();
  }

  /** The key in the request, which is signed with its private half. */
  private ECPublicKey requested(KeyUse use) throws Exception {
    CertificationRequest answer =
        (CertificationRequest) answer(ISSUE, new IssueCredentials(Cells.usage(use)));
    JcaPKCS10CertificationRequest request =
        new JcaPKCS10CertificationRequest(answer.request().toArray());
    assertThat(
            request.isSignatureValid(
                new JcaContentVerifierProviderBuilder().build(request.getPublicKey())))
        .isTrue();
    assertThat(answer.request().hex()).contains("0408" + TestHome.METER.hex());
    return P256.publicKey(request.getPublicKey());
  }

  private ECPublicKey inUse(KeyUse use) throws Exception {
    var keys = powerUp().state().keys();
    return use == KeyUse.KEY_AGREEMENT ? keys.secrets().ownPublicKey() : keys.signing().publicKey();
  }

  private int lastCode() throws Exception {
    LogEntry last = powerUp().state().securityLog().entries().getLast();
    return last.code();
  }

  private Asn1Content answer(MessageCode code, Asn1Content command) throws Exception {
    return content(send(code, command));
  }

  private GbcsMessage send(MessageCode code, Asn1Content command) throws Exception {
    GroupingHeader header = TestHome.header(home.home.supplier, ++counter, code);
    StoredDevice<EsmeState> device = powerUp();
    Octets mac =
        CredentialHome.critical(
            header,
            Asn1Payload.of(command).encode(),
            home.home.supplier,
            home.home.broker.agreement().agree(device.state().keys().secrets().ownPublicKey()));
    return GbcsMessage.decode(device.receive(mac).messages().getLast().message());
  }

  private static Asn1Content content(GbcsMessage message) throws Exception {
    return Asn1Payload.decode(
            message.content().payload(), message.header().messageCode(), message.header().craFlag())
        .content();
  }

  private StoredDevice<EsmeState> powerUp() throws Exception {
    return StoredDevice.powerUp(
        new EsmeModel(), memory, TestHome.KEYS_IN_MEMORY, () -> TestHome.NOW, DeviceObserver.NONE);
  }
}
