// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.requests;

import java.util.Optional;
import org.meterbox.dsp.requests.FailureReason.FailureReport;

/**
 * Why a request is withdrawn before it was carried out, with what its sender is told. Which code
 * and alert goes with which reason is not public: the alerts are taken in the order in which the
 * programme named them, the codes in the order of their numbers.
 */
public enum CancellationReason {
  /** Its sender has cancelled it and was answered then. */
  BY_SENDER,
  /** People have deleted it from quarantine. */
  DELETED_FROM_QUARANTINE,
  /** The device has left the DCC's service. */
  WITHDRAWAL("E42", "N3"),
  /** The device was decommissioned. */
  DECOMMISSIONING("E43", "N7"),
  /** Another supplier has the device now. */
  CHANGE_OF_SUPPLIER("E44", "N33"),
  /** Another customer has the device now. */
  CHANGE_OF_TENANCY("E45", "N34"),
  /** The device was suspended. */
  SUSPENSION("E48", "N38");

  private final String code;
  private final String alert;

  CancellationReason() {
    this("", "");
  }

  CancellationReason(String code, String alert) {
    this.code = code;
    this.alert = alert;
  }

  /** What the sender is told by a DCC Alert; none where it knows already. */
  public Optional<FailureReport> report() {
    return FailureReport.of(code, alert);
  }
}
