// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.commands;

import java.util.Locale;
import org.meterbox.gbcs.catalogue.UseCase;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.kernel.UserRole;
import org.meterbox.kernel.catalogue.ResponseCode;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;

/**
 * In whose name a command goes to its device.
 *
 * <p>A Known Remote Party, whose certificates the device holds and whose role the use case
 * authorises, sends in its own name; for others the Access Control Broker sends on their behalf.
 * The broker also sends, and signs, what its use case wants signed while the request does not ask
 * its user to sign. Handover, retrieval of credentials, opt out and the Gas Proxy Function's log
 * are the broker's own commands, a change of supplier is the change of supplier party's. Only a
 * Known Remote Party has critical requests (DUIS request matrix; GBCS use cases, authorised roles).
 */
final class OriginatorRule {
  private OriginatorRule() {}

  /** Who sends. */
  sealed interface Decision {
    /** The user, as a Known Remote Party. */
    record User() implements Decision {}

    /** The Access Control Broker on the user's behalf. */
    record BrokerForUser() implements Decision {}

    /** One of the DCC's parties in its own name. */
    record DccParty(RemotePartyRole role) implements Decision {}

    /** Nobody. */
    record Refused(ResponseCode code, String rule) implements Decision {}
  }

  /**
   * Decides.
   *
   * @param role the role in which access was granted
   * @param deviceHoldsUser whether the user's certificates for this role are in the device's cells
   */
  static Decision decide(
      ServiceRequestEntry entry, UseCase useCase, UserRole role, boolean deviceHoldsUser) {
    return switch (entry.originator()) {
      case ACCESS_CONTROL_BROKER -> new Decision.DccParty(RemotePartyRole.ACCESS_CONTROL_BROKER);
      case CHANGE_OF_SUPPLIER -> new Decision.DccParty(RemotePartyRole.TRANSITIONAL_COS);
      case USER -> {
        boolean authorised = useCase.roles().include(role.remotePartyRole());
        yield entry.critical()
            ? critical(useCase, role, authorised, deviceHoldsUser)
            : nonCritical(useCase, authorised && deviceHoldsUser);
      }
    };
  }

  private static Decision critical(
      UseCase useCase, UserRole role, boolean authorised, boolean deviceHoldsUser) {
    if (!authorised) {
      return new Decision.Refused(
          ResponseCode.E2,
          String.format(Locale.ROOT, "no %s may send use case %s", role, useCase.name()));
    }
    return deviceHoldsUser
        ? new Decision.User()
        : new Decision.Refused(
            ResponseCode.E4,
            "the request is critical, and the device does not hold the user's certificates");
  }

  private static Decision nonCritical(UseCase useCase, boolean known) {
    return known && useCase.weight() != UseCase.Weight.CRITICAL
        ? new Decision.User()
        : new Decision.BrokerForUser();
  }
}
