// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.credentials;

import java.util.Arrays;
import java.util.Optional;
import org.meterbox.devices.security.KeyUse;
import org.meterbox.devices.security.TrustAnchorCell;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.RemotePartyRole;

/**
 * Who replaces whose credentials (GBCS CredentialsReplacementMode; CS02b and CS02g). A mode has a
 * message code of its own, an authority, whose key proves the command, and targets.
 */
enum ReplacementMode {
  ROOT_BY_SUPPLIER(0x0100, RemotePartyRole.SUPPLIER, RemotePartyRole.ROOT),
  ROOT_BY_WAN_PROVIDER(0x0101, RemotePartyRole.WAN_PROVIDER, RemotePartyRole.ROOT),
  SUPPLIER_BY_SUPPLIER(0x0102, RemotePartyRole.SUPPLIER, RemotePartyRole.SUPPLIER),
  NETWORK_OPERATOR_BY_NETWORK_OPERATOR(
      0x0103, RemotePartyRole.NETWORK_OPERATOR, RemotePartyRole.NETWORK_OPERATOR),
  BROKER_BY_BROKER(
      0x0104, RemotePartyRole.ACCESS_CONTROL_BROKER, RemotePartyRole.ACCESS_CONTROL_BROKER),
  WAN_PROVIDER_BY_WAN_PROVIDER(0x0105, RemotePartyRole.WAN_PROVIDER, RemotePartyRole.WAN_PROVIDER),
  TRANSITIONAL_COS_BY_TRANSITIONAL_COS(
      0x0106, RemotePartyRole.TRANSITIONAL_COS, RemotePartyRole.TRANSITIONAL_COS),
  SUPPLIER_BY_TRANSITIONAL_COS(0x0107, RemotePartyRole.TRANSITIONAL_COS, RemotePartyRole.SUPPLIER),
  ANY_EXCEPT_ABNORMAL_ROOT_BY_RECOVERY(0x0108, RemotePartyRole.RECOVERY),
  ANY_BY_CONTINGENCY(0x0109, RemotePartyRole.ROOT),
  LOAD_CONTROLLER_BY_LOAD_CONTROLLER(
      0x0125, RemotePartyRole.LOAD_CONTROLLER, RemotePartyRole.LOAD_CONTROLLER),
  LOAD_CONTROLLER_BY_SUPPLIER(0x0126, RemotePartyRole.SUPPLIER, RemotePartyRole.LOAD_CONTROLLER);

  private static final int FIRST_CODE = 0x0100;
  private static final int FIRST_LOAD_CONTROLLER_CODE = 0x0125;
  private static final int FIRST_LOAD_CONTROLLER_NUMBER = 10;

  private final int code;
  private final RemotePartyRole authority;
  private final Optional<RemotePartyRole> target;

  ReplacementMode(int code, RemotePartyRole authority) {
    this.code = code;
    this.authority = authority;
    this.target = Optional.empty();
  }

  ReplacementMode(int code, RemotePartyRole authority, RemotePartyRole target) {
    this.code = code;
    this.authority = authority;
    this.target = Optional.of(target);
  }

  /** The mode with this number, where it is sent under this message code. */
  static Optional<ReplacementMode> of(int number, MessageCode code) {
    return Arrays.stream(values())
        .filter(mode -> mode.number() == number && mode.code().equals(code))
        .findFirst();
  }

  /** The number in commands and answers. */
  int number() {
    return isOfLoadController()
        ? code - FIRST_LOAD_CONTROLLER_CODE + FIRST_LOAD_CONTROLLER_NUMBER
        : code - FIRST_CODE;
  }

  /** The use case under which commands in this mode are sent. */
  MessageCode code() {
    return new MessageCode(code);
  }

  /** The role in whose cell the key stands that proves the command, and whose counter it uses. */
  RemotePartyRole authority() {
    return authority;
  }

  /** The cell of that key; the broker proves its command with a MAC. */
  TrustAnchorCell authorisingCell() {
    return switch (this) {
      case BROKER_BY_BROKER -> TrustAnchorCell.of(authority, KeyUse.KEY_AGREEMENT);
      case ANY_BY_CONTINGENCY -> TrustAnchorCell.of(authority, KeyUse.KEY_CERT_SIGN);
      case ROOT_BY_SUPPLIER,
          ROOT_BY_WAN_PROVIDER,
          SUPPLIER_BY_SUPPLIER,
          NETWORK_OPERATOR_BY_NETWORK_OPERATOR,
          WAN_PROVIDER_BY_WAN_PROVIDER,
          TRANSITIONAL_COS_BY_TRANSITIONAL_COS,
          SUPPLIER_BY_TRANSITIONAL_COS,
          ANY_EXCEPT_ABNORMAL_ROOT_BY_RECOVERY,
          LOAD_CONTROLLER_BY_LOAD_CONTROLLER,
          LOAD_CONTROLLER_BY_SUPPLIER ->
          TrustAnchorCell.of(authority, KeyUse.DIGITAL_SIGNATURE);
    };
  }

  /** Whether a command in this mode may name a cell of this role as its target. */
  boolean mayReplace(RemotePartyRole role) {
    return target.map(role::equals).orElse(true);
  }

  /** Whether it may put a root in place that the root before has not certified. */
  boolean mayReplaceRootAbnormally() {
    return this == ANY_BY_CONTINGENCY;
  }

  /** Whether it restores trust: the broker's certificates may stand in for a party's. */
  boolean restoresTrust() {
    return this == ANY_EXCEPT_ABNORMAL_ROOT_BY_RECOVERY || this == ANY_BY_CONTINGENCY;
  }

  /** Whether it changes load controller credentials, which has an alert of its own. */
  boolean isOfLoadController() {
    return this == LOAD_CONTROLLER_BY_LOAD_CONTROLLER || this == LOAD_CONTROLLER_BY_SUPPLIER;
  }
}
