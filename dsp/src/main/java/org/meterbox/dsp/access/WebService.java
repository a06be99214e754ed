// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.access;

import java.util.Arrays;
import java.util.Optional;
import org.meterbox.kernel.CommandVariant;

/** The three web services of the DCC User Interface, each for its own command variants. */
public enum WebService {
  /** Send Command: over the SM WAN. */
  SEND_COMMAND("/api/v1/serviceS"),
  /** Transform: a critical request becomes a Pre-Command. */
  TRANSFORM("/api/v1/serviceT"),
  /** Non-Device, also called DCC Only: the DSP answers by itself. */
  NON_DEVICE("/api/v1/serviceD");

  private final String path;

  WebService(String path) {
    this.path = path;
  }

  /** Path of the service, as existing client tools post to it. */
  public String path() {
    return path;
  }

  /** The service for this command variant; none for a run of a DSP schedule. */
  public static Optional<WebService> serving(CommandVariant variant) {
    return Arrays.stream(values()).filter(service -> service.serves(variant)).findFirst();
  }

  /** Whether a request with this command variant belongs here; a DSP schedule's belongs nowhere. */
  public boolean serves(CommandVariant variant) {
    return switch (variant) {
      case NON_CRITICAL_WAN, NON_CRITICAL_BOTH, CRITICAL_WAN, CRITICAL_BOTH -> this == SEND_COMMAND;
      case TRANSFORM -> this == TRANSFORM;
      case NON_CRITICAL_LOCAL, CRITICAL_LOCAL, NON_DEVICE -> this == NON_DEVICE;
      case DSP_SCHEDULED -> false;
    };
  }
}
