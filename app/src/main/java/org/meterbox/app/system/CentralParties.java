// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.system;

import org.meterbox.kernel.Eui64;

/** The DCC's own parties, under the identifiers of the published reference data. */
public final class CentralParties {
  /** The Access Control Broker, in whose name the DSP signs and MACs. */
  public static final Eui64 ACCESS_CONTROL_BROKER = Eui64.parse("90-B3-D5-1F-30-00-00-02");

  /** Holds the recovery key. */
  public static final Eui64 RECOVERY = Eui64.parse("90-B3-D5-1F-30-00-00-01");

  /** Places the certificates of a gaining supplier. */
  public static final Eui64 TRANSITIONAL_COS = Eui64.parse("90-B3-D5-1F-30-00-00-04");

  /** Runs the SM WAN. */
  public static final Eui64 WAN_PROVIDER = Eui64.parse("90-B3-D5-1F-30-00-00-07");

  private CentralParties() {}
}
