// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.sending;

import org.meterbox.kernel.CommandVariant;

/** The DSP's three web services for DCC Users (DUIS; paths as existing clients know them). */
public enum WebService {
  /** Commands that go to a device over the SM WAN. */
  SEND_COMMAND("/api/v1/serviceS"),
  /** Critical requests that become a Pre-Command. */
  TRANSFORM("/api/v1/serviceT"),
  /** Requests that the DSP answers itself, and commands for local delivery. */
  NON_DEVICE("/api/v1/serviceD");

  private final String path;

  WebService(String path) {
    this.path = path;
  }

  /** The path below the gateway's address. */
  public String path() {
    return path;
  }

  /** The web service that takes requests of this variant. */
  public static WebService of(CommandVariant variant) {
    return switch (variant) {
      case NON_CRITICAL_WAN, NON_CRITICAL_BOTH, CRITICAL_WAN, CRITICAL_BOTH -> SEND_COMMAND;
      case TRANSFORM -> TRANSFORM;
      case NON_CRITICAL_LOCAL, CRITICAL_LOCAL, NON_DEVICE, DSP_SCHEDULED -> NON_DEVICE;
    };
  }
}
