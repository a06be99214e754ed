// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate;

import java.util.List;
import org.meterbox.gbcs.envelope.MessageCode;

/** Whether a Pre-Command is what its request asks for, and nothing else. */
public sealed interface Correlation {
  /**
   * Every octet is what the request asks for: the Pre-Command may be signed.
   *
   * @param useCase the use case that carries out the request
   */
  record Match(MessageCode useCase) implements Correlation {}

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
