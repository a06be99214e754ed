// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.premises;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meterbox.devices.TestHome;
import org.meterbox.devices.gas.mirror.GasMirror;
import org.meterbox.devices.gas.register.GasLogs;
import org.meterbox.devices.gas.register.Volumes;
import org.meterbox.devices.hub.CommunicationsHub;
import org.meterbox.devices.hub.CommunicationsHub.Delivery;
import org.meterbox.devices.hub.CommunicationsHub.Upward;
import org.meterbox.devices.memory.DeviceMemory;
import org.meterbox.devices.memory.MemoryFailureException;
import org.meterbox.devices.memory.VolatileMemory;
import org.meterbox.devices.premises.PremisesPlan.GasMeter;
import org.meterbox.devices.security.KeyUse;
import org.meterbox.devices.security.SoftwareDeviceKeys;
import org.meterbox.devices.security.TrustAnchors;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.gbcs.gbz.Cluster;
import org.meterbox.gbcs.gbz.Component;
import org.meterbox.gbcs.gbz.GbzMessage;
import org.meterbox.gbcs.gbz.ZclFrame;
import org.meterbox.gbcs.gbz.ZclPayload;
import org.meterbox.gbcs.gbz.ZclValue;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Mpxn;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.Priority;

/** A home with gas: the meter sleeps, the gas proxy function answers at once. */
class GasSupplyTest {
  private static final Eui64 CHF = Eui64.parse("00DB000000000012");
  private static final Eui64 GPF = Eui64.parse("00DB000000000013");
  private static final Eui64 GSME = Eui64.parse("00DB000000000014");
  private static final MessageCode READ_METER_POINT = new MessageCode(0x0089);
  private static final String MPRN = "1234567890";
  private static final Duration AGE = Duration.ofDays(120);
  private static final PremisesPlan PLAN =
      new PremisesPlan(
          CHF,
          GPF,
          List.of(),
          Optional.of(new GasMeter(GSME, new Mpxn(MPRN), 7, TestHome.NOW.minus(AGE))));

  private final TestHome home = new TestHome();
  private final Map<Eui64, DeviceMemory> memories = new HashMap<>();
  private final Map<Eui64, ECPublicKey> certified = new HashMap<>();
  private Instant now = TestHome.NOW;
  private Premises premises;
  private long counter = 1;

  @BeforeEach
  void switchOn() throws MemoryFailureException {
    premises =
        Premises.switchOn(
            PLAN,
            id -> memories.computeIfAbsent(id, _ -> new VolatileMemory()),
            factory(),
            () -> now,
            (device, at, event) -> {});
  }

  @Test
  void theSleepingMeterFetchesItsCommandsAtTheNextHalfHour() throws Exception {
    premises.wake();
    acknowledgeAll();
    assertThat(deliver(GSME)).isEqualTo(Delivery.TAKEN);
    premises.wake();
    assertThat(premises.hub().firstUnacknowledged()).as("it sleeps").isEmpty();
    now = Instant.parse("2026-02-14T19:00:00Z");
    premises.wake();
    assertThat(meterPoint(premises.hub().firstUnacknowledged().orElseThrow())).isEqualTo(MPRN);
  }

  @Test
  void theButtonOfTheMeterFetchesCommandsAtOnce() throws Exception {
    premises.wake();
    acknowledgeAll();
    deliver(GSME);
    premises.gas().orElseThrow().checkForCommands();
    assertThat(meterPoint(premises.hub().firstUnacknowledged().orElseThrow())).isEqualTo(MPRN);
  }

  @Test
  void theProxyAnswersForTheMeterAtOnce() throws Exception {
    assertThat(deliver(GPF)).isEqualTo(Delivery.TAKEN);
    assertThat(meterPoint(premises.hub().firstUnacknowledged().orElseThrow())).isEqualTo(MPRN);
  }

  /** The hub heard the meter all along, so that its log reaches back further. */
  @Test
  void theProxyKnowsThePastOfTheMeter() throws Exception {
    premises.wake();
    GasSupply gas = premises.gas().orElseThrow();
    int own = GasLogs.of(gas.meter().state().function()).profile().size();
    int known = gas.proxy().state().function().profile().size();
    assertThat(known).isGreaterThan(own).isGreaterThanOrEqualTo((int) AGE.toDays() * 48 - 1);
    assertThat(mirror().meter().part(Volumes.class))
        .isEqualTo(gas.meter().state().function().part(Volumes.class));
  }

  @Test
  void aDeviceThatSleepsHoldsNoMoreThanTheHubCanKeep() throws Exception {
    int held = 0;
    while (deliver(GSME) == Delivery.TAKEN) {
      held++;
    }
    assertThat(held).isEqualTo(24);
    while (deliver(GSME, Priority.SUPPLY) == Delivery.TAKEN) {
      held++;
    }
    assertThat(held).as("with what is more urgent").isEqualTo(32);
    assertThat(deliver(GPF)).as("others are not held up").isEqualTo(Delivery.TAKEN);
  }

  @Test
  void theMeterGoesOnAfterALossOfPower() throws Exception {
    premises.wake();
    Volumes before = mirror().meter().part(Volumes.class);
    now = now.plus(Duration.ofDays(2));
    switchOn();
    premises.wake();
    assertThat(mirror().at()).isEqualTo(now);
    assertThat(mirror().meter().part(Volumes.class).litres()).isGreaterThan(before.litres());
  }

  private GasMirror mirror() throws MemoryFailureException {
    return premises.gas().orElseThrow().proxy().state().function().mirror().orElseThrow();
  }

  private void acknowledgeAll() {
    CommunicationsHub hub = premises.hub();
    while (hub.firstUnacknowledged().isPresent()) {
      hub.acknowledged(hub.firstUnacknowledged().get());
    }
  }

  private Delivery deliver(Eui64 device) {
    return deliver(device, Priority.ON_DEMAND);
  }

  private Delivery deliver(Eui64 device, Priority priority) {
    GroupingHeader header =
        GroupingHeader.of(
            CraFlag.COMMAND,
            new MessageId(home.supplier.id(), device, new OriginatorCounter(counter++)),
            new OtherInformation.CodeOnly(READ_METER_POINT));
    Octets payload =
        new GbzMessage(
                List.of(Component.Plain.of(ZclFrame.readAttributes(Cluster.METERING, 0, 0x0307))))
            .encode();
    ECPublicKey key = Objects.requireNonNull(certified.get(device));
    Octets command =
        MessageProtection.addMac(
                new GbcsMessage.UnsecuredCommand(
                    GroupedContent.withEmptySignature(header, payload)),
                home.broker.agreement().agree(key))
            .encode();
    return premises.hub().deliver(device, command, priority);
  }

  private static String meterPoint(Upward upward) throws Exception {
    GbcsMessage response = GbcsMessage.decode(upward.message());
    Component.Plain answer =
        (Component.Plain) GbzMessage.decode(response.content().payload()).components().getFirst();
    ZclPayload.AttributeReadings readings = (ZclPayload.AttributeReadings) answer.frame().payload();
    Octets text =
        ((ZclValue.Text) readings.readings().getFirst().value().orElseThrow().value()).octets();
    return new String(text.toArray(), StandardCharsets.US_ASCII);
  }

  private Factory factory() {
    return new Factory() {
      @Override
      public SoftwareDeviceKeys makeKeys() {
        return SoftwareDeviceKeys.generate(new SecureRandom());
      }

      @Override
      public Octets certify(Eui64 device, KeyUse use, ECPublicKey key) {
        if (use == KeyUse.KEY_AGREEMENT) {
          certified.put(device, key);
        }
        return Octets.ofHex("3000");
      }

      @Override
      public TrustAnchors anchors(DeviceType type, Eui64 device) {
        return home.anchors();
      }
    };
  }
}
