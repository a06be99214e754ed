// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.asn1;

import java.util.List;
import java.util.Optional;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OriginatorCounter;

/**
 * The counter above which the new holder of a role has to stay.
 *
 * @param specialist the like for prepayment top-ups
 */
public record FloorChange(
    int roleCode, OriginatorCounter floor, Optional<List<SpecialistFloor>> specialist) {
  /** Copies the list. */
  public FloorChange {
    specialist = specialist.map(List::copyOf);
  }

  static FloorChange read(DerReader reader) throws DecodeException {
    DerReader body = reader.sequence("floor-change");
    FloorChange read =
        new FloorChange(
            body.integer(TrustAnchorCell.MAX_ROLE, "role"),
            body.counter(DerTag.INTEGER, "floor"),
            body.optional(
                DerTag.SEQUENCE, list -> list.sequenceOf("specialist", SpecialistFloor::read)));
    body.end();
    return read;
  }

  static void write(DerWriter writer, FloorChange change) {
    writer.sequence(body -> {
      body.integer(change.roleCode).counter(DerTag.INTEGER, change.floor);
      change.specialist.ifPresent(list -> body.sequenceOf(list, SpecialistFloor::write));
    });
  }
}
