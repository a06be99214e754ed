// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.alert;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.meterbox.gbcs.asn1.Asn1Content;
import org.meterbox.gbcs.asn1.Asn1Payload;
import org.meterbox.gbcs.asn1.CredentialContent.UpdateCredentialsAlert;
import org.meterbox.gbcs.asn1.DeviceLogContent.DeviceLogBackup;
import org.meterbox.gbcs.asn1.FirmwareContent.ActivationAlert;
import org.meterbox.gbcs.asn1.FirmwareContent.FirmwareTransferAlert;
import org.meterbox.gbcs.asn1.FirmwareContent.FirmwareVersionAlert;
import org.meterbox.gbcs.asn1.GeneralizedTime;
import org.meterbox.gbcs.catalogue.AlertCatalogue;
import org.meterbox.gbcs.dlms.DataNotification;
import org.meterbox.gbcs.dlms.DlmsAlert;
import org.meterbox.gbcs.dlms.LogTimestamp;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.gbz.GbzAlert;
import org.meterbox.gbcs.gbz.GbzMessage;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;

/** The payload of an alert in the language in which the device wrote it. */
public sealed interface AlertPayload {
  /**
   * From electricity meters and the hub.
   *
   * @param notification what carries the alert
   * @param alert code, time and items
   * @param detail what the items mean
   */
  record Dlms(DataNotification notification, DlmsAlert alert, DlmsDetail detail)
      implements AlertPayload {}

  /** The one DLMS alert that ends in something else. */
  record Undelivered(UndeliveredMessage alert) implements AlertPayload {}

  /** From gas meters and the Gas Proxy Function. */
  record Gbz(GbzAlert alert) implements AlertPayload {}

  /** About security credentials, firmware and device logs. */
  record Asn1(Asn1Payload payload) implements AlertPayload {}

  /** A notification that does not begin with a code and a time. */
  record OtherNotification(DataNotification notification) implements AlertPayload {}

  /**
   * Reads a whole payload. Its first octets tell the language.
   *
   * @param messageCode of the alert's grouping header
   * @throws DecodeException where an octet is missing, left over or not as GBCS prescribes
   */
  static AlertPayload decode(Octets payload, MessageCode messageCode) throws DecodeException {
    int first = payload.reader().peek();
    if (first == DataNotification.TAG) {
      return decodeNotification(payload, messageCode);
    }
    return first == GbzMessage.PROFILE >>> 8
        ? new Gbz(GbzAlert.decode(payload, messageCode))
        : new Asn1(Asn1Payload.decode(payload, messageCode, CraFlag.ALERT));
  }

  private static AlertPayload decodeNotification(Octets payload, MessageCode messageCode)
      throws DecodeException {
    if (messageCode.value() == UndeliveredMessage.MESSAGE_CODE) {
      return new Undelivered(UndeliveredMessage.decode(payload));
    }
    DataNotification notification = DataNotification.decode(payload);
    return of(notification, messageCode);
  }

  /** The alert in a notification. */
  static AlertPayload of(DataNotification notification, MessageCode messageCode) {
    Optional<DlmsAlert> alert = DlmsAlert.of(notification);
    return alert.isPresent()
        ? new Dlms(notification, alert.get(), DlmsDetail.of(messageCode, alert.get()))
        : new OtherNotification(notification);
  }

  /** Writes the payload. */
  default Octets encode() {
    return switch (this) {
      case Dlms dlms -> dlms.notification().encode();
      case Undelivered undelivered -> undelivered.alert().encode();
      case Gbz gbz -> gbz.alert().encode();
      case Asn1 asn1 -> asn1.payload().encode();
      case OtherNotification other -> other.notification().encode();
    };
  }

  /** The alert code; absent where the payload is not an alert as GBCS describes it. */
  default OptionalInt alertCode() {
    return switch (this) {
      case Dlms dlms -> OptionalInt.of(dlms.alert().code());
      case Undelivered undelivered -> OptionalInt.of(undelivered.alert().alertCode());
      case Gbz gbz -> OptionalInt.of(gbz.alert().alertCode());
      case Asn1(Asn1Payload payload) ->
          switch (payload.content()) {
            case UpdateCredentialsAlert alert -> OptionalInt.of(alert.alertCode());
            case ActivationAlert alert -> OptionalInt.of(alert.alertCode());
            case DeviceLogBackup alert -> OptionalInt.of(alert.alertCode());
            case FirmwareTransferAlert alert -> OptionalInt.of(alert.alertCode());
            case FirmwareVersionAlert alert -> OptionalInt.of(alert.alertCode());
            case Asn1Content ignored -> OptionalInt.empty();
          };
      case OtherNotification ignored -> OptionalInt.empty();
    };
  }

  /** When it happened; absent where the device wrote no time that a calendar knows. */
  default Optional<Instant> time() {
    return switch (this) {
      case Dlms dlms -> dlms.alert().time().instant();
      case Undelivered undelivered -> undelivered.alert().time().instant();
      case Gbz gbz -> Optional.of(new LogTimestamp(gbz.alert().utcSeconds()).instant());
      case Asn1(Asn1Payload payload) -> asn1Time(payload).flatMap(GeneralizedTime::instant);
      case OtherNotification ignored -> Optional.empty();
    };
  }

  private static Optional<GeneralizedTime> asn1Time(Asn1Payload payload) {
    return switch (payload.content()) {
      case UpdateCredentialsAlert alert -> Optional.of(alert.time());
      case ActivationAlert alert -> Optional.of(alert.time());
      case DeviceLogBackup alert -> Optional.of(alert.time());
      case FirmwareTransferAlert alert -> Optional.of(alert.time());
      case FirmwareVersionAlert alert -> Optional.of(alert.time());
      case Asn1Content ignored -> Optional.empty();
    };
  }

  /** The alert in words, where GBCS knows its code. */
  default Optional<String> title() {
    OptionalInt code = alertCode();
    return code.isEmpty()
        ? Optional.empty()
        : AlertCatalogue.standard().find(code.getAsInt()).map(AlertCatalogue.Meaning::title);
  }

  /** What became of a command that waited for its time, where the alert is about that. */
  default Optional<FutureDatedOutcome> futureDatedOutcome() {
    return FutureDatedOutcome.of(this);
  }
}
