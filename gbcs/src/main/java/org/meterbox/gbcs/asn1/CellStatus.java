// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.asn1;

import org.meterbox.kernel.DecodeException;

/**
 * The outcome of reading or replacing the credentials of a cell.
 *
 * @param code numbers without a name are kept
 */
public record CellStatus(int code) {
  /** Done. */
  public static final CellStatus SUCCESS = new CellStatus(0);

  /** The certificate is not good. */
  public static final CellStatus BAD_CERTIFICATE = new CellStatus(5);

  /** The device holds no such cell. */
  public static final CellStatus TRUST_ANCHOR_NOT_FOUND = new CellStatus(25);

  /** The code's name, or the code where it has none. */
  public String name() {
    return switch (code) {
      case 0 -> "success";
      case 5 -> "badCertificate";
      case 10 -> "noTrustAnchor";
      case 17 -> "insufficientMemory";
      case 25 -> "trustAnchorNotFound";
      case 30 -> "resourcesBusy";
      case 127 -> "other";
      default -> "code " + code;
    };
  }

  static CellStatus read(DerReader reader) throws DecodeException {
    return new CellStatus(reader.number(DerTag.ENUMERATED, CodeNames.MAX, "status"));
  }

  static void write(DerWriter writer, CellStatus status) {
    writer.number(DerTag.ENUMERATED, status.code);
  }

  @Override
  public String toString() {
    return name();
  }
}
