// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.asn1;

import org.meterbox.gbcs.asn1.ClockContent.ClockReading;
import org.meterbox.gbcs.asn1.ClockContent.SetClock;
import org.meterbox.gbcs.asn1.CredentialContent.HeldCredentials;
import org.meterbox.gbcs.asn1.CredentialContent.ProvideCredentials;
import org.meterbox.gbcs.asn1.CredentialContent.RoleCredentials;
import org.meterbox.gbcs.asn1.CredentialContent.UpdateCredentials;
import org.meterbox.gbcs.asn1.CredentialContent.UpdateCredentialsAlert;
import org.meterbox.gbcs.asn1.CredentialContent.UpdateCredentialsResult;
import org.meterbox.gbcs.asn1.DeviceCertificateContent.CertificationRequest;
import org.meterbox.gbcs.asn1.DeviceCertificateContent.DeviceCertificate;
import org.meterbox.gbcs.asn1.DeviceCertificateContent.IssueCredentials;
import org.meterbox.gbcs.asn1.DeviceCertificateContent.IssueCredentialsFailure;
import org.meterbox.gbcs.asn1.DeviceCertificateContent.ProvideDeviceCertificate;
import org.meterbox.gbcs.asn1.DeviceCertificateContent.ProvideDeviceCertificateFailure;
import org.meterbox.gbcs.asn1.DeviceCertificateContent.UpdateDeviceCertificate;
import org.meterbox.gbcs.asn1.DeviceCertificateContent.UpdateDeviceCertificateResult;
import org.meterbox.gbcs.asn1.DeviceLogContent.DeviceLog;
import org.meterbox.gbcs.asn1.DeviceLogContent.DeviceLogBackup;
import org.meterbox.gbcs.asn1.DeviceLogContent.Join;
import org.meterbox.gbcs.asn1.DeviceLogContent.JoinResult;
import org.meterbox.gbcs.asn1.DeviceLogContent.ReadDeviceLog;
import org.meterbox.gbcs.asn1.DeviceLogContent.RestoreDeviceLog;
import org.meterbox.gbcs.asn1.DeviceLogContent.RestoreDeviceLogResult;
import org.meterbox.gbcs.asn1.DeviceLogContent.Unjoin;
import org.meterbox.gbcs.asn1.DeviceLogContent.UnjoinResult;
import org.meterbox.gbcs.asn1.FirmwareContent.ActivateFirmware;
import org.meterbox.gbcs.asn1.FirmwareContent.ActivationAccepted;
import org.meterbox.gbcs.asn1.FirmwareContent.ActivationAlert;
import org.meterbox.gbcs.asn1.FirmwareContent.ActivationResult;
import org.meterbox.gbcs.asn1.FirmwareContent.FirmwareTransferAlert;
import org.meterbox.gbcs.asn1.FirmwareContent.FirmwareVersion;
import org.meterbox.gbcs.asn1.FirmwareContent.FirmwareVersionAlert;
import org.meterbox.gbcs.asn1.FirmwareContent.ReadFirmwareVersion;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;

/** Which message code and CRA flag carry which type. */
final class Asn1Types {
  private static final int CS02A = 0x0008;
  private static final int CS02C = 0x000A;
  private static final int CS02D = 0x000B;
  private static final int CS02E = 0x000C;
  private static final int CS03A1 = 0x000D;
  private static final int CS03B = 0x000E;
  private static final int CS04AC = 0x000F;
  private static final int CS04B = 0x0010;
  private static final int CS06 = 0x0012;
  private static final int CS07 = 0x0013;
  private static final int GCS28 = 0x007F;
  private static final int GCS59 = 0x008C;
  private static final int CS03A2 = 0x00AB;
  private static final int CS03C = 0x00AF;
  private static final int GCS62 = 0x00B2;
  private static final int CS06_ALERT = 0x00CA;
  private static final int CS02B_ALERT = 0x00CB;
  private static final int CS02B_FIRST = 0x0100;
  private static final int CS02B_LAST = 0x0109;
  private static final int CS02F = 0x011B;
  private static final int CS02G_ALERT = 0x0124;
  private static final int CS02G_BY_LOAD_CONTROLLER = 0x0125;
  private static final int CS02G_BY_SUPPLIER = 0x0126;
  private static final int CCS08_ALERT = 0x0128;
  private static final int CS08 = 0x0129;
  private static final int CS09_ALERT = 0x012B;

  private static final Asn1Content NONE = new Asn1Content.Unrecognised(Octets.EMPTY);

  private Asn1Types() {}

  static Asn1Content readCommand(int code, DerReader reader) throws DecodeException {
    return switch (code) {
      case CS02A, CS02F -> ProvideCredentials.read(reader);
      case CS02C -> new IssueCredentials(DeviceCertificateContent.readKeyUsage(reader));
      case CS02D -> new UpdateDeviceCertificate(Certificate.read(reader));
      case CS02E -> new ProvideDeviceCertificate(DeviceCertificateContent.readKeyUsage(reader));
      case CS03A1, CS03A2, CS03B, CS03C -> Join.read(reader);
      case CS04AC, CS04B -> new Unjoin(reader.eui("other-device"));
      case CS06 -> ActivateFirmware.read(reader);
      case CS07 -> {
        reader.nullValue();
        yield new ReadDeviceLog();
      }
      case CS08 -> {
        reader.nullValue();
        yield new ReadFirmwareVersion();
      }
      case GCS28 -> SetClock.read(reader);
      case GCS59 -> RestoreDeviceLog.read(reader);
      default -> isUpdateCredentials(code) ? UpdateCredentials.read(reader) : NONE;
    };
  }

  static Asn1Content readResponse(int code, DerReader reader) throws DecodeException {
    return switch (code) {
      case CS02A, CS02F ->
          new HeldCredentials(reader.sequenceOf("held-credentials", RoleCredentials::read));
      case CS02C ->
          reader.nextIs(DerTag.INTEGER)
              ? new IssueCredentialsFailure(result(reader))
              : new CertificationRequest(reader.whole(DerTag.SEQUENCE, "certification-request"));
      case CS02D -> new UpdateDeviceCertificateResult(result(reader));
      case CS02E ->
          reader.nextIs(DerTag.INTEGER)
              ? new ProvideDeviceCertificateFailure(result(reader))
              : new DeviceCertificate(Certificate.read(reader));
      case CS03A1, CS03A2, CS03B, CS03C -> new JoinResult(result(reader));
      case CS04AC, CS04B -> new UnjoinResult(result(reader));
      case CS06 -> readActivation(reader);
      case CS07 -> DeviceLog.read(reader);
      case CS08 -> FirmwareVersion.read(reader);
      case GCS28 -> ClockReading.read(reader);
      case GCS59 -> RestoreDeviceLogResult.read(reader);
      default -> isUpdateCredentials(code) ? UpdateCredentialsResult.read(reader) : NONE;
    };
  }

  static Asn1Content readAlert(int code, DerReader reader) throws DecodeException {
    return switch (code) {
      case CS02B_ALERT, CS02G_ALERT -> UpdateCredentialsAlert.read(reader);
      case CS06_ALERT -> ActivationAlert.read(reader);
      case GCS62 -> DeviceLogBackup.read(reader);
      case CCS08_ALERT -> FirmwareTransferAlert.read(reader);
      case CS09_ALERT -> FirmwareVersionAlert.read(reader);
      default -> NONE;
    };
  }

  private static boolean isUpdateCredentials(int code) {
    return (code >= CS02B_FIRST && code <= CS02B_LAST)
        || code == CS02G_BY_LOAD_CONTROLLER
        || code == CS02G_BY_SUPPLIER;
  }

  private static Asn1Content readActivation(DerReader reader) throws DecodeException {
    if (reader.nextIs(DerTag.NULL)) {
      reader.nullValue();
      return new ActivationAccepted();
    }
    return ActivationResult.read(reader);
  }

  private static int result(DerReader reader) throws DecodeException {
    return reader.integer(CodeNames.MAX, "result");
  }

  static void write(Asn1Content content, DerWriter writer) {
    switch (content) {
      case CredentialContent credentials -> write(credentials, writer);
      case DeviceCertificateContent certificates -> write(certificates, writer);
      case DeviceLogContent log -> write(log, writer);
      case FirmwareContent firmware -> write(firmware, writer);
      case SetClock clock -> clock.write(writer);
      case ClockReading clock -> clock.write(writer);
      case Asn1Content.Unrecognised unrecognised -> writer.whole(unrecognised.octets());
    }
  }

  private static void write(CredentialContent content, DerWriter writer) {
    switch (content) {
      case ProvideCredentials command -> command.write(writer);
      case HeldCredentials held -> writer.sequenceOf(held.roles(), RoleCredentials::write);
      case UpdateCredentials command -> command.write(writer);
      case UpdateCredentialsResult result -> result.write(writer);
      case UpdateCredentialsAlert alert -> alert.write(writer);
    }
  }

  private static void write(DeviceCertificateContent content, DerWriter writer) {
    switch (content) {
      case IssueCredentials command ->
          writer.sequence(body -> KeyUsage.write(body, command.keyUsage()));
      case CertificationRequest request -> writer.whole(request.request());
      case IssueCredentialsFailure failure -> writer.integer(failure.code());
      case UpdateDeviceCertificate command -> Certificate.write(writer, command.certificate());
      case UpdateDeviceCertificateResult result -> writer.integer(result.code());
      case ProvideDeviceCertificate command ->
          writer.sequence(body -> KeyUsage.write(body, command.keyUsage()));
      case DeviceCertificate held -> Certificate.write(writer, held.certificate());
      case ProvideDeviceCertificateFailure failure -> writer.integer(failure.code());
    }
  }

  private static void write(DeviceLogContent content, DerWriter writer) {
    switch (content) {
      case Join command -> command.write(writer);
      case JoinResult result -> writer.integer(result.code());
      case Unjoin command -> writer.eui(command.otherDevice());
      case UnjoinResult result -> writer.integer(result.code());
      case ReadDeviceLog ignored -> writer.nullValue();
      case DeviceLog log -> log.write(writer);
      case RestoreDeviceLog command -> command.write(writer);
      case RestoreDeviceLogResult result -> result.write(writer);
      case DeviceLogBackup alert -> alert.write(writer);
    }
  }

  private static void write(FirmwareContent content, DerWriter writer) {
    switch (content) {
      case ActivateFirmware command -> command.write(writer);
      case ActivationAccepted ignored -> writer.nullValue();
      case ActivationResult result -> result.write(writer);
      case ActivationAlert alert -> alert.write(writer);
      case ReadFirmwareVersion ignored -> writer.nullValue();
      case FirmwareVersion version -> version.write(writer);
      case FirmwareVersionAlert alert -> alert.write(writer);
      case FirmwareTransferAlert alert -> alert.write(writer);
    }
  }
}
