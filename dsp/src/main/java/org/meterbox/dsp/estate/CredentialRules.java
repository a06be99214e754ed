// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.estate;

import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.meterbox.crypto.Sha256;
import org.meterbox.dsp.inventory.Device;
import org.meterbox.dsp.inventory.SmiLifecycle;
import org.meterbox.dsp.inventory.SmiStatus;
import org.meterbox.dsp.inventory.SmiTrigger;
import org.meterbox.dsp.requests.CancellationReason;
import org.meterbox.dsp.schedules.ScheduleRemovalReason;
import org.meterbox.duis.xml.DuisNames;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.asn1.CellResult;
import org.meterbox.gbcs.asn1.CellStatus;
import org.meterbox.gbcs.asn1.CredentialContent.Replacement;
import org.meterbox.gbcs.asn1.CredentialContent.UpdateCredentials;
import org.meterbox.gbcs.asn1.CredentialContent.UpdateCredentialsResult;
import org.meterbox.gbcs.asn1.KeyUsage;
import org.meterbox.gbcs.asn1.TrustAnchorCell;
import org.meterbox.gbcs.asn1.TrustAnchorCell.CellUsage;
import org.meterbox.gbcs.asn1.UpdateOutcome;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.kernel.UserRole;
import org.meterbox.kernel.catalogue.DccAlertCode;

/**
 * What the replacement of certificates on a device means (6.15.1, 6.21, 6.23, 8.5): who is known to
 * the device from now on, and who is told (N2, N6, N27, N33, N42, N45).
 */
final class CredentialRules {
  private CredentialRules() {}

  static List<Consequence> consequences(DeviceAnswer answer) {
    if (!(LifecycleRules.content(answer.response())
            instanceof UpdateCredentialsResult(Optional<UpdateOutcome> outcome))
        || outcome.isEmpty()) {
      return List.of();
    }
    List<CellResult> replaced =
        outcome.get().results().stream()
            .filter(result -> result.status().equals(CellStatus.SUCCESS))
            .toList();
    if (replaced.isEmpty()) {
      return List.of();
    }
    return answer.request().service().value().equals("8.5")
        ? optedOut(answer, replaced)
        : replaced(answer, replaced);
  }

  private static List<Consequence> optedOut(DeviceAnswer answer, List<CellResult> replaced) {
    Device device = answer.device();
    Optional<SmiStatus> next =
        device
            .status()
            .flatMap(status -> SmiLifecycle.next(device.type(), status, SmiTrigger.OPTED_OUT));
    if (next.isEmpty()) {
      return List.of();
    }
    List<Consequence> consequences = new ArrayList<>();
    consequences.add(
        new Consequence.ChangeDevice(
            device, device.in(next).trusting(holders(device, replaced)), SmiTrigger.OPTED_OUT));
    consequences.addAll(Endings.withdrawal(answer.schedules(), answer.held()));
    StatusAlerts.withdrawn(
            device, answer.premises(), answer.others(device, Responsibility.RESPONSIBLE_PARTIES))
        .ifPresent(consequences::add);
    return consequences;
  }

  private static List<Consequence> replaced(DeviceAnswer answer, List<CellResult> replaced) {
    Device before = answer.device();
    Device after = before.trusting(holders(before, replaced));
    Optional<SmiStatus> recovered =
        before
            .status()
            .filter(SmiStatus.RECOVERY::equals)
            .flatMap(
                status -> SmiLifecycle.next(before.type(), status, SmiTrigger.CERTIFICATES_BACK));
    List<Consequence> consequences = new ArrayList<>();
    if (recovered.isPresent()) {
      consequences.add(
          new Consequence.ChangeDevice(before, after.in(recovered), SmiTrigger.CERTIFICATES_BACK));
      consequences.add(
          StatusAlerts.recovered(
              before, everybody(answer, before, Responsibility.RESPONSIBLE_PARTIES)));
    } else if (!after.equals(before)) {
      consequences.add(new Consequence.ChangeDevice(before, after, SmiTrigger.DETAILS_CHANGED));
    }
    byRole(replaced)
        .forEach((role, cells) -> tellUpdated(answer, role, cells).ifPresent(consequences::add));
    if (answer.request().service().value().equals("6.23")) {
      consequences.addAll(supplierChanged(answer));
    }
    return consequences;
  }

  /** Management cells say who is a Known Remote Party; top-up cells do not. */
  private static Map<RemotePartyRole, Eui64> holders(Device device, List<CellResult> replaced) {
    Map<RemotePartyRole, Eui64> holders = new EnumMap<>(RemotePartyRole.class);
    holders.putAll(device.credentials());
    replaced.stream()
        .filter(result -> result.target().cellUsage() == CellUsage.MANAGEMENT)
        .forEach(result ->
            result
                .target()
                .role()
                .ifPresent(role -> holders.put(role, result.replacingSubjectUniqueId())));
    return holders;
  }

  private static Map<RemotePartyRole, List<CellResult>> byRole(List<CellResult> replaced) {
    Map<RemotePartyRole, List<CellResult>> byRole = new LinkedHashMap<>();
    replaced.forEach(result ->
        result
            .target()
            .role()
            .ifPresent(role -> byRole.computeIfAbsent(role, _ -> new ArrayList<>()).add(result)));
    return byRole;
  }

  /** N42, to those who held or hold the cells and are users. */
  private static Optional<Consequence> tellUpdated(
      DeviceAnswer answer, RemotePartyRole role, List<CellResult> cells) {
    Optional<String> word = word(role);
    List<XmlElement> certificates =
        cells.stream().flatMap(cell -> certificate(answer, cell).stream()).limit(3).toList();
    Set<Eui64> told = new LinkedHashSet<>();
    cells.forEach(cell -> {
      told.add(cell.existingSubjectUniqueId());
      told.add(cell.replacingSubjectUniqueId());
    });
    told.retainAll(answer.users().keySet());
    if (word.isEmpty() || certificates.isEmpty() || told.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Consequence.Tell(
            DccAlertCode.find("N42").orElseThrow(),
            XmlElement.builder(DuisNames.DUIS, "SecurityCredentialsUpdated")
                .leaf("DeviceID", answer.device().id().dashed())
                .leaf("RemotePartyRole", word.get())
                .children(certificates)
                .build(),
            told));
  }

  /** The words of DUIS, RemotePartyRole. */
  private static Optional<String> word(RemotePartyRole role) {
    return switch (role) {
      case ROOT -> Optional.of("Root");
      case RECOVERY -> Optional.of("Recovery");
      case SUPPLIER -> Optional.of("Supplier");
      case NETWORK_OPERATOR -> Optional.of("NetworkOperator");
      case ACCESS_CONTROL_BROKER -> Optional.of("ACB");
      case TRANSITIONAL_COS -> Optional.of("TransCoS");
      case LOAD_CONTROLLER -> Optional.of("LoadController");
      case WAN_PROVIDER, ISSUING_AUTHORITY, OTHER, XML_SIGNING, DSP_XML_SIGNING -> Optional.empty();
    };
  }

  private static Optional<XmlElement> certificate(DeviceAnswer answer, CellResult cell) {
    if (!(LifecycleRules.content(answer.command()) instanceof UpdateCredentials update)) {
      return Optional.empty();
    }
    return update.replacements().stream()
        .filter(replacement -> sameCell(replacement.target(), cell.target()))
        .findFirst()
        .map(CredentialRules::certificate);
  }

  private static boolean sameCell(TrustAnchorCell one, TrustAnchorCell other) {
    return one.roleCode() == other.roleCode()
        && one.keyUsage().equals(other.keyUsage())
        && one.cellUsage() == other.cellUsage();
  }

  private static XmlElement certificate(Replacement replacement) {
    TrustAnchorCell target = replacement.target();
    String type = "KeyAgreement";
    if (target.keyUsage().equals(KeyUsage.DIGITAL_SIGNATURE)) {
      type = "DigitalSigning";
    } else if (target.cellUsage() == CellUsage.PREPAYMENT_TOP_UP) {
      type = "KeyAgreementTopUp";
    }
    byte[] hash = Sha256.of(replacement.certificate().octets()).toArray();
    return XmlElement.of(
        "Certificates",
        XmlElement.leaf("CertificateType", type),
        XmlElement.leaf("CertificateHash", Base64.getEncoder().encodeToString(hash)));
  }

  /** The losing supplier is told, and what it left with the DSP ends. */
  private static List<Consequence> supplierChanged(DeviceAnswer answer) {
    Optional<Eui64> losing =
        Optional.ofNullable(answer.device().credentials().get(RemotePartyRole.SUPPLIER))
            .filter(party -> !party.equals(answer.requester()))
            .filter(answer.users()::containsKey);
    if (losing.isEmpty()) {
      return List.of();
    }
    List<Consequence> consequences = new ArrayList<>();
    answer.schedules().stream()
        .filter(schedule -> schedule.owner().equals(losing.get()))
        .forEach(schedule ->
            consequences.add(
                new Consequence.EndSchedule(schedule, ScheduleRemovalReason.CHANGE_OF_SUPPLIER)));
    answer.held().stream()
        .filter(held -> held.key().id().originator().equals(losing.get()))
        .forEach(held ->
            consequences.add(
                new Consequence.CancelHeld(held, CancellationReason.CHANGE_OF_SUPPLIER)));
    StatusAlerts.supplierChanged(answer.device(), losing.get()).ifPresent(consequences::add);
    return consequences;
  }

  private static Set<Eui64> everybody(DeviceAnswer answer, Device device, Set<UserRole> roles) {
    Set<Eui64> told = answer.others(device, roles);
    told.add(answer.requester());
    return told;
  }
}
