// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.voltage;

import org.meterbox.devices.esme.state.EsmeVariant;
import org.meterbox.devices.esme.state.Settings;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.Obis;

/**
 * A way in which the RMS voltage leaves its range for longer than a period that the network
 * operator sets (SMETS 5.7.4.34 to 5.7.4.41; SRV 6.5; GBCS alert codes 8020 to 802F and 808D to
 * 809C).
 */
enum Excursion {
  /** Above the extreme over voltage threshold. */
  EXTREME_OVER(1, true, 0x8020, 0x808D),
  /** Above the swell threshold. */
  SWELL(4, true, 0x8024, 0x8091),
  /** Below the extreme under voltage threshold. */
  EXTREME_UNDER(2, false, 0x8028, 0x8095),
  /** Below the sag threshold. */
  SAG(3, false, 0x802C, 0x8099);

  private static final int LIMITER_CLASS = 71;

  /** 0-0:17.0.n.255. */
  private static final long LIMITERS = 0x00_00_11_00_00_FFL;

  private static final int NUMBER_SHIFT = 8;
  private static final int THRESHOLD = 4;
  private static final int PERIOD = 6;

  private final int limiter;
  private final boolean over;
  private final int leftCode;
  private final int returnedCode;

  Excursion(int limiter, boolean over, int leftCode, int returnedCode) {
    this.limiter = limiter;
    this.over = over;
    this.leftCode = leftCode;
    this.returnedCode = returnedCode;
  }

  private CosemAttribute attribute(int member) {
    return new CosemAttribute(
        LIMITER_CLASS, new Obis(LIMITERS | (long) limiter << NUMBER_SHIFT), member);
  }

  /** Whether a voltage, in V, lies beyond the threshold. */
  boolean isBeyond(Settings settings, int volts) {
    long limit = settings.number(attribute(THRESHOLD));
    return over ? volts > limit : volts < limit;
  }

  /** How long a voltage must stay on the other side before it counts, in s. */
  long period(Settings settings) {
    return settings.number(attribute(PERIOD));
  }

  /**
   * The code for a change, where the codes of the three phases stand behind that of a meter of one.
   */
  int code(EsmeVariant variant, int phase, boolean left) {
    int place = variant == EsmeVariant.POLYPHASE ? phase : 0;
    return (left ? leftCode : returnedCode) + place;
  }
}
