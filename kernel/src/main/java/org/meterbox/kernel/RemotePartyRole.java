// SPDX-License-Identifier: Apache-2.0
package org.meterbox.kernel;

import java.util.Optional;

/**
 * The role that a certificate of an organisation names in its organizational unit, and that a
 * device checks before it acts (GBCS RemotePartyRole; SMKI organisation certificate profile).
 */
public enum RemotePartyRole {
  ROOT(0),
  RECOVERY(1),
  SUPPLIER(2),
  NETWORK_OPERATOR(3),
  ACCESS_CONTROL_BROKER(4),
  TRANSITIONAL_COS(5),
  WAN_PROVIDER(6),
  ISSUING_AUTHORITY(7),
  LOAD_CONTROLLER(8),
  OTHER(127),
  /** Signs a DCC User's XML. */
  XML_SIGNING(135),
  /** Signs the DSP's XML. */
  DSP_XML_SIGNING(137);

  private final int code;

  RemotePartyRole(int code) {
    this.code = code;
  }

  /** The number in trust anchor cells; two upper-case hexadecimal digits of it name the OU. */
  public int code() {
    return code;
  }

  /** The role with this number. */
  public static Optional<RemotePartyRole> ofCode(int code) {
    for (RemotePartyRole role : values()) {
      if (role.code == code) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }
}
