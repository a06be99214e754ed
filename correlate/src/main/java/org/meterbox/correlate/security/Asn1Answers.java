// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.security;

import java.time.Instant;
import java.util.Optional;
import org.meterbox.correlate.Outcome;
import org.meterbox.correlate.content.Timestamps;
import org.meterbox.correlate.content.UnexpectedContentException;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.asn1.Asn1Content;
import org.meterbox.gbcs.asn1.ClockContent.ClockReading;
import org.meterbox.gbcs.asn1.CredentialContent.HeldCredentials;
import org.meterbox.gbcs.asn1.CredentialContent.UpdateCredentialsResult;
import org.meterbox.gbcs.asn1.DeviceCertificateContent.CertificationRequest;
import org.meterbox.gbcs.asn1.DeviceCertificateContent.DeviceCertificate;
import org.meterbox.gbcs.asn1.DeviceCertificateContent.IssueCredentialsFailure;
import org.meterbox.gbcs.asn1.DeviceCertificateContent.ProvideDeviceCertificateFailure;
import org.meterbox.gbcs.asn1.DeviceCertificateContent.UpdateDeviceCertificateResult;
import org.meterbox.gbcs.asn1.DeviceLogContent.DeviceLog;
import org.meterbox.gbcs.asn1.DeviceLogContent.EntryResult;
import org.meterbox.gbcs.asn1.DeviceLogContent.JoinResult;
import org.meterbox.gbcs.asn1.DeviceLogContent.RestoreDeviceLogResult;
import org.meterbox.gbcs.asn1.DeviceLogContent.UnjoinResult;
import org.meterbox.gbcs.asn1.DeviceLogEntry;
import org.meterbox.gbcs.asn1.FirmwareContent.ActivationAccepted;
import org.meterbox.gbcs.asn1.FirmwareContent.ActivationResult;
import org.meterbox.gbcs.asn1.FirmwareContent.FirmwareVersion;
import org.meterbox.gbcs.asn1.GeneralizedTime;

/** Writes what an answer in ASN.1 says into its MMC element, which is open already. */
public final class Asn1Answers {
  private Asn1Answers() {}

  /** Writes the element's content. */
  public static void render(Asn1Content content, MmcWriter out) throws UnexpectedContentException {
    switch (content) {
      case UpdateCredentialsResult result -> {
        if (result.outcome().isPresent()) {
          Credentials.executionOutcome(result.outcome().get(), "ExecutionOutcome", out);
        }
      }
      case HeldCredentials held -> Credentials.held(held, out);
      case UpdateDeviceCertificateResult(int code) ->
          Asn1Status.write(
              out,
              "UpdateSecurityCredentialsResponseCode",
              code,
              Asn1Status.UPDATE_DEVICE_CERTIFICATE);
      case CertificationRequest request -> {
        Asn1Status.write(out, "IssueCredentialsResponseCode", 0, Asn1Status.ISSUE_CREDENTIALS);
        out.open("CertificationRequest").base64(request.request()).close();
      }
      case IssueCredentialsFailure(int code) ->
          Asn1Status.write(out, "IssueCredentialsResponseCode", code, Asn1Status.ISSUE_CREDENTIALS);
      case DeviceCertificate held -> {
        certificateStatus(0, out);
        out.open("Certificate").base64(held.certificate().octets()).close();
      }
      case ProvideDeviceCertificateFailure(int code) -> certificateStatus(code, out);
      case JoinResult(int code) -> Asn1Status.write(out, "joinResponseCode", code, Asn1Status.JOIN);
      case UnjoinResult(int code) ->
          Asn1Status.write(out, "unjoinResponseCode", code, Asn1Status.UNJOIN);
      case DeviceLog log -> deviceLog(log, out);
      case RestoreDeviceLogResult result -> restored(result, out);
      case ActivationAccepted ignored -> {}
      case ActivationResult result -> activation(result, out);
      case FirmwareVersion version -> {
        if (version.code() == 0) {
          out.leaf("FirmwareVersion", version.firmwareVersion().hex());
        }
      }
      case ClockReading reading -> clock(reading, out);
      default -> throw new UnexpectedContentException("expected an answer in ASN.1");
    }
  }

  /** Whether the device did what was asked. */
  public static Outcome outcome(Asn1Content content) {
    return switch (content) {
      case UpdateCredentialsResult result ->
          result.outcome().map(Credentials::outcome).orElse(Outcome.SUCCESS);
      case HeldCredentials held -> Credentials.outcome(held);
      case UpdateDeviceCertificateResult(int code) -> outcome(code);
      case IssueCredentialsFailure(int code) -> outcome(code);
      case ProvideDeviceCertificateFailure(int code) -> outcome(code);
      case JoinResult(int code) -> outcome(code);
      case UnjoinResult(int code) -> outcome(code);
      case DeviceLog log -> outcome(log.code());
      case RestoreDeviceLogResult result -> restored(result);
      case ActivationResult result -> outcome(result.code());
      case FirmwareVersion version -> outcome(version.code());
      case ClockReading reading -> outcome(reading.statusCode());
      default -> Outcome.SUCCESS;
    };
  }

  private static Outcome outcome(int code) {
    return code == 0 ? Outcome.SUCCESS : Outcome.FAILURE;
  }

  private static void certificateStatus(int code, MmcWriter out) {
    Asn1Status.write(
        out,
        "RetrieveDeviceSecurityCredentialsStatusCode",
        code,
        Asn1Status.PROVIDE_DEVICE_CERTIFICATE);
  }

  private static void deviceLog(DeviceLog log, MmcWriter out) throws UnexpectedContentException {
    out.open("DeviceLogEntries");
    if (log.entries().isPresent()) {
      for (DeviceLogEntry entry : log.entries().get()) {
        entry(entry, "LogEntry", out);
      }
    }
    out.close();
  }

  private static void restored(RestoreDeviceLogResult result, MmcWriter out)
      throws UnexpectedContentException {
    for (EntryResult entry : result.results()) {
      out.open("RestoreDeviceLogOutcome");
      entry(entry.entry(), "DeviceLogEntry", out);
      Asn1Status.write(out, "joinResponseCode", entry.code(), Asn1Status.RESTORE_DEVICE_LOG);
      out.close();
    }
  }

  private static Outcome restored(RestoreDeviceLogResult result) {
    long done = result.results().stream().filter(entry -> entry.code() == 0).count();
    if (done == result.results().size()) {
      return Outcome.SUCCESS;
    }
    return done == 0 ? Outcome.FAILURE : Outcome.PARTIAL;
  }

  private static void entry(DeviceLogEntry entry, String element, MmcWriter out)
      throws UnexpectedContentException {
    out.open(element).leaf("DeviceID", entry.device().dashed());
    out.leaf("DeviceType", deviceType(entry.typeCode())).close();
  }

  /** The numbers of GBCS in the words of MMC. */
  private static String deviceType(int code) throws UnexpectedContentException {
    return switch (code) {
      case 0 -> "GSME";
      case 1 -> "ESME";
      case 2 -> "CHF";
      case 3 -> "GPF";
      case 4 -> "HCALCS";
      case 5 -> "PPMID";
      case 6 -> "Type2";
      default -> throw new UnexpectedContentException("expected a device type from 0 to 6");
    };
  }

  /** Writes the result of activating firmware: of the answer and of the alert alike. */
  public static void activation(ActivationResult result, MmcWriter out) {
    Asn1Status.write(out, "ActivateImageResponseCode", result.code(), Asn1Status.ACTIVATE_FIRMWARE);
    out.leaf("FirmwareVersion", result.firmwareVersion().hex());
  }

  private static void clock(ClockReading reading, MmcWriter out) throws UnexpectedContentException {
    out.leaf("DeviceTime", time(reading.deviceTime())).open("Gas");
    Asn1Status.write(out, "GasClockTimeStatus", reading.statusCode(), Asn1Status.CLOCK);
    out.close();
  }

  /** A time that a calendar knows. */
  public static String time(GeneralizedTime time) throws UnexpectedContentException {
    Optional<Instant> instant = time.instant();
    if (instant.isEmpty()) {
      throw new UnexpectedContentException("expected a point in time");
    }
    return Timestamps.of(instant.get());
  }
}
