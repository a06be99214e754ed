// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate;

import java.util.Optional;
import org.meterbox.gbcs.alert.FutureDatedOutcome;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.ServiceReferenceVariant;

/** What Parse made of one device message. */
public sealed interface ParseResult {
  /** Who sent the message to whom, and which use case it belongs to. */
  GroupingHeader header();

  /** Whether the MAC holds; absent where a signature protects the message. */
  Verdict mac();

  /** Whether the signature holds; absent where a MAC alone protects the message. */
  Verdict signature();

  /**
   * The readable form of a message that nothing refutes.
   *
   * @param document the MMC document, UTF-8
   * @param sensitiveContent whether encrypted content was read; where it was not, the document
   *     carries it as it came
   * @param service the Service Request that the message answers, where it is an answer and the use
   *     case or the caller tells
   * @param outcome what the device says that it did
   * @param remark why the content stands in the document as octets only, where it does
   * @param futureDated the outcome of one part of a command that waited for its time, where the
   *     message is an alert on that; {@link FutureDatedCommand} joins them
   */
  record Parsed(
      GroupingHeader header,
      Verdict mac,
      Verdict signature,
      Verdict sensitiveContent,
      Octets document,
      Optional<ServiceReferenceVariant> service,
      Outcome outcome,
      Optional<String> remark,
      Optional<FutureDatedOutcome> futureDated)
      implements ParseResult {
    /**
     * Whether a key of the originator vouches for the whole message. An Unknown Remote Party cannot
     * see this for itself: the MAC of its answers is for the Access Control Broker.
     */
    public boolean authentic() {
      return mac instanceof Verdict.Valid || signature instanceof Verdict.Valid;
    }
  }

  /**
   * A message that its MAC or its signature refutes, or, where neither vouches for it, its
   * encrypted content: whatever it says is not to be believed, so that no document is made of it.
   */
  record Refuted(GroupingHeader header, Verdict mac, Verdict signature, Verdict sensitiveContent)
      implements ParseResult {}
}
