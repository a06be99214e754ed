// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.anomaly;

import org.meterbox.kernel.catalogue.DccAlertCode;

/**
 * Why a request is quarantined.
 *
 * @param detail what was exceeded, in words; no value of the request
 */
public record Breach(Cause cause, String detail) {
  /** The three causes, each with its DCC Alert and the element within QuarantinedRequest. */
  public enum Cause {
    /** More requests than the user's own threshold allows. */
    USER_THRESHOLD("N46", "ADUserThresholdBreach"),
    /** More requests than a threshold of the DCC allows. */
    DCC_THRESHOLD("N47", "ADDCCThresholdBreach"),
    /** A value outside its limits. */
    VALUE_LIMIT("N48", "ADAttributeLimitsBreach");

    private final String alert;
    private final String element;

    Cause(String alert, String element) {
      this.alert = alert;
      this.element = element;
    }

    /** By which the sender is told. */
    public DccAlertCode alert() {
      return DccAlertCode.find(alert).orElseThrow();
    }

    /** Local name of the element that names request and event. */
    public String element() {
      return element;
    }
  }
}
