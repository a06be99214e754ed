// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.intake;

import org.meterbox.kernel.Octets;

/** What the gateway says to whoever posted a document. */
public sealed interface Reply {
  /** A signed DUIS Response. */
  record Answer(Octets document) implements Reply {}

  /**
   * What was posted is no request.
   *
   * @param reason the first fault, in a line
   */
  record Unreadable(String reason) implements Reply {}

  /** Too much to do; nothing was stored and the same document may be posted again. */
  record Busy() implements Reply {}

  /**
   * The sender or the device has as many requests in flight as it may; nothing was stored and the
   * same document may be posted again. No public response code says so, hence HTTP does.
   *
   * @param limit which limit, in a line
   */
  record LimitReached(String limit) implements Reply {}

  /**
   * The document is longer than one of its service may be; nothing was stored.
   *
   * @param limit which limit, in a line
   */
  record TooLong(String limit) implements Reply {}
}
