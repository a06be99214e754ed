// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.asn1;

import java.util.List;
import java.util.Optional;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;

/**
 * Which devices may talk to which: joining, unjoining, reading, backing up and restoring device
 * logs (use cases CS03A1, CS03A2, CS03B, CS03C, CS04AC, CS04B, CS07, GCS59, GCS62).
 */
public sealed interface DeviceLogContent extends Asn1Content {
  /** Join with another device. */
  record Join(
      int methodAndRole,
      Eui64 otherDevice,
      int otherDeviceType,
      Optional<Certificate> otherDeviceCertificate)
      implements DeviceLogContent {
    private static final CodeNames METHODS =
        CodeNames.of("methodAInitiator", "methodAResponder", "methodB", "methodC");

    /** The method's name. */
    public String methodName() {
      return METHODS.name(methodAndRole);
    }

    static Join read(DerReader reader) throws DecodeException {
      DerReader body = reader.sequence("join");
      Join read =
          new Join(
              body.integer(CodeNames.MAX, "method-and-role"),
              body.eui("other-device"),
              body.integer(CodeNames.MAX, "other-device-type"),
              body.optional(DerTag.SEQUENCE, Certificate::read));
      body.end();
      return read;
    }

    void write(DerWriter writer) {
      writer.sequence(body -> {
        body.integer(methodAndRole).eui(otherDevice).integer(otherDeviceType);
        otherDeviceCertificate.ifPresent(one -> Certificate.write(body, one));
      });
    }
  }

  /** What became of joining. */
  record JoinResult(int code) implements DeviceLogContent {
    private static final CodeNames NAMES =
        CodeNames.of(
            "success",
            "invalidMessageCodeForMethod",
            "invalidMethodAndRole",
            "incompatibleWithExistingEntry",
            "deviceLogFull",
            "writeFailure",
            "kaNoResources",
            "kaUnknownIssuer",
            "kaUnsupportedSuite",
            "kaBadMessage",
            "kaBadKeyConfirm",
            "invalidOrMissingCertificate",
            "noPartnerLinkKey",
            "noCbkeResponse");

    /** The result's name. */
    public String name() {
      return NAMES.name(code);
    }
  }

  /** Forget another device. */
  record Unjoin(Eui64 otherDevice) implements DeviceLogContent {}

  /** What became of forgetting it. */
  record UnjoinResult(int code) implements DeviceLogContent {
    private static final CodeNames NAMES =
        CodeNames.of("success", "notInDeviceLog", "otherFailure");

    /** The result's name. */
    public String name() {
      return NAMES.name(code);
    }
  }

  /** Read the device log (CS07 command). */
  record ReadDeviceLog() implements DeviceLogContent {}

  /**
   * The device log (CS07 response).
   *
   * @param code 0 where it could be read
   */
  record DeviceLog(int code, Optional<List<DeviceLogEntry>> entries) implements DeviceLogContent {
    private static final CodeNames NAMES = CodeNames.of("success", "readFailure");

    /** Copies the list. */
    public DeviceLog {
      entries = entries.map(List::copyOf);
    }

    /** The result's name. */
    public String name() {
      return NAMES.name(code);
    }

    static DeviceLog read(DerReader reader) throws DecodeException {
      DerReader body = reader.sequence("device-log");
      DeviceLog read =
          new DeviceLog(
              body.integer(CodeNames.MAX, "result"),
              body.optional(
                  DerTag.SEQUENCE, list -> list.sequenceOf("entries", DeviceLogEntry::read)));
      body.end();
      return read;
    }

    void write(DerWriter writer) {
      writer.sequence(body -> {
        body.integer(code);
        entries.ifPresent(list -> body.sequenceOf(list, DeviceLogEntry::write));
      });
    }
  }

  /** Put these devices into the Gas Proxy Function's log (GCS59 command). */
  record RestoreDeviceLog(List<DeviceLogEntry> entries) implements DeviceLogContent {
    /** Copies the list. */
    public RestoreDeviceLog {
      entries = List.copyOf(entries);
    }

    static RestoreDeviceLog read(DerReader reader) throws DecodeException {
      DerReader body = reader.sequence("restore");
      RestoreDeviceLog read =
          new RestoreDeviceLog(body.sequenceOf("entries", DeviceLogEntry::read));
      body.end();
      return read;
    }

    void write(DerWriter writer) {
      writer.sequence(body -> body.sequenceOf(entries, DeviceLogEntry::write));
    }
  }

  /** What became of each entry (GCS59 response). */
  record RestoreDeviceLogResult(List<EntryResult> results) implements DeviceLogContent {
    /** Copies the list. */
    public RestoreDeviceLogResult {
      results = List.copyOf(results);
    }

    static RestoreDeviceLogResult read(DerReader reader) throws DecodeException {
      DerReader body = reader.sequence("restore-result");
      RestoreDeviceLogResult read =
          new RestoreDeviceLogResult(body.sequenceOf("results", EntryResult::read));
      body.end();
      return read;
    }

    void write(DerWriter writer) {
      writer.sequence(body -> body.sequenceOf(results, EntryResult::write));
    }
  }

  /**
   * What became of one entry.
   *
   * @param code 0 success, 1 failure
   */
  record EntryResult(DeviceLogEntry entry, int code) {
    static EntryResult read(DerReader reader) throws DecodeException {
      DerReader body = reader.sequence("result");
      EntryResult read =
          new EntryResult(DeviceLogEntry.read(body), body.integer(CodeNames.MAX, "code"));
      body.end();
      return read;
    }

    static void write(DerWriter writer, EntryResult result) {
      writer.sequence(body -> {
        DeviceLogEntry.write(body, result.entry);
        body.integer(result.code);
      });
    }
  }

  /** The Gas Proxy Function's log changed (GCS62 alert). */
  record DeviceLogBackup(int alertCode, GeneralizedTime time, List<DeviceLogEntry> entries)
      implements DeviceLogContent {
    /** Copies the list. */
    public DeviceLogBackup {
      entries = List.copyOf(entries);
    }

    static DeviceLogBackup read(DerReader reader) throws DecodeException {
      DerReader body = reader.sequence("device-log-alert");
      DeviceLogBackup read =
          new DeviceLogBackup(
              body.integer(0xFFFF, "alert-code"),
              body.time("time"),
              body.sequenceOf("entries", DeviceLogEntry::read));
      body.end();
      return read;
    }

    void write(DerWriter writer) {
      writer.sequence(
          body -> body.integer(alertCode).time(time).sequenceOf(entries, DeviceLogEntry::write));
    }
  }
}
