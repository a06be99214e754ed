// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.asn1;

/** The tags that GBCS payloads use. */
final class DerTag {
  static final int INTEGER = 0x02;
  static final int BIT_STRING = 0x03;
  static final int OCTET_STRING = 0x04;
  static final int NULL = 0x05;
  static final int ENUMERATED = 0x0A;
  static final int GENERALIZED_TIME = 0x18;
  static final int SEQUENCE = 0x30;

  private DerTag() {}

  /** An IMPLICIT context tag on a primitive type. */
  static int primitive(int number) {
    return 0x80 | number;
  }

  /** An IMPLICIT context tag on a constructed type. */
  static int constructed(int number) {
    return 0xA0 | number;
  }
}
