// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterbox.devices.gas.GasHomeDevices.part;
import static org.meterbox.devices.gas.GasHomeDevices.status;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.meterbox.devices.gas.mirror.GpfState;
import org.meterbox.devices.gas.valve.CaseSensor;
import org.meterbox.devices.hub.HubFunctionModel;
import org.meterbox.gbcs.asn1.DeviceLogContent.DeviceLogBackup;
import org.meterbox.gbcs.asn1.DeviceLogContent.EntryResult;
import org.meterbox.gbcs.asn1.DeviceLogContent.Join;
import org.meterbox.gbcs.asn1.DeviceLogContent.JoinResult;
import org.meterbox.gbcs.asn1.DeviceLogContent.RestoreDeviceLog;
import org.meterbox.gbcs.asn1.DeviceLogContent.RestoreDeviceLogResult;
import org.meterbox.gbcs.asn1.DeviceLogContent.Unjoin;
import org.meterbox.gbcs.asn1.DeviceLogContent.UnjoinResult;
import org.meterbox.gbcs.asn1.DeviceLogEntry;
import org.meterbox.gbcs.dlms.LogTimestamp;
import org.meterbox.gbcs.gbz.Component;
import org.meterbox.gbcs.gbz.ZclFields;
import org.meterbox.gbcs.gbz.ZclPayload;
import org.meterbox.gbcs.gbz.ZclStatus;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.OctetWriter;

/** The gas proxy function's own: its device log, its logs, and the tenant in the home. */
class GpfModelTest {
  private static final int JOIN_BY_METHOD_B = 0x000E;
  private static final int UNJOIN_BY_METHOD_B = 0x0010;
  private static final int JOIN_BY_METHOD_C = 0x00AF;
  private static final int RESTORE = 0x008C;
  private static final int READ_SECURITY_LOG = 0x00A1;
  private static final int CLEAR_EVENT_LOG = 0x0015;
  private static final int CHANGE_TENANCY = 0x0072;
  private static final int DEVICE_LOG_CHANGED = 0x8071;
  private static final int MAGNETIC_FIELD = 0x8F75;
  private static final int JOINED = 0x8F49;
  private static final int METHOD_B = 2;
  private static final int METHOD_C = 3;
  private static final Eui64 DISPLAY = Eui64.parse("00DB000000000050");
  private static final int PPMID = 5;

  private final GasHomeDevices gas = new GasHomeDevices();

  @Test
  void tellsTheBrokerOfEachChangeOfItsDeviceLog() {
    assertThat(joinProxy(METHOD_B)).isZero();
    DeviceLogEntry entry = new DeviceLogEntry(DISPLAY, PPMID);
    assertThat(gas.proxyAlerts())
        .singleElement()
        .satisfies(alert -> {
          DeviceLogBackup backup = (DeviceLogBackup) alert;
          assertThat(backup.alertCode()).isEqualTo(DEVICE_LOG_CHANGED);
          assertThat(backup.entries()).containsExactly(entry);
        });
    UnjoinResult result =
        (UnjoinResult) gas.proxyAnswers(gas.home.supplier, UNJOIN_BY_METHOD_B, new Unjoin(DISPLAY));
    assertThat(result.code()).isZero();
    assertThat(gas.proxyAlerts())
        .singleElement()
        .satisfies(alert -> assertThat(((DeviceLogBackup) alert).entries()).isEmpty());
  }

  @Test
  void aJoinByAnotherMethodIsRefusedAndNobodyIsTold() {
    assertThat(joinProxy(METHOD_C)).isEqualTo(1);
    assertThat(joinProxy(4)).isEqualTo(2);
    assertThat(gas.proxyAlerts()).isEmpty();
    assertThat(gas.proxy().deviceLog().entries()).isEmpty();
  }

  /** Without a link of their own they agree on a key by their certificates. */
  @Test
  void theMeterJoinsByMethodCOnlyWithACertificateOfTheOtherDevice() {
    assertThat(joinMeter(JOIN_BY_METHOD_C, METHOD_B)).isEqualTo(1);
    assertThat(joinMeter(JOIN_BY_METHOD_C, METHOD_C)).isEqualTo(11);
    assertThat(gas.meter().deviceLog().entries()).isEmpty();
  }

  /** A new hub gets what the DCC kept of the one before; there is room for sixteen devices. */
  @Test
  void restoresItsDeviceLogAsFarAsThereIsRoom() {
    List<DeviceLogEntry> entries =
        LongStream.rangeClosed(0, 15)
            .mapToObj(i -> new DeviceLogEntry(new Eui64(DISPLAY.value() + i), PPMID))
            .toList();
    assertThat(restore(entries)).extracting(EntryResult::code).containsOnly(0);
    assertThat(((DeviceLogBackup) gas.proxyAlerts().getFirst()).entries()).isEqualTo(entries);
    DeviceLogEntry more = new DeviceLogEntry(new Eui64(DISPLAY.value() + 16), PPMID);
    assertThat(restore(List.of(entries.getFirst(), more)))
        .extracting(EntryResult::code)
        .containsExactly(0, 1);
    assertThat(gas.proxyAlerts()).as("nothing changed").isEmpty();
    assertThat(gas.proxy().deviceLog().entries()).isEqualTo(entries);
  }

  @Test
  void showsItsOwnLogsAndCopiesOfTheMeters() {
    gas.locally(CaseSensor.MAGNETIC_FIELD::report);
    joinProxy(METHOD_B);
    assertThat(securityLog(4)).contains(JOINED).doesNotContain(MAGNETIC_FIELD);
    assertThat(securityLog(7)).as("before the meter was heard").isEmpty();
    gas.proxyHears();
    assertThat(securityLog(7)).contains(MAGNETIC_FIELD).doesNotContain(JOINED);
    assertThat(securityLog(5)).as("a log that there is not").isEmpty();
  }

  @Test
  void clearsItsEventLogAndSaysSo() {
    gas.proxy(CLEAR_EVENT_LOG, part("Clear Event Log Request", f -> f.number("Log Id", 3)));
    assertThat(gas.proxy().eventLog().entries())
        .singleElement()
        .satisfies(entry -> assertThat(entry.code()).isEqualTo(0x8F52));
  }

  @Test
  void remembersSinceWhenAnotherTenantLivesInTheHome() {
    Instant since = Instant.parse("2026-03-01T00:00:00Z");
    Component answer =
        gas.proxy(
                CHANGE_TENANCY,
                part(
                    "Publish Change of Tenancy",
                    fields ->
                        fields
                            .number("Provider Id", 0)
                            .number("Issuer Event Id", 0)
                            .number("Tariff Type", 0)
                            .number("Implementation Date/Time", LogTimestamp.of(since).seconds())
                            .number("Proposed Tenancy Change Control", 0x200)))
            .getFirst();
    assertThat(status(answer)).isEqualTo(ZclStatus.SUCCESS);
    assertThat(gas.gpf().tenancy()).contains(since);
  }

  /** Before it knew gas meters, it kept what the hub's other function keeps. */
  @Test
  void readsTheMemoryOfTheVersionBefore() throws Exception {
    OctetWriter image = new OctetWriter();
    HubFunctionModel.communicationsHubFunction().write(HubFunctionModel.manufactured(), image);
    assertThat(new GpfModel().read(image.toOctets().reader())).isEqualTo(GpfState.manufactured());
  }

  private int joinProxy(int method) {
    return ((JoinResult)
            gas.proxyAnswers(
                gas.home.supplier,
                JOIN_BY_METHOD_B,
                new Join(method, DISPLAY, PPMID, Optional.empty())))
        .code();
  }

  private int joinMeter(int code, int method) {
    return ((JoinResult)
            gas.meterAnswers(code, new Join(method, DISPLAY, PPMID, Optional.empty()), true))
        .code();
  }

  private List<EntryResult> restore(List<DeviceLogEntry> entries) {
    return ((RestoreDeviceLogResult)
            gas.proxyAnswers(gas.home.broker, RESTORE, new RestoreDeviceLog(entries)))
        .results();
  }

  private List<Integer> securityLog(int number) {
    Component.Plain answer =
        (Component.Plain)
            gas.proxy(
                    READ_SECURITY_LOG,
                    part(
                        "Get Event Log",
                        fields ->
                            fields
                                .number("Event Control/Log Id", number)
                                .number("Event Id", 0)
                                .number("Start Time", 0)
                                .number("End Time", 0xFFFF_FFFEL)
                                .number("Number of Events", 0)
                                .number("Event Offset", 0)))
                .getFirst();
    return answer.frame().payload() instanceof ZclPayload.ClusterCommand(ZclFields fields)
        ? fields.rows("Events").stream().map(row -> (int) row.number("Event Id")).toList()
        : List.of();
  }
}
