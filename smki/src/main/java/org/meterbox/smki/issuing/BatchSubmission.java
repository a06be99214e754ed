// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.issuing;

/** What became of a batch that was handed in. */
public sealed interface BatchSubmission {
  /** It is stored as a whole and will be worked on, whatever happens to this process. */
  record Accepted(BatchProgress progress) implements BatchSubmission {}

  /** The same requester handed in the same file before: here is that batch, nothing was added. */
  record KnownBefore(BatchProgress progress) implements BatchSubmission {}

  /** Nothing was stored. */
  record Refused(Rule rule, String detail) implements BatchSubmission {}

  /** The rules that a batch must keep as a whole; each request has rules of its own. */
  enum Rule {
    /** The requester is an Authorised Subscriber. */
    SUBSCRIBER,
    /** There is at least one request, and not more than {@link BatchDesk#REQUESTS_MAX}. */
    SIZE
  }
}
