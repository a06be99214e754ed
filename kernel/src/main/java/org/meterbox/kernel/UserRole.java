// SPDX-License-Identifier: Apache-2.0
package org.meterbox.kernel;

/** The roles in which a DCC User may send Service Requests (SEC, DUIS). */
public enum UserRole {
  /** Import Supplier. */
  IS("Import Supplier"),
  /** Gas Supplier. */
  GS("Gas Supplier"),
  /** Export Supplier. */
  ES("Export Supplier"),
  /** Electricity Distributor. */
  ED("Electricity Distributor"),
  /** Gas Transporter. */
  GT("Gas Transporter"),
  /** Registered Supplier Agent. */
  RSA("Registered Supplier Agent"),
  /** Other User. */
  OU("Other User"),
  /** Load Controller: sends 7.16 only. */
  LC("Load Controller");

  private final String title;

  UserRole(String title) {
    this.title = title;
  }

  /** The role as a person writes it. */
  public String title() {
    return title;
  }

  /** The role that the user's certificates for devices name (SMKI organisation certificates). */
  public RemotePartyRole remotePartyRole() {
    return switch (this) {
      case IS, GS, ES -> RemotePartyRole.SUPPLIER;
      case ED, GT -> RemotePartyRole.NETWORK_OPERATOR;
      case LC -> RemotePartyRole.LOAD_CONTROLLER;
      case RSA, OU -> RemotePartyRole.OTHER;
    };
  }
}
