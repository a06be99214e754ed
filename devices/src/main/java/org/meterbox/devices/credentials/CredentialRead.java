// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.credentials;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.devices.machine.Asn1Handler;
import org.meterbox.devices.machine.Call;
import org.meterbox.devices.machine.CommandContext;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.devices.machine.Execution;
import org.meterbox.devices.machine.Transition;
import org.meterbox.devices.security.KeyUse;
import org.meterbox.devices.security.PartyCertificate;
import org.meterbox.devices.security.TrustAnchorCell;
import org.meterbox.devices.security.TrustAnchorCell.Purpose;
import org.meterbox.gbcs.asn1.CellStatus;
import org.meterbox.gbcs.asn1.CredentialContent.HeldCell;
import org.meterbox.gbcs.asn1.CredentialContent.HeldCredentials;
import org.meterbox.gbcs.asn1.CredentialContent.ProvideCredentials;
import org.meterbox.gbcs.asn1.CredentialContent.RoleCredentials;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.RemotePartyRole;

/** Tells whose certificates a device holds, and their counters (CS02a, CS02f). */
final class CredentialRead<F> {
  private static final OriginatorCounter NONE_YET = new OriginatorCounter(0);

  /** Roles in a command at most: there are no more with cells. */
  private static final int MAX_ROLES = 16;

  Execution provide(Transition<F> transition, Call call, ProvideCredentials command) {
    if (command.roleCodes().size() > MAX_ROLES) {
      return new Execution.Malformed();
    }
    CommandContext context = transition.command().orElseThrow();
    boolean isAuthorised =
        Cells.named(command.authorisingCell())
            .filter(cell -> Cells.isAuthority(transition.state(), cell, context.sender(), call))
            .isPresent();
    if (!isAuthorised) {
      return new Execution.Unauthorised();
    }
    return Asn1Handler.answer(
        new HeldCredentials(
            command.roleCodes().stream().map(code -> held(transition.state(), code)).toList()));
  }

  private static RoleCredentials held(DeviceState<?> state, int roleCode) {
    Optional<RemotePartyRole> role = RemotePartyRole.ofCode(roleCode);
    List<HeldCell> cells = role.map(known -> cells(state, known)).orElseGet(List::of);
    if (cells.isEmpty()) {
      return new RoleCredentials(
          roleCode, CellStatus.TRUST_ANCHOR_NOT_FOUND, Optional.empty(), Optional.empty());
    }
    OriginatorCounter counter = state.executed().getOrDefault(role.orElseThrow(), NONE_YET);
    return new RoleCredentials(
        roleCode, CellStatus.SUCCESS, Optional.of(counter), Optional.of(cells));
  }

  /** Signing before agreement, management before top-ups. */
  private static List<HeldCell> cells(DeviceState<?> state, RemotePartyRole role) {
    List<HeldCell> cells = new ArrayList<>();
    for (Purpose purpose : Purpose.values()) {
      for (KeyUse use : KeyUse.values()) {
        TrustAnchorCell cell = new TrustAnchorCell(role, use, purpose);
        state.anchors().in(cell).ifPresent(holder -> cells.add(heldCell(cell, holder)));
      }
    }
    return cells;
  }

  private static HeldCell heldCell(TrustAnchorCell cell, PartyCertificate holder) {
    return new HeldCell(
        Cells.usage(cell.keyUse()),
        Cells.writtenUsage(cell),
        Cells.subject(holder),
        holder.subjectKeyId());
  }
}
