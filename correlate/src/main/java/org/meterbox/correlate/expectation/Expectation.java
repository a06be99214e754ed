// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.expectation;

import java.util.List;
import org.meterbox.gbcs.envelope.MessageCode;

/** What one use case must say to carry out one request. */
public sealed interface Expectation {
  /** The use case by its message code. */
  MessageCode useCase();

  /**
   * A use case whose content follows from the request.
   *
   * @param payload the whole payload in order
   */
  record Payload(MessageCode useCase, List<Segment> payload) implements Expectation {
    /** Copies the list. */
    public Payload {
      payload = List.copyOf(payload);
    }
  }

  /**
   * A use case that may carry out the request, but whose content cannot be known from it.
   *
   * @param reason what is missing
   */
  record Unknowable(MessageCode useCase, String reason) implements Expectation {}

  /** A use case whose content follows from the request. */
  static Expectation of(int messageCode, List<Segment> payload) {
    return new Payload(new MessageCode(messageCode), payload);
  }
}
