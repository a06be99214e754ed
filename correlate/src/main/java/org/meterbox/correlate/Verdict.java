// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate;

import java.util.List;
import org.meterbox.correlate.keys.KeyUse;
import org.meterbox.correlate.keys.PartyCertificate;
import org.meterbox.kernel.Eui64;

/** What came of checking a MAC, a signature or an encrypted part of a message. */
public sealed interface Verdict {
  /**
   * It holds.
   *
   * @param certificate the other party's certificate with whose key it holds
   */
  record Valid(PartyCertificate certificate) implements Verdict {}

  /**
   * It does not hold with any key at hand: the message was changed or is not from its originator.
   *
   * @param tried the certificates whose keys were tried
   */
  record Invalid(List<PartyCertificate> tried) implements Verdict {
    /** Copies the list. */
    public Invalid {
      tried = List.copyOf(tried);
    }
  }

  /**
   * It cannot be checked here.
   *
   * @param party whose key is missing: the recipient's own private key, or the originator's
   *     certificate
   * @param use which of its keys
   */
  record NoKey(Eui64 party, KeyUse use) implements Verdict {}

  /** The message has no such part. */
  record Absent() implements Verdict {}

  /** Whether this verdict refutes the message. */
  default boolean refutes() {
    return this instanceof Invalid;
  }
}
