// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meterbox.devices.TestHome.header;
import static org.meterbox.devices.TestHome.protectedRead;
import static org.meterbox.devices.TestHome.request;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.crypto.VerificationException;
import org.meterbox.devices.Party;
import org.meterbox.devices.TestHome;
import org.meterbox.devices.command.SecurityEvent;
import org.meterbox.devices.esme.EsmeModel;
import org.meterbox.devices.esme.metering.Registers;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.supply.SupplyState;
import org.meterbox.devices.security.KeyUse;
import org.meterbox.gbcs.dlms.AccessRequest;
import org.meterbox.gbcs.dlms.AccessRequest.Item;
import org.meterbox.gbcs.dlms.AccessResponse;
import org.meterbox.gbcs.dlms.DataNotification;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.ProtectedAttributes;
import org.meterbox.gbcs.dlms.ProtectedAttributes.Selection;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

class DeviceMachineTest {
  private static final Instant NOW = TestHome.NOW;

  private final TestHome home = new TestHome();
  private final DeviceMachine<EsmeState> machine = new DeviceMachine<>(new EsmeModel());

  @Test
  void theSupplierReadsWhatTheMeterMeasuresAndOnlyItCanDecrypt() throws Exception {
    Step<EsmeState> step = receive(home.meter(), home.readImport(home.supplier, 1));

    GbcsMessage.Response response = response(step);
    assertThat(response.header().dateTime()).contains(DlmsDateTime.of(NOW).octets());
    MessageProtection.verifyMac(
        response.content(), response.mac().orElseThrow(), secret(home.supplier));
    List<DlmsValue> attributes = reveal(response, home.supplier);
    assertThat(attributes).containsExactly(importRegisters(Registers.of(step.state().function())));
    assertThat(step.state()).as("a read changes nothing").isEqualTo(home.meter());
    assertThatThrownBy(() -> reveal(response, home.operator))
        .isInstanceOf(VerificationException.class);
  }

  @Test
  void theNetworkOperatorReadsTheSupplyStatus() throws Exception {
    Octets command = home.read(home.operator, 1, TestHome.READ_SUPPLY, TestHome.SUPPLY);
    GbcsMessage.Response response = response(receive(home.meter(), command));
    MessageProtection.verifyMac(
        response.content(), response.mac().orElseThrow(), secret(home.operator));
    assertThat(items(response)).containsExactly(got(new DlmsValue.Enumerated(1)));
  }

  @Test
  void theBrokerReadsOnBehalfOfAPartyThatTheMeterDoesNotKnow() throws Exception {
    GroupingHeader header =
        onBehalf(
            new OtherInformation.OnBehalfOf(
                TestHome.READ_FIRMWARE, home.stranger.id(), new OriginatorCounter(77)));
    Octets command = home.nonCritical(header, request(header, new Item.Get(TestHome.FIRMWARE)));
    GbcsMessage.Response response = response(receive(home.meter(), command));
    assertThat(response.header().otherInformation()).isEqualTo(header.otherInformation());
    assertThat(response.header().messageId()).isEqualTo(header.messageId().answered());
    MessageProtection.verifyMac(
        response.content(), response.mac().orElseThrow(), secret(home.broker));
  }

  /** Nonce reuse would be fatal here: each such answer takes the device's own next counter. */
  @Test
  void encryptsForAnUnknownPartyByItsCertificateUnderCountersOfItsOwn() throws Exception {
    DeviceState<EsmeState> state = home.meter();
    List<OriginatorCounter> counters = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Step<EsmeState> step = receive(state, dailyLogFor(home.stranger, home.stranger));
      GbcsMessage.Response response = response(step);
      assertThat(response.header().otherInformation())
          .isInstanceOfSatisfying(
              OtherInformation.EncryptedFor.class,
              encrypted -> {
                assertThat(encrypted.party()).isEqualTo(home.stranger.id());
                assertThat(encrypted.partyCounter()).isEqualTo(new OriginatorCounter(77));
                counters.add(encrypted.supplementaryOriginatorCounter());
              });
      assertThat(((DlmsValue.CompactArray) reveal(response, home.stranger).getFirst()).elements())
          .hasSize(31);
      assertThat(step.state().lastOwnCounter()).isEqualTo(counters.getLast());
      state = step.state();
    }
    assertThat(counters).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void refusesACertificateThatIsNotTheUnknownPartys() {
    assertRefused(dailyLogFor(home.stranger, home.supplier), SecurityEvent.INTEGRITY_CHECK_FAILED);
  }

  @Test
  void opensTheSwitchAndSignsTheAnswer() throws Exception {
    Step<EsmeState> step = receive(home.meter(), home.supplyCommand(TestHome.DISABLE, 52, 5));
    assertThat(step.state().function().part(SupplyState.class).position())
        .isEqualTo(SupplyState.Position.DISABLED);
    assertThat(step.state().executed())
        .containsEntry(home.supplier.role(), new OriginatorCounter(5));
    GbcsMessage.Response response = response(step);
    assertThat(response.mac()).isEmpty();
    MessageProtection.verifySignature(response.content(), home.keys.signing().publicKey());
    assertThat(items(response))
        .containsExactly(
            new AccessResponse.Item(AccessResponse.Kind.ACTION, 0, DlmsValue.NullData.VALUE));
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 4, 1, 0})
  void aCounterThatDoesNotExceedTheLastOneIsRefusedInSilence(long counter) {
    DeviceState<EsmeState> disabled =
        receive(home.meter(), home.supplyCommand(TestHome.DISABLE, 52, 5)).state();
    Step<EsmeState> step = receive(disabled, home.supplyCommand(TestHome.ENABLE, 51, counter));
    assertSilent(step, disabled, SecurityEvent.NOT_COVERED_BY_OTHER_CODES);
  }

  /** Counters are unsigned: one above 2^63 exceeds a small one. */
  @ParameterizedTest
  @ValueSource(longs = {6, Long.MAX_VALUE, Long.MIN_VALUE, -1})
  void aHigherCounterIsTaken(long counter) {
    DeviceState<EsmeState> disabled =
        receive(home.meter(), home.supplyCommand(TestHome.DISABLE, 52, 5)).state();
    Step<EsmeState> step = receive(disabled, home.supplyCommand(TestHome.ENABLE, 51, counter));
    assertThat(step.message()).isPresent();
    assertThat(step.state().executed().values()).containsOnly(new OriginatorCounter(counter));
  }

  @Test
  void readsAreNotReplayProtectedAndLeaveTheCountersAlone() {
    DeviceState<EsmeState> disabled =
        receive(home.meter(), home.supplyCommand(TestHome.DISABLE, 52, 5)).state();
    Octets read = home.readImport(home.supplier, 3);
    assertThat(receive(disabled, read).message()).isPresent();
    assertThat(receive(disabled, read).state()).isEqualTo(disabled);
  }

  @Test
  void aMacByAnybodyButTheBrokerIsRefused() {
    GroupingHeader header = header(home.supplier, 1, TestHome.READ_FIRMWARE);
    Octets payload = request(header, new Item.Get(TestHome.FIRMWARE));
    SharedSecret wrong = home.stranger.agreement().agree(home.keys.secrets().ownPublicKey());
    GbcsMessage.UnsecuredCommand command =
        new GbcsMessage.UnsecuredCommand(GroupedContent.withEmptySignature(header, payload));
    assertRefused(
        MessageProtection.addMac(command, wrong).encode(), SecurityEvent.AUTHENTICATION_FAILED);
  }

  @Test
  void everyFlippedBitOfACommandIsRefused() {
    Octets command = home.supplyCommand(TestHome.DISABLE, 52, 5);
    DeviceState<EsmeState> meter = home.meter();
    Random random = new Random(7);
    for (int octet = 0; octet < command.length(); octet++) {
      byte[] changed = command.toArray();
      changed[octet] ^= (byte) (1 << random.nextInt(8));
      Step<EsmeState> step = receive(meter, Octets.of(changed));
      assertThat(step.message()).as("octet %d", octet).isEmpty();
      assertThat(step.state().function()).isEqualTo(meter.function());
      assertThat(step.state().executed()).isEmpty();
      assertThat(step.state().securityLog().entries()).hasSize(1);
    }
  }

  @Test
  void everyTruncationOfACommandIsRefused() {
    Octets command = home.readImport(home.supplier, 1);
    for (int length = 0; length < command.length(); length++) {
      Step<EsmeState> step = receive(home.meter(), command.slice(0, length));
      assertSilent(step, home.meter(), SecurityEvent.INTEGRITY_CHECK_FAILED);
    }
  }

  @Test
  void aCommandForAnotherDeviceIsRefused() {
    GroupingHeader other =
        GroupingHeader.of(
            CraFlag.COMMAND,
            new MessageId(home.supplier.id(), home.operator.id(), new OriginatorCounter(1)),
            new OtherInformation.CodeOnly(TestHome.READ_FIRMWARE));
    assertRefused(
        home.nonCritical(other, request(other, new Item.Get(TestHome.FIRMWARE))),
        SecurityEvent.INTEGRITY_CHECK_FAILED);
  }

  @Test
  void aSignatureByAnotherThanTheOriginatorIsRefused() {
    GroupingHeader header = header(home.supplier, 1, TestHome.DISABLE);
    for (Party signer : List.of(home.stranger, home.operator, home.broker)) {
      assertRefused(
          home.critical(header, TestHome.script(header, 52), signer),
          SecurityEvent.AUTHENTICATION_FAILED);
    }
  }

  @Test
  void aCriticalCommandWithoutSignatureIsRefused() {
    GroupingHeader header = header(home.supplier, 1, TestHome.DISABLE);
    assertRefused(
        home.nonCritical(header, TestHome.script(header, 52)),
        SecurityEvent.INTEGRITY_CHECK_FAILED);
  }

  @Test
  void aNonCriticalCommandWithSignatureIsRefused() {
    GroupingHeader header = header(home.supplier, 1, TestHome.READ_FIRMWARE);
    assertRefused(
        home.critical(header, request(header, new Item.Get(TestHome.FIRMWARE)), home.supplier),
        SecurityEvent.INTEGRITY_CHECK_FAILED);
  }

  @Test
  void aKnownPartyInTheWrongRoleIsRefused() {
    GroupingHeader header = header(home.operator, 1, TestHome.DISABLE);
    assertRefused(
        home.critical(header, TestHome.script(header, 52), home.operator),
        SecurityEvent.NO_AUTHORITY);
  }

  @Test
  void aPartyThatTheMeterDoesNotKnowIsRefused() {
    GroupingHeader header = header(home.stranger, 1, TestHome.DISABLE);
    assertRefused(
        home.critical(header, TestHome.script(header, 52), home.stranger),
        SecurityEvent.AUTHENTICATION_FAILED);
  }

  @Test
  void onlyTheBrokerSpeaksForOthers() {
    GroupingHeader header =
        GroupingHeader.of(
            CraFlag.COMMAND,
            new MessageId(home.supplier.id(), TestHome.METER, new OriginatorCounter(1)),
            new OtherInformation.OnBehalfOf(
                TestHome.READ_FIRMWARE, home.stranger.id(), new OriginatorCounter(1)));
    assertRefused(
        home.nonCritical(header, request(header, new Item.Get(TestHome.FIRMWARE))),
        SecurityEvent.NO_AUTHORITY);
  }

  /** The heart of the matter: a code that needs no signature must not carry an act that does. */
  @Test
  void aCriticalActionUnderANonCriticalCodeIsRefused() {
    GroupingHeader header = header(home.supplier, 1, TestHome.READ_FIRMWARE);
    assertRefused(
        home.nonCritical(header, TestHome.script(header, 52)),
        SecurityEvent.INTEGRITY_CHECK_FAILED);
    assertRefused(
        home.nonCritical(
            header,
            request(
                header,
                new Item.Get(TestHome.FIRMWARE),
                new Item.Action(TestHome.SCRIPTS, new DlmsValue.UInt16(52)))),
        SecurityEvent.INTEGRITY_CHECK_FAILED);
  }

  @Test
  void anotherScriptThanTheUseCasesIsRefused() {
    GroupingHeader header = header(home.supplier, 1, TestHome.ENABLE);
    assertRefused(
        home.critical(header, TestHome.script(header, 52), home.supplier),
        SecurityEvent.INTEGRITY_CHECK_FAILED);
  }

  @Test
  void aPayloadThatDoesNotFitItsHeaderIsRefused() {
    GroupingHeader header = header(home.supplier, 1, TestHome.READ_FIRMWARE);
    UnaryOperator<Octets> command = payload -> home.nonCritical(header, payload);
    List<Octets> wrong =
        List.of(
            Octets.EMPTY,
            Octets.ofHex("D9"),
            new AccessRequest(0x20000002L, List.of(new Item.Get(TestHome.FIRMWARE))).encode(),
            new AccessRequest(0x20000001L, List.of()).encode(),
            request(header, new Item.Get(TestHome.FIRMWARE), new Item.Get(TestHome.FIRMWARE)),
            request(header, new Item.Get(TestHome.FIRMWARE)).concat(Octets.ofHex("00")));
    for (Octets payload : wrong) {
      assertRefused(command.apply(payload), SecurityEvent.INTEGRITY_CHECK_FAILED);
    }
  }

  /** Whoever asked in another's name would get what only that other can read. */
  @Test
  void aProtectedReadForAnotherPartyIsRefused() {
    GroupingHeader header = header(home.supplier, 1, TestHome.READ_IMPORT);
    GroupingHeader operators = header(home.operator, 1, TestHome.READ_IMPORT);
    assertRefused(
        home.nonCritical(
            header, request(header, protectedRead(operators, 8, Selection.whole(TestHome.IMPORT)))),
        SecurityEvent.INTEGRITY_CHECK_FAILED);
  }

  @Test
  void aProtectedReadOfAnotherUseCasesObjectIsRefused() {
    GroupingHeader header = header(home.operator, 1, TestHome.READ_IMPORT);
    assertRefused(
        home.nonCritical(
            header, request(header, protectedRead(header, 8, Selection.whole(TestHome.DAILY_LOG)))),
        SecurityEvent.INTEGRITY_CHECK_FAILED);
  }

  @Test
  void alertsTheSenderOfAnAuthenticCommandThatItDoesNotKnow() throws Exception {
    MessageCode unknown = new MessageCode(0x0129);
    GroupingHeader header = header(home.supplier, 9, unknown);
    Step<EsmeState> step =
        receive(home.meter(), home.critical(header, Octets.ofHex("0500"), home.supplier));

    GbcsMessage alert = GbcsMessage.decode(step.message().orElseThrow());
    MessageProtection.verifySignature(alert.content(), home.keys.signing().publicKey());
    assertThat(alert.header().craFlag()).isEqualTo(CraFlag.ALERT);
    assertThat(alert.header().messageCode()).isEqualTo(new MessageCode(0x0120));
    assertThat(alert.header().messageId())
        .isEqualTo(new MessageId(TestHome.METER, home.supplier.id(), new OriginatorCounter(1)));
    DataNotification body = DataNotification.decode(alert.content().payload());
    assertThat(body.longInvokeId()).isEqualTo(0x20000001L);
    assertThat(body.body())
        .isEqualTo(
            DlmsValue.structure(
                new DlmsValue.UInt16(0x8F85),
                DlmsDateTime.of(NOW).toValue(),
                DlmsValue.OctetString.ofHex("01290000000000000009")));
    assertThat(step.state().lastOwnCounter()).isEqualTo(new OriginatorCounter(1));
  }

  @Test
  void theAlertAboutAnUnknownPartysCommandGoesToTheBrokerAndNamesTheParty() throws Exception {
    MessageCode unknown = new MessageCode(0x0129);
    GroupingHeader header =
        onBehalf(
            new OtherInformation.OnBehalfOf(
                unknown, home.stranger.id(), new OriginatorCounter(77)));
    Step<EsmeState> step = receive(home.meter(), home.nonCritical(header, Octets.ofHex("0500")));
    GbcsMessage alert = GbcsMessage.decode(step.message().orElseThrow());
    assertThat(alert.header().messageId().target()).isEqualTo(home.broker.id());
    assertThat(alert.header().otherInformation())
        .isEqualTo(
            new OtherInformation.OnBehalfOf(
                new MessageCode(0x0120), home.stranger.id(), new OriginatorCounter(77)));
  }

  /** Else anybody could make the meter send signed messages. */
  @Test
  void noAlertAboutAnUnknownCommandThatIsNotAuthentic() {
    GroupingHeader header = header(home.supplier, 9, new MessageCode(0x0129));
    byte[] command = home.nonCritical(header, Octets.ofHex("0500")).toArray();
    command[command.length - 1] ^= 1;
    assertRefused(Octets.of(command), SecurityEvent.AUTHENTICATION_FAILED);
  }

  @Test
  void whatTheObjectRefusesIsAnsweredWithItsResult() throws Exception {
    Step<EsmeState> step = receive(home.meter(), home.supplyCommand(TestHome.ARM, 54, 5));
    assertThat(items(response(step)).getFirst().successful()).isFalse();
    assertThat(step.state().function()).isEqualTo(home.meter().function());
    assertThat(step.state().executed()).as("it was carried out, with an error").isNotEmpty();
  }

  @Test
  void refusesAResponseOrAlertAsCommand() {
    Octets own =
        receive(home.meter(), home.supplyCommand(TestHome.DISABLE, 52, 5)).message().orElseThrow();
    assertRefused(own, SecurityEvent.INTEGRITY_CHECK_FAILED);
  }

  @Test
  void aSignedCommandWithoutTheBrokersMacIsRefused() {
    GroupingHeader header = header(home.supplier, 1, TestHome.DISABLE);
    Octets signed =
        MessageProtection.sign(
                new GbcsMessage.PreCommand(
                    GroupedContent.unsigned(header, TestHome.script(header, 52))),
                home.supplier.signing())
            .encode();
    assertRefused(signed, SecurityEvent.INTEGRITY_CHECK_FAILED);
  }

  /** The supplier, not whoever sent the message, is told; rubbish without end is not. */
  @Test
  void theSupplierIsAlertedToWhatIsRefusedButNotWithoutEnd() throws Exception {
    DeviceState<EsmeState> meter = home.meter();
    Octets forged = home.readImport(home.supplier, 1);
    byte[] changed = forged.toArray();
    changed[changed.length - 1] ^= 1;
    for (int i = 0; i < 3 * Alerting.MAX_WAITING; i++) {
      meter = receive(meter, Octets.of(changed)).state();
    }
    long unusual =
        meter.securityLog().entries().stream()
            .filter(entry -> entry.code() == UnusualCommands.CODE)
            .count();
    assertThat(unusual).isEqualTo(3 * Alerting.MAX_WAITING / UnusualCommands.NUMBER);
    assertThat(meter.securityLog().entries()).hasSize(3 * Alerting.MAX_WAITING + (int) unusual);
    assertThat(meter.unacknowledged()).hasSize(Alerting.MAX_WAITING);
    GbcsMessage alert = GbcsMessage.decode(meter.unacknowledged().getFirst().message());
    MessageProtection.verifySignature(alert.content(), home.keys.signing().publicKey());
    assertThat(alert.header().messageCode()).isEqualTo(new MessageCode(0x1000));
    assertThat(alert.header().messageId())
        .isEqualTo(new MessageId(TestHome.METER, home.supplier.id(), new OriginatorCounter(1)));
    assertThat(DataNotification.decode(alert.content().payload()).body())
        .isEqualTo(
            DlmsValue.structure(new DlmsValue.UInt16(0x8F3D), DlmsDateTime.of(NOW).toValue()));
    assertThat(receive(meter, home.supplyCommand(TestHome.DISABLE, 52, 5)).message())
        .as("commands still have room")
        .isPresent();
  }

  private Step<EsmeState> receive(DeviceState<EsmeState> state, Octets message) {
    return machine.receive(state, message, NOW);
  }

  private void assertRefused(Octets message, SecurityEvent event) {
    assertSilent(receive(home.meter(), message), home.meter(), event);
  }

  private static void assertSilent(
      Step<EsmeState> step, DeviceState<EsmeState> before, SecurityEvent event) {
    assertThat(step.message()).isEmpty();
    assertThat(step.events()).containsExactly(new DeviceEvent.Refused(event));
    DeviceState<EsmeState> logged = before.withSecurityEntry(NOW, event.code());
    assertThat(step.state().securityLog()).isEqualTo(logged.securityLog());
    assertThat(step.state().function()).isEqualTo(before.function());
    assertThat(step.state().executed()).isEqualTo(before.executed());
    assertThat(step.state().anchors()).isEqualTo(before.anchors());
  }

  private GroupingHeader onBehalf(OtherInformation information) {
    return GroupingHeader.of(
        CraFlag.COMMAND,
        new MessageId(home.broker.id(), TestHome.METER, new OriginatorCounter(500)),
        information);
  }

  private Octets dailyLogFor(Party party, Party certified) {
    GroupingHeader header =
        onBehalf(
            new OtherInformation.WithAgreementCertificate(
                TestHome.READ_DAILY_LOG,
                party.id(),
                new OriginatorCounter(77),
                certified.certificate(KeyUse.KEY_AGREEMENT)));
    Selection all = Selection.between(TestHome.DAILY_LOG, DlmsDateTime.NOW, DlmsDateTime.NEVER);
    return home.nonCritical(header, request(header, protectedRead(header, 5, all)));
  }

  private SharedSecret secret(Party party) {
    return party.agreement().agree(home.keys.secrets().ownPublicKey());
  }

  private List<DlmsValue> reveal(GbcsMessage.Response response, Party reader) throws Exception {
    Optional<ProtectedAttributes.Response> block =
        ProtectedAttributes.Response.of(items(response).getFirst().data());
    return MessageProtection.reveal(response.header(), block.orElseThrow(), secret(reader));
  }

  private static GbcsMessage.Response response(Step<EsmeState> step) throws Exception {
    return (GbcsMessage.Response) GbcsMessage.decode(step.message().orElseThrow());
  }

  private static List<AccessResponse.Item> items(GbcsMessage.Response response) throws Exception {
    return AccessResponse.decode(response.content().payload()).items();
  }

  private static AccessResponse.Item got(DlmsValue value) {
    return new AccessResponse.Item(AccessResponse.Kind.GET, AccessResponse.SUCCESS, value);
  }

  private static DlmsValue importRegisters(Registers registers) {
    return DlmsValue.structure(
        new DlmsValue.UInt32(registers.importWattHours()),
        DlmsValue.structure(new DlmsValue.Int8(0), new DlmsValue.Enumerated(30)),
        new DlmsValue.UInt32(registers.reactiveImportVarHours()),
        DlmsValue.structure(new DlmsValue.Int8(0), new DlmsValue.Enumerated(32)));
  }
}
