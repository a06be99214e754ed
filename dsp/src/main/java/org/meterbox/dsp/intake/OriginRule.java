// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.intake;

import org.meterbox.dsp.inventory.Device;
import org.meterbox.gbcs.catalogue.UseCase;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.kernel.UserRole;

/**
 * In whose name a command goes to a device: the user's own, where the device holds its certificates
 * and its role may send the use case (Known Remote Party), otherwise the broker's on its behalf.
 */
final class OriginRule {
  private OriginRule() {}

  /** Whether the user is a Known Remote Party for this use case on this device. */
  static boolean isKnownRemoteParty(
      Eui64 user, UserRole role, Device device, UseCase.Roles mayOriginate) {
    RemotePartyRole known = remotePartyRole(role);
    return mayOriginate.include(known) && device.knows(user, known);
  }

  /** The role in the user's certificates for devices. */
  static RemotePartyRole remotePartyRole(UserRole role) {
    return switch (role) {
      case IS, GS, ES -> RemotePartyRole.SUPPLIER;
      case ED, GT -> RemotePartyRole.NETWORK_OPERATOR;
      case LC -> RemotePartyRole.LOAD_CONTROLLER;
      case RSA, OU -> RemotePartyRole.OTHER;
    };
  }
}
