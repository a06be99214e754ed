// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.catalogue;

/** In which language the payload of a use case is written. */
public enum PayloadFormat {
  /** DLMS/COSEM access requests, responses and data notifications. */
  DLMS("DLMS"),
  /** ZigBee commands in the GBCS frame. */
  GBZ("GBZ"),
  /** Distinguished encoding of ASN.1. */
  ASN1("ASN1"),
  /** DLMS from electricity meters, GBZ from gas meters: the generic alerts. */
  DLMS_OR_GBZ("DLMS/GBZ"),
  /** No GBCS payload: a ZigBee command inside the home network. */
  NONE("none");

  private final String text;

  PayloadFormat(String text) {
    this.text = text;
  }

  /** The format as the table writes it. */
  public String text() {
    return text;
  }
}
