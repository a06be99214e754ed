// SPDX-License-Identifier: Apache-2.0
package org.meterbox.kernel.catalogue;

/** Where a request with an ExecutionDateTime waits for its time (DUIS, modes of operation). */
public enum FutureDating {
  /** The request cannot be future dated. */
  NO,
  /** The DSP holds the request and sends it at the time. */
  DSP,
  /** The date travels in the command; the device holds it. */
  DEVICE,
  /** First the DSP or CoS party, then the device (6.23 only). */
  DSP_AND_DEVICE;

  static FutureDating of(String word) {
    return switch (word) {
      case "no" -> NO;
      case "dsp" -> DSP;
      case "device" -> DEVICE;
      case "dsp+device" -> DSP_AND_DEVICE;
      default -> throw new IllegalStateException("no way of future dating is called " + word);
    };
  }
}
