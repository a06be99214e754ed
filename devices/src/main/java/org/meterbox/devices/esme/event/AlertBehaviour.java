// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.event;

import org.meterbox.devices.esme.state.Settings;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue.BitString;
import org.meterbox.gbcs.dlms.Obis;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;

/**
 * How a party has set what becomes of its events (SRV 6.22): 256 bits each for sending, sharing in
 * the home, sounding and logging. An event's bit is the one whose place, counted from the least
 * significant, is its code's low octet.
 */
public enum AlertBehaviour {
  /** Sent over the SM WAN. */
  SENT(15),
  /** Shared with devices in the home. */
  SHARED(16),
  /** Sounded. */
  SOUNDED(17),
  /** Logged. */
  LOGGED(18);

  private static final int LAST_OCTET = 31;

  /** 0-channel:97.98.object.255. */
  private static final long BEHAVIOURS = 0x00_00_61_62_00_FFL;

  private static final int SUPPLIER = 30;
  private static final int NETWORK_OPERATOR = 33;

  private final int object;

  AlertBehaviour(int object) {
    this.object = object;
  }

  /** Whether a party has set it for an event. A party that cannot set it has not. */
  public boolean isSet(Settings settings, RemotePartyRole party, int code) {
    int channel = party == RemotePartyRole.NETWORK_OPERATOR ? NETWORK_OPERATOR : SUPPLIER;
    CosemAttribute attribute =
        new CosemAttribute(
            1, new Obis(BEHAVIOURS | (long) channel << 32 | (object & 0xFFL) << 8), 2);
    int place = code & 0xFF;
    return settings
        .get(attribute)
        .filter(value ->
            value instanceof BitString(int _, Octets bits)
                && (bits.at(LAST_OCTET - place / 8) >> place % 8 & 1) == 1)
        .isPresent();
  }
}
