// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.machine;

import org.meterbox.kernel.Octets;

/** What came of an admitted command. */
public sealed interface Execution {
  /**
   * Carried out, as far as the payload of the response says.
   *
   * @param sensitive whether the payload carries encrypted content
   */
  record Answered(Octets payload, boolean sensitive) implements Execution {}

  /** The payload is not what the use case prescribes: no answer, nothing changed. */
  record Malformed() implements Execution {}

  /** The sender may not command this: no answer, nothing changed. */
  record Unauthorised() implements Execution {}
}
