// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.meterbox.gbcs.envelope.MessageCode;

/** Whether a Pre-Command is what its request asks for, and nothing else. */
public sealed interface Correlation {
  /**
   * Every octet is what the request asks for: the Pre-Command may be signed.
   *
   * @param useCase the use case that carries out the request
   * @param issuerTime the time at which the Pre-Command says that it was made, where it says one: a
   *     gas meter refuses all later commands with an older one, and the request does not name it
   */
  record Match(MessageCode useCase, Optional<Instant> issuerTime) implements Correlation {}

  /**
   * The Pre-Command would do something else: it must not be signed.
   *
   * @param differences at least one, in the order of the Pre-Command
   */
  record Mismatch(List<Difference> differences) implements Correlation {
    /** Copies the list and refuses an empty one. */
    public Mismatch {
      differences = List.copyOf(differences);
      if (differences.isEmpty()) {
        throw new IllegalArgumentException("a mismatch has at least one difference");
      }
    }
  }

  /**
   * They cannot be compared: the octets are no Pre-Command, or the request is none that becomes
   * one.
   */
  record Unusable(String reason) implements Correlation {}
}
