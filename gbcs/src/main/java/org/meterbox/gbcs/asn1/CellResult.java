// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.asn1;

import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;

/**
 * What became of one cell.
 *
 * @param existingSubjectUniqueId who held the cell before
 * @param replacingSubjectUniqueId who holds it now: after a failure the same
 */
public record CellResult(
    TrustAnchorCell target,
    CellStatus status,
    Eui64 existingSubjectUniqueId,
    Octets existingSubjectKeyId,
    Eui64 replacingSubjectUniqueId,
    Octets replacingSubjectKeyId) {
  static final int KEY_ID_OCTETS = 8;

  static CellResult read(DerReader reader) throws DecodeException {
    DerReader body = reader.sequence("cell-result");
    CellResult read =
        new CellResult(
            TrustAnchorCell.read(body),
            CellStatus.read(body),
            body.eui("existing-subject-unique-id"),
            body.octetString(KEY_ID_OCTETS, "existing-subject-key-id"),
            body.eui("replacing-subject-unique-id"),
            body.octetString(KEY_ID_OCTETS, "replacing-subject-key-id"));
    body.end();
    return read;
  }

  static void write(DerWriter writer, CellResult result) {
    writer.sequence(body -> {
      TrustAnchorCell.write(body, result.target);
      CellStatus.write(body, result.status);
      body.eui(result.existingSubjectUniqueId)
          .octetString(result.existingSubjectKeyId)
          .eui(result.replacingSubjectUniqueId)
          .octetString(result.replacingSubjectKeyId);
    });
  }
}
