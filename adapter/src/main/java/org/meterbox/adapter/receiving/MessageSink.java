// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.receiving;

import org.meterbox.duis.response.ReceivedResponse;

/** Stores the messages that a receiver verified. */
@FunctionalInterface
public interface MessageSink {
  /** Stores nothing. */
  MessageSink NONE = _ -> {};

  /**
   * Stores a message durably: it is acknowledged when this returns. What is thrown leaves it
   * unacknowledged, and the DSP pushes it again; the same message may so come twice.
   */
  void store(ReceivedResponse message);
}
