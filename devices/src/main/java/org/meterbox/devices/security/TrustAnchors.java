// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.security;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;

/**
 * The certificates in a device's trust anchor cells: at most one in each.
 *
 * @param byCell what each filled cell holds
 */
public record TrustAnchors(Map<TrustAnchorCell, PartyCertificate> byCell) {
  /** Cells that a device has at most: nine roles with three cells, and some to spare. */
  public static final int MAX_CELLS = 32;

  /** Copies the map. */
  public TrustAnchors {
    byCell = Map.copyOf(byCell);
    if (byCell.size() > MAX_CELLS) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "a device has at most %d cells", MAX_CELLS));
    }
  }

  /**
   * The cells of a device at its manufacture.
   *
   * @param certificates DER by cell
   * @throws IllegalArgumentException where one is no certificate for its cell's kind of key
   */
  public static TrustAnchors ofCertificates(Map<TrustAnchorCell, Octets> certificates) {
    Map<TrustAnchorCell, PartyCertificate> cells = new HashMap<>();
    certificates.forEach((cell, der) ->
        cells.put(
            cell,
            PartyCertificate.read(der, cell.keyUse())
                .orElseThrow(
                    () -> new IllegalArgumentException("not a certificate for the cell " + cell))));
    return new TrustAnchors(cells);
  }

  /** The certificate in a cell. */
  public Optional<PartyCertificate> in(TrustAnchorCell cell) {
    return Optional.ofNullable(byCell.get(cell));
  }

  /** The certificate for management in the cell of this role and kind of key. */
  public Optional<PartyCertificate> of(RemotePartyRole role, KeyUse keyUse) {
    return in(TrustAnchorCell.of(role, keyUse));
  }

  /** The roles in whose cells the party's certificates sit. */
  public Set<RemotePartyRole> rolesOf(Eui64 party) {
    return byCell.entrySet().stream()
        .filter(entry -> entry.getValue().subject().filter(party::equals).isPresent())
        .map(entry -> entry.getKey().role())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The parties whose certificates sit in the cells of a role. */
  public Set<Eui64> partiesOf(RemotePartyRole role) {
    return byCell.entrySet().stream()
        .filter(entry -> entry.getKey().role() == role)
        .flatMap(entry -> entry.getValue().subject().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** These with one cell's content replaced. */
  public TrustAnchors with(TrustAnchorCell cell, PartyCertificate certificate) {
    Map<TrustAnchorCell, PartyCertificate> changed = new HashMap<>(byCell);
    changed.put(cell, certificate);
    return new TrustAnchors(changed);
  }
}
