// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.credentials;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.devices.Party;
import org.meterbox.devices.TestHome;
import org.meterbox.devices.esme.EsmeModel;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.EsmeVariant;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.devices.security.KeyUse;
import org.meterbox.devices.security.TrustAnchorCell;
import org.meterbox.devices.security.TrustAnchorCell.Purpose;
import org.meterbox.devices.security.TrustAnchors;
import org.meterbox.gbcs.asn1.Asn1Payload;
import org.meterbox.gbcs.asn1.Certificate;
import org.meterbox.gbcs.asn1.CredentialContent.Replacement;
import org.meterbox.gbcs.asn1.CredentialContent.UpdateCredentials;
import org.meterbox.gbcs.asn1.CredentialControl;
import org.meterbox.gbcs.asn1.FloorChange;
import org.meterbox.gbcs.asn1.GeneralizedTime;
import org.meterbox.gbcs.asn1.SpecialistFloor;
import org.meterbox.gbcs.envelope.GbcsMessage.PreCommand;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.RemotePartyRole;

/** A meter with all its cells filled by one PKI, and commands that replace what they hold. */
final class CredentialHome {
  static final long COUNTER = 1000;

  final TestHome home = new TestHome();
  final TestPki pki = new TestPki("First");
  final Party recovery = Party.fresh("90B3D51F00000001", RemotePartyRole.RECOVERY);
  final Party cos = Party.fresh("90B3D51F00000004", RemotePartyRole.TRANSITIONAL_COS);
  final Party renewed = Party.fresh("90B3D51F00000010", RemotePartyRole.SUPPLIER);
  final Party gaining = Party.fresh("90B3D51F00000040", RemotePartyRole.SUPPLIER);

  /** Cells and certificates of one party: signing, agreement, and a supplier's top-up. */
  List<Replacement> all(Party party) {
    return all(party, party.role());
  }

  List<Replacement> all(Party party, RemotePartyRole role) {
    List<Replacement> all = new ArrayList<>();
    all.add(one(party, role, KeyUse.DIGITAL_SIGNATURE));
    all.add(one(party, role, KeyUse.KEY_AGREEMENT));
    if (role == RemotePartyRole.SUPPLIER) {
      all.add(
          new Replacement(
              new Certificate(pki.certificate(party, KeyUse.KEY_AGREEMENT)),
              org.meterbox.gbcs.asn1.TrustAnchorCell.supplierPrepayment()));
    }
    return all;
  }

  Replacement one(Party party, RemotePartyRole role, KeyUse use) {
    return one(pki.certificate(party, use), role, use);
  }

  static Replacement one(Octets certificate, RemotePartyRole role, KeyUse use) {
    return new Replacement(new Certificate(certificate), cell(role, use));
  }

  static org.meterbox.gbcs.asn1.TrustAnchorCell cell(RemotePartyRole role, KeyUse use) {
    return org.meterbox.gbcs.asn1.TrustAnchorCell.of(role, Cells.usage(use));
  }

  TrustAnchors anchors() {
    Map<TrustAnchorCell, Octets> cells = new HashMap<>();
    cells.put(TrustAnchorCell.of(RemotePartyRole.ROOT, KeyUse.KEY_CERT_SIGN), pki.root());
    for (Party party : List.of(home.supplier, home.operator, home.broker, recovery, cos)) {
      cells.put(
          TrustAnchorCell.of(party.role(), KeyUse.DIGITAL_SIGNATURE),
          pki.certificate(party, KeyUse.DIGITAL_SIGNATURE));
    }
    for (Party party : List.of(home.supplier, home.operator, home.broker)) {
      cells.put(
          TrustAnchorCell.of(party.role(), KeyUse.KEY_AGREEMENT),
          pki.certificate(party, KeyUse.KEY_AGREEMENT));
    }
    cells.put(
        new TrustAnchorCell(
            RemotePartyRole.SUPPLIER, KeyUse.KEY_AGREEMENT, Purpose.PREPAYMENT_TOP_UP),
        pki.certificate(home.supplier, KeyUse.KEY_AGREEMENT));
    return TrustAnchors.ofCertificates(cells);
  }

  DeviceState<EsmeState> meter() {
    return DeviceState.manufactured(
        TestHome.METER,
        DeviceType.ESME,
        home.keys,
        Map.of(),
        anchors(),
        EsmeModel.manufactured(EsmeVariant.SINGLE_ELEMENT, 42, TestHome.NOW));
  }

  /** A meter in whose supplier's cells the broker's certificates stand. */
  DeviceState<EsmeState> heldByTheBroker() {
    TrustAnchors anchors = anchors();
    for (KeyUse use : List.of(KeyUse.DIGITAL_SIGNATURE, KeyUse.KEY_AGREEMENT)) {
      anchors =
          anchors.with(
              TrustAnchorCell.of(RemotePartyRole.SUPPLIER, use),
              anchors.of(RemotePartyRole.ACCESS_CONTROL_BROKER, use).orElseThrow());
    }
    TrustAnchors changed = anchors;
    return meter().withCredentials(held -> held.withAnchors(changed));
  }

  /** The content of a command, with a floor of 5 for the authority and 7 for its top-ups. */
  UpdateCredentials update(ReplacementMode mode, List<Replacement> replacements) {
    return new UpdateCredentials(
        control(mode), replacements, List.of(new Certificate(pki.issuing())), Optional.empty());
  }

  CredentialControl control(ReplacementMode mode) {
    boolean bySupplier = mode == ReplacementMode.SUPPLIER_BY_SUPPLIER;
    return new CredentialControl(
        mode.number(),
        Optional.empty(),
        Optional.empty(),
        mode == ReplacementMode.BROKER_BY_BROKER || mode == ReplacementMode.ANY_BY_CONTINGENCY
            ? Optional.empty()
            : Optional.of(cell(mode.authority(), KeyUse.DIGITAL_SIGNATURE)),
        new OriginatorCounter(COUNTER),
        Optional.of(new OriginatorCounter(5)),
        bySupplier ? Optional.of(List.of(topUp(7))) : Optional.empty(),
        Optional.empty());
  }

  static SpecialistFloor topUp(long floor) {
    return new SpecialistFloor(SpecialistFloor.PREPAYMENT_TOP_UP, new OriginatorCounter(floor));
  }

  static UpdateCredentials at(UpdateCredentials update, GeneralizedTime time) {
    return new UpdateCredentials(
        update.control(), update.replacements(), update.certificationPath(), Optional.of(time));
  }

  static UpdateCredentials with(UpdateCredentials update, CredentialControl control) {
    return new UpdateCredentials(
        control, update.replacements(), update.certificationPath(), update.executionDateTime());
  }

  /** The control with the floors of other parties. */
  static CredentialControl withFloors(CredentialControl control, FloorChange... floors) {
    return new CredentialControl(
        control.mode(),
        control.plaintextSymmetricKey(),
        control.applyTimeBasedChecks(),
        control.authorisingCell(),
        control.authorisingCounter(),
        control.newFloorForAuthoriser(),
        control.newSpecialistFloors(),
        Optional.of(List.of(floors)));
  }

  /** Signed, with the broker's MAC. */
  Octets signed(ReplacementMode mode, Party signer, UpdateCredentials update) {
    GroupingHeader header = TestHome.header(signer, COUNTER, code(mode));
    return home.critical(header, Asn1Payload.of(update).encode(), signer);
  }

  /** A critical command to a meter that may have another agreement key by now. */
  static Octets critical(
      GroupingHeader header, Octets payload, Party signer, SharedSecret brokerAndMeter) {
    return MessageProtection.addMac(
            MessageProtection.sign(
                new PreCommand(GroupedContent.unsigned(header, payload)), signer.signing()),
            brokerAndMeter)
        .encode();
  }

  /** Signed, without a MAC. */
  static Octets direct(ReplacementMode mode, Party signer, UpdateCredentials update) {
    return direct(
        TestHome.header(signer, COUNTER, code(mode)), Asn1Payload.of(update).encode(), signer);
  }

  static Octets direct(GroupingHeader header, Octets payload, Party signer) {
    return MessageProtection.signDirect(
            new PreCommand(GroupedContent.unsigned(header, payload)), signer.signing())
        .encode();
  }

  static MessageCode code(ReplacementMode mode) {
    return mode.code();
  }
}
