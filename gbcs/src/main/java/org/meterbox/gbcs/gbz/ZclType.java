// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.gbz;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The data types of the ZigBee Cluster Library, with their codes (ZCL section 2.6.2). */
public enum ZclType {
  NO_DATA(0x00, Form.NOTHING, 0),
  DATA8(0x08, Form.OCTETS, 1),
  DATA16(0x09, Form.OCTETS, 2),
  DATA24(0x0A, Form.OCTETS, 3),
  DATA32(0x0B, Form.OCTETS, 4),
  DATA40(0x0C, Form.OCTETS, 5),
  DATA48(0x0D, Form.OCTETS, 6),
  DATA56(0x0E, Form.OCTETS, 7),
  DATA64(0x0F, Form.OCTETS, 8),
  BOOLEAN(0x10, Form.UNSIGNED, 1),
  BITMAP8(0x18, Form.UNSIGNED, 1),
  BITMAP16(0x19, Form.UNSIGNED, 2),
  BITMAP24(0x1A, Form.UNSIGNED, 3),
  BITMAP32(0x1B, Form.UNSIGNED, 4),
  BITMAP40(0x1C, Form.UNSIGNED, 5),
  BITMAP48(0x1D, Form.UNSIGNED, 6),
  BITMAP56(0x1E, Form.UNSIGNED, 7),
  BITMAP64(0x1F, Form.UNSIGNED, 8),
  UINT8(0x20, Form.UNSIGNED, 1),
  UINT16(0x21, Form.UNSIGNED, 2),
  UINT24(0x22, Form.UNSIGNED, 3),
  UINT32(0x23, Form.UNSIGNED, 4),
  UINT40(0x24, Form.UNSIGNED, 5),
  UINT48(0x25, Form.UNSIGNED, 6),
  UINT56(0x26, Form.UNSIGNED, 7),
  UINT64(0x27, Form.UNSIGNED, 8),
  INT8(0x28, Form.SIGNED, 1),
  INT16(0x29, Form.SIGNED, 2),
  INT24(0x2A, Form.SIGNED, 3),
  INT32(0x2B, Form.SIGNED, 4),
  INT40(0x2C, Form.SIGNED, 5),
  INT48(0x2D, Form.SIGNED, 6),
  INT56(0x2E, Form.SIGNED, 7),
  INT64(0x2F, Form.SIGNED, 8),
  ENUM8(0x30, Form.UNSIGNED, 1),
  ENUM16(0x31, Form.UNSIGNED, 2),
  SEMI_PRECISION(0x38, Form.OCTETS, 2),
  SINGLE_PRECISION(0x39, Form.OCTETS, 4),
  DOUBLE_PRECISION(0x3A, Form.OCTETS, 8),
  OCTET_STRING(0x41, Form.STRING, 1),
  CHARACTER_STRING(0x42, Form.STRING, 1),
  LONG_OCTET_STRING(0x43, Form.STRING, 2),
  LONG_CHARACTER_STRING(0x44, Form.STRING, 2),
  ARRAY(0x48, Form.SEQUENCE, 2),
  STRUCTURE(0x4C, Form.STRUCTURE, 2),
  SET(0x50, Form.SEQUENCE, 2),
  BAG(0x51, Form.SEQUENCE, 2),
  TIME_OF_DAY(0xE0, Form.OCTETS, 4),
  DATE(0xE1, Form.DATE, 4),
  UTC_TIME(0xE2, Form.UNSIGNED, 4),
  CLUSTER_ID(0xE8, Form.UNSIGNED, 2),
  ATTRIBUTE_ID(0xE9, Form.UNSIGNED, 2),
  BACNET_OID(0xEA, Form.UNSIGNED, 4),
  IEEE_ADDRESS(0xF0, Form.UNSIGNED, 8),
  SECURITY_KEY_128(0xF1, Form.OCTETS, 16),
  UNKNOWN(0xFF, Form.NOTHING, 0);

  /** How the octets of a value are laid out. */
  enum Form {
    /** No octets. */
    NOTHING,
    /** A number without sign, least significant octet first. */
    UNSIGNED,
    /** A number in two's complement, least significant octet first. */
    SIGNED,
    /** Year less 1900, month, day, weekday. */
    DATE,
    /** Octets that are not interpreted here. */
    OCTETS,
    /** A length and as many octets. */
    STRING,
    /** An element type, a count and the elements. */
    SEQUENCE,
    /** A count and the elements, each with its own type. */
    STRUCTURE
  }

  private static final @Nullable ZclType[] BY_CODE = new ZclType[0x100];

  static {
    for (ZclType type : values()) {
      BY_CODE[type.code] = type;
    }
  }

  private final int code;
  private final Form form;
  private final int octets;

  ZclType(int code, Form form, int octets) {
    this.code = code;
    this.form = form;
    this.octets = octets;
  }

  /** The octet that announces the type before an attribute's value. */
  public int code() {
    return code;
  }

  /** Octets of the value, or of the length or count where the size varies. */
  public int octets() {
    return octets;
  }

  Form form() {
    return form;
  }

  /** Whether one of the type's values stands for "no value" (ZCL table 2.6.2). */
  boolean hasNonValue() {
    return switch (this) {
      case NO_DATA, UNKNOWN, SECURITY_KEY_128, DATE -> false;
      case DATA8, DATA16, DATA24, DATA32, DATA40, DATA48, DATA56, DATA64 -> false;
      case BITMAP8, BITMAP16, BITMAP24, BITMAP32, BITMAP40, BITMAP48, BITMAP56, BITMAP64 -> false;
      case BOOLEAN, ENUM8, ENUM16, UTC_TIME, TIME_OF_DAY -> true;
      case UINT8, UINT16, UINT24, UINT32, UINT40, UINT48, UINT56, UINT64 -> true;
      case INT8, INT16, INT24, INT32, INT40, INT48, INT56, INT64 -> true;
      case SEMI_PRECISION, SINGLE_PRECISION, DOUBLE_PRECISION -> true;
      case CLUSTER_ID, ATTRIBUTE_ID, BACNET_OID, IEEE_ADDRESS -> true;
      case OCTET_STRING, CHARACTER_STRING, LONG_OCTET_STRING, LONG_CHARACTER_STRING -> true;
      case ARRAY, SET, BAG, STRUCTURE -> true;
    };
  }

  /** The type with this code. */
  public static Optional<ZclType> ofCode(int code) {
    return Optional.ofNullable(BY_CODE[code & 0xFF]);
  }
}
