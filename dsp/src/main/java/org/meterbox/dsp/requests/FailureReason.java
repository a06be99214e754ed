// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.requests;

import org.meterbox.kernel.catalogue.DccAlertCode;
import org.meterbox.kernel.catalogue.ResponseCode;

/** How a request that was accepted can fail, with what its sender is told. */
public enum FailureReason {
  /** The SM WAN could not bring the command to the device (E20, N12). */
  NOT_DELIVERED,
  /** The device had the command and did not answer (E21, N13). */
  NO_RESPONSE;

  /** The response code that the sender is told. */
  public ResponseCode code() {
    return switch (this) {
      case NOT_DELIVERED -> ResponseCode.E20;
      case NO_RESPONSE -> ResponseCode.E21;
    };
  }

  /** The DCC Alert that tells it. */
  public DccAlertCode alert() {
    return switch (this) {
      case NOT_DELIVERED -> DccAlertCode.N12;
      case NO_RESPONSE -> DccAlertCode.N13;
    };
  }
}
