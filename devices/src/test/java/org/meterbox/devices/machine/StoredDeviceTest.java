// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.devices.TestHome;
import org.meterbox.devices.esme.EsmeModel;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.EsmeVariant;
import org.meterbox.devices.esme.supply.SupplyState;
import org.meterbox.devices.esme.supply.SupplyState.Position;
import org.meterbox.devices.machine.StoredDevice.Reception;
import org.meterbox.devices.machine.StoredDevice.Status;
import org.meterbox.devices.memory.MemoryFailureException;
import org.meterbox.devices.memory.MemoryImage;
import org.meterbox.devices.memory.VolatileMemory;
import org.meterbox.devices.memory.VolatileMemory.Failure;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

class StoredDeviceTest {
  private final TestHome home = new TestHome();
  private final EsmeModel model = new EsmeModel();
  private final VolatileMemory memory = new VolatileMemory();
  private final List<DeviceEvent> events = new ArrayList<>();

  @ParameterizedTest
  @EnumSource(EsmeVariant.class)
  void theImageHoldsTheWholeState(EsmeVariant variant) throws Exception {
    StoredDevice.manufacture(model, home.meter(variant), memory);
    StoredDevice<EsmeState> device = powerUp();
    device.receive(home.supplyCommand(TestHome.DISABLE, 52, 5));
    device.receive(home.supplyCommand(TestHome.DISABLE, 52, 4));
    device.receive(home.supplyCommand(TestHome.ENABLE, 51, 6));
    device.receive(home.supplyCommand(TestHome.DISABLE, 52, 7));
    DeviceState<EsmeState> state = device.state();
    assertThat(state.unacknowledged()).as("three answers and an alert").hasSize(4);
    assertThat(state.securityLog().entries()).hasSize(1);

    DeviceState<EsmeState> again = powerUp().state();
    assertThat(again.function()).isEqualTo(state.function());
    assertThat(again.executed()).isEqualTo(state.executed());
    assertThat(again.anchors()).isEqualTo(state.anchors());
    assertThat(again.unacknowledged()).isEqualTo(state.unacknowledged());
    assertThat(again.securityLog()).isEqualTo(state.securityLog());
    assertThat(again.eventLog()).isEqualTo(state.eventLog());
    assertThat(again.lastOwnCounter()).isEqualTo(state.lastOwnCounter());
    assertThat(again.keys().signing().publicKey()).isEqualTo(home.keys.signing().publicKey());
    assertThat(again.keys().secrets().ownPublicKey()).isEqualTo(home.keys.secrets().ownPublicKey());
  }

  @Test
  void aDeviceIsManufacturedOnceOnly() throws Exception {
    StoredDevice.manufacture(model, home.meter(), memory);
    assertThatThrownBy(() -> StoredDevice.manufacture(model, home.meter(), memory))
        .isInstanceOf(MemoryFailureException.class);
  }

  @Test
  void anImageThatMakesNoSenseIsRefused() throws Exception {
    StoredDevice.manufacture(model, home.meter(), memory);
    byte[] image = memory.load().orElseThrow().octets();
    byte[] otherVersion = image.clone();
    otherVersion[1]++;
    for (byte[] bad :
        List.of(
            new byte[0],
            otherVersion,
            java.util.Arrays.copyOf(image, image.length - 1),
            java.util.Arrays.copyOf(image, image.length + 1))) {
      memory.store(new MemoryImage(bad));
      assertThatThrownBy(this::powerUp).isInstanceOf(MemoryFailureException.class);
    }
  }

  @Test
  void aReadIsAnsweredWithoutTouchingTheMemory() throws Exception {
    StoredDevice.manufacture(model, home.meter(), memory);
    StoredDevice<EsmeState> device = powerUp();
    int before = memory.writes();
    Reception reception = device.receive(home.readImport(home.supplier, 1));
    assertThat(reception.messages()).hasSize(1);
    assertThat(reception.messages().getFirst().isKept()).isFalse();
    assertThat(memory.writes()).isEqualTo(before);
  }

  @Test
  void answersKeptBeforeALossOfPowerAreOfferedAgain() throws Exception {
    StoredDevice.manufacture(model, home.meter(), memory);
    Reception first = powerUp().receive(home.supplyCommand(TestHome.DISABLE, 52, 5));
    StoredDevice<EsmeState> device = powerUp();
    assertThat(device.offer()).isEqualTo(first.messages());
    assertThat(device.offer()).as("each once").isEmpty();
    device.acknowledged(first.messages().getFirst().number());
    assertThat(device.state().unacknowledged()).isEmpty();
  }

  /**
   * A command at a failing memory, handed over again until it is taken: one effect, one answer. The
   * memory fails before or after the image is in place, and the device goes on or loses its power.
   */
  @ParameterizedTest
  @EnumSource(Failure.class)
  void aCommandActsOnceHoweverTheMemoryFails(Failure failure) throws Exception {
    for (boolean losesPower : new boolean[] {false, true}) {
      VolatileMemory failing = new VolatileMemory();
      StoredDevice.manufacture(model, home.meter(), failing);
      StoredDevice<EsmeState> device = powerUp(failing);
      Octets command = home.supplyCommand(TestHome.DISABLE, 52, 5);
      failing.failAt(0, failure);
      assertThat(device.receive(command)).isEqualTo(new Reception(Status.UNAVAILABLE, List.of()));
      if (losesPower) {
        device = powerUp(failing);
      }
      List<Outgoing> messages = new ArrayList<>(device.offer());
      Reception again = device.receive(command);
      messages.addAll(again.messages());
      assertThat(again.status()).isEqualTo(Status.TAKEN);
      assertThat(messages.stream().filter(StoredDeviceTest::isResponse)).hasSize(1);
      assertThat(device.state().function().part(SupplyState.class).position())
          .isEqualTo(Position.DISABLED);
      assertThat(powerUp(failing).state().executed()).containsValue(new OriginatorCounter(5));
    }
  }

  /** Random commands, replays and failures: what was answered once is never answered anew. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noCounterIsEverAnsweredTwice(long seed) throws Exception {
    Random random = new Random(seed);
    StoredDevice.manufacture(model, home.meter(), memory);
    StoredDevice<EsmeState> device = powerUp();
    List<Octets> commands = new ArrayList<>();
    for (int counter = 1; counter <= 6; counter++) {
      commands.add(home.supplyCommand(TestHome.DISABLE, 52, counter));
    }
    List<Octets> answers = new ArrayList<>();
    for (int step = 0; step < 60; step++) {
      if (random.nextInt(4) == 0) {
        memory.failAt(
            0,
            random.nextBoolean()
                ? Failure.BEFORE_THE_IMAGE_IS_REPLACED
                : Failure.AFTER_THE_IMAGE_IS_REPLACED);
      }
      Octets command = commands.get(random.nextInt(commands.size()));
      Reception reception = device.receive(command);
      if (random.nextInt(5) == 0) {
        device = powerUp();
      }
      for (Outgoing outgoing : reception.messages()) {
        answers.add(outgoing.message());
        device.acknowledged(outgoing.number());
      }
      for (Outgoing outgoing : device.offer()) {
        if (!answers.contains(outgoing.message())) {
          answers.add(outgoing.message());
        }
        device.acknowledged(outgoing.number());
      }
      memory.failAt(-1, Failure.BEFORE_THE_IMAGE_IS_REPLACED);
    }
    // A disabled supply is disabled again without harm, so each answer is told by its counter.
    assertThat(
            answers.stream()
                .filter(StoredDeviceTest::isResponse)
                .map(answer -> answer.slice(3, 11)))
        .isNotEmpty()
        .doesNotHaveDuplicates();
  }

  @Test
  void aDeviceThatKeepsTooMuchTakesNoFurtherCommand() throws Exception {
    StoredDevice.manufacture(model, home.meter(), memory);
    StoredDevice<EsmeState> device = powerUp();
    int counter = 1;
    for (; counter <= DeviceState.MAX_UNACKNOWLEDGED; counter++) {
      assertThat(device.receive(home.supplyCommand(TestHome.DISABLE, 52, counter)).status())
          .isEqualTo(Status.TAKEN);
    }
    Octets oneMore = home.supplyCommand(TestHome.ENABLE, 51, counter);
    assertThat(device.receive(oneMore).status()).isEqualTo(Status.BUSY);
    assertThat(device.state().function().part(SupplyState.class).isEnabled()).isFalse();
    device.acknowledged(1);
    assertThat(device.receive(oneMore).status()).isEqualTo(Status.TAKEN);
  }

  @Test
  void whoWatchesIsToldOnlyWhatIsKept() throws Exception {
    StoredDevice.manufacture(model, home.meter(), memory);
    StoredDevice<EsmeState> device = powerUp();
    memory.failAt(0, Failure.BEFORE_THE_IMAGE_IS_REPLACED);
    device.receive(home.supplyCommand(TestHome.DISABLE, 52, 5));
    assertThat(events).isEmpty();
    device.receive(home.supplyCommand(TestHome.DISABLE, 52, 5));
    assertThat(events).hasSize(1);
  }

  /** Its next moment is the billing date at the beginning of the month. */
  @Test
  void aDeviceIsWokenWhenItHasSomethingToDo() throws Exception {
    StoredDevice.manufacture(model, home.meter(), memory);
    AtomicReference<Instant> time = new AtomicReference<>(TestHome.NOW);
    StoredDevice<EsmeState> device =
        StoredDevice.powerUp(
            model, memory, TestHome.KEYS_IN_MEMORY, time::get, DeviceObserver.NONE);
    Instant billing = Instant.parse("2026-03-01T00:00:00Z");
    assertThat(device.nextWake()).isEqualTo(billing);
    int writes = memory.writes();
    time.set(billing.minusSeconds(1));
    assertThat(device.wakeIfDue()).isEmpty();
    assertThat(memory.writes()).as("an idle device writes nothing").isEqualTo(writes);
    time.set(billing);
    assertThat(device.wakeIfDue()).hasSize(1).allMatch(Outgoing::isKept);
    assertThat(device.wakeIfDue()).as("once").isEmpty();
    assertThat(powerUp().offer()).as("and durable").hasSize(1);
    assertThat(device.nextWake()).isEqualTo(Instant.parse("2026-04-01T00:00:00Z"));
  }

  // To look a month ahead took seconds, in which no command was answered.
  @Test
  @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
  void commandsDoNotWaitWhileADeviceLooksAhead() throws Exception {
    StoredDevice.manufacture(model, home.meter(), memory);
    CountDownLatch looking = new CountDownLatch(1);
    CountDownLatch lookedLongEnough = new CountDownLatch(1);
    AtomicInteger looks = new AtomicInteger();
    DeviceModel<EsmeState> slow =
        new ModelWithPauses(
            model,
            () -> {
              if (Thread.currentThread().getName().equals("looks ahead")) {
                looks.incrementAndGet();
                looking.countDown();
                lookedLongEnough.await();
              }
            });
    StoredDevice<EsmeState> device =
        StoredDevice.powerUp(
            slow, memory, TestHome.KEYS_IN_MEMORY, () -> TestHome.NOW, DeviceObserver.NONE);
    Thread look = Thread.ofVirtual().name("looks ahead").start(() -> nextWake(device));
    looking.await();

    assertThat(device.receive(home.supplyCommand(TestHome.DISABLE, 52, 5)).status())
        .isEqualTo(Status.TAKEN);

    lookedLongEnough.countDown();
    look.join();
    int before = looks.get();
    Thread again = Thread.ofVirtual().name("looks ahead").start(() -> nextWake(device));
    again.join();
    assertThat(looks).as("the first look was at a state that is past").hasValueGreaterThan(before);
    int known = looks.get();
    Thread.ofVirtual().name("looks ahead").start(() -> nextWake(device)).join();
    assertThat(looks).as("nothing has changed since").hasValue(known);
  }

  private static void nextWake(StoredDevice<EsmeState> device) {
    try {
      Instant _ = device.nextWake();
    } catch (MemoryFailureException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isResponse(Outgoing outgoing) {
    return isResponse(outgoing.message());
  }

  /** The flag behind tag and length of a signed message: 02 for a response, 03 for an alert. */
  private static boolean isResponse(Octets message) {
    return message.at(2) == 2;
  }

  private StoredDevice<EsmeState> powerUp() throws MemoryFailureException {
    return powerUp(memory);
  }

  private StoredDevice<EsmeState> powerUp(VolatileMemory from) throws MemoryFailureException {
    return StoredDevice.powerUp(
        model, from, TestHome.KEYS_IN_MEMORY, () -> TestHome.NOW, (id, at, e) -> events.add(e));
  }

  /** The first form of the image ended, before the function's part, where the second goes on. */
  @Test
  void anImageOfTheFirstVersionIsStillRead() throws Exception {
    DeviceState<EsmeState> state = home.meter();
    StoredDevice.manufacture(model, state, memory);
    byte[] second = memory.load().orElseThrow().octets();
    OctetWriter function = new OctetWriter(8192);
    model.write(state.function(), function);
    int functionAt = second.length - function.length();
    int added = 6;
    byte[] first = new byte[second.length - added];
    System.arraycopy(second, 0, first, 0, functionAt - added);
    System.arraycopy(second, functionAt, first, functionAt - added, function.length());
    first[1] = 1;
    memory.store(new MemoryImage(first));

    DeviceState<EsmeState> read = powerUp().state();
    assertThat(read.function()).isEqualTo(state.function());
    assertThat(read.anchors()).isEqualTo(state.anchors());
    assertThat(read.credentials().pending()).isEmpty();
    assertThat(read.deviceLog()).isEqualTo(DeviceLog.EMPTY);
  }
}
