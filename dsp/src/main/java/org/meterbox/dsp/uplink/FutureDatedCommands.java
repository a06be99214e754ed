// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.uplink;

import java.time.Instant;
import java.util.Optional;
import org.meterbox.dsp.requests.CommandForDevice;
import org.meterbox.dsp.requests.FutureDate;
import org.meterbox.dsp.requests.StoredRequest;
import org.meterbox.gbcs.alert.ActivationItems;
import org.meterbox.gbcs.decode.DecodedMessage;
import org.meterbox.gbcs.decode.Payload;
import org.meterbox.gbcs.dlms.AccessRequest;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.gbz.GbzMessage;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.catalogue.FutureDating;
import org.meterbox.kernel.catalogue.ServiceRequestCatalogue;

/**
 * Future dated commands that a device holds (Future Dated (Device)): how many instructions one has,
 * each of which ends in an alert of its own.
 */
final class FutureDatedCommands {
  private FutureDatedCommands() {}

  /** Whether the device holds the request's command, and until when. */
  static Optional<Instant> heldByDevice(StoredRequest request, Instant now) {
    return datedAtDevice(request, now, FutureDate.LATER) ? request.execution() : Optional.empty();
  }

  /** Whether the request cancels at the device what an earlier one of its service has dated. */
  static boolean cancels(StoredRequest request, Instant now) {
    return datedAtDevice(request, now, FutureDate.CANCELLATION);
  }

  private static boolean datedAtDevice(StoredRequest request, Instant now, FutureDate date) {
    return FutureDate.of(request.execution(), now) == date
        && ServiceRequestCatalogue.current()
            .find(request.service())
            .filter(entry -> entry.futureDating() == FutureDating.DEVICE)
            .isPresent();
  }

  /** The instructions of a command, in their order. */
  static ActivationItems items(CommandForDevice command) throws DecodeException {
    DecodedMessage decoded = DecodedMessage.decode(command.octets());
    MessageCode code = decoded.header().messageCode();
    return switch (decoded.payload()) {
      case Payload.DlmsRequest(AccessRequest request) -> ActivationItems.of(code, request);
      case Payload.Gbz(GbzMessage message) -> ActivationItems.of(code, message);
      case Payload.Asn1 _, Payload.Opaque _, Payload.DlmsResponse _, Payload.Alert _ ->
          ActivationItems.whole();
    };
  }
}
