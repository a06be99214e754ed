// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.intake;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.catalogue.ResponseCode;

/**
 * Why requests were refused, in words, for a person who tries the system out. A DUIS Response has
 * no place for it. Only the latest refusals are remembered; those of authentic requests are in the
 * request events for good. Safe for use by many threads.
 */
public final class RecentRefusals {
  /** How many are remembered: at about 300 octets each, 1.2 MB. */
  public static final int REFUSALS_MAX = 4_096;

  private final Map<MessageId, Refusal> latest = new LinkedHashMap<>();

  /**
   * A refusal.
   *
   * @param request the Request ID
   * @param code what its sender was answered
   * @param rule the rule that it broke, in a sentence without personal data
   */
  public record Refusal(MessageId request, ResponseCode code, String rule) {}

  /** Remembers a refusal, and forgets the oldest where there are too many. */
  synchronized void note(Refusal refusal) {
    latest.remove(refusal.request());
    latest.put(refusal.request(), refusal);
    if (latest.size() > REFUSALS_MAX) {
      latest.remove(latest.keySet().iterator().next());
    }
  }

  /** The latest refusal of this request, where it is remembered. */
  public synchronized Optional<Refusal> find(MessageId request) {
    return Optional.ofNullable(latest.get(request));
  }
}
