// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.limits;

import java.util.Locale;
import java.util.Optional;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Priority;

/**
 * How many requests may wait for devices' answers at the same time. Traffic management exists in
 * the real DCC, but its numbers are not public: these are settings.
 *
 * @param perUser requests of one user
 * @param perDevice requests to one device, whoever sent them
 * @param perUserForSupply further ones of a user that are supply commands or top-ups
 * @param perDeviceForSupply further ones to a device that are supply commands or top-ups
 */
public record InFlightLimits(
    int perUser, int perDevice, int perUserForSupply, int perDeviceForSupply) {
  /**
   * A device with 100 requests in flight already answers the last of them after its target of 30
   * seconds; a user has a quarter of all that the DSP takes.
   */
  public static final InFlightLimits STANDARD = new InFlightLimits(50_000, 100, 5_000, 16);

  /** Refuses limits that would let nothing pass. */
  public InFlightLimits {
    if (perUser < 1 || perDevice < 1 || perUserForSupply < 0 || perDeviceForSupply < 0) {
      throw new IllegalArgumentException("limits of requests in flight are positive");
    }
  }

  /**
   * Which limit one more request would exceed, in a line for its sender.
   *
   * @param ofUser requests of its user that are in flight
   * @param ofDevice requests to its device that are in flight
   */
  Optional<String> exceededBy(MessageId request, Priority priority, int ofUser, int ofDevice) {
    boolean supply = priority == Priority.SUPPLY;
    int userMax = perUser + (supply ? perUserForSupply : 0);
    int deviceMax = perDevice + (supply ? perDeviceForSupply : 0);
    if (ofDevice >= deviceMax) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "%d requests to %s wait for its answers, and more than %d may not; try again later",
              ofDevice,
              request.target().dashed(),
              deviceMax));
    }
    return ofUser >= userMax
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "%d requests of %s wait for devices' answers, and more than %d may not; try again later",
                ofUser,
                request.originator().dashed(),
                userMax))
        : Optional.empty();
  }
}
