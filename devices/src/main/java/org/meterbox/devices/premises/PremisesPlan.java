// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.premises;

import java.time.Instant;
import java.util.List;
import org.meterbox.devices.esme.state.EsmeVariant;
import org.meterbox.kernel.Eui64;

/**
 * What stands in a home.
 *
 * @param communicationsHubFunction the hub's own function
 * @param gasProxyFunction the hub's mirror of the gas meter
 * @param electricityMeters the electricity meters
 */
public record PremisesPlan(
    Eui64 communicationsHubFunction,
    Eui64 gasProxyFunction,
    List<ElectricityMeter> electricityMeters) {
  /** Copies the list. */
  public PremisesPlan {
    electricityMeters = List.copyOf(electricityMeters);
  }

  /**
   * An electricity meter.
   *
   * @param loadSeed makes this home's load differ from others
   * @param since when it began to measure; a meter that is made now has no history before that
   */
  public record ElectricityMeter(Eui64 id, EsmeVariant variant, long loadSeed, Instant since) {}
}
