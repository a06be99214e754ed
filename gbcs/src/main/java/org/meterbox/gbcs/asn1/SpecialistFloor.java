// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.asn1;

import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OriginatorCounter;

/**
 * The counter above which a new supplier's prepayment top-ups have to stay.
 *
 * @param usage 0 for prepayment top-ups, unlike the usage of a cell
 */
public record SpecialistFloor(int usage, OriginatorCounter floor) {
  /** For prepayment top-ups. */
  public static final int PREPAYMENT_TOP_UP = 0;

  static SpecialistFloor read(DerReader reader) throws DecodeException {
    DerReader body = reader.sequence("specialist-floor");
    SpecialistFloor read =
        new SpecialistFloor(
            body.integer(CodeNames.MAX, "usage"), body.counter(DerTag.INTEGER, "floor"));
    body.end();
    return read;
  }

  static void write(DerWriter writer, SpecialistFloor floor) {
    writer.sequence(body -> body.integer(floor.usage).counter(DerTag.INTEGER, floor.floor));
  }
}
