// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.request;

import java.time.Instant;
import java.util.Optional;
import org.meterbox.kernel.Octets;

/**
 * A Pre-Command that the user has checked and signed (DUIS, SignedPreCommand).
 *
 * @param executionDateTime when it is to be executed, where it is future dated
 * @param gbcsPayload the complete GBCS command with the user's signature and without a MAC
 */
public record SignedPreCommand(Optional<Instant> executionDateTime, Octets gbcsPayload) {
  /** Local name of the element in the request's body. */
  public static final String ELEMENT = "SignedPreCommand";
}
