// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.security;

import java.util.List;
import java.util.Optional;
import org.meterbox.correlate.Outcome;
import org.meterbox.correlate.content.UnexpectedContentException;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.asn1.CellResult;
import org.meterbox.gbcs.asn1.CellStatus;
import org.meterbox.gbcs.asn1.CredentialContent.HeldCell;
import org.meterbox.gbcs.asn1.CredentialContent.HeldCredentials;
import org.meterbox.gbcs.asn1.CredentialContent.RoleCredentials;
import org.meterbox.gbcs.asn1.FloorChange;
import org.meterbox.gbcs.asn1.KeyUsage;
import org.meterbox.gbcs.asn1.SpecialistFloor;
import org.meterbox.gbcs.asn1.TrustAnchorCell;
import org.meterbox.gbcs.asn1.UpdateOutcome;
import org.meterbox.kernel.RemotePartyRole;

/** Credentials of remote parties: what was replaced, what is held. */
public final class Credentials {
  private static final int MAX_REPLACEMENTS = 3;

  private Credentials() {}

  /** Writes an ExecutionOutcome (CS02b, CS02g). */
  public static void executionOutcome(UpdateOutcome outcome, String element, MmcWriter out)
      throws UnexpectedContentException {
    out.open(element);
    out.leaf("AuthorisingRemotePartyOriginatorCounter", outcome.authorisingCounter().toString());
    mode(outcome.mode()).ifPresent(mode -> out.leaf("CredentialsReplacementMode", mode));
    floors(outcome.floors(), out);
    List<CellResult> results = outcome.results();
    if (results.size() > MAX_REPLACEMENTS) {
      throw new UnexpectedContentException("expected at most three replacements");
    }
    for (CellResult result : results) {
      replacement(result, out);
    }
    out.close();
  }

  /** MMC names the modes that a user can bring about; others stay unnamed. */
  private static Optional<String> mode(int mode) {
    return switch (mode) {
      case 2 -> Optional.of("SupplierBySupplier");
      case 3 -> Optional.of("NetworkOperatorByNetworkOperator");
      case 4 -> Optional.of("ACBByACB");
      case 7 -> Optional.of("SupplierByTransCoS");
      case 11 -> Optional.of("LoadControllerBySupplier");
      default -> Optional.empty();
    };
  }

  private static void floors(List<FloorChange> floors, MmcWriter out)
      throws UnexpectedContentException {
    if (floors.size() > 1) {
      throw new UnexpectedContentException("expected at most one change of a counter floor");
    }
    for (FloorChange change : floors) {
      out.open("RemotePartySeqNumberChange");
      out.leaf("RemotePartyRole", role(change.roleCode()));
      out.leaf("RemotePartyFloorSeqNumber", change.floor().toString());
      for (SpecialistFloor specialist : change.specialist().orElse(List.of())) {
        out.leaf("RemotePartyPrepaymentTopUpFloorSeqNumber", specialist.floor().toString());
      }
      out.close();
    }
  }

  private static void replacement(CellResult result, MmcWriter out)
      throws UnexpectedContentException {
    out.open("ReplacementOutcome");
    int code = result.status().code();
    Asn1Status.write(out, "StatusCode", code, Asn1Status.cell(code));
    TrustAnchorCell cell = result.target();
    out.leaf("CertificateType", certificateType(cell.keyUsage(), cell.cellUsage()));
    out.leaf("RemotePartyRole", role(cell.roleCode()));
    out.leaf("ExistingRemotePartyID", result.existingSubjectUniqueId().dashed());
    out.leaf("NewRemotePartyID", result.replacingSubjectUniqueId().dashed());
    out.open("ExistingCertificateHash").base64(result.existingSubjectKeyId()).close();
    out.open("NewCertificateHash").base64(result.replacingSubjectKeyId()).close();
    out.close();
  }

  /** Whether all, some or none of the credentials were replaced. */
  public static Outcome outcome(UpdateOutcome outcome) {
    long replaced =
        outcome.results().stream().filter(r -> r.status().equals(CellStatus.SUCCESS)).count();
    if (replaced == outcome.results().size()) {
      return Outcome.SUCCESS;
    }
    return replaced == 0 ? Outcome.FAILURE : Outcome.PARTIAL;
  }

  /** What is held for each role (CS02a, CS02f): an element for each cell. */
  static void held(HeldCredentials credentials, MmcWriter out) throws UnexpectedContentException {
    for (RoleCredentials role : credentials.roles()) {
      if (role.cells().isEmpty()) {
        out.open("RemotePartyDetails");
        roleAndStatus(role, out);
        out.close();
      }
      for (HeldCell cell : role.cells().orElse(List.of())) {
        out.open("RemotePartyDetails");
        roleAndStatus(role, out);
        role.currentSequenceNumber()
            .ifPresent(floor -> out.leaf("RemotePartyFloorSeqNumber", floor.toString()));
        TrustAnchorCell.CellUsage usage =
            cell.writtenUsage().orElse(TrustAnchorCell.CellUsage.MANAGEMENT);
        out.leaf("CertificateUsage", certificateType(cell.keyUsage(), usage));
        out.leaf("ExistingRemotePartyID", cell.subjectUniqueId().dashed());
        out.open("ExistingCertificateHash").base64(cell.subjectKeyId()).close();
        out.close();
      }
    }
  }

  private static void roleAndStatus(RoleCredentials role, MmcWriter out)
      throws UnexpectedContentException {
    out.leaf("RemotePartyRole", role(role.roleCode()));
    int code = role.status().code();
    Asn1Status.write(out, "StatusCode", code, Asn1Status.cell(code));
  }

  /** Whether all, some or none of the roles are held. */
  static Outcome outcome(HeldCredentials credentials) {
    long held =
        credentials.roles().stream().filter(r -> r.status().equals(CellStatus.SUCCESS)).count();
    if (held == credentials.roles().size()) {
      return Outcome.SUCCESS;
    }
    return held == 0 ? Outcome.FAILURE : Outcome.PARTIAL;
  }

  private static String role(int code) throws UnexpectedContentException {
    RemotePartyRole role =
        RemotePartyRole.ofCode(code)
            .orElseThrow(() -> new UnexpectedContentException("expected a role of GBCS"));
    return switch (role) {
      case ROOT -> "Root";
      case RECOVERY -> "Recovery";
      case SUPPLIER -> "Supplier";
      case NETWORK_OPERATOR -> "NetworkOperator";
      case ACCESS_CONTROL_BROKER -> "ACB";
      case TRANSITIONAL_COS -> "TransCoS";
      case LOAD_CONTROLLER -> "LoadController";
      case WAN_PROVIDER, ISSUING_AUTHORITY, OTHER, XML_SIGNING, DSP_XML_SIGNING ->
          throw new UnexpectedContentException("expected a role that MMC names");
    };
  }

  private static String certificateType(KeyUsage usage, TrustAnchorCell.CellUsage cell)
      throws UnexpectedContentException {
    if (usage.equals(KeyUsage.DIGITAL_SIGNATURE)) {
      return "DigitalSigning";
    }
    if (usage.equals(KeyUsage.KEY_AGREEMENT)) {
      return switch (cell) {
        case MANAGEMENT -> "KeyAgreement";
        case PREPAYMENT_TOP_UP -> "KeyAgreementTopUp";
      };
    }
    if (usage.equals(KeyUsage.KEY_CERT_SIGN)) {
      return "KeyCertSign";
    }
    throw new UnexpectedContentException("expected a key usage that MMC names");
  }
}
