// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.asn1;

import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.meterbox.crypto.P256;
import org.meterbox.gbcs.asn1.CredentialContent.HeldCell;
import org.meterbox.gbcs.asn1.CredentialContent.Replacement;
import org.meterbox.gbcs.asn1.CredentialContent.RoleCredentials;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.RemotePartyRole;

/** One payload at least of every type, each with its message code and CRA flag. */
final class Asn1Samples {
  static final Eui64 DEVICE = Eui64.parse("00DB000000000001");
  static final Eui64 SUPPLIER = Eui64.parse("90B3000000000001");
  static final GeneralizedTime TIME = new GeneralizedTime("20250101120000Z");
  static final ECPublicKey KEY =
      P256.publicKey(
          new BigInteger("9274FFF8A3AF56D6B016D3A8FA60DA3E579551EB295819C80EB7A43F30722B22", 16),
          new BigInteger("5504285E4A5176B96334DBB72EA0CFC0C9C6E40A0AE3C28937C34258F0E840BA", 16));

  private static final Octets KEY_ID = Octets.ofHex("4102030405060708");
  private static final Octets VERSION = Octets.ofHex("0123ABCD");
  private static final Octets HASH = Octets.of(new byte[32]);
  private static final OriginatorCounter COUNTER = new OriginatorCounter(1000);
  private static final OriginatorCounter HIGHEST = new OriginatorCounter(-1);
  private static final List<DeviceLogEntry> LOG =
      List.of(new DeviceLogEntry(DEVICE, 1), new DeviceLogEntry(SUPPLIER, 99));

  private Asn1Samples() {}

  /** A payload in its place. */
  record Sample(int code, CraFlag flag, Asn1Content content) {
    MessageCode messageCode() {
      return new MessageCode(code);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "%04X %s %s", code, flag, content.getClass().getSimpleName());
    }
  }

  static List<Sample> all() {
    return Stream.of(commands(), responses(), alerts()).flatMap(List::stream).toList();
  }

  private static List<Sample> commands() {
    return List.of(
        command(
            0x0008,
            new CredentialContent.ProvideCredentials(
                TrustAnchorCell.of(RemotePartyRole.ACCESS_CONTROL_BROKER, KeyUsage.KEY_AGREEMENT),
                List.of(0, 2, 127))),
        command(
            0x011B,
            new CredentialContent.ProvideCredentials(
                // A default that is written all the same has to come back.
                new TrustAnchorCell(
                    8,
                    KeyUsage.DIGITAL_SIGNATURE,
                    Optional.of(TrustAnchorCell.CellUsage.MANAGEMENT)),
                List.of())),
        command(0x0102, updateCredentials(Optional.empty())),
        command(0x0109, updateCredentials(Optional.of(GeneralizedTime.NEVER))),
        command(0x0126, updateCredentials(Optional.of(TIME))),
        command(0x000A, new DeviceCertificateContent.IssueCredentials(KeyUsage.DIGITAL_SIGNATURE)),
        command(
            0x000B,
            new DeviceCertificateContent.UpdateDeviceCertificate(
                TestCertificates.device(DEVICE, KeyUsage.KEY_AGREEMENT, KEY))),
        command(
            0x000C, new DeviceCertificateContent.ProvideDeviceCertificate(KeyUsage.KEY_AGREEMENT)),
        command(0x000D, new DeviceLogContent.Join(0, DEVICE, 4, Optional.empty())),
        command(0x00AB, new DeviceLogContent.Join(1, DEVICE, 1, Optional.empty())),
        command(0x000E, new DeviceLogContent.Join(2, DEVICE, 3, Optional.empty())),
        command(
            0x00AF,
            new DeviceLogContent.Join(
                3,
                DEVICE,
                5,
                Optional.of(TestCertificates.device(DEVICE, KeyUsage.KEY_AGREEMENT, KEY)))),
        command(0x000F, new DeviceLogContent.Unjoin(DEVICE)),
        command(0x0010, new DeviceLogContent.Unjoin(DEVICE)),
        command(0x0012, new FirmwareContent.ActivateFirmware(HASH, COUNTER, Optional.empty())),
        command(
            0x0012,
            new FirmwareContent.ActivateFirmware(
                HASH, HIGHEST, Optional.of(GeneralizedTime.NEVER))),
        command(0x0013, new DeviceLogContent.ReadDeviceLog()),
        command(0x0129, new FirmwareContent.ReadFirmwareVersion()),
        command(0x007F, new ClockContent.SetClock(TIME, TIME)),
        command(0x008C, new DeviceLogContent.RestoreDeviceLog(LOG)));
  }

  private static List<Sample> responses() {
    return List.of(
        response(0x0008, heldCredentials()),
        response(0x0102, new CredentialContent.UpdateCredentialsResult(Optional.empty())),
        response(0x0125, new CredentialContent.UpdateCredentialsResult(Optional.of(outcome()))),
        response(
            0x000A, new DeviceCertificateContent.CertificationRequest(Octets.ofHex("3003020105"))),
        response(0x000A, new DeviceCertificateContent.IssueCredentialsFailure(3)),
        response(0x000B, new DeviceCertificateContent.UpdateDeviceCertificateResult(7)),
        response(
            0x000C,
            new DeviceCertificateContent.DeviceCertificate(
                TestCertificates.device(DEVICE, KeyUsage.DIGITAL_SIGNATURE, KEY))),
        response(0x000C, new DeviceCertificateContent.ProvideDeviceCertificateFailure(2)),
        response(0x000D, new DeviceLogContent.JoinResult(13)),
        response(0x000F, new DeviceLogContent.UnjoinResult(1)),
        response(0x0012, new FirmwareContent.ActivationAccepted()),
        response(0x0012, new FirmwareContent.ActivationResult(2, VERSION)),
        response(0x0013, new DeviceLogContent.DeviceLog(0, Optional.of(LOG))),
        response(0x0013, new DeviceLogContent.DeviceLog(1, Optional.empty())),
        response(0x0129, new FirmwareContent.FirmwareVersion(VERSION, 0)),
        response(0x007F, new ClockContent.ClockReading(TIME, 2)),
        response(
            0x008C,
            new DeviceLogContent.RestoreDeviceLogResult(
                List.of(new DeviceLogContent.EntryResult(LOG.getFirst(), 1)))));
  }

  private static List<Sample> alerts() {
    return List.of(
        alert(0x00CB, new CredentialContent.UpdateCredentialsAlert(0x8F66, TIME, outcome())),
        alert(0x0124, new CredentialContent.UpdateCredentialsAlert(0x8F67, TIME, outcome())),
        alert(
            0x00CA,
            new FirmwareContent.ActivationAlert(
                0x8F66, TIME, COUNTER, new FirmwareContent.ActivationResult(0, VERSION))),
        alert(0x00B2, new DeviceLogContent.DeviceLogBackup(0x8071, TIME, LOG)),
        alert(0x0128, new FirmwareContent.FirmwareTransferAlert(0x8F89, TIME, DEVICE, VERSION, 3)),
        alert(0x012B, new FirmwareContent.FirmwareVersionAlert(0x8F8B, TIME, VERSION, 1)));
  }

  static CredentialContent.UpdateCredentials updateCredentials(
      Optional<GeneralizedTime> execution) {
    Certificate signing =
        TestCertificates.organisation(SUPPLIER, "02", KeyUsage.DIGITAL_SIGNATURE, KEY);
    List<SpecialistFloor> topUps =
        List.of(new SpecialistFloor(SpecialistFloor.PREPAYMENT_TOP_UP, COUNTER));
    CredentialControl control =
        new CredentialControl(
            2,
            execution.map(time -> Octets.ofHex("00112233445566778899AABBCCDDEEFF")),
            execution.map(time -> 1),
            Optional.of(TrustAnchorCell.of(RemotePartyRole.SUPPLIER, KeyUsage.DIGITAL_SIGNATURE)),
            COUNTER,
            Optional.of(new OriginatorCounter(0)),
            Optional.of(topUps),
            execution.map(time ->
                List.of(
                    new FloorChange(3, HIGHEST, Optional.empty()),
                    new FloorChange(2, COUNTER, Optional.of(topUps)))));
    return new CredentialContent.UpdateCredentials(
        control,
        List.of(
            new Replacement(
                signing, TrustAnchorCell.of(RemotePartyRole.SUPPLIER, KeyUsage.DIGITAL_SIGNATURE)),
            new Replacement(signing, TrustAnchorCell.supplierPrepayment())),
        List.of(signing),
        execution);
  }

  private static CredentialContent.HeldCredentials heldCredentials() {
    return new CredentialContent.HeldCredentials(
        List.of(
            new RoleCredentials(
                2,
                CellStatus.SUCCESS,
                Optional.of(COUNTER),
                Optional.of(
                    List.of(
                        new HeldCell(
                            KeyUsage.DIGITAL_SIGNATURE, Optional.empty(), SUPPLIER, KEY_ID),
                        new HeldCell(
                            KeyUsage.KEY_AGREEMENT,
                            Optional.of(TrustAnchorCell.CellUsage.PREPAYMENT_TOP_UP),
                            SUPPLIER,
                            KEY_ID)))),
            new RoleCredentials(
                8, CellStatus.TRUST_ANCHOR_NOT_FOUND, Optional.empty(), Optional.empty())));
  }

  private static UpdateOutcome outcome() {
    return new UpdateOutcome(
        COUNTER,
        2,
        List.of(new FloorChange(2, HIGHEST, Optional.empty())),
        List.of(
            new CellResult(
                TrustAnchorCell.supplierPrepayment(),
                CellStatus.BAD_CERTIFICATE,
                SUPPLIER,
                KEY_ID,
                SUPPLIER,
                KEY_ID)));
  }

  private static Sample command(int code, Asn1Content content) {
    return new Sample(code, CraFlag.COMMAND, content);
  }

  private static Sample response(int code, Asn1Content content) {
    return new Sample(code, CraFlag.RESPONSE, content);
  }

  private static Sample alert(int code, Asn1Content content) {
    return new Sample(code, CraFlag.ALERT, content);
  }
}
