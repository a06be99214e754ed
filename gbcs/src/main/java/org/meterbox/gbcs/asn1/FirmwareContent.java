// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.asn1;

import java.util.Optional;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/** Firmware: activation, versions, transfer to other devices (CS06, CS08, CS09, CCS08). */
public sealed interface FirmwareContent extends Asn1Content {
  /** Octets of a firmware version. */
  int VERSION_OCTETS = 4;

  /** Octets of an image's SHA-256. */
  int HASH_OCTETS = 32;

  /**
   * Activate an image (CS06 command).
   *
   * @param originatorCounter equals that of the grouping header
   * @param executionDateTime now where absent; {@link GeneralizedTime#NEVER} cancels
   */
  record ActivateFirmware(
      Octets imageHash,
      OriginatorCounter originatorCounter,
      Optional<GeneralizedTime> executionDateTime)
      implements FirmwareContent {
    static ActivateFirmware read(DerReader reader) throws DecodeException {
      DerReader body = reader.sequence("activate-firmware");
      ActivateFirmware read =
          new ActivateFirmware(
              body.octetString(HASH_OCTETS, "image-hash"),
              body.counter(DerTag.INTEGER, "originator-counter"),
              body.optional(DerTag.GENERALIZED_TIME, time -> time.time("execution-date-time")));
      body.end();
      return read;
    }

    void write(DerWriter writer) {
      writer.sequence(body -> {
        body.octetString(imageHash).counter(DerTag.INTEGER, originatorCounter);
        executionDateTime.ifPresent(body::time);
      });
    }
  }

  /** The command waits for its time, or was cancelled (CS06 response). */
  record ActivationAccepted() implements FirmwareContent {}

  /**
   * What became of the activation (CS06 response).
   *
   * @param firmwareVersion the version now running
   */
  record ActivationResult(int code, Octets firmwareVersion) implements FirmwareContent {
    private static final CodeNames NAMES =
        CodeNames.of("success", "noImageHeld", "hashMismatch", "activationFailure");

    /** The result's name. */
    public String name() {
      return NAMES.name(code);
    }

    static ActivationResult read(DerReader reader) throws DecodeException {
      DerReader body = reader.sequence("activation-result");
      ActivationResult read =
          new ActivationResult(
              body.integer(CodeNames.MAX, "code"),
              body.octetString(VERSION_OCTETS, "firmware-version"));
      body.end();
      return read;
    }

    void write(DerWriter writer) {
      writer.sequence(body -> body.integer(code).octetString(firmwareVersion));
    }
  }

  /** What became of an activation that had waited (CS06 alert). */
  record ActivationAlert(
      int alertCode,
      GeneralizedTime time,
      OriginatorCounter commandCounter,
      ActivationResult result)
      implements FirmwareContent {
    static ActivationAlert read(DerReader reader) throws DecodeException {
      DerReader body = reader.sequence("activation-alert");
      ActivationAlert read =
          new ActivationAlert(
              body.integer(0xFFFF, "alert-code"),
              body.time("time"),
              body.counter(DerTag.INTEGER, "command-counter"),
              ActivationResult.read(body));
      body.end();
      return read;
    }

    void write(DerWriter writer) {
      writer.sequence(body -> {
        body.integer(alertCode).time(time).counter(DerTag.INTEGER, commandCounter);
        result.write(body);
      });
    }
  }

  /** Read the firmware version (CS08 command). */
  record ReadFirmwareVersion() implements FirmwareContent {}

  /**
   * The firmware version (CS08 response).
   *
   * @param code 0 success, 1 failure, and then the version is zero
   */
  record FirmwareVersion(Octets firmwareVersion, int code) implements FirmwareContent {
    static FirmwareVersion read(DerReader reader) throws DecodeException {
      DerReader body = reader.sequence("firmware-version");
      FirmwareVersion read =
          new FirmwareVersion(
              body.octetString(VERSION_OCTETS, "firmware-version"),
              body.integer(CodeNames.MAX, "code"));
      body.end();
      return read;
    }

    void write(DerWriter writer) {
      writer.sequence(body -> body.octetString(firmwareVersion).integer(code));
    }
  }

  /** A PPMID runs a firmware version (CS09 alert). */
  record FirmwareVersionAlert(int alertCode, GeneralizedTime time, Octets firmwareVersion, int code)
      implements FirmwareContent {
    static FirmwareVersionAlert read(DerReader reader) throws DecodeException {
      DerReader body = reader.sequence("firmware-version-alert");
      FirmwareVersionAlert read =
          new FirmwareVersionAlert(
              body.integer(0xFFFF, "alert-code"),
              body.time("time"),
              body.octetString(VERSION_OCTETS, "firmware-version"),
              body.integer(CodeNames.MAX, "code"));
      body.end();
      return read;
    }

    void write(DerWriter writer) {
      writer.sequence(
          body -> body.integer(alertCode).time(time).octetString(firmwareVersion).integer(code));
    }
  }

  /** The hub passed an image on to another device, or could not (CCS08 alert). */
  record FirmwareTransferAlert(
      int alertCode, GeneralizedTime time, Eui64 device, Octets firmwareVersion, int code)
      implements FirmwareContent {
    private static final CodeNames NAMES =
        CodeNames.of("success", "imageDiscarded", "hardwareVersionMismatch", "fileTransferFailure");

    /** The result's name. */
    public String name() {
      return NAMES.name(code);
    }

    static FirmwareTransferAlert read(DerReader reader) throws DecodeException {
      DerReader body = reader.sequence("firmware-transfer-alert");
      FirmwareTransferAlert read =
          new FirmwareTransferAlert(
              body.integer(0xFFFF, "alert-code"),
              body.time("time"),
              body.eui("device"),
              body.octetString(VERSION_OCTETS, "firmware-version"),
              body.integer(CodeNames.MAX, "code"));
      body.end();
      return read;
    }

    void write(DerWriter writer) {
      writer.sequence(body ->
          body.integer(alertCode)
              .time(time)
              .eui(device)
              .octetString(firmwareVersion)
              .integer(code));
    }
  }
}
