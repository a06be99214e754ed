// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.issuing;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.meterbox.kernel.Eui64;

/**
 * How far a batch has come.
 *
 * @param requests how many requests it has
 * @param done how many of them have a result
 * @param issued how many of those are certificates
 */
public record BatchProgress(
    UUID id,
    Eui64 requester,
    String submittedBy,
    Instant submittedAt,
    int requests,
    int done,
    int issued,
    Optional<Instant> finishedAt) {
  /** Whether every request has a result. */
  public boolean isFinished() {
    return finishedAt.isPresent();
  }
}
