// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.premises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.devices.Party;
import org.meterbox.devices.TestHome;
import org.meterbox.devices.command.SecurityEvent;
import org.meterbox.devices.esme.state.EsmeVariant;
import org.meterbox.devices.hub.CommunicationsHub;
import org.meterbox.devices.hub.CommunicationsHub.Delivery;
import org.meterbox.devices.hub.CommunicationsHub.Upward;
import org.meterbox.devices.machine.DeviceEvent;
import org.meterbox.devices.memory.FileDeviceMemory;
import org.meterbox.devices.memory.MemoryFailureException;
import org.meterbox.devices.security.KeyUse;
import org.meterbox.devices.security.SoftwareDeviceKeys;
import org.meterbox.devices.security.TrustAnchors;
import org.meterbox.gbcs.dlms.AccessRequest;
import org.meterbox.gbcs.dlms.AccessRequest.Item;
import org.meterbox.gbcs.dlms.AccessResponse;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.Priority;

/** A home with its memories in files, switched on and off. */
class PremisesTest {
  private static final Eui64 CHF = Eui64.parse("00DB000000000012");
  private static final Eui64 GPF = Eui64.parse("00DB000000000013");
  private static final PremisesPlan PLAN =
      new PremisesPlan(
          CHF,
          GPF,
          List.of(
              new PremisesPlan.ElectricityMeter(
                  TestHome.METER, EsmeVariant.SINGLE_ELEMENT, 7, TestHome.MANUFACTURED)));

  @TempDir Path directory;

  private final TestHome home = new TestHome();
  private final Map<Eui64, ECPublicKey> certified = new HashMap<>();
  private final List<DeviceEvent> events = new ArrayList<>();
  private int keysMade;

  @Test
  void devicesAreMadeOnceAndKeepTheirKeys() throws Exception {
    switchOn();
    assertThat(certified.keySet()).containsExactlyInAnyOrder(CHF, GPF, TestHome.METER);
    assertThat(keysMade).isEqualTo(3);
    Map<Eui64, ECPublicKey> first = Map.copyOf(certified);
    Premises again = switchOn();
    assertThat(keysMade).isEqualTo(3);
    assertThat(
            again
                .electricityMeter(TestHome.METER)
                .orElseThrow()
                .state()
                .keys()
                .secrets()
                .ownPublicKey())
        .isEqualTo(first.get(TestHome.METER));
  }

  @Test
  void theHubReadsItsOwnFirmwareVersionAndTheMeters() throws Exception {
    CommunicationsHub hub = switchOn().hub();
    for (Eui64 device : List.of(CHF, TestHome.METER)) {
      assertThat(hub.deliver(device, firmwareRead(device), Priority.ON_DEMAND))
          .isEqualTo(Delivery.TAKEN);
      Upward upward = hub.firstUnacknowledged().orElseThrow();
      GbcsMessage response = GbcsMessage.decode(upward.message());
      assertThat(AccessResponse.decode(response.content().payload()).items())
          .containsExactly(
              new AccessResponse.Item(
                  AccessResponse.Kind.GET, 0, DlmsValue.OctetString.ofHex("01000000")));
      hub.acknowledged(upward);
    }
  }

  /** Only electricity meters alert; the gas proxy function is silent. */
  @Test
  void theGasProxyFunctionRefusesWhatItDoesNotKnowAndTellsTheBroker() throws Exception {
    CommunicationsHub hub = switchOn().hub();
    assertThat(hub.deliver(GPF, firmwareRead(GPF), Priority.ON_DEMAND)).isEqualTo(Delivery.TAKEN);
    GbcsMessage alert = GbcsMessage.decode(hub.firstUnacknowledged().orElseThrow().message());
    assertThat(alert.header().craFlag()).isEqualTo(CraFlag.ALERT);
    assertThat(alert.header().messageId().target()).isEqualTo(home.broker.id());
    assertThat(events).singleElement().isInstanceOf(DeviceEvent.Refused.class);
  }

  @Test
  void aMessageForADeviceOfAnotherHomeIsGivenBack() throws Exception {
    CommunicationsHub hub = switchOn().hub();
    assertThat(hub.deliver(home.broker.id(), Octets.ofHex("DD"), Priority.ON_DEMAND))
        .isEqualTo(Delivery.UNKNOWN_DEVICE);
  }

  // As after a failure of the DSP, which sends again whatever it has no answer to.
  @Test
  void aCommandThatComesAgainBeforeItsAnswerWasAcknowledgedIsNoAttack() throws Exception {
    switchOn();
    Octets command = disable();
    assertThat(switchOn().hub().deliver(TestHome.METER, command, Priority.SUPPLY))
        .isEqualTo(Delivery.TAKEN);

    CommunicationsHub again = switchOn().hub();
    Upward answer = again.firstUnacknowledged().orElseThrow();
    events.clear();
    assertThat(again.deliver(TestHome.METER, command, Priority.SUPPLY)).isEqualTo(Delivery.TAKEN);
    assertThat(events).singleElement().isInstanceOf(DeviceEvent.SentAgain.class);
    assertThat(GbcsMessage.decode(answer.message()).header().messageCode())
        .isEqualTo(TestHome.DISABLE);
    again.acknowledged(answer);
    assertThat(again.firstUnacknowledged()).as("no second answer and no alert").isEmpty();
  }

  @Test
  void aCommandThatComesAgainAfterItsAnswerWasAcknowledgedIsAReplay() throws Exception {
    switchOn();
    Octets command = disable();
    CommunicationsHub hub = switchOn().hub();
    assertThat(hub.deliver(TestHome.METER, command, Priority.SUPPLY)).isEqualTo(Delivery.TAKEN);
    Upward answer = hub.firstUnacknowledged().orElseThrow();
    hub.acknowledged(answer);
    events.clear();

    assertThat(hub.deliver(TestHome.METER, command, Priority.SUPPLY)).isEqualTo(Delivery.TAKEN);
    assertThat(events)
        .containsExactly(new DeviceEvent.Refused(SecurityEvent.NOT_COVERED_BY_OTHER_CODES));
    assertThat(GbcsMessage.decode(hub.firstUnacknowledged().orElseThrow().message()))
        .isInstanceOf(GbcsMessage.Alert.class);
    // The acknowledgement reached the memory with the refusal of the replay at the latest.
    assertThat(switchOn().hub().firstUnacknowledged().map(Upward::message))
        .isNotEqualTo(java.util.Optional.of(answer.message()));
  }

  @Test
  void messagesGoUpInOrderAndStayUntilAcknowledged() throws Exception {
    CommunicationsHub hub = switchOn().hub();
    for (int i = 0; i < 3; i++) {
      hub.deliver(CHF, firmwareRead(CHF), Priority.ON_DEMAND);
    }
    List<Long> sequences = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Upward first = hub.firstUnacknowledged().orElseThrow();
      assertThat(hub.firstUnacknowledged()).contains(first);
      sequences.add(first.sequence());
      hub.acknowledged(first);
      hub.acknowledged(first);
    }
    assertThat(sequences).isSorted().doesNotHaveDuplicates();
    assertThat(hub.firstUnacknowledged()).isEmpty();
  }

  @Test
  void takesNoMoreThanItCanKeep() throws Exception {
    CommunicationsHub hub = switchOn().hub();
    Octets read = firmwareRead(CHF);
    for (int i = 0; i < CommunicationsHub.MAX_WAITING - CommunicationsHub.SUPPLY_ROOM; i++) {
      assertThat(hub.deliver(CHF, read, Priority.ON_DEMAND)).isEqualTo(Delivery.TAKEN);
    }
    assertThat(hub.deliver(CHF, read, Priority.ON_DEMAND)).isEqualTo(Delivery.FULL);
    hub.acknowledged(hub.firstUnacknowledged().orElseThrow());
    assertThat(hub.deliver(CHF, read, Priority.ON_DEMAND)).isEqualTo(Delivery.TAKEN);
  }

  // Before, the answer to a supply command went up after every read that was there before it.
  @Test
  void underAFloodOfReadsASupplyCommandIsTakenAndItsAnswerGoesUpNext() throws Exception {
    switchOn();
    CommunicationsHub hub = switchOn().hub();
    Octets read = firmwareRead(CHF);
    int reads = 0;
    while (hub.deliver(CHF, read, Priority.ON_DEMAND) == Delivery.TAKEN) {
      reads++;
    }
    assertThat(reads).isEqualTo(CommunicationsHub.MAX_WAITING - CommunicationsHub.SUPPLY_ROOM);
    assertThat(hub.deliver(TestHome.METER, disable(), Priority.SUPPLY)).isEqualTo(Delivery.TAKEN);
    Upward next = hub.firstUnacknowledged().orElseThrow();
    assertThat(next.device()).isEqualTo(TestHome.METER);
    hub.acknowledged(next);
    assertThat(hub.firstUnacknowledged().map(Upward::device)).contains(CHF);
  }

  @Test
  void answersGoUpByThePriorityOfTheirCommandsAndInOrderWithinOne() throws Exception {
    CommunicationsHub hub = switchOn().hub();
    List<Priority> mixed =
        List.of(Priority.BULK, Priority.ON_DEMAND, Priority.SUPPLY, Priority.BULK, Priority.SUPPLY);
    for (Priority priority : mixed) {
      hub.deliver(CHF, firmwareRead(CHF), priority);
    }
    List<Long> sequences = new ArrayList<>();
    while (hub.firstUnacknowledged().isPresent()) {
      Upward next = hub.firstUnacknowledged().get();
      sequences.add(next.sequence());
      hub.acknowledged(next);
    }
    assertThat(sequences).containsExactly(3L, 5L, 2L, 1L, 4L);
  }

  @Test
  void ringsWhenSomethingWaitsAlsoFromBefore() throws Exception {
    switchOn().hub().deliver(TestHome.METER, disable(), Priority.SUPPLY);
    CommunicationsHub hub = switchOn().hub();
    List<Integer> rings = new ArrayList<>();
    hub.onWaiting(() -> rings.add(rings.size()));
    assertThat(rings).hasSize(1);
    hub.deliver(CHF, firmwareRead(CHF), Priority.ON_DEMAND);
    assertThat(rings).hasSize(2);
  }

  @Test
  void anotherDevicesMemoryIsRefused() throws Exception {
    switchOn();
    assertThatThrownBy(() ->
            Premises.switchOn(
                PLAN,
                id -> new FileDeviceMemory(directory.resolve(CHF.hex() + ".device")),
                factory(),
                () -> TestHome.NOW,
                (device, at, event) -> {}))
        .isInstanceOf(MemoryFailureException.class);
  }

  private Premises switchOn() throws MemoryFailureException {
    return Premises.switchOn(
        PLAN,
        id -> new FileDeviceMemory(directory.resolve(id.hex() + ".device")),
        factory(),
        () -> TestHome.NOW,
        (device, at, event) -> events.add(event));
  }

  private Factory factory() {
    return new Factory() {
      @Override
      public SoftwareDeviceKeys makeKeys() {
        keysMade++;
        return SoftwareDeviceKeys.generate(new SecureRandom());
      }

      @Override
      public Octets certify(Eui64 device, KeyUse use, ECPublicKey key) {
        certified.put(device, key);
        return Octets.ofHex("3000");
      }

      @Override
      public TrustAnchors anchors(DeviceType type, Eui64 device) {
        return home.anchors();
      }
    };
  }

  private Octets disable() {
    GroupingHeader header = TestHome.header(home.supplier, 5, TestHome.DISABLE);
    return MessageProtection.addMac(
            MessageProtection.sign(
                new GbcsMessage.PreCommand(
                    GroupedContent.unsigned(header, TestHome.script(header, 52))),
                home.supplier.signing()),
            brokerSecret(TestHome.METER))
        .encode();
  }

  private Octets firmwareRead(Eui64 device) {
    Party from = home.supplier;
    MessageCode code = TestHome.READ_FIRMWARE;
    GroupingHeader header =
        GroupingHeader.of(
            CraFlag.COMMAND,
            new MessageId(from.id(), device, new OriginatorCounter(1)),
            new OtherInformation.CodeOnly(code));
    Octets payload =
        new AccessRequest(0x20000001L, List.of(new Item.Get(TestHome.FIRMWARE))).encode();
    return MessageProtection.addMac(
            new GbcsMessage.UnsecuredCommand(GroupedContent.withEmptySignature(header, payload)),
            brokerSecret(device))
        .encode();
  }

  private SharedSecret brokerSecret(Eui64 device) {
    return home.broker.agreement().agree(Objects.requireNonNull(certified.get(device)));
  }
}
