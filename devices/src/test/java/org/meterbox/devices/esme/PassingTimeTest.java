// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.meterbox.devices.TestHome;
import org.meterbox.devices.cosem.ValueNotation;
import org.meterbox.devices.esme.control.ControlFunction;
import org.meterbox.devices.esme.home.Home;
import org.meterbox.devices.esme.loadlimit.LoadLimitState;
import org.meterbox.devices.esme.metering.Registers;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.supply.SupplyEvent;
import org.meterbox.devices.esme.supply.SupplyFunction;
import org.meterbox.devices.esme.supply.SupplyState;
import org.meterbox.devices.esme.supply.SupplyState.Position;
import org.meterbox.devices.machine.DeviceMachine;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.devices.machine.Step;
import org.meterbox.gbcs.dlms.AccessRequest.Item;
import org.meterbox.gbcs.dlms.AccessResponse;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DataNotification;
import org.meterbox.gbcs.dlms.DlmsAlert;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.DlmsValue.UInt16;
import org.meterbox.gbcs.dlms.DlmsValue.UInt32;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.Octets;
import org.meterbox.testsupport.ShownMessages;

/** What a meter does by itself as time passes, after what commands have told it. */
class PassingTimeTest {
  private static final Instant NOW = TestHome.NOW;
  private static final CosemAttribute THRESHOLD = CosemAttribute.of(71, "0-0:17.0.0.255", 4);

  private final TestHome home = new TestHome();
  private final DeviceMachine<EsmeState> machine = new DeviceMachine<>(new EsmeModel());
  private long counter = 100;

  @Test
  void aFutureDatedCommandIsCarriedOutAtItsTimeAndEachPartIsTold() throws Exception {
    Instant at = NOW.plus(Duration.ofDays(3));
    DeviceState<EsmeState> meter = done(home.meter(), limit(2_500, at));
    assertThat(threshold(after(meter, at.minusSeconds(1)))).isEqualTo(23_000);
    DeviceState<EsmeState> later = after(meter, at);
    assertThat(threshold(later)).isEqualTo(2_500);
    List<DlmsAlert> alerts = alerts(meter, later);
    assertThat(alerts).hasSize(4).allMatch(alert -> alert.code() == 0x8F66);
    assertThat(alerts.getFirst().time()).isEqualTo(DlmsDateTime.of(at));
    assertThat(alerts.stream().map(a -> a.futureDatedExecution().orElseThrow().activation()))
        .doesNotHaveDuplicates();
    assertThat(after(later, at.plus(Duration.ofDays(9))).unacknowledged())
        .as("once")
        .hasSameSizeAs(later.unacknowledged());
  }

  @Test
  void aNewerCommandReplacesOneThatWaitsAndNeverCancelsIt() throws Exception {
    Instant at = NOW.plus(Duration.ofDays(3));
    DeviceState<EsmeState> meter = done(home.meter(), limit(2_500, at));
    DeviceState<EsmeState> replaced = done(meter, limit(3_500, at.plusSeconds(60)));
    assertThat(threshold(after(replaced, at))).isEqualTo(23_000);
    assertThat(threshold(after(replaced, at.plusSeconds(60)))).isEqualTo(3_500);
    DeviceState<EsmeState> cancelled = done(meter, limit(2_500, DlmsDateTime.NEVER));
    assertThat(threshold(after(cancelled, at.plusSeconds(60)))).isEqualTo(23_000);
  }

  /** The meter was off when the time came. */
  @Test
  void whatWasDueDuringAnOutageIsDoneWhenTheSupplyIsBack() throws Exception {
    Instant at = NOW.plus(Duration.ofHours(2));
    DeviceState<EsmeState> meter = done(home.meter(), limit(2_500, at));
    meter = setHome(meter, NOW.plusSeconds(60), h -> h.withOutage(Optional.of(NOW)));
    DeviceState<EsmeState> dark = after(meter, at.plusSeconds(5));
    assertThat(threshold(dark)).isEqualTo(23_000);
    Instant back = at.plus(Duration.ofHours(1));
    DeviceState<EsmeState> lit = setHome(dark, back, h -> h.withOutage(Optional.empty()));
    assertThat(threshold(lit)).isEqualTo(2_500);
    assertThat(alerts(dark, lit).getFirst().time()).isEqualTo(DlmsDateTime.of(back));
  }

  @Test
  void tooMuchLoadDisablesThenArmsAndIsEnabledAfterTheRestorationPeriod() throws Exception {
    DeviceState<EsmeState> meter = done(home.meter(), limit(2_500, DlmsDateTime.NOW));
    meter = setHome(meter, NOW, h -> h.withLoad(OptionalInt.of(3_000)));
    assertThat(position(after(meter, NOW.plusSeconds(299)))).isEqualTo(Position.ENABLED);
    DeviceState<EsmeState> armed = after(meter, NOW.plusSeconds(300));
    assertThat(position(armed)).isEqualTo(Position.ARMED);
    assertThat(armed.function().part(LoadLimitState.class).counter()).isEqualTo(1);
    assertThat(codes(meter, armed)).containsExactly(0x8F01, 0x8F33);
    DeviceState<EsmeState> restored = after(armed, NOW.plusSeconds(300 + 30));
    assertThat(position(restored)).isEqualTo(Position.ENABLED);
    assertThat(codes(armed, restored)).containsExactly(0x8F34, 0x8F34);
    assertThat(machine.nextNoticeable(meter, NOW.plus(Duration.ofDays(1))))
        .as("known before")
        .isEqualTo(NOW.plusSeconds(300));
  }

  @Test
  void whoeverEnablesAtTheMeterDoesNotWaitForTheRestoration() throws Exception {
    DeviceState<EsmeState> meter = done(home.meter(), limit(2_500, DlmsDateTime.NOW));
    meter = setHome(meter, NOW, h -> h.withLoad(OptionalInt.of(3_000)));
    DeviceState<EsmeState> armed = after(meter, NOW.plusSeconds(300));
    Step<EsmeState> pressed =
        machine.locally(
            armed, t -> SupplyFunction.move(t, SupplyEvent.ENABLED_AT_METER), NOW.plusSeconds(310));
    assertThat(position(pressed.state())).isEqualTo(Position.ENABLED);
    assertThat(pressed.state().function().part(LoadLimitState.class).restoreAt()).isEmpty();
  }

  /** The supplier alone can read the entry that the alert brings (ECS68). */
  @Test
  void theBillingCalendarTakesASnapshotAndTellsTheSupplier() throws Exception {
    DeviceState<EsmeState> meter = home.meter();
    Instant first = Instant.parse("2026-03-01T00:00:00Z");
    DeviceState<EsmeState> billed = after(meter, first);
    DlmsAlert alert = alerts(meter, billed).getLast();
    assertThat(alert.code()).isEqualTo(0x8F0A);
    GbcsMessage message = GbcsMessage.decode(billed.unacknowledged().getLast().message());
    assertThat(message.header().messageCode()).isEqualTo(new MessageCode(0x0061));
    List<DlmsValue> revealed =
        MessageProtection.reveal(
            message.header(),
            alert.protectedContent().orElseThrow(),
            home.supplier.agreement().agree(home.keys.secrets().ownPublicKey()));
    List<DlmsValue> entries = ((DlmsValue.CompactArray) revealed.getFirst()).elements();
    assertThat(entries).hasSize(1);
    assertThat(((DlmsValue.Structure) entries.getFirst()).elements().get(1))
        .isEqualTo(new UInt32(Registers.of(billed.function()).importWattHours()));
  }

  @Test
  void aControllerFollowsSettingBoostAndCalendarInThisOrder() throws Exception {
    EsmeState esme =
        home.meter()
            .function()
            .withValue(
                CosemAttribute.of(10, "0-0:12.0.2.255", 2),
                ValueNotation.parse(
                    "[{u16:1, true, os:00000A0067FF, u16:4580, os:13000000, u16:65535,"
                        + " bits:1111111, bits:, os:FFFFFFFFFF, os:FFFFFFFFFF},"
                        + " {u16:2, true, os:00000A0067FF, u16:4480, os:14000000, u16:65535,"
                        + " bits:1111111, bits:, os:FFFFFFFFFF, os:FFFFFFFFFF}]"))
            .withValue(CosemAttribute.of(1, "0-0:94.44.6.1", 2), DlmsValue.Bool.TRUE);
    DeviceState<EsmeState> meter = home.meter().withFunction(esme);
    Instant seven = Instant.parse("2026-02-14T19:00:00Z");
    assertThat(output(after(meter, seven.minusSeconds(1)))).isEqualTo("\"outputState\": 0");
    assertThat(output(after(meter, seven))).isEqualTo("\"outputState\": 100");
    assertThat(output(after(meter, seven.plus(Duration.ofHours(1)))))
        .isEqualTo("\"outputState\": 0");
    DeviceState<EsmeState> boosted =
        machine.locally(meter, t -> ControlFunction.boost(t, Duration.ofMinutes(5)), NOW).state();
    assertThat(output(boosted)).isEqualTo("\"outputState\": 100");
    assertThat(output(after(boosted, NOW.plusSeconds(300)))).isEqualTo("\"outputState\": 0");

    GroupingHeader header = TestHome.header(home.supplier, counter++, new MessageCode(0x011E));
    DeviceState<EsmeState> set =
        done(
            boosted,
            home.critical(
                header,
                TestHome.request(
                    header,
                    new Item.Set(at("0-0:94.44.117.1"), DlmsDateTime.of(NOW).toValue()),
                    new Item.Set(
                        at("0-0:94.44.117.2"), DlmsDateTime.of(NOW.plusSeconds(60)).toValue()),
                    new Item.Action(
                        CosemAttribute.of(9, "0-0:10.0.103.255", 1), new UInt16(0x1100))),
                home.supplier));
    assertThat(output(set)).isEqualTo("\"outputState\": 0");
    assertThat(output(after(set, NOW.plusSeconds(60)))).isEqualTo("\"outputState\": 100");
  }

  private String output(DeviceState<EsmeState> meter) throws Exception {
    GroupingHeader header = TestHome.header(home.supplier, counter++, new MessageCode(0x011D));
    Step<EsmeState> step =
        machine.receive(
            meter,
            home.nonCritical(header, TestHome.request(header, new Item.Get(at("0-0:94.44.0.31")))),
            meter.function().asOf());
    DlmsValue data =
        AccessResponse.decode(GbcsMessage.decode(step.message().orElseThrow()).content().payload())
            .items()
            .getFirst()
            .data();
    String json =
        new String(((DlmsValue.Utf8String) data).octets().toArray(), StandardCharsets.UTF_8);
    return json.substring(1, json.indexOf(','));
  }

  private static CosemAttribute at(String object) {
    return CosemAttribute.of(1, object, 2);
  }

  private Octets limit(int watts, Instant at) {
    return limit(watts, DlmsDateTime.of(at));
  }

  /** Load limit: disable above these watts for 300 s, restore after 30 s (ECS28a). */
  private Octets limit(int watts, DlmsDateTime at) {
    GroupingHeader header = TestHome.header(home.supplier, counter++, new MessageCode(0x0043));
    return home.critical(
        header,
        TestHome.request(
            header,
            new Item.Set(extended("0-0:94.44.0.3", 4), DlmsValue.Bool.TRUE),
            new Item.Set(extended("0-0:94.44.128.7", 4), new UInt32(watts)),
            new Item.Set(extended("0-0:94.44.128.6", 4), new UInt32(300)),
            new Item.Set(extended("0-0:94.44.128.8", 4), new UInt32(30)),
            new Item.Set(extended("0-0:94.44.0.3", 6), at.toValue()),
            new Item.Set(extended("0-0:94.44.128.7", 6), at.toValue()),
            new Item.Set(extended("0-0:94.44.128.6", 6), at.toValue()),
            new Item.Set(extended("0-0:94.44.128.8", 6), at.toValue())),
        home.supplier);
  }

  private static CosemAttribute extended(String object, int member) {
    return CosemAttribute.of(9000, object, member);
  }

  private DeviceState<EsmeState> done(DeviceState<EsmeState> meter, Octets command)
      throws Exception {
    Step<EsmeState> step = machine.receive(meter, command, meter.function().asOf());
    assertThat(
            AccessResponse.decode(
                    GbcsMessage.decode(step.message().orElseThrow()).content().payload())
                .items())
        .allMatch(AccessResponse.Item::successful);
    return step.state();
  }

  private DeviceState<EsmeState> after(DeviceState<EsmeState> meter, Instant until) {
    return machine.advance(meter, until).state();
  }

  private DeviceState<EsmeState> setHome(
      DeviceState<EsmeState> meter, Instant at, UnaryOperator<Home> change) {
    return machine
        .locally(
            meter,
            t -> t.updateFunction(esme -> esme.with(change.apply(esme.part(Home.class)))),
            at)
        .state();
  }

  private static long threshold(DeviceState<EsmeState> meter) {
    return meter.function().settings().number(THRESHOLD);
  }

  private static Position position(DeviceState<EsmeState> meter) {
    return meter.function().part(SupplyState.class).position();
  }

  private static List<Integer> codes(DeviceState<EsmeState> before, DeviceState<EsmeState> later)
      throws Exception {
    return alerts(before, later).stream().map(DlmsAlert::code).toList();
  }

  /** The alerts between two states. */
  private static List<DlmsAlert> alerts(DeviceState<EsmeState> before, DeviceState<EsmeState> later)
      throws Exception {
    List<DlmsAlert> alerts = new ArrayList<>();
    for (var outgoing : later.unacknowledged()) {
      if (outgoing.number() > before.lastOutgoing()) {
        alerts.add(
            DlmsAlert.of(
                    DataNotification.decode(
                        GbcsMessage.decode(outgoing.message()).content().payload()))
                .orElseThrow());
        ShownMessages.fromDevice(outgoing.message());
      }
    }
    return alerts;
  }
}
