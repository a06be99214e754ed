// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.Sha256;
import org.meterbox.crypto.SoftwareSigningKey;
import org.meterbox.devices.TestHome;
import org.meterbox.devices.esme.EsmeModel;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.machine.DeviceObserver;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.devices.machine.StoredDevice;
import org.meterbox.devices.memory.VolatileMemory;
import org.meterbox.gbcs.asn1.Asn1Content;
import org.meterbox.gbcs.asn1.Asn1Payload;
import org.meterbox.gbcs.asn1.FirmwareContent.ActivateFirmware;
import org.meterbox.gbcs.asn1.FirmwareContent.ActivationAccepted;
import org.meterbox.gbcs.asn1.FirmwareContent.ActivationAlert;
import org.meterbox.gbcs.asn1.FirmwareContent.ActivationResult;
import org.meterbox.gbcs.asn1.GeneralizedTime;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.transfer.FirmwareImage;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.testsupport.ShownMessages;

/** A meter that receives firmware, kept in a memory and switched on again in between. */
class FirmwareFunctionTest {
  private static final MessageCode ACTIVATE = new MessageCode(0x0012);
  private static final Octets VERSION = Octets.ofHex("0A0B0C0D");

  private final SoftwareSigningKey manufacturer =
      SoftwareSigningKey.of(P256.generate(new SecureRandom()));
  private final Octets image =
      Octets.ofHex("1EF1EE0B" + "0001" + "3800" + "0000" + "0110" + "0200" + "0D0C0B0A" + "00FF");
  private final Octets distributed = FirmwareImage.sign(image, false, manufacturer).encode();
  private final Octets hash = Sha256.of(image);
  private final TestHome home = new TestHome();
  private final VolatileMemory memory = new VolatileMemory();
  private final AtomicReference<Instant> now = new AtomicReference<>(TestHome.NOW);
  private long counter;

  FirmwareFunctionTest() throws Exception {
    StoredDevice.manufacture(new EsmeModel(), home.meter(), memory);
  }

  @Test
  void aGoodImageIsToldOfKeptAndActivated() throws Exception {
    receive(distributed);
    assertThat(receipt(0x8F72)).contains(hash.hex());
    assertThat(powerUp().state().firmware().held().orElseThrow().hash()).isEqualTo(hash);
    assertThat(running()).isNotEqualTo(VERSION);

    assertThat(activate(hash, Optional.empty())).isEqualTo(new ActivationResult(0, VERSION));
    assertThat(running()).isEqualTo(VERSION);
    assertThat(powerUp().state().securityLog().entries().getLast().code()).isEqualTo(0x8F43);
    assertThat(activate(hash, Optional.empty())).isEqualTo(new ActivationResult(1, VERSION));
  }

  @Test
  void anotherHashActivatesNothing() throws Exception {
    Octets before = running();
    receive(distributed);
    assertThat(activate(Sha256.of(hash), Optional.empty()))
        .isEqualTo(new ActivationResult(2, before));
    assertThat(running()).isEqualTo(before);
    assertThat(powerUp().state().firmware().held()).isPresent();
  }

  @Test
  void anImageThatIsNotGoodIsToldOfAndNotKept() throws Exception {
    SoftwareSigningKey other = SoftwareSigningKey.of(P256.generate(new SecureRandom()));
    for (Octets bad :
        new Octets[] {
          FirmwareImage.sign(image, false, other).encode(),
          FirmwareImage.sign(Octets.ofHex("00112233"), false, manufacturer).encode(),
          Octets.ofHex("1EF1EE0B"),
        }) {
      receive(bad);
      assertThat(receipt(0x8F1C)).isNotEmpty();
      assertThat(powerUp().state().firmware().held()).isEmpty();
    }
    assertThat(receipt(0x8F1C)).contains(Sha256.of(Octets.ofHex("1EF1EE0B")).hex());
  }

  @Test
  void theSameVersionAgainIsNoChange() throws Exception {
    receive(distributed);
    activate(hash, Optional.empty());
    int entries = powerUp().state().securityLog().entries().size();
    receive(distributed);
    assertThat(activate(hash, Optional.empty())).isEqualTo(new ActivationResult(0, VERSION));
    assertThat(powerUp().state().securityLog().entries()).hasSize(entries);
  }

  @Test
  void activationWaitsForItsTimeAndTheSupplierIsTold() throws Exception {
    receive(distributed);
    Instant at = TestHome.NOW.plusSeconds(3600);
    assertThat(activate(hash, Optional.of(GeneralizedTime.of(at))))
        .isEqualTo(new ActivationAccepted());
    long command = counter;
    assertThat(running()).isNotEqualTo(VERSION);
    now.set(at);
    powerUp().wake();
    assertThat(running()).isEqualTo(VERSION);
    ActivationAlert alert = (ActivationAlert) last();
    assertThat(alert.alertCode()).isEqualTo(0x8F66);
    assertThat(alert.commandCounter()).isEqualTo(new OriginatorCounter(command));
    assertThat(alert.result()).isEqualTo(new ActivationResult(0, VERSION));
  }

  @Test
  void activationThatWaitsFailsWithoutItsImageOrIsCancelled() throws Exception {
    Instant at = TestHome.NOW.plusSeconds(3600);
    activate(hash, Optional.of(GeneralizedTime.of(at)));
    now.set(at);
    powerUp().wake();
    assertThat(((ActivationAlert) last()).alertCode()).isEqualTo(0x8F67);

    receive(distributed);
    activate(hash, Optional.of(GeneralizedTime.of(at.plusSeconds(60))));
    assertThat(activate(hash, Optional.of(GeneralizedTime.NEVER)))
        .isEqualTo(new ActivationAccepted());
    now.set(at.plusSeconds(61));
    powerUp().wake();
    assertThat(running()).isNotEqualTo(VERSION);
    assertThat(powerUp().state().firmware().pending()).isEmpty();
  }

  private void receive(Octets octets) throws Exception {
    powerUp().locally(EsmeModel.firmwareReceived(octets, manufacturer.publicKey()));
  }

  private Asn1Content activate(Octets named, Optional<GeneralizedTime> at) throws Exception {
    GroupingHeader header = TestHome.header(home.supplier, ++counter, ACTIVATE);
    ActivateFirmware command = new ActivateFirmware(named, header.messageId().counter(), at);
    StoredDevice<EsmeState> device = powerUp();
    device.receive(home.critical(header, Asn1Payload.of(command).encode(), home.supplier));
    return last();
  }

  private Asn1Content last() throws Exception {
    GbcsMessage message =
        GbcsMessage.decode(powerUp().state().unacknowledged().getLast().message());
    return Asn1Payload.decode(
            message.content().payload(), message.header().messageCode(), message.header().craFlag())
        .content();
  }

  /** The payload of the last alert, which is about an image. */
  private String receipt(int code) throws Exception {
    DeviceState<EsmeState> state = powerUp().state();
    GbcsMessage alert = GbcsMessage.decode(state.unacknowledged().getLast().message());
    ShownMessages.fromDevice(state.unacknowledged().getLast().message());
    assertThat(alert.header().messageCode()).isEqualTo(new MessageCode(0x00CE));
    String payload = alert.content().payload().hex();
    assertThat(payload).contains(String.format(Locale.ROOT, "12%04X", code));
    return payload;
  }

  private Octets running() throws Exception {
    return Optional.ofNullable(powerUp().state().function().values().get(TestHome.FIRMWARE))
        .map(value -> ((DlmsValue.OctetString) value).octets())
        .orElseThrow();
  }

  private StoredDevice<EsmeState> powerUp() throws Exception {
    return StoredDevice.powerUp(
        new EsmeModel(), memory, TestHome.KEYS_IN_MEMORY, now::get, DeviceObserver.NONE);
  }
}
