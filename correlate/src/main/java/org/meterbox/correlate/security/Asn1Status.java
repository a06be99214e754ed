// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.security;

import java.util.List;
import org.meterbox.correlate.mmc.MmcWriter;

/** Result codes of payloads in ASN.1 and their words in MMC (StatusASN1). */
final class Asn1Status {
  static final Words UPDATE_DEVICE_CERTIFICATE =
      Words.of(
          "success",
          "invalidCertificate",
          "wrongDeviceIdentity",
          "invalidKeyUsage",
          "noCorrespondingKeyPairGenerated",
          "wrongPublicKey",
          "certificateStorageFailed",
          "privateKeyChangeFailed");
  static final Words ISSUE_CREDENTIALS =
      Words.of("success", "invalidKeyUsage", "keyPairGenerationFailed", "cRProductionFailed");
  static final Words PROVIDE_DEVICE_CERTIFICATE =
      Words.of("success", "invalidKeyUsage", "noCertificateHeld", "certificateRetrievalFailure");
  static final Words JOIN =
      Words.of(
          "success",
          "invalidMessageCodeForJoinMethodAndRole",
          "invalidJoinMethodAndRole",
          "incompatibleWithExistingEntry",
          "deviceLogFull",
          "writeFailure",
          "keyAgreementNoResources",
          "keyAgreementUnknownIssuer",
          "keyAgreementUnsupportedSuite",
          "keyAgreementBadMessage",
          "keyAgreementBadKeyConfirm",
          "invalidOrMissingCertificate",
          "noPartnerLinkKeyReceived",
          "noCBKEResponse");
  static final Words UNJOIN = Words.of("success", "otherDeviceNotInDeviceLog", "otherFailure");
  static final Words RESTORE_DEVICE_LOG = Words.of("success", "otherFailure");
  static final Words ACTIVATE_FIRMWARE =
      Words.of("success", "noImageHeld", "hashMismatch", "activationFailure");
  static final Words CLOCK = Words.of("reliable", "invalid", "unreliable");

  private static final String NOT_KNOWN = "notKnown";

  private Asn1Status() {}

  /** The words of one use case's codes, from zero. */
  record Words(List<String> words) {
    static Words of(String... words) {
      return new Words(List.of(words));
    }

    String word(int code) {
      return code >= 0 && code < words.size() ? words.get(code) : NOT_KNOWN;
    }
  }

  /** The status of a cell of the trust anchor store (GBCS CellStatus). */
  static String cell(int code) {
    return switch (code) {
      case 0 -> "success";
      case 5 -> "badCertificate";
      case 10 -> "noTrustAnchor";
      case 17 -> "insufficientMemory";
      case 25 -> "trustAnchorNotFound";
      case 30 -> "resourcesBusy";
      case 127 -> "other";
      default -> NOT_KNOWN;
    };
  }

  static void write(MmcWriter out, String element, int code, Words words) {
    write(out, element, code, words.word(code));
  }

  static void write(MmcWriter out, String element, int code, String word) {
    out.open(element).attribute("ResponseCode", code).leaf("ASN1Status", word).close();
  }
}
