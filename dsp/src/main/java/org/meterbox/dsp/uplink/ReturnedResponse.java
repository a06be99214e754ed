// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.uplink;

import java.util.List;
import org.meterbox.dsp.estate.Consequence;
import org.meterbox.dsp.requests.CommandOfRequest;
import org.meterbox.kernel.Octets;

/** What a device's response means that a user brings to the DSP (8.13). */
public sealed interface ReturnedResponse {
  /** The octets are no response of a device. */
  record NotAResponse(String why) implements ReturnedResponse {}

  /** It answers no command that was given to the user for local delivery. */
  record NoCommand() implements ReturnedResponse {}

  /** It is not from the device that it names. */
  record NotAuthentic() implements ReturnedResponse {}

  /**
   * It counts as if it had come over the SM WAN.
   *
   * @param digest SHA-256 of the octets
   */
  record Accepted(
      CommandOfRequest answered, Octets octets, Octets digest, List<Consequence> consequences)
      implements ReturnedResponse {
    /** Keeps an unchangeable copy. */
    public Accepted {
      consequences = List.copyOf(consequences);
    }
  }
}
