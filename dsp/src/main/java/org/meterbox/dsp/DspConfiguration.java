// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp;

import java.util.Optional;
import org.meterbox.dsp.delivery.DeliveryPlan;
import org.meterbox.dsp.gateway.Gateway;
import org.meterbox.dsp.gateway.Listener;
import org.meterbox.dsp.limits.InFlightLimits;
import org.meterbox.dsp.requests.RequestTimes;
import org.meterbox.dsp.requests.RetryPlan;
import org.meterbox.http.ConnectionLimits;

/**
 * How the DCC Data Systems are set up.
 *
 * @param secure the DCC User gateway: HTTPS with mutual TLS
 * @param plain plain HTTP as existing client tools of the commercial emulator speak it
 * @param management health and metrics
 * @param certificateDatesCount false only where published test certificates are used, whose dates
 *     have passed
 * @param retryPlan towards devices
 * @param deliveryPlan towards users
 * @param requestTimes how long requests wait in the DSP
 * @param connections TCP connections of each listener for users, in all and from one address
 * @param inFlightLimits requests that may wait for devices' answers, by user and by device
 */
public record DspConfiguration(
    Listener secure,
    Optional<Listener> plain,
    Listener management,
    boolean certificateDatesCount,
    RetryPlan retryPlan,
    DeliveryPlan deliveryPlan,
    RequestTimes requestTimes,
    ConnectionLimits connections,
    InFlightLimits inFlightLimits) {
  /** Port of the DCC User gateway unless said otherwise. */
  public static final int SECURE_PORT = 8443;

  /** Port on which client tools of the commercial emulator expect the DSP. */
  public static final int PLAIN_PORT = 8079;

  /** Port for operators unless said otherwise. */
  public static final int MANAGEMENT_PORT = 9079;

  /** For this machine only, on the usual ports, without plain HTTP. */
  public static DspConfiguration local() {
    return new DspConfiguration(
        Listener.local(SECURE_PORT),
        Optional.empty(),
        Listener.local(MANAGEMENT_PORT),
        true,
        RetryPlan.STANDARD,
        DeliveryPlan.STANDARD,
        RequestTimes.STANDARD,
        Gateway.CONNECTIONS,
        InFlightLimits.STANDARD);
  }
}
