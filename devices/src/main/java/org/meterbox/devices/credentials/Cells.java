// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.credentials;

import java.util.Optional;
import org.meterbox.devices.machine.Call;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.devices.security.KeyUse;
import org.meterbox.devices.security.PartyCertificate;
import org.meterbox.devices.security.TrustAnchorCell;
import org.meterbox.devices.security.TrustAnchorCell.Purpose;
import org.meterbox.gbcs.asn1.KeyUsage;
import org.meterbox.gbcs.asn1.TrustAnchorCell.CellUsage;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;

/** Trust anchor cells as commands name them. */
final class Cells {
  /** Stands for the holder of a root's certificate, which names none. */
  static final Eui64 NO_SUBJECT = new Eui64(0);

  private Cells() {}

  /** The cell that a command names; empty where no device has such a cell. */
  static Optional<TrustAnchorCell> named(org.meterbox.gbcs.asn1.TrustAnchorCell cell) {
    Purpose purpose =
        switch (cell.cellUsage()) {
          case MANAGEMENT -> Purpose.MANAGEMENT;
          case PREPAYMENT_TOP_UP -> Purpose.PREPAYMENT_TOP_UP;
        };
    return cell.role()
        .flatMap(role -> use(cell.keyUsage()).map(use -> new TrustAnchorCell(role, use, purpose)));
  }

  private static Optional<KeyUse> use(KeyUsage usage) {
    for (KeyUse use : KeyUse.values()) {
      if (usage(use).equals(usage)) {
        return Optional.of(use);
      }
    }
    return Optional.empty();
  }

  /** A use as payloads write it. */
  static KeyUsage usage(KeyUse use) {
    return switch (use) {
      case DIGITAL_SIGNATURE -> KeyUsage.DIGITAL_SIGNATURE;
      case KEY_AGREEMENT -> KeyUsage.KEY_AGREEMENT;
      case KEY_CERT_SIGN -> KeyUsage.KEY_CERT_SIGN;
    };
  }

  /** A cell's purpose as payloads write it: management is left out. */
  static Optional<CellUsage> writtenUsage(TrustAnchorCell cell) {
    return switch (cell.purpose()) {
      case MANAGEMENT -> Optional.empty();
      case PREPAYMENT_TOP_UP -> Optional.of(CellUsage.PREPAYMENT_TOP_UP);
    };
  }

  /** Who holds a certificate, as payloads write it. */
  static Eui64 subject(PartyCertificate certificate) {
    return certificate.subject().orElse(NO_SUBJECT);
  }

  /**
   * Whether a command's proof was made with the key in the cell that it names as its authority.
   *
   * @param sender the role whose cell the checks before execution used
   */
  static boolean isAuthority(
      DeviceState<?> state, TrustAnchorCell cell, RemotePartyRole sender, Call call) {
    Optional<PartyCertificate> named = state.anchors().in(cell);
    Optional<PartyCertificate> used = state.anchors().of(sender, cell.keyUse());
    return named.isPresent()
        && used.filter(one -> one.key().equals(named.get().key())).isPresent()
        && named
            .get()
            .subject()
            .filter(call.command().messageId().originator()::equals)
            .isPresent();
  }
}
