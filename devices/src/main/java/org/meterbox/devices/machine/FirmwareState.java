// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.machine;

import java.time.Instant;
import java.util.Optional;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/**
 * Firmware that a device has received and does not run yet. The version that it runs stands with
 * its function. Of an image only what names it is kept: a virtual device does not run it.
 *
 * @param held the image that was received and found good last
 * @param pending an activation that waits for its time
 */
public record FirmwareState(Optional<Image> held, Optional<PendingActivation> pending) {
  /** Neither an image nor an activation. */
  public static final FirmwareState NONE = new FirmwareState(Optional.empty(), Optional.empty());

  /**
   * An image.
   *
   * @param hash SHA-256 of the manufacturer image, 32 octets: its name in commands
   * @param version the version that runs once it is activated, 4 octets
   */
  public record Image(Octets hash, Octets version) {}

  /**
   * An activation that waits (GBCS CS06).
   *
   * @param hash names the image that is to be activated
   * @param counter the command's Originator Counter
   * @param originator who sent the command and receives its outcome
   */
  public record PendingActivation(
      Instant at, Octets hash, OriginatorCounter counter, Eui64 originator) {}

  /** With an image, in the place of the one before. */
  public FirmwareState withHeld(Image image) {
    return new FirmwareState(Optional.of(image), pending);
  }

  /** Without an image. */
  public FirmwareState withoutHeld() {
    return new FirmwareState(Optional.empty(), pending);
  }

  /** With an activation that waits, in the place of one that waited before. */
  public FirmwareState withPending(PendingActivation activation) {
    return new FirmwareState(held, Optional.of(activation));
  }

  /** Without an activation that waits. */
  public FirmwareState withoutPending() {
    return new FirmwareState(held, Optional.empty());
  }
}
