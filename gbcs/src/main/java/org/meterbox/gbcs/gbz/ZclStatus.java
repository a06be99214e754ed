// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.gbz;

import java.util.Locale;

/**
 * The outcome of a ZCL command (ZCL section 2.6.3).
 *
 * @param code 0 to 255; what ZCL does not name is kept
 */
public record ZclStatus(int code) {
  /** Done. */
  public static final ZclStatus SUCCESS = new ZclStatus(0x00);

  /** Not done; also what follows a failed component of the same message. */
  public static final ZclStatus FAILURE = new ZclStatus(0x01);

  /** The attribute does not exist. */
  public static final ZclStatus UNSUPPORTED_ATTRIBUTE = new ZclStatus(0x86);

  /** The value is not allowed. */
  public static final ZclStatus INVALID_VALUE = new ZclStatus(0x87);

  /** Nothing to return. */
  public static final ZclStatus NOT_FOUND = new ZclStatus(0x8B);

  /** Refuses what does not fit one octet. */
  public ZclStatus {
    if (code < 0 || code > 0xFF) {
      throw new IllegalArgumentException("a status has one octet");
    }
  }

  /** The name that ZCL gives to the code, or the code where it gives none. */
  public String name() {
    return switch (code) {
      case 0x00 -> "SUCCESS";
      case 0x01 -> "FAILURE";
      case 0x7E -> "NOT_AUTHORIZED";
      case 0x7F -> "RESERVED_FIELD_NOT_ZERO";
      case 0x80 -> "MALFORMED_COMMAND";
      case 0x81 -> "UNSUP_CLUSTER_COMMAND";
      case 0x82 -> "UNSUP_GENERAL_COMMAND";
      case 0x83 -> "UNSUP_MANUF_CLUSTER_COMMAND";
      case 0x84 -> "UNSUP_MANUF_GENERAL_COMMAND";
      case 0x85 -> "INVALID_FIELD";
      case 0x86 -> "UNSUPPORTED_ATTRIBUTE";
      case 0x87 -> "INVALID_VALUE";
      case 0x88 -> "READ_ONLY";
      case 0x89 -> "INSUFFICIENT_SPACE";
      case 0x8A -> "DUPLICATE_EXISTS";
      case 0x8B -> "NOT_FOUND";
      case 0x8C -> "UNREPORTABLE_ATTRIBUTE";
      case 0x8D -> "INVALID_DATA_TYPE";
      case 0x8E -> "INVALID_SELECTOR";
      case 0x8F -> "WRITE_ONLY";
      case 0x90 -> "INCONSISTENT_STARTUP_STATE";
      case 0x91 -> "DEFINED_OUT_OF_BAND";
      case 0x92 -> "INCONSISTENT";
      case 0x93 -> "ACTION_DENIED";
      case 0x94 -> "TIMEOUT";
      case 0x95 -> "ABORT";
      case 0x96 -> "INVALID_IMAGE";
      case 0x97 -> "WAIT_FOR_DATA";
      case 0x98 -> "NO_IMAGE_AVAILABLE";
      case 0x99 -> "REQUIRE_MORE_IMAGE";
      case 0xC0 -> "HARDWARE_FAILURE";
      case 0xC1 -> "SOFTWARE_FAILURE";
      case 0xC2 -> "CALIBRATION_ERROR";
      default -> String.format(Locale.ROOT, "status 0x%02X", code);
    };
  }

  @Override
  public String toString() {
    return name();
  }
}
