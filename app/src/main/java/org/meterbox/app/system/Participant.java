// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.system;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.kernel.UserRole;

/**
 * A DCC User that every system starts with. The identifiers are those of the published reference
 * data, so that its example requests fit.
 *
 * @param name how the command line calls it
 * @param title how a person calls it
 * @param id its EUI-64
 * @param roles the roles in which it sends
 * @param partyRole the role in its certificates
 */
public record Participant(
    String name, String title, Eui64 id, Set<UserRole> roles, RemotePartyRole partyRole) {
  /** The supplier of the premises, for electricity and gas. */
  public static final Participant SUPPLIER_1 =
      new Participant(
          "supplier1",
          "Supplier One",
          Eui64.parse("90-B3-D5-1F-30-01-00-00"),
          Set.of(UserRole.IS, UserRole.GS, UserRole.ES),
          RemotePartyRole.SUPPLIER);

  /** A supplier with other customers. */
  public static final Participant SUPPLIER_2 =
      new Participant(
          "supplier2",
          "Supplier Two",
          Eui64.parse("90-B3-D5-1F-30-03-00-00"),
          Set.of(UserRole.IS, UserRole.GS),
          RemotePartyRole.SUPPLIER);

  /** The network operator of the premises, for electricity and gas. */
  public static final Participant NETWORK_OPERATOR =
      new Participant(
          "network1",
          "Network Operator",
          Eui64.parse("90-B3-D5-1F-30-02-00-00"),
          Set.of(UserRole.ED, UserRole.GT),
          RemotePartyRole.NETWORK_OPERATOR);

  /** A company that serves consumers with their data. */
  public static final Participant OTHER_USER =
      new Participant(
          "other1",
          "Other User",
          Eui64.parse("00-DB-12-34-56-78-00-04"),
          Set.of(UserRole.OU),
          RemotePartyRole.OTHER);

  /** The controller of loads. */
  public static final Participant LOAD_CONTROLLER =
      new Participant(
          "load1",
          "Load Controller",
          Eui64.parse("90-B3-D5-1F-30-01-00-08"),
          Set.of(UserRole.LC),
          RemotePartyRole.LOAD_CONTROLLER);

  /**
   * Fetches readings for settlement. The published certificates give it the role of any other user,
   * and the table of Service Requests knows no role of its own for it.
   */
  public static final Participant METER_DATA_RETRIEVER =
      new Participant(
          "mdr1",
          "Meter Data Retriever",
          Eui64.parse("90-B3-D5-1F-30-01-00-09"),
          Set.of(UserRole.OU),
          RemotePartyRole.OTHER);

  /** All of them. */
  public static final List<Participant> ALL =
      List.of(
          SUPPLIER_1,
          SUPPLIER_2,
          NETWORK_OPERATOR,
          OTHER_USER,
          LOAD_CONTROLLER,
          METER_DATA_RETRIEVER);

  /** Copies the set. */
  public Participant {
    roles = Set.copyOf(roles);
  }

  /** The participant with this name. */
  public static Optional<Participant> named(String name) {
    return ALL.stream().filter(participant -> participant.name().equals(name)).findFirst();
  }
}
