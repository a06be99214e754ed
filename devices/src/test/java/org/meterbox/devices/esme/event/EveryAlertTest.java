// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.meterbox.devices.TestHome;
import org.meterbox.devices.cosem.ValueNotation;
import org.meterbox.devices.esme.EsmeModel;
import org.meterbox.devices.esme.condition.Condition;
import org.meterbox.devices.esme.event.EventRule.Sending;
import org.meterbox.devices.esme.local.LocalActions;
import org.meterbox.devices.esme.local.LocalActions.Action;
import org.meterbox.devices.esme.local.LocalActions.Signal;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.EsmeVariant;
import org.meterbox.devices.esme.supply.SupplyEvent;
import org.meterbox.devices.esme.supply.SupplyFunction;
import org.meterbox.devices.machine.DeviceMachine;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.devices.machine.LogEntry;
import org.meterbox.devices.machine.Outgoing;
import org.meterbox.devices.machine.Step;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DataNotification;
import org.meterbox.gbcs.dlms.DlmsAlert;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.DlmsValue.UInt32;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.DecodeException;
import org.meterbox.testsupport.ShownMessages;

/**
 * Every alert that an electricity meter sends, raised by what causes it. What no scenario here
 * raises has to be named with where it is raised, or why it cannot be.
 */
class EveryAlertTest {
  private static final CosemAttribute SUPPLIER_SENT = CosemAttribute.of(1, "0-30:97.98.15.255", 2);
  private static final CosemAttribute OPERATOR_SENT = CosemAttribute.of(1, "0-33:97.98.15.255", 2);
  private static final CosemAttribute OPERATOR_LOGGED =
      CosemAttribute.of(1, "0-33:97.98.18.255", 2);
  private static final CosemAttribute SOUNDED = CosemAttribute.of(1, "0-30:97.98.17.255", 2);
  private static final CosemAttribute TAMPER_STATE = CosemAttribute.of(1, "0-0:94.44.0.4", 2);
  private static final CosemAttribute LOAD_LIMIT = CosemAttribute.of(71, "0-0:17.0.0.255", 4);
  private static final CosemAttribute LIMIT_DISABLES = CosemAttribute.of(9000, "0-0:94.44.0.3", 2);
  private static final DlmsValue ALL = ValueNotation.parse("bits256:" + "FF".repeat(32));
  private static final DlmsValue NOTHING = ValueNotation.parse("bits256:" + "00".repeat(32));

  /** Raised by commands, credit, credentials or images; the named tests show them. */
  private static final Map<String, Set<Integer>> ELSEWHERE =
      Map.of(
          "PrepaymentTest, PrepaymentTimeTest, PrepaymentMonthsTest",
          Set.of(
              0x810D, 0x810E, 0x8119, 0x8168, 0x81A7, 0x81A8, 0x81A9, 0x81AA, 0x81AB, 0x81C4,
              0x81C5, 0x8F0F, 0x8F83),
          "PassingTimeTest",
          Set.of(0x8F0A, 0x8F66, 0x8F67, 0x8F86, 0x8F87, 0x8161, 0x8162, 0x8F32),
          "EsmeReadsTest and the commands of 6.11",
          Set.of(0x81C6, 0x8F69),
          "FirmwareFunctionTest",
          Set.of(0x8F1C, 0x8F72),
          "DeviceMachineTest",
          Set.of(0x8F1E, 0x8F30, 0x8F3D, 0x8F53));

  private static final Map<String, Set<Integer>> CANNOT =
      Map.of(
          "a command in the home by a PPMID, which this home does not have yet",
          Set.of(0x8154, 0x8155),
          "its alert names a supplementary party, which alerts here cannot do yet",
          Set.of(0x8F88));

  private final TestHome home = new TestHome();
  private final DeviceMachine<EsmeState> machine = new DeviceMachine<>(new EsmeModel());
  private final Map<Integer, String> raised = new TreeMap<>();
  private DeviceState<EsmeState> meter = home.meter();
  private Instant now = TestHome.NOW;

  @Test
  void everyAlertHasACause() throws Exception {
    for (EsmeVariant variant :
        new EsmeVariant[] {EsmeVariant.SINGLE_ELEMENT, EsmeVariant.POLYPHASE}) {
      voltages(variant);
      outages(variant);
      currents(variant);
    }
    conditions();
    signals();
    clock();
    loadLimit();
    stuckSwitches();
    badCommands();
    Set<Integer> missing = new TreeSet<>();
    for (int code : new TreeSet<>(EventRule.codes())) {
      if (EventRule.of(code).orElseThrow().sending() == Sending.NO) {
        continue;
      }
      String cause = cause(code);
      System.out.printf(Locale.ROOT, "%04X  %s%n", code, cause);
      if (cause.isEmpty()) {
        missing.add(code);
      }
    }
    assertThat(missing).map(code -> String.format(Locale.ROOT, "%04X", code)).isEmpty();
  }

  private String cause(int code) {
    String here = raised.getOrDefault(code, "");
    if (!here.isEmpty()) {
      return here;
    }
    for (Map.Entry<String, Set<Integer>> elsewhere : ELSEWHERE.entrySet()) {
      if (elsewhere.getValue().contains(code)) {
        return elsewhere.getKey();
      }
    }
    return CANNOT.entrySet().stream()
        .filter(reason -> reason.getValue().contains(code))
        .map(reason -> "CANNOT be raised: " + reason.getKey())
        .findFirst()
        .orElse("");
  }

  private void voltages(EsmeVariant variant) throws DecodeException {
    for (int volts : new int[] {300, 100}) {
      fresh(variant);
      act("voltage " + volts, LocalActions.voltage(OptionalInt.of(volts)));
      pass("voltage " + volts, Duration.ofHours(2));
      act("voltage 240", LocalActions.voltage(OptionalInt.of(240)));
      pass("voltage back at 240", Duration.ofHours(2));
    }
  }

  private void outages(EsmeVariant variant) throws DecodeException {
    for (int minutes : new int[] {1, 5}) {
      fresh(variant);
      act("outage", LocalActions.outage(true));
      pass("outage", Duration.ofMinutes(minutes));
      act("outage of " + minutes + " min over", LocalActions.outage(false));
      for (int phase = 1; variant == EsmeVariant.POLYPHASE && phase <= 3; phase++) {
        act("phase lost", LocalActions.outage(phase, true));
        pass("phase lost", Duration.ofMinutes(minutes));
        act(
            "phase " + phase + " back after " + minutes + " min",
            LocalActions.outage(phase, false));
      }
    }
  }

  private void currents(EsmeVariant variant) throws DecodeException {
    fresh(variant);
    act("load 72 kW", LocalActions.load(OptionalInt.of(72_000)));
    act("voltage 180, load 72 kW", LocalActions.voltage(OptionalInt.of(180)));
    act("load 1 kW", LocalActions.load(OptionalInt.of(1_000)));
    act("reactive 3 kvar", LocalActions.reactive(OptionalInt.of(3_000)));
    act("reactive 0", LocalActions.reactive(OptionalInt.of(0)));
  }

  private void conditions() throws DecodeException {
    for (Condition condition : Condition.values()) {
      fresh(EsmeVariant.SINGLE_ELEMENT);
      set(TAMPER_STATE, DlmsValue.Bool.TRUE);
      String name = condition.name().toLowerCase(Locale.ROOT);
      act(name, LocalActions.condition(condition, true));
      act("outage", LocalActions.outage(true));
      act(name + " at power up", LocalActions.outage(false));
      act(name + " ends", LocalActions.condition(condition, false));
    }
  }

  private void signals() throws DecodeException {
    for (Signal signal : Signal.values()) {
      fresh(EsmeVariant.SINGLE_ELEMENT);
      set(CosemAttribute.of(1, "0-2:96.13.1.255", 2), ValueNotation.parse("os:48"));
      act(signal.name().toLowerCase(Locale.ROOT), LocalActions.signal(signal));
    }
  }

  private void clock() throws DecodeException {
    for (int seconds : new int[] {10, 11}) {
      fresh(EsmeVariant.SINGLE_ELEMENT);
      act("drift", LocalActions.clockDrift(seconds));
      pass("clock wrong by " + seconds + " s", Duration.ofHours(1));
    }
  }

  private void loadLimit() throws DecodeException {
    fresh(EsmeVariant.SINGLE_ELEMENT);
    set(LOAD_LIMIT, new UInt32(2_500));
    set(LIMIT_DISABLES, DlmsValue.Bool.TRUE);
    act("load 3 kW", LocalActions.load(OptionalInt.of(3_000)));
    pass("load above the limit", Duration.ofHours(1));
  }

  private void stuckSwitches() throws DecodeException {
    fresh(EsmeVariant.SINGLE_ELEMENT);
    act("stuck", LocalActions.condition(Condition.LOAD_SWITCH_STUCK, true));
    move("disable with a stuck switch", SupplyEvent.DISABLED_REMOTELY);
    act("mended", LocalActions.condition(Condition.LOAD_SWITCH_STUCK, false));
    move("disable", SupplyEvent.DISABLED_REMOTELY);
    act("stuck", LocalActions.condition(Condition.LOAD_SWITCH_STUCK, true));
    move("enable with a stuck switch", SupplyEvent.ENABLED_REMOTELY);
    act("controllers stuck", LocalActions.condition(Condition.CONTROLLERS_STUCK, true));
    for (int number = 1; number <= 5; number++) {
      set(CosemAttribute.of(1, "0-0:94.44.6." + number, 2), DlmsValue.Bool.TRUE);
    }
    act("boost with stuck controllers", LocalActions.boost(Duration.ofMinutes(30)));
  }

  private void badCommands() throws DecodeException {
    fresh(EsmeVariant.SINGLE_ELEMENT);
    for (int i = 0; i < 10; i++) {
      took(
          "ten refused commands",
          machine.receive(meter, home.supplyCommand(TestHome.ENABLE, 52, 1_000 + i), now));
    }
  }

  /** A mask keeps an event from the SM WAN, from its log, or lets the alarm sound. */
  @Test
  void alertsObeyTheirMasks() throws Exception {
    fresh(EsmeVariant.SINGLE_ELEMENT);
    set(OPERATOR_SENT, NOTHING);
    act("300 V", LocalActions.voltage(OptionalInt.of(300)));
    pass("300 V", Duration.ofMinutes(2));
    assertThat(raised).doesNotContainKey(0x8020);
    assertThat(powerLog()).contains(0x8020);
    fresh(EsmeVariant.SINGLE_ELEMENT);
    set(OPERATOR_LOGGED, NOTHING);
    act("300 V", LocalActions.voltage(OptionalInt.of(300)));
    pass("300 V", Duration.ofMinutes(2));
    assertThat(raised).containsKey(0x8020);
    assertThat(powerLog()).doesNotContain(0x8020);
    assertThat(HomeNotices.of(meter.function()).sounded()).isEmpty();
    set(SOUNDED, ALL);
    act("drift", LocalActions.clockDrift(3));
    pass("drift", Duration.ofHours(1));
    assertThat(HomeNotices.of(meter.function()).sounded()).map(LogEntry::code).contains(0x8145);
  }

  /** A flicker tells nothing, and what holds for the period tells once. */
  @Test
  void anExtremeVoltageCountsOnlyAfterItsPeriod() throws Exception {
    fresh(EsmeVariant.SINGLE_ELEMENT);
    act("300 V", LocalActions.voltage(OptionalInt.of(300)));
    pass("29 s", Duration.ofSeconds(29));
    assertThat(raised).doesNotContainKey(0x8020);
    act("240 V", LocalActions.voltage(OptionalInt.of(240)));
    pass("a minute", Duration.ofMinutes(1));
    assertThat(raised).doesNotContainKey(0x8020);
    act("300 V", LocalActions.voltage(OptionalInt.of(300)));
    pass("30 s", Duration.ofSeconds(30));
    assertThat(raised).containsKeys(0x8020, 0x8024);
  }

  @Test
  void anOutageIsToldWithItsTimesAndSigned() throws Exception {
    fresh(EsmeVariant.SINGLE_ELEMENT);
    Instant lost = now;
    act("outage", LocalActions.outage(true));
    pass("outage", Duration.ofMinutes(3));
    act("back", LocalActions.outage(false));
    GbcsMessage.Alert alert =
        (GbcsMessage.Alert) GbcsMessage.decode(meter.unacknowledged().getLast().message());
    MessageProtection.verifySignature(alert.content(), home.keys.signing().publicKey());
    assertThat(alert.header().messageId().target()).isEqualTo(home.operator.id());
    String payload = alert.content().payload().hex();
    assertThat(payload)
        .contains(DlmsDateTime.of(lost).octets().hex(), DlmsDateTime.of(now).octets().hex());
    assertThat(powerLog()).containsSequence(0x8F57, 0x8F36);
  }

  private Set<Integer> powerLog() {
    Set<Integer> codes = new LinkedHashSet<>();
    meter.function().part(EventLogs.class).power().entries().forEach(e -> codes.add(e.code()));
    return codes;
  }

  private void fresh(EsmeVariant variant) {
    now = TestHome.NOW;
    meter = home.meter(variant);
    set(SUPPLIER_SENT, ALL);
    set(OPERATOR_SENT, ALL);
  }

  private void set(CosemAttribute attribute, DlmsValue value) {
    meter = meter.withFunction(meter.function().withValue(attribute, value));
  }

  private void act(String scenario, Action action) throws DecodeException {
    took(scenario, machine.locally(meter, action::on, now));
  }

  private void move(String scenario, SupplyEvent event) throws DecodeException {
    took(scenario, machine.locally(meter, t -> SupplyFunction.move(t, event), now));
  }

  private void pass(String scenario, Duration time) throws DecodeException {
    now = now.plus(time);
    took(scenario, machine.advance(meter, now));
  }

  private void took(String scenario, Step<EsmeState> step) throws DecodeException {
    long before = meter.lastOutgoing();
    for (Outgoing outgoing : step.state().unacknowledged()) {
      if (outgoing.number() > before
          && GbcsMessage.decode(outgoing.message()) instanceof GbcsMessage.Alert alert) {
        int code =
            DlmsAlert.of(DataNotification.decode(alert.content().payload())).orElseThrow().code();
        boolean critical = EventRule.of(code).orElseThrow().sending() == Sending.CRITICAL;
        assertThat(alert.content().signature().isPresent())
            .as("%04X signed", code)
            .isEqualTo(critical);
        raised.putIfAbsent(code, scenario);
        ShownMessages.fromDevice(outgoing.message());
      }
    }
    meter = step.state();
  }
}
