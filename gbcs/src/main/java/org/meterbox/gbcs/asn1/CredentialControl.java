// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.asn1;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/**
 * Who replaces whose credentials, and from which counters the new parties start (CS02b, CS02g).
 *
 * @param mode 0 to 11, see {@link #modeName}; other numbers are kept
 * @param plaintextSymmetricKey only for replacement by the contingency key
 * @param applyTimeBasedChecks 0 to apply the certificates' dates, 1 not to; applied where absent
 * @param authorisingCell the cell of the party that replaces
 * @param authorisingCounter equals the Originator Counter of the grouping header
 * @param newFloorForAuthoriser the counter from which the new holder of the same role starts
 * @param newSpecialistFloors the like for prepayment top-ups
 * @param otherPartyFloors the like for other roles
 */
public record CredentialControl(
    int mode,
    Optional<Octets> plaintextSymmetricKey,
    Optional<Integer> applyTimeBasedChecks,
    Optional<TrustAnchorCell> authorisingCell,
    OriginatorCounter authorisingCounter,
    Optional<OriginatorCounter> newFloorForAuthoriser,
    Optional<List<SpecialistFloor>> newSpecialistFloors,
    Optional<List<FloorChange>> otherPartyFloors) {
  private static final CodeNames MODES =
      CodeNames.of(
          "rootBySupplier",
          "rootByWanProvider",
          "supplierBySupplier",
          "networkOperatorByNetworkOperator",
          "accessControlBrokerByACB",
          "wanProviderByWanProvider",
          "transCoSByTransCoS",
          "supplierByTransCoS",
          "anyExceptAbnormalRootByRecovery",
          "anyByContingency",
          "loadControllerByLoadController",
          "loadControllerBySupplier");

  private static final int SYMMETRIC_KEY = DerTag.primitive(0);
  private static final int TIME_BASED_CHECKS = DerTag.primitive(1);
  private static final int AUTHORISING_CELL = DerTag.constructed(2);
  private static final int AUTHORISING_COUNTER = DerTag.primitive(3);
  private static final int NEW_FLOOR = DerTag.primitive(4);
  private static final int SPECIALIST_FLOORS = DerTag.constructed(5);
  private static final int OTHER_FLOORS = DerTag.constructed(6);

  /** Copies the lists. */
  public CredentialControl {
    newSpecialistFloors = newSpecialistFloors.map(List::copyOf);
    otherPartyFloors = otherPartyFloors.map(List::copyOf);
  }

  /** The mode's name. */
  public String modeName() {
    return modeName(mode);
  }

  /** The name of a mode of replacement. */
  public static String modeName(int mode) {
    return MODES.name(mode);
  }

  static CredentialControl read(DerReader reader) throws DecodeException {
    DerReader body = reader.sequence("credential-control");
    CredentialControl read =
        new CredentialControl(
            body.integer(CodeNames.MAX, "mode"),
            body.optional(SYMMETRIC_KEY, key -> key.octets(SYMMETRIC_KEY, "symmetric-key")),
            body.optional(
                TIME_BASED_CHECKS,
                checks -> checks.number(TIME_BASED_CHECKS, 1, "time-based-checks")),
            body.optional(AUTHORISING_CELL, cell -> TrustAnchorCell.read(AUTHORISING_CELL, cell)),
            body.counter(AUTHORISING_COUNTER, "authorising-counter"),
            body.optional(NEW_FLOOR, floor -> floor.counter(NEW_FLOOR, "new-floor")),
            body.optional(
                SPECIALIST_FLOORS,
                floors ->
                    floors.listOf(SPECIALIST_FLOORS, "specialist-floors", SpecialistFloor::read)),
            body.optional(
                OTHER_FLOORS,
                floors -> floors.listOf(OTHER_FLOORS, "other-floors", FloorChange::read)));
    body.end();
    return read;
  }

  void write(DerWriter writer) {
    writer.sequence(body -> {
      body.integer(mode);
      plaintextSymmetricKey.ifPresent(key -> body.primitive(SYMMETRIC_KEY, key));
      applyTimeBasedChecks.ifPresent(checks -> body.number(TIME_BASED_CHECKS, checks));
      authorisingCell.ifPresent(cell -> TrustAnchorCell.write(AUTHORISING_CELL, body, cell));
      body.counter(AUTHORISING_COUNTER, authorisingCounter);
      newFloorForAuthoriser.ifPresent(floor -> body.counter(NEW_FLOOR, floor));
      newSpecialistFloors.ifPresent(
          floors -> body.listOf(SPECIALIST_FLOORS, floors, SpecialistFloor::write));
      otherPartyFloors.ifPresent(floors -> body.listOf(OTHER_FLOORS, floors, FloorChange::write));
    });
  }

  /** The symmetric key is a secret and is not printed. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "CredentialControl[%s, counter %s, cell %s, floors %s %s %s]",
        modeName(),
        authorisingCounter,
        authorisingCell,
        newFloorForAuthoriser,
        newSpecialistFloors,
        otherPartyFloors);
  }
}
