// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.inventory;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.meterbox.kernel.Mpxn;

/**
 * The meter points that a device serves.
 *
 * @param imported the MPAN of electricity drawn or the MPRN of gas
 * @param secondaryImported the second MPAN of a twin element meter
 * @param exported the MPAN of electricity fed in
 */
public record MeterPoints(
    Optional<Mpxn> imported, Optional<Mpxn> secondaryImported, Optional<Mpxn> exported) {
  /** For devices that measure nothing of their own. */
  public static final MeterPoints NONE =
      new MeterPoints(Optional.empty(), Optional.empty(), Optional.empty());

  /** One import meter point: the common case. */
  public static MeterPoints importing(Mpxn mpxn) {
    return new MeterPoints(Optional.of(mpxn), Optional.empty(), Optional.empty());
  }

  /** All of them: none, one, two or three. */
  public List<Mpxn> all() {
    return Stream.of(imported, secondaryImported, exported).flatMap(Optional::stream).toList();
  }
}
