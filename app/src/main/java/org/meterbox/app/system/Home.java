// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.system;

import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Mpxn;

/**
 * The premises that every system starts with.
 *
 * @param hub the communications hub function
 * @param gasProxy the hub's gas proxy function
 * @param electricityMeter the ESME
 * @param gasMeter the GSME
 * @param importMpan the meter point of the electricity supply
 * @param mprn the meter point of the gas supply
 */
public record Home(
    Eui64 hub, Eui64 gasProxy, Eui64 electricityMeter, Eui64 gasMeter, Mpxn importMpan, Mpxn mprn) {
  /** The one home of this version, with the identifiers of the published reference data. */
  public static final Home FIRST =
      new Home(
          Eui64.parse("00-DB-12-34-56-78-90-A2"),
          Eui64.parse("00-DB-12-34-56-78-90-A3"),
          Eui64.parse("00-DB-12-34-56-78-90-A0"),
          Eui64.parse("00-DB-12-34-56-78-90-A1"),
          new Mpxn("1234567890123"),
          new Mpxn("1234567890"));
}
