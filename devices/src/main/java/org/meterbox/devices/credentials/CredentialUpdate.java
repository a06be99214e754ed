// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.credentials;

import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.meterbox.devices.security.CertificationPath;
import org.meterbox.devices.security.DeviceCredentials;
import org.meterbox.devices.security.KeyUse;
import org.meterbox.devices.security.PartyCertificate;
import org.meterbox.devices.security.TrustAnchorCell;
import org.meterbox.devices.security.TrustAnchors;
import org.meterbox.gbcs.asn1.CellResult;
import org.meterbox.gbcs.asn1.CellStatus;
import org.meterbox.gbcs.asn1.CredentialContent.Replacement;
import org.meterbox.gbcs.asn1.CredentialContent.UpdateCredentials;
import org.meterbox.gbcs.asn1.CredentialControl;
import org.meterbox.gbcs.asn1.FloorChange;
import org.meterbox.gbcs.asn1.KeyUsage;
import org.meterbox.gbcs.asn1.SpecialistFloor;
import org.meterbox.gbcs.asn1.UpdateOutcome;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.RemotePartyRole;

/**
 * One replacement of credentials as it is carried out (CS02b, CS02g). Each cell stands for itself:
 * one that fails keeps its certificate and does not hinder the others. A new root comes first,
 * since the others have to lead to it.
 */
final class CredentialUpdate {
  private static final CellStatus NO_TRUST_ANCHOR = new CellStatus(10);
  private static final Octets NO_KEY_ID = Octets.ofHex("0000000000000000");

  private final ReplacementMode mode;
  private final UpdateCredentials command;
  private final Instant now;
  private final DeviceCredentials before;
  private DeviceCredentials credentials;

  /**
   * What came of it.
   *
   * @param replaced the roles of which at least one cell was replaced
   */
  record Result(
      DeviceCredentials credentials, UpdateOutcome outcome, Set<RemotePartyRole> replaced) {
    /** Copies the set. */
    Result {
      replaced = Set.copyOf(replaced);
    }

    /** Whether every cell was replaced. */
    boolean isComplete() {
      return outcome.results().stream()
          .allMatch(result -> result.status().equals(CellStatus.SUCCESS));
    }
  }

  private CredentialUpdate(
      ReplacementMode mode, UpdateCredentials command, Instant now, DeviceCredentials before) {
    this.mode = mode;
    this.command = command;
    this.now = now;
    this.before = before;
    this.credentials = before;
  }

  /** Replaces what can be replaced. */
  static Result carryOut(
      ReplacementMode mode, UpdateCredentials command, Instant now, DeviceCredentials before) {
    return new CredentialUpdate(mode, command, now, before).carryOut();
  }

  private Result carryOut() {
    List<Replacement> replacements = command.replacements();
    CellResult[] results = new CellResult[replacements.size()];
    Set<TrustAnchorCell> replaced = new HashSet<>();
    for (boolean ofRoot : new boolean[] {true, false}) {
      for (int i = 0; i < results.length; i++) {
        Replacement replacement = replacements.get(i);
        if (isOfRoot(replacement) == ofRoot) {
          results[i] = replace(replacement);
          if (results[i].status().equals(CellStatus.SUCCESS)) {
            Cells.named(replacement.target()).ifPresent(replaced::add);
          }
        }
      }
    }
    if (replaced.stream().anyMatch(CredentialUpdate::makesTokens)) {
      // The floor of the supplier before does not bind this one.
      credentials = credentials.withoutTopUpFloor();
    }
    List<FloorChange> floors = floors();
    floors.forEach(floor -> set(floor, replaced));
    Set<RemotePartyRole> roles = new HashSet<>();
    replaced.forEach(cell -> roles.add(cell.role()));
    UpdateOutcome outcome =
        new UpdateOutcome(
            command.control().authorisingCounter(),
            command.control().mode(),
            floors,
            List.of(results));
    return new Result(credentials, outcome, roles);
  }

  private static boolean isOfRoot(Replacement replacement) {
    return replacement.target().role().filter(RemotePartyRole.ROOT::equals).isPresent();
  }

  /** The authority's own floor comes first, then the others as the command has them. */
  private List<FloorChange> floors() {
    CredentialControl control = command.control();
    List<FloorChange> floors = new ArrayList<>();
    control
        .newFloorForAuthoriser()
        .ifPresent(floor ->
            floors.add(
                new FloorChange(mode.authority().code(), floor, control.newSpecialistFloors())));
    control.otherPartyFloors().ifPresent(floors::addAll);
    return floors;
  }

  private static boolean makesTokens(TrustAnchorCell cell) {
    return cell.purpose() == TrustAnchorCell.Purpose.PREPAYMENT_TOP_UP;
  }

  /**
   * A role's counter goes down to a floor only where the key that proves its commands is another
   * one now. Were it to go down with a certificate for key agreement alone, every signed command
   * that was ever carried out could be sent once more.
   */
  private void setFloor(RemotePartyRole role, OriginatorCounter floor) {
    KeyUse proof =
        before.anchors().of(role, KeyUse.DIGITAL_SIGNATURE).isPresent()
            ? KeyUse.DIGITAL_SIGNATURE
            : KeyUse.KEY_AGREEMENT;
    Optional<ECPublicKey> held = before.anchors().of(role, proof).map(PartyCertificate::key);
    boolean isOther =
        !held.equals(credentials.anchors().of(role, proof).map(PartyCertificate::key));
    OriginatorCounter executed = credentials.executed().get(role);
    if (isOther || executed == null || floor.compareTo(executed) > 0) {
      credentials = credentials.withExecuted(role, floor);
    }
  }

  /** A floor counts where a certificate that it belongs to was replaced. */
  private void set(FloorChange floor, Set<TrustAnchorCell> replaced) {
    Optional<RemotePartyRole> role = RemotePartyRole.ofCode(floor.roleCode());
    for (TrustAnchorCell cell : replaced) {
      if (role.filter(cell.role()::equals).isEmpty()) {
        continue;
      }
      switch (cell.purpose()) {
        case MANAGEMENT -> setFloor(cell.role(), floor.floor());
        case PREPAYMENT_TOP_UP ->
            floor.specialist().orElseGet(List::of).stream()
                .filter(special -> special.usage() == SpecialistFloor.PREPAYMENT_TOP_UP)
                .forEach(special -> credentials = credentials.withTopUpFloor(special.floor()));
      }
    }
  }

  private CellResult replace(Replacement replacement) {
    Optional<TrustAnchorCell> cell = Cells.named(replacement.target());
    Optional<PartyCertificate> existing = cell.flatMap(credentials.anchors()::in);
    if (cell.isEmpty() || existing.isEmpty()) {
      return none(replacement);
    }
    Octets der = replacement.certificate().octets();
    Optional<PartyCertificate> replacing = PartyCertificate.read(der, cell.get().keyUse());
    if (replacing.isEmpty() || !fits(replacing.get(), cell.get())) {
      return result(replacement, CellStatus.BAD_CERTIFICATE, existing.get(), existing.get());
    }
    CellStatus status = cell.get().role() == RemotePartyRole.ROOT ? checkRoot(der) : checkPath(der);
    if (!status.equals(CellStatus.SUCCESS)) {
      return result(replacement, status, existing.get(), existing.get());
    }
    TrustAnchors changed = credentials.anchors().with(cell.get(), replacing.get());
    credentials = credentials.withAnchors(changed);
    return result(replacement, status, existing.get(), replacing.get());
  }

  /** The certificate's role and key usage are those of the cell, and it names its holder. */
  private boolean fits(PartyCertificate certificate, TrustAnchorCell cell) {
    Optional<RemotePartyRole> role = certificate.role();
    if (cell.role() == RemotePartyRole.ROOT) {
      return role.filter(RemotePartyRole.ROOT::equals).isPresent();
    }
    boolean isOfRole =
        role.filter(held -> held == cell.role() || mayStandIn(held, cell.role())).isPresent();
    return isOfRole && certificate.subject().isPresent() && hasOneUse(certificate, cell.keyUse());
  }

  /**
   * A supplier may be a meter's load controller (the reference messages of CS02g). Recovery may put
   * the broker in the place of a party, until that has new certificates.
   */
  private boolean mayStandIn(RemotePartyRole holder, RemotePartyRole cell) {
    return switch (holder) {
      case SUPPLIER -> cell == RemotePartyRole.LOAD_CONTROLLER;
      case ACCESS_CONTROL_BROKER ->
          mode.restoresTrust()
              && (cell == RemotePartyRole.SUPPLIER
                  || cell == RemotePartyRole.NETWORK_OPERATOR
                  || cell == RemotePartyRole.LOAD_CONTROLLER);
      case ROOT,
          RECOVERY,
          NETWORK_OPERATOR,
          TRANSITIONAL_COS,
          WAN_PROVIDER,
          ISSUING_AUTHORITY,
          LOAD_CONTROLLER,
          OTHER,
          XML_SIGNING,
          DSP_XML_SIGNING ->
          false;
    };
  }

  private static boolean hasOneUse(PartyCertificate certificate, KeyUse use) {
    KeyUsage expected = Cells.usage(use);
    try {
      return new org.meterbox.gbcs.asn1.Certificate(certificate.der())
          .view()
          .keyUsage()
          .filter(expected::equals)
          .isPresent();
    } catch (DecodeException notOfProfile) {
      return false;
    }
  }

  private CellStatus checkPath(Octets der) {
    Optional<CertificationPath> path = path();
    if (path.isEmpty()) {
      return NO_TRUST_ANCHOR;
    }
    if (!path.get().isInForce(der)) {
      return CellStatus.BAD_CERTIFICATE;
    }
    return path.get().leadsFrom(der) ? CellStatus.SUCCESS : NO_TRUST_ANCHOR;
  }

  private CellStatus checkRoot(Octets der) {
    if (!CertificationPath.isSelfSigned(der)) {
      return CellStatus.BAD_CERTIFICATE;
    }
    boolean isTrusted =
        mode.mayReplaceRootAbnormally()
            || path().filter(path -> path.certifiesNewRoot(der)).isPresent();
    return isTrusted ? CellStatus.SUCCESS : NO_TRUST_ANCHOR;
  }

  /** The paths to the root that the device trusts by now. */
  private Optional<CertificationPath> path() {
    boolean datesApply =
        command.control().applyTimeBasedChecks().filter(checks -> checks == 1).isEmpty();
    Optional<Instant> datesAt = datesApply ? Optional.of(now) : Optional.empty();
    return credentials
        .anchors()
        .of(RemotePartyRole.ROOT, KeyUse.KEY_CERT_SIGN)
        .map(root -> CertificationPath.to(root, command.certificationPath(), datesAt));
  }

  /** The device has no such cell. */
  private static CellResult none(Replacement replacement) {
    return new CellResult(
        replacement.target(),
        CellStatus.TRUST_ANCHOR_NOT_FOUND,
        Cells.NO_SUBJECT,
        NO_KEY_ID,
        Cells.NO_SUBJECT,
        NO_KEY_ID);
  }

  private static CellResult result(
      Replacement replacement,
      CellStatus status,
      PartyCertificate existing,
      PartyCertificate replacing) {
    return new CellResult(
        replacement.target(),
        status,
        Cells.subject(existing),
        existing.subjectKeyId(),
        Cells.subject(replacing),
        replacing.subjectKeyId());
  }
}
