// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.state;

import java.time.Duration;
import org.meterbox.gbcs.dlms.CosemAttribute;

/**
 * By how much a meter is late when it switches by a calendar, so that a street does not switch at
 * once: the number that it was born with spreads meters over the limit (SMETS 5.7.5.28).
 */
public final class RandomisedOffset {
  private static final CosemAttribute LIMIT = CosemAttribute.of(1, "0-0:94.44.0.1", 2);
  private static final CosemAttribute NUMBER = CosemAttribute.of(1, "0-0:94.44.0.2", 2);
  private static final double UNIT = 0.0001;

  private RandomisedOffset() {}

  /** The offset of a meter with these settings, in whole seconds. */
  public static Duration of(Settings settings) {
    return Duration.ofSeconds(Math.round(settings.number(NUMBER) * settings.number(LIMIT) * UNIT));
  }
}
