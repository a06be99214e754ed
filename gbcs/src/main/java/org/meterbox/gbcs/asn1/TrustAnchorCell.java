// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.asn1;

import java.util.Optional;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.RemotePartyRole;

/**
 * The place in a device where one key of one remote party is held.
 *
 * @param roleCode 0 to 127, see {@link RemotePartyRole#code()}
 * @param keyUsage what the key is for
 * @param writtenUsage the cell's usage as it is written; left out for the default, which is
 *     management of the device
 */
public record TrustAnchorCell(int roleCode, KeyUsage keyUsage, Optional<CellUsage> writtenUsage) {
  static final int MAX_ROLE = 127;

  /** What a cell is for beside its key usage. */
  public enum CellUsage {
    MANAGEMENT,
    PREPAYMENT_TOP_UP;

    static CellUsage read(DerReader reader) throws DecodeException {
      return reader.integer(1, "cell-usage") == 0 ? MANAGEMENT : PREPAYMENT_TOP_UP;
    }

    static void write(DerWriter writer, CellUsage usage) {
      writer.integer(usage == MANAGEMENT ? 0 : 1);
    }
  }

  /** The cell for management by this role. */
  public static TrustAnchorCell of(RemotePartyRole role, KeyUsage keyUsage) {
    return new TrustAnchorCell(role.code(), keyUsage, Optional.empty());
  }

  /** The supplier's cell for prepayment top-ups. */
  public static TrustAnchorCell supplierPrepayment() {
    return new TrustAnchorCell(
        RemotePartyRole.SUPPLIER.code(),
        KeyUsage.KEY_AGREEMENT,
        Optional.of(CellUsage.PREPAYMENT_TOP_UP));
  }

  /** Whose cell it is, where the number is that of a role. */
  public Optional<RemotePartyRole> role() {
    return RemotePartyRole.ofCode(roleCode);
  }

  /** What the cell is for. */
  public CellUsage cellUsage() {
    return writtenUsage.orElse(CellUsage.MANAGEMENT);
  }

  static TrustAnchorCell read(DerReader reader) throws DecodeException {
    return read(DerTag.SEQUENCE, reader);
  }

  static TrustAnchorCell read(int tag, DerReader reader) throws DecodeException {
    DerReader cell = reader.enter(tag, "trust-anchor-cell");
    TrustAnchorCell read =
        new TrustAnchorCell(
            cell.integer(MAX_ROLE, "role"),
            KeyUsage.read(cell),
            cell.optional(DerTag.INTEGER, CellUsage::read));
    cell.end();
    return read;
  }

  static void write(DerWriter writer, TrustAnchorCell cell) {
    write(DerTag.SEQUENCE, writer, cell);
  }

  static void write(int tag, DerWriter writer, TrustAnchorCell cell) {
    writer.constructed(
        tag,
        inner -> {
          inner.integer(cell.roleCode);
          KeyUsage.write(inner, cell.keyUsage);
          cell.writtenUsage.ifPresent(usage -> CellUsage.write(inner, usage));
        });
  }
}
