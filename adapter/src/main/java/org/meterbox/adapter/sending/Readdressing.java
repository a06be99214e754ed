// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.sending;

import java.util.Optional;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.OriginatorCounter;

/** Makes a request of one's own from an example: same content, other parties, fresh counter. */
public final class Readdressing {
  private Readdressing() {}

  /**
   * The request as the user would send it now.
   *
   * @param originator the user
   * @param device the device, where another than in the example is meant; a non-device request
   *     keeps its target
   * @param counter higher than any that the user has used for the target
   */
  public static RequestDraft of(
      ServiceRequest example, Eui64 originator, Optional<Eui64> device, OriginatorCounter counter) {
    Eui64 target =
        example.commandVariant() == CommandVariant.NON_DEVICE
            ? example.requestId().target()
            : device.orElse(example.requestId().target());
    return new RequestDraft(
        new MessageId(originator, target, counter),
        example.commandVariant(),
        example.serviceReferenceVariant(),
        example.firstInSequence(),
        example.precedingRequestId(),
        example.body());
  }
}
