// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meterbox.crypto.SoftwareSigningKey;
import org.meterbox.devices.Party;
import org.meterbox.devices.TestHome;
import org.meterbox.devices.command.SecurityEvent;
import org.meterbox.devices.esme.EsmeModel;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.machine.DeviceEvent;
import org.meterbox.devices.machine.DeviceMachine;
import org.meterbox.devices.machine.DeviceObserver;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.devices.machine.LogEntry;
import org.meterbox.devices.machine.Step;
import org.meterbox.devices.machine.StoredDevice;
import org.meterbox.devices.memory.VolatileMemory;
import org.meterbox.devices.memory.VolatileMemory.Failure;
import org.meterbox.devices.security.KeyUse;
import org.meterbox.gbcs.asn1.Asn1Content;
import org.meterbox.gbcs.asn1.Asn1Payload;
import org.meterbox.gbcs.asn1.CellResult;
import org.meterbox.gbcs.asn1.Certificate;
import org.meterbox.gbcs.asn1.CredentialContent.HeldCredentials;
import org.meterbox.gbcs.asn1.CredentialContent.ProvideCredentials;
import org.meterbox.gbcs.asn1.CredentialContent.Replacement;
import org.meterbox.gbcs.asn1.CredentialContent.UpdateCredentials;
import org.meterbox.gbcs.asn1.CredentialContent.UpdateCredentialsAlert;
import org.meterbox.gbcs.asn1.CredentialContent.UpdateCredentialsResult;
import org.meterbox.gbcs.asn1.CredentialControl;
import org.meterbox.gbcs.asn1.FloorChange;
import org.meterbox.gbcs.asn1.GeneralizedTime;
import org.meterbox.gbcs.asn1.UpdateOutcome;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.testsupport.ShownMessages;

/** Who may replace whose credentials, and what it leads to. */
class CredentialUpdateTest {
  private static final int SUCCESS = 0;
  private static final int BAD_CERTIFICATE = 5;
  private static final int NO_TRUST_ANCHOR = 10;
  private static final int NO_CELL = 25;

  private final CredentialHome home = new CredentialHome();
  private final DeviceMachine<EsmeState> machine = new DeviceMachine<>(new EsmeModel());

  @Test
  void aSupplierReplacesItsOwnKeysAndTheOldOnesAreRefused() {
    Step<EsmeState> step = replaceSupplier();

    UpdateOutcome outcome = outcome(step);
    assertThat(statuses(outcome)).containsExactly(SUCCESS, SUCCESS, SUCCESS);
    assertThat(outcome.results().getFirst().existingSubjectKeyId())
        .isEqualTo(TestPki.keyId(home.home.supplier, KeyUse.DIGITAL_SIGNATURE));
    assertThat(outcome.results().getFirst().replacingSubjectKeyId())
        .isEqualTo(TestPki.keyId(home.renewed, KeyUse.DIGITAL_SIGNATURE));
    assertThat(outcome.floors())
        .containsExactly(
            new FloorChange(
                2, new OriginatorCounter(5), Optional.of(List.of(CredentialHome.topUp(7)))));
    assertThat(codes(step.state())).contains(0x8F70);

    assertThat(refusal(receive(step.state(), disable(home.home.supplier, 2000))))
        .isEqualTo(SecurityEvent.AUTHENTICATION_FAILED);
    assertThat(carriedOut(receive(step.state(), disable(home.renewed, 6)))).isTrue();
  }

  @Test
  void countersStartFromTheFloors() {
    DeviceState<EsmeState> after = replaceSupplier().state();

    assertThat(after.executed().get(RemotePartyRole.SUPPLIER)).isEqualTo(new OriginatorCounter(5));
    assertThat(after.credentials().topUpFloor()).contains(new OriginatorCounter(7));
    assertThat(refusal(receive(after, disable(home.renewed, 5))))
        .isEqualTo(SecurityEvent.NOT_COVERED_BY_OTHER_CODES);
  }

  /** With the floor of 5 every signed command of the supplier up to 1,000 could be sent again. */
  @Test
  void aCertificateForAgreementAloneDoesNotReopenSignedCommands() {
    UpdateCredentials update =
        ownUpdate(home.one(home.renewed, RemotePartyRole.SUPPLIER, KeyUse.KEY_AGREEMENT));

    DeviceState<EsmeState> after = receive(home.meter(), signed(update)).state();

    assertThat(after.executed().get(RemotePartyRole.SUPPLIER))
        .isEqualTo(new OriginatorCounter(CredentialHome.COUNTER));
    assertThat(refusal(receive(after, disable(home.home.supplier, 6))))
        .isEqualTo(SecurityEvent.NOT_COVERED_BY_OTHER_CODES);
    assertThat(carriedOut(receive(after, disable(home.home.supplier, 2000)))).isTrue();
  }

  @Test
  void withoutAFloorTheCommandsOwnCounterStays() {
    UpdateCredentials update = ownUpdate();
    CredentialControl control = update.control();
    CredentialControl without =
        new CredentialControl(
            control.mode(),
            Optional.empty(),
            Optional.empty(),
            control.authorisingCell(),
            control.authorisingCounter(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    Step<EsmeState> step = receive(home.meter(), signed(CredentialHome.with(update, without)));
    assertThat(outcome(step).floors()).isEmpty();
    assertThat(step.state().executed().get(RemotePartyRole.SUPPLIER))
        .isEqualTo(new OriginatorCounter(CredentialHome.COUNTER));
  }

  @Test
  void eachCellStandsForItself() {
    Party s = home.renewed;
    RemotePartyRole role = RemotePartyRole.SUPPLIER;
    Instant past = TestHome.NOW.minusSeconds(1);
    TestPki other = new TestPki("Other");
    KeyUse signing = KeyUse.DIGITAL_SIGNATURE;
    KeyUse agreement = KeyUse.KEY_AGREEMENT;
    Map<Octets, Integer> expected =
        Map.of(
            home.pki.certificate(
                    s, RemotePartyRole.NETWORK_OPERATOR, signing, TestPki.FROM, TestPki.TO),
                BAD_CERTIFICATE,
            home.pki.certificate(s, role, agreement, TestPki.FROM, TestPki.TO), BAD_CERTIFICATE,
            home.pki.certificate(s, role, 0x80 | 0x08, signing, TestPki.FROM, TestPki.TO),
                BAD_CERTIFICATE,
            home.pki.certificate(s, role, signing, TestPki.FROM, past), BAD_CERTIFICATE,
            home.pki.certificate(s, role, signing, TestHome.NOW.plusSeconds(1), TestPki.TO),
                BAD_CERTIFICATE,
            Octets.ofHex("3003020100"), BAD_CERTIFICATE,
            other.certificate(s, signing), NO_TRUST_ANCHOR,
            home.pki.certificate(s, signing), SUCCESS);
    expected.forEach((certificate, status) -> {
      Step<EsmeState> step =
          receive(
              home.meter(),
              signed(
                  home.update(
                      ReplacementMode.SUPPLIER_BY_SUPPLIER,
                      List.of(
                          CredentialHome.one(certificate, role, signing),
                          home.one(s, role, agreement)))));
      assertThat(statuses(outcome(step))).as(certificate.hex()).containsExactly(status, SUCCESS);
      CellResult first = outcome(step).results().getFirst();
      if (status != SUCCESS) {
        assertThat(first.replacingSubjectKeyId()).isEqualTo(first.existingSubjectKeyId());
        assertThat(carriedOut(receive(step.state(), disable(home.home.supplier, 2000)))).isTrue();
      }
    });
  }

  @Test
  void datesCountOnlyWhereTheyAreToBeApplied() {
    Octets expired =
        home.pki.certificate(
            home.renewed,
            RemotePartyRole.SUPPLIER,
            KeyUse.DIGITAL_SIGNATURE,
            TestPki.FROM,
            TestHome.NOW.minusSeconds(1));
    UpdateCredentials update =
        ownUpdate(CredentialHome.one(expired, RemotePartyRole.SUPPLIER, KeyUse.DIGITAL_SIGNATURE));
    CredentialControl c = update.control();
    CredentialControl disapply =
        new CredentialControl(
            c.mode(),
            Optional.empty(),
            Optional.of(1),
            c.authorisingCell(),
            c.authorisingCounter(),
            c.newFloorForAuthoriser(),
            Optional.empty(),
            Optional.empty());
    assertThat(statuses(outcome(receive(home.meter(), signed(update)))))
        .containsExactly(BAD_CERTIFICATE);
    assertThat(
            statuses(outcome(receive(home.meter(), signed(CredentialHome.with(update, disapply))))))
        .containsExactly(SUCCESS);
  }

  @Test
  void thePathMustLeadToTheRootOverAuthorities() {
    TestPki other = new TestPki("Other");
    Map<List<Octets>, Integer> paths =
        Map.of(
            List.of(), NO_TRUST_ANCHOR,
            List.of(other.issuing()), NO_TRUST_ANCHOR,
            List.of(home.pki.issuingWithoutAuthority()), NO_TRUST_ANCHOR,
            List.of(Octets.ofHex("3003020100"), home.pki.issuing()), SUCCESS,
            List.of(other.issuing(), home.pki.issuing()), SUCCESS);
    paths.forEach((path, status) -> {
      UpdateCredentials update =
          new UpdateCredentials(
              home.control(ReplacementMode.SUPPLIER_BY_SUPPLIER),
              home.all(home.renewed),
              path.stream().map(Certificate::new).toList(),
              Optional.empty());
      assertThat(statuses(outcome(receive(home.meter(), signed(update)))))
          .containsExactly(status, status, status);
    });
  }

  @Test
  void aCellThatTheMeterDoesNotHaveIsNotFound() {
    Step<EsmeState> step =
        receive(
            home.meter(),
            home.signed(
                ReplacementMode.LOAD_CONTROLLER_BY_SUPPLIER,
                home.home.supplier,
                home.update(
                    ReplacementMode.LOAD_CONTROLLER_BY_SUPPLIER,
                    home.all(home.home.supplier, RemotePartyRole.LOAD_CONTROLLER))));
    assertThat(statuses(outcome(step))).containsExactly(NO_CELL, NO_CELL);
  }

  @Test
  void whatDoesNotFitTheUseCaseIsRefusedWithoutAnAnswer() {
    UpdateCredentials good = ownUpdate();
    Replacement first = good.replacements().getFirst();
    assertRefused(
        SecurityEvent.INTEGRITY_CHECK_FAILED,
        CredentialHome.with(good, home.control(ReplacementMode.SUPPLIER_BY_TRANSITIONAL_COS)));
    assertRefused(
        SecurityEvent.INTEGRITY_CHECK_FAILED,
        CredentialHome.with(good, counter(good.control(), CredentialHome.COUNTER + 1)));
    assertRefused(
        SecurityEvent.INTEGRITY_CHECK_FAILED,
        home.update(ReplacementMode.SUPPLIER_BY_SUPPLIER, List.of()));
    assertRefused(SecurityEvent.INTEGRITY_CHECK_FAILED, ownUpdate(first, first));
    assertRefused(
        SecurityEvent.INTEGRITY_CHECK_FAILED,
        CredentialHome.at(good, new GeneralizedTime("20261345000000Z")));
    assertRefused(
        SecurityEvent.NO_AUTHORITY,
        CredentialHome.with(good, authorisedBy(good.control(), Optional.empty())));
    assertRefused(
        SecurityEvent.NO_AUTHORITY,
        CredentialHome.with(
            good,
            authorisedBy(
                good.control(),
                Optional.of(
                    CredentialHome.cell(RemotePartyRole.RECOVERY, KeyUse.DIGITAL_SIGNATURE)))));
    assertRefused(
        SecurityEvent.NO_AUTHORITY,
        ownUpdate(
            first,
            home.one(
                home.home.operator, RemotePartyRole.NETWORK_OPERATOR, KeyUse.DIGITAL_SIGNATURE)));
  }

  private void assertRefused(SecurityEvent reason, UpdateCredentials update) {
    DeviceState<EsmeState> before = home.meter();
    Step<EsmeState> step = receive(before, signed(update));
    assertThat(refusal(step)).isEqualTo(reason);
    assertThat(step.message()).isEmpty();
    assertThat(step.state().credentials()).isEqualTo(before.credentials());
  }

  @Test
  void onlyTheAuthorityItselfMayCommand() {
    UpdateCredentials update = ownUpdate();
    Octets byOperator =
        home.signed(ReplacementMode.SUPPLIER_BY_SUPPLIER, home.home.operator, update);
    assertThat(refusal(receive(home.meter(), byOperator))).isEqualTo(SecurityEvent.NO_AUTHORITY);
    // The broker may, but only where its own certificates stand in the supplier's cells.
    Octets byBroker = home.signed(ReplacementMode.SUPPLIER_BY_SUPPLIER, home.home.broker, update);
    assertThat(refusal(receive(home.meter(), byBroker))).isEqualTo(SecurityEvent.NO_AUTHORITY);
    Octets forged = home.signed(ReplacementMode.SUPPLIER_BY_SUPPLIER, home.renewed, update);
    assertThat(refusal(receive(home.meter(), forged)))
        .isEqualTo(SecurityEvent.AUTHENTICATION_FAILED);
  }

  @Test
  void theBrokerHandsOverWhatItHolds() {
    Step<EsmeState> step =
        receive(
            home.heldByTheBroker(),
            home.signed(ReplacementMode.SUPPLIER_BY_SUPPLIER, home.home.broker, ownUpdate()));
    assertThat(statuses(outcome(step))).containsExactly(SUCCESS, SUCCESS, SUCCESS);
    assertThat(outcome(step).results().getFirst().existingSubjectUniqueId())
        .isEqualTo(home.home.broker.id());
    assertThat(carriedOut(receive(step.state(), disable(home.renewed, 6)))).isTrue();
  }

  @Test
  void theBrokerReplacesItsOwnKeyWithItsMacAlone() throws Exception {
    Party renewed = Party.fresh(home.home.broker.id().hex(), home.home.broker.role());
    GroupingHeader header =
        TestHome.header(
            home.home.broker,
            CredentialHome.COUNTER,
            CredentialHome.code(ReplacementMode.BROKER_BY_BROKER));
    UpdateCredentials update =
        home.update(
            ReplacementMode.BROKER_BY_BROKER,
            List.of(home.one(renewed, renewed.role(), KeyUse.KEY_AGREEMENT)));
    Step<EsmeState> step =
        receive(home.meter(), home.home.nonCritical(header, Asn1Payload.of(update).encode()));
    assertThat(statuses(outcome(step))).containsExactly(SUCCESS);
    MessageProtection.verifySignature(
        GbcsMessage.decode(step.message().orElseThrow()).content(),
        home.home.keys.signing().publicKey());
    assertThat(refusal(receive(step.state(), disable(home.home.supplier, 2000))))
        .isEqualTo(SecurityEvent.AUTHENTICATION_FAILED);
  }

  @Test
  void theCosPartyPutsAnotherSupplierInPlaceAndWhatWaitedIsForgotten() {
    Step<EsmeState> waiting =
        receive(
            home.meter(),
            signed(CredentialHome.at(ownUpdate(), new GeneralizedTime("20260301000000Z"))));
    ReplacementMode mode = ReplacementMode.SUPPLIER_BY_TRANSITIONAL_COS;
    UpdateCredentials change = home.update(mode, home.all(home.gaining));
    FloorChange floor =
        new FloorChange(
            2, new OriginatorCounter(50), Optional.of(List.of(CredentialHome.topUp(60))));
    UpdateCredentials withFloor =
        CredentialHome.with(change, CredentialHome.withFloors(home.control(mode), floor));
    Step<EsmeState> step = receive(waiting.state(), home.signed(mode, home.cos, withFloor));

    assertThat(statuses(outcome(step))).containsExactly(SUCCESS, SUCCESS, SUCCESS);
    assertThat(step.state().credentials().pending()).isEmpty();
    assertThat(step.state().credentials().topUpFloor()).contains(new OriginatorCounter(60));
    assertThat(refusal(receive(step.state(), disable(home.home.supplier, 2000))))
        .isEqualTo(SecurityEvent.AUTHENTICATION_FAILED);
    assertThat(refusal(receive(step.state(), disable(home.gaining, 50))))
        .isEqualTo(SecurityEvent.NOT_COVERED_BY_OTHER_CODES);
    assertThat(carriedOut(receive(step.state(), disable(home.gaining, 51)))).isTrue();
  }

  @Test
  void recoveryPutsTheBrokerInTheSuppliersPlace() {
    ReplacementMode mode = ReplacementMode.ANY_EXCEPT_ABNORMAL_ROOT_BY_RECOVERY;
    UpdateCredentials update =
        home.update(
            mode, List.of(standIn(KeyUse.DIGITAL_SIGNATURE), standIn(KeyUse.KEY_AGREEMENT)));
    Step<EsmeState> step =
        receive(home.meter(), CredentialHome.direct(mode, home.recovery, update));
    assertThat(statuses(outcome(step))).containsExactly(SUCCESS, SUCCESS);
    assertThat(refusal(receive(step.state(), disable(home.home.supplier, 2000))))
        .isEqualTo(SecurityEvent.AUTHENTICATION_FAILED);
    // Then the broker hands over to the supplier's new keys.
    Step<EsmeState> recovered =
        receive(
            step.state(),
            home.signed(ReplacementMode.SUPPLIER_BY_SUPPLIER, home.home.broker, ownUpdate()));
    assertThat(carriedOut(receive(recovered.state(), disable(home.renewed, 6)))).isTrue();

    Party forger = Party.fresh(home.recovery.id().hex(), RemotePartyRole.RECOVERY);
    assertThat(refusal(receive(home.meter(), CredentialHome.direct(mode, forger, update))))
        .isEqualTo(SecurityEvent.AUTHENTICATION_FAILED);
    assertThat(refusal(receive(home.meter(), home.signed(mode, home.recovery, update))))
        .isEqualTo(SecurityEvent.INTEGRITY_CHECK_FAILED);
  }

  private Replacement standIn(KeyUse use) {
    return CredentialHome.one(
        home.pki.certificate(home.home.broker, use), RemotePartyRole.SUPPLIER, use);
  }

  @Test
  void aNewRootNeedsTheOldRootsWordUnlessTheContingencyKeyCommands() {
    TestPki next = new TestPki("Next");
    Replacement root = CredentialHome.one(next.root(), RemotePartyRole.ROOT, KeyUse.KEY_CERT_SIGN);
    Replacement supplier =
        CredentialHome.one(
            next.certificate(home.renewed, KeyUse.DIGITAL_SIGNATURE),
            RemotePartyRole.SUPPLIER,
            KeyUse.DIGITAL_SIGNATURE);
    ReplacementMode byRecovery = ReplacementMode.ANY_EXCEPT_ABNORMAL_ROOT_BY_RECOVERY;
    // The order of the list does not matter: the root comes first.
    UpdateCredentials abnormal = rootUpdate(byRecovery, next, List.of(supplier, root), List.of());
    UpdateCredentials normal =
        rootUpdate(
            byRecovery, next, List.of(supplier, root), List.of(next.rootCertifiedBy(home.pki)));
    Step<EsmeState> refused =
        receive(home.meter(), CredentialHome.direct(byRecovery, home.recovery, abnormal));
    assertThat(statuses(outcome(refused))).containsExactly(NO_TRUST_ANCHOR, NO_TRUST_ANCHOR);
    Step<EsmeState> taken =
        receive(home.meter(), CredentialHome.direct(byRecovery, home.recovery, normal));
    assertThat(statuses(outcome(taken))).containsExactly(SUCCESS, SUCCESS);

    ReplacementMode byContingency = ReplacementMode.ANY_BY_CONTINGENCY;
    UpdateCredentials contingency =
        rootUpdate(byContingency, next, List.of(supplier, root), List.of());
    Octets command = contingency(contingency, home.pki.symmetricKey());
    Step<EsmeState> replaced = receive(home.meter(), command);
    assertThat(statuses(outcome(replaced))).containsExactly(SUCCESS, SUCCESS);
    assertThat(carriedOut(receive(replaced.state(), disable(home.renewed, 2000)))).isTrue();
    assertThat(refusal(receive(replaced.state(), command)))
        .as("the key in the new root is another one")
        .isEqualTo(SecurityEvent.AUTHENTICATION_FAILED);
    assertThat(refusal(receive(home.meter(), contingency(contingency, next.symmetricKey()))))
        .isEqualTo(SecurityEvent.AUTHENTICATION_FAILED);
  }

  private UpdateCredentials rootUpdate(
      ReplacementMode mode, TestPki next, List<Replacement> replacements, List<Octets> further) {
    List<Certificate> path = new ArrayList<>();
    path.add(new Certificate(next.issuing()));
    further.forEach(certificate -> path.add(new Certificate(certificate)));
    return new UpdateCredentials(home.control(mode), replacements, path, Optional.empty());
  }

  private Octets contingency(UpdateCredentials update, Octets symmetricKey) {
    CredentialControl control = update.control();
    UpdateCredentials revealing =
        CredentialHome.with(
            update,
            new CredentialControl(
                control.mode(),
                Optional.of(symmetricKey),
                Optional.empty(),
                Optional.empty(),
                control.authorisingCounter(),
                control.newFloorForAuthoriser(),
                Optional.empty(),
                Optional.empty()));
    Party holder =
        new Party(
            Party.fresh("70B3D51F300017FF", RemotePartyRole.OTHER).id(),
            RemotePartyRole.OTHER,
            SoftwareSigningKey.of(home.pki.contingency()),
            home.recovery.agreement());
    return CredentialHome.direct(ReplacementMode.ANY_BY_CONTINGENCY, holder, revealing);
  }

  @Test
  void whatWaitsIsCarriedOutAtItsTimeAndItsSenderIsTold() throws Exception {
    Instant at = Instant.parse("2026-03-01T00:00:00Z");
    Step<EsmeState> accepted =
        receive(home.meter(), signed(CredentialHome.at(ownUpdate(), GeneralizedTime.of(at))));
    assertThat(result(accepted).outcome()).isEmpty();
    assertThat(machine.nextNoticeable(accepted.state(), at.plusSeconds(60))).isBeforeOrEqualTo(at);
    DeviceState<EsmeState> before = machine.advance(accepted.state(), at.minusSeconds(1)).state();
    assertThat(
            carriedOut(
                machine.receive(before, disable(home.home.supplier, 2000), at.minusSeconds(1))))
        .isTrue();

    DeviceState<EsmeState> after = machine.advance(before, at).state();
    UpdateCredentialsAlert told = alert(after, 0x00CB);
    assertThat(told.alertCode()).isEqualTo(0x8F66);
    assertThat(statuses(told.outcome())).containsExactly(SUCCESS, SUCCESS, SUCCESS);
    assertThat(after.credentials().pending()).isEmpty();
    assertThat(carriedOut(machine.receive(after, disable(home.renewed, 6), at))).isTrue();
  }

  @Test
  void whatWaitsCanBeCancelledAndCanFail() throws Exception {
    Instant at = Instant.parse("2026-03-01T00:00:00Z");
    UpdateCredentials late = CredentialHome.at(ownUpdate(), GeneralizedTime.of(at));
    Step<EsmeState> accepted = receive(home.meter(), signed(late));
    UpdateCredentials never = CredentialHome.at(ownUpdate(), GeneralizedTime.NEVER);
    long next = CredentialHome.COUNTER + 1;
    GroupingHeader header =
        TestHome.header(
            home.home.supplier, next, CredentialHome.code(ReplacementMode.SUPPLIER_BY_SUPPLIER));
    UpdateCredentials cancel = CredentialHome.with(never, counter(never.control(), next));
    Step<EsmeState> cancelled =
        receive(
            accepted.state(),
            home.home.critical(header, Asn1Payload.of(cancel).encode(), home.home.supplier));
    assertThat(result(cancelled).outcome()).isEmpty();
    assertThat(cancelled.state().credentials().pending()).isEmpty();

    UpdateCredentials expiring =
        ownUpdate(
            CredentialHome.one(
                home.pki.certificate(
                    home.renewed,
                    RemotePartyRole.SUPPLIER,
                    KeyUse.DIGITAL_SIGNATURE,
                    TestPki.FROM,
                    at.minusSeconds(1)),
                RemotePartyRole.SUPPLIER,
                KeyUse.DIGITAL_SIGNATURE));
    Step<EsmeState> waiting =
        receive(home.meter(), signed(CredentialHome.at(expiring, GeneralizedTime.of(at))));
    UpdateCredentialsAlert told = alert(machine.advance(waiting.state(), at).state(), 0x00CB);
    assertThat(told.alertCode()).isEqualTo(0x8F67);
    assertThat(statuses(told.outcome())).containsExactly(BAD_CERTIFICATE);
  }

  @Test
  void theChangeAndItsAnswerAreOneDurableStep() throws Exception {
    VolatileMemory memory = new VolatileMemory();
    EsmeModel model = new EsmeModel();
    StoredDevice.manufacture(model, home.meter(), memory);
    StoredDevice<EsmeState> device = powerUp(memory);
    DeviceState<EsmeState> before = device.state();
    memory.failAt(0, Failure.BEFORE_THE_IMAGE_IS_REPLACED);
    assertThat(device.receive(signed(ownUpdate())).status())
        .isEqualTo(StoredDevice.Status.UNAVAILABLE);
    assertThat(powerUp(memory).state().anchors()).isEqualTo(before.anchors());
    assertThat(device.receive(signed(ownUpdate())).messages()).isNotEmpty();

    DeviceState<EsmeState> again = powerUp(memory).state();
    assertThat(again.credentials().topUpFloor()).contains(new OriginatorCounter(7));
    assertThat(again.unacknowledged()).hasSize(1);
    assertThat(carriedOut(receive(again, disable(home.renewed, 6)))).isTrue();
    assertThat(refusal(receive(again, disable(home.home.supplier, 2000))))
        .isEqualTo(SecurityEvent.AUTHENTICATION_FAILED);
  }

  @Test
  void tellsWhatItHoldsToWhoeverIsInOneOfItsCells() {
    MessageCode code = new MessageCode(0x011B);
    ProvideCredentials ask =
        new ProvideCredentials(
            CredentialHome.cell(RemotePartyRole.RECOVERY, KeyUse.DIGITAL_SIGNATURE), List.of(2, 6));
    GroupingHeader header = TestHome.header(home.recovery, 1, code);
    Step<EsmeState> step =
        receive(
            home.meter(),
            CredentialHome.direct(header, Asn1Payload.of(ask).encode(), home.recovery));
    HeldCredentials held = (HeldCredentials) content(step.message().orElseThrow());
    assertThat(held.roles().getFirst().cells().orElseThrow()).hasSize(3);
    assertThat(held.roles().get(1).status().code()).isEqualTo(NO_CELL);

    ProvideCredentials asAnother =
        new ProvideCredentials(
            CredentialHome.cell(RemotePartyRole.SUPPLIER, KeyUse.DIGITAL_SIGNATURE), List.of(2));
    Step<EsmeState> refused =
        receive(
            home.meter(),
            CredentialHome.direct(header, Asn1Payload.of(asAnother).encode(), home.recovery));
    assertThat(refusal(refused)).isEqualTo(SecurityEvent.NO_AUTHORITY);
  }

  private StoredDevice<EsmeState> powerUp(VolatileMemory memory) throws Exception {
    return StoredDevice.powerUp(
        new EsmeModel(), memory, TestHome.KEYS_IN_MEMORY, () -> TestHome.NOW, DeviceObserver.NONE);
  }

  private Step<EsmeState> replaceSupplier() {
    return receive(home.meter(), signed(ownUpdate()));
  }

  private UpdateCredentials ownUpdate() {
    return home.update(ReplacementMode.SUPPLIER_BY_SUPPLIER, home.all(home.renewed));
  }

  private UpdateCredentials ownUpdate(Replacement... replacements) {
    return home.update(ReplacementMode.SUPPLIER_BY_SUPPLIER, List.of(replacements));
  }

  private Octets signed(UpdateCredentials update) {
    return home.signed(ReplacementMode.SUPPLIER_BY_SUPPLIER, home.home.supplier, update);
  }

  private static CredentialControl counter(CredentialControl control, long counter) {
    return new CredentialControl(
        control.mode(),
        Optional.empty(),
        Optional.empty(),
        control.authorisingCell(),
        new OriginatorCounter(counter),
        control.newFloorForAuthoriser(),
        control.newSpecialistFloors(),
        Optional.empty());
  }

  private static CredentialControl authorisedBy(
      CredentialControl control, Optional<org.meterbox.gbcs.asn1.TrustAnchorCell> cell) {
    return new CredentialControl(
        control.mode(),
        Optional.empty(),
        Optional.empty(),
        cell,
        control.authorisingCounter(),
        control.newFloorForAuthoriser(),
        control.newSpecialistFloors(),
        Optional.empty());
  }

  private Octets disable(Party supplier, long counter) {
    GroupingHeader header = TestHome.header(supplier, counter, TestHome.DISABLE);
    return home.home.critical(header, TestHome.script(header, 52), supplier);
  }

  private Step<EsmeState> receive(DeviceState<EsmeState> meter, Octets message) {
    return machine.receive(meter, message, TestHome.NOW);
  }

  private static boolean carriedOut(Step<EsmeState> step) {
    return step.events().stream().anyMatch(DeviceEvent.CarriedOut.class::isInstance);
  }

  private static SecurityEvent refusal(Step<EsmeState> step) {
    return step.events().stream()
        .filter(DeviceEvent.Refused.class::isInstance)
        .map(event -> ((DeviceEvent.Refused) event).reason())
        .findFirst()
        .orElseThrow();
  }

  private static List<Integer> codes(DeviceState<EsmeState> state) {
    return state.securityLog().entries().stream().map(LogEntry::code).toList();
  }

  private static List<Integer> statuses(UpdateOutcome outcome) {
    return outcome.results().stream().map(result -> result.status().code()).toList();
  }

  private static UpdateOutcome outcome(Step<EsmeState> step) {
    return result(step).outcome().orElseThrow();
  }

  private static UpdateCredentialsResult result(Step<EsmeState> step) {
    return (UpdateCredentialsResult) content(step.message().orElseThrow());
  }

  private static Asn1Content content(Octets message) {
    try {
      GbcsMessage decoded = GbcsMessage.decode(message);
      return Asn1Payload.decode(
              decoded.content().payload(),
              decoded.header().messageCode(),
              decoded.header().craFlag())
          .content();
    } catch (DecodeException e) {
      throw new IllegalStateException(e);
    }
  }

  private UpdateCredentialsAlert alert(DeviceState<EsmeState> state, int code) throws Exception {
    for (var outgoing : state.unacknowledged()) {
      GbcsMessage message = GbcsMessage.decode(outgoing.message());
      if (message.header().messageCode().value() == code) {
        assertThat(message.header().craFlag()).isEqualTo(CraFlag.ALERT);
        assertThat(message.header().messageId().target()).isEqualTo(home.home.supplier.id());
        MessageProtection.verifySignature(message.content(), home.home.keys.signing().publicKey());
        ShownMessages.fromDevice(outgoing.message());
        return (UpdateCredentialsAlert) content(outgoing.message());
      }
    }
    throw new AssertionError("no such alert");
  }
}
