// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.asn1;

import java.util.List;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OriginatorCounter;

/**
 * What a device did about a replacement of credentials.
 *
 * @param mode the command's mode, see {@link CredentialControl#modeName(int)}
 * @param floors the counters from which the parties start
 * @param results one per cell
 */
public record UpdateOutcome(
    OriginatorCounter authorisingCounter,
    int mode,
    List<FloorChange> floors,
    List<CellResult> results) {
  /** Copies the lists. */
  public UpdateOutcome {
    floors = List.copyOf(floors);
    results = List.copyOf(results);
  }

  static UpdateOutcome read(DerReader reader) throws DecodeException {
    DerReader body = reader.sequence("outcome");
    UpdateOutcome read =
        new UpdateOutcome(
            body.counter(DerTag.INTEGER, "authorising-counter"),
            body.integer(CodeNames.MAX, "mode"),
            body.sequenceOf("floors", FloorChange::read),
            body.sequenceOf("results", CellResult::read));
    body.end();
    return read;
  }

  void write(DerWriter writer) {
    writer.sequence(body ->
        body.counter(DerTag.INTEGER, authorisingCounter)
            .integer(mode)
            .sequenceOf(floors, FloorChange::write)
            .sequenceOf(results, CellResult::write));
  }
}
