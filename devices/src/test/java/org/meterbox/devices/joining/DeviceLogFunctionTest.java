// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.joining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meterbox.devices.TestHome;
import org.meterbox.devices.esme.EsmeModel;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.machine.DeviceMachine;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.devices.machine.Step;
import org.meterbox.gbcs.asn1.Asn1Content;
import org.meterbox.gbcs.asn1.Asn1Payload;
import org.meterbox.gbcs.asn1.DeviceLogContent.DeviceLog;
import org.meterbox.gbcs.asn1.DeviceLogContent.Join;
import org.meterbox.gbcs.asn1.DeviceLogContent.JoinResult;
import org.meterbox.gbcs.asn1.DeviceLogContent.ReadDeviceLog;
import org.meterbox.gbcs.asn1.DeviceLogContent.Unjoin;
import org.meterbox.gbcs.asn1.DeviceLogContent.UnjoinResult;
import org.meterbox.gbcs.asn1.DeviceLogEntry;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.Eui64;

class DeviceLogFunctionTest {
  private static final MessageCode JOIN = new MessageCode(0x000D);
  private static final MessageCode UNJOIN = new MessageCode(0x000F);
  private static final MessageCode READ = new MessageCode(0x0013);
  private static final Eui64 DISPLAY = Eui64.parse("00DB000000000050");
  private static final int PPMID = 5;
  private static final int HCALCS = 4;

  private final TestHome home = new TestHome();
  private final DeviceMachine<EsmeState> machine = new DeviceMachine<>(new EsmeModel());
  private DeviceState<EsmeState> meter = home.meter();
  private long counter;

  @Test
  void joinsUnjoinsAndTells() throws Exception {
    assertThat(join(0, DISPLAY, PPMID)).isZero();
    assertThat(lastCode()).isEqualTo(0x8F49);
    assertThat(read().entries().orElseThrow()).containsExactly(new DeviceLogEntry(DISPLAY, PPMID));
    assertThat(unjoin(DISPLAY)).isZero();
    assertThat(lastCode()).isEqualTo(0x8F4B);
    assertThat(read().entries().orElseThrow()).isEmpty();
    assertThat(unjoin(DISPLAY)).isEqualTo(1);
    assertThat(lastCode()).isEqualTo(0x8F4A);
  }

  @Test
  void aDeviceMayJoinAgainButNotAsAnotherType() throws Exception {
    assertThat(join(1, DISPLAY, PPMID)).isZero();
    assertThat(join(0, DISPLAY, PPMID)).isZero();
    assertThat(join(0, DISPLAY, HCALCS)).isEqualTo(3);
    assertThat(lastCode()).isEqualTo(0x8F48);
    assertThat(read().entries().orElseThrow()).containsExactly(new DeviceLogEntry(DISPLAY, PPMID));
  }

  @Test
  void otherMethodsAndTypesAreRefused() throws Exception {
    assertThat(join(2, DISPLAY, PPMID)).isEqualTo(1);
    assertThat(join(3, DISPLAY, PPMID)).isEqualTo(1);
    assertThat(join(4, DISPLAY, PPMID)).isEqualTo(2);
    assertThat(join(0, DISPLAY, 7)).isEqualTo(2);
    assertThat(join(0, TestHome.METER, PPMID)).isEqualTo(2);
    assertThat(read().entries().orElseThrow()).isEmpty();
  }

  @Test
  void aFullLogTakesNoFurtherDevice() throws Exception {
    for (int i = 0; i < 16; i++) {
      assertThat(join(0, new Eui64(DISPLAY.value() + i), PPMID)).isZero();
      meter = meter.withoutOutgoing();
    }
    assertThat(join(0, new Eui64(DISPLAY.value() + 16), PPMID)).isEqualTo(4);
    assertThat(join(0, DISPLAY, PPMID)).isZero();
  }

  private int join(int method, Eui64 device, int type) throws Exception {
    return ((JoinResult) signed(JOIN, new Join(method, device, type, Optional.empty()))).code();
  }

  private int unjoin(Eui64 device) throws Exception {
    return ((UnjoinResult) signed(UNJOIN, new Unjoin(device))).code();
  }

  private DeviceLog read() throws Exception {
    GroupingHeader header = TestHome.header(home.supplier, ++counter, READ);
    return (DeviceLog)
        content(
            machine.receive(
                meter,
                home.nonCritical(header, Asn1Payload.of(new ReadDeviceLog()).encode()),
                TestHome.NOW));
  }

  private Asn1Content signed(MessageCode code, Asn1Content command) throws Exception {
    GroupingHeader header = TestHome.header(home.supplier, ++counter, code);
    Step<EsmeState> step =
        machine.receive(
            meter,
            home.critical(header, Asn1Payload.of(command).encode(), home.supplier),
            TestHome.NOW);
    meter = step.state();
    return content(step);
  }

  private int lastCode() {
    return meter.securityLog().entries().getLast().code();
  }

  private static Asn1Content content(Step<EsmeState> step) throws Exception {
    GbcsMessage answer = GbcsMessage.decode(step.message().orElseThrow());
    return Asn1Payload.decode(
            answer.content().payload(), answer.header().messageCode(), answer.header().craFlag())
        .content();
  }
}
