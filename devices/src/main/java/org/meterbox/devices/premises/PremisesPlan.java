// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.premises;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.meterbox.devices.esme.state.EsmeVariant;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Mpxn;

/**
 * What stands in a home.
 *
 * @param communicationsHubFunction the hub's own function
 * @param gasProxyFunction the hub's mirror of the gas meter
 * @param electricityMeters the electricity meters
 * @param gasMeter the gas meter; empty in a home without gas
 */
public record PremisesPlan(
    Eui64 communicationsHubFunction,
    Eui64 gasProxyFunction,
    List<ElectricityMeter> electricityMeters,
    Optional<GasMeter> gasMeter) {
  /** Copies the list. */
  public PremisesPlan {
    electricityMeters = List.copyOf(electricityMeters);
  }

  /** A home without gas. */
  public PremisesPlan(
      Eui64 communicationsHubFunction,
      Eui64 gasProxyFunction,
      List<ElectricityMeter> electricityMeters) {
    this(communicationsHubFunction, gasProxyFunction, electricityMeters, Optional.empty());
  }

  /**
   * An electricity meter.
   *
   * @param loadSeed makes this home's load differ from others
   * @param since when it began to measure; a meter that is made now has no history before that
   */
  public record ElectricityMeter(Eui64 id, EsmeVariant variant, long loadSeed, Instant since) {}

  /**
   * A gas meter.
   *
   * @param meterPoint its MPRN, which it shows and tells
   * @param homeSeed makes what this home burns differ from others
   * @param since when it began to measure
   */
  public record GasMeter(Eui64 id, Mpxn meterPoint, long homeSeed, Instant since) {
    /** How often a gas meter wakes to speak with the hub (SMETS2 4.4.3). */
    public static final Duration WAKES_EVERY = Duration.ofMinutes(30);
  }
}
