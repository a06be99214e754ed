// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.devices.Party;
import org.meterbox.devices.TestHome;
import org.meterbox.devices.gas.home.GasHome;
import org.meterbox.devices.gas.mirror.GpfState;
import org.meterbox.devices.gas.state.GasAttribute;
import org.meterbox.devices.gas.state.GasManufacture;
import org.meterbox.devices.gas.state.GasSettings;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.devices.machine.DeviceEvent;
import org.meterbox.devices.machine.DeviceMachine;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.devices.machine.LocalEvent;
import org.meterbox.devices.machine.Outgoing;
import org.meterbox.devices.machine.Step;
import org.meterbox.gbcs.asn1.Asn1Content;
import org.meterbox.gbcs.asn1.Asn1Payload;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.gbz.Component;
import org.meterbox.gbcs.gbz.GbzAlert;
import org.meterbox.gbcs.gbz.GbzMessage;
import org.meterbox.gbcs.gbz.ZclAttribute;
import org.meterbox.gbcs.gbz.ZclCatalogue;
import org.meterbox.gbcs.gbz.ZclCommand;
import org.meterbox.gbcs.gbz.ZclFieldsBuilder;
import org.meterbox.gbcs.gbz.ZclFrame;
import org.meterbox.gbcs.gbz.ZclPayload;
import org.meterbox.gbcs.gbz.ZclStatus;
import org.meterbox.gbcs.utrn.TokenCounter;
import org.meterbox.gbcs.utrn.TokenValue;
import org.meterbox.gbcs.utrn.Utrn;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Octets;
import org.meterbox.testsupport.ShownMessages;

/** A gas meter with its supplier, and a gas proxy function that hears it when it is told to. */
final class GasHomeDevices {
  private static final int REQUEST = 0x01;

  final TestHome home = new TestHome();
  private final DeviceMachine<GsmeState> machine = new DeviceMachine<>(new GsmeModel());
  private final DeviceMachine<GpfState> proxyMachine = new DeviceMachine<>(new GpfModel());
  private final List<Integer> codes = new ArrayList<>();
  private final List<GbzAlert> alerts = new ArrayList<>();
  private final List<Octets> proxyTold = new ArrayList<>();
  private DeviceState<GsmeState> meter;
  private DeviceState<GpfState> proxy;
  private Instant now = TestHome.MANUFACTURED;
  private long counter = 100;

  GasHomeDevices() {
    meter =
        DeviceState.manufactured(
            TestHome.METER,
            DeviceType.GSME,
            home.keys,
            Map.of(),
            home.anchors(),
            GsmeModel.manufactured(new GasManufacture(7, TestHome.MANUFACTURED)));
    proxy =
        DeviceState.manufactured(
            TestHome.METER,
            DeviceType.GPF,
            home.keys,
            Map.of(),
            home.anchors(),
            GpfState.manufactured());
  }

  DeviceState<GsmeState> meter() {
    return meter;
  }

  GsmeState gsme() {
    return meter.function();
  }

  GpfState gpf() {
    return proxy.function();
  }

  Instant now() {
    return now;
  }

  /** The codes of all that was logged or told since this was last asked. */
  List<Integer> codes() {
    List<Integer> since = List.copyOf(codes);
    codes.clear();
    return since;
  }

  /** The alerts that the meter has sent since this was last asked. */
  List<GbzAlert> alerts() {
    List<GbzAlert> since = List.copyOf(alerts);
    alerts.clear();
    return since;
  }

  void waitUntil(Instant until) {
    now = until;
    took(machine.advance(meter, until));
  }

  void waitFor(long seconds) {
    waitUntil(now.plusSeconds(seconds));
  }

  void locally(LocalEvent<GsmeState> event) {
    took(machine.locally(meter, event, now));
  }

  /** What the appliances burn, and what leaks, in litres an hour. */
  void burn(int appliances, int leak) {
    locally(t ->
        t.updateFunction(gsme ->
            gsme.with(
                gsme.part(GasHome.class).withFlow(OptionalInt.of(appliances)).withLeak(leak))));
  }

  void set(Map<ZclAttribute, Long> values) {
    locally(t -> t.updateFunction(gsme -> gsme.with(GasSettings.of(gsme).with(values))));
  }

  /** At this price all day, in thousandths of a penny per kWh. */
  void charge(long price, long standingCharge) {
    set(
        Map.of(
            GasAttribute.tierPrice(1),
            price,
            GasAttribute.blockPrice(1),
            0L,
            GasAttribute.STANDING_CHARGE,
            standingCharge));
  }

  /** The meter is awake and in reach of the hub. */
  void proxyHears() {
    waitUntil(now);
    proxy = proxyMachine.locally(proxy, GpfModel.hears(meter), now).state();
  }

  /** A command with one part as a critical one of the supplier; what the meter answers to it. */
  Component.Plain critical(int code, String name, Consumer<ZclFieldsBuilder> fields) {
    GroupingHeader header = TestHome.header(home.supplier, counter++, new MessageCode(code));
    return received(home.critical(header, payload(name, fields), home.supplier));
  }

  /** A part of a command. */
  static Component.Plain part(String name, Consumer<ZclFieldsBuilder> fill) {
    ZclCommand command = ZclCatalogue.command(name);
    ZclFieldsBuilder fields = command.fields();
    fill.accept(fields);
    return Component.Plain.of(command.frame(frameControl(command), 0, fields.build()));
  }

  /** A critical command of the supplier; what the meter answers to each part of it. */
  List<Component> critical(int code, Component.Plain... parts) {
    GroupingHeader header = TestHome.header(home.supplier, counter++, new MessageCode(code));
    return take(home.critical(header, payload(parts), home.supplier));
  }

  /** A command of the supplier that it need not sign; what the meter answers. */
  List<Component> nonCritical(int code, Component.Plain... parts) {
    GroupingHeader header = TestHome.header(home.supplier, counter++, new MessageCode(code));
    return take(home.nonCritical(header, payload(parts)));
  }

  /** A command of the broker alone; what the meter answers. */
  List<Component> fromBroker(int code, Component.Plain... parts) {
    GroupingHeader header = TestHome.header(home.broker, counter++, new MessageCode(code));
    return take(home.nonCritical(header, payload(parts)));
  }

  /** The status by which the meter answers a part without an answer of its own. */
  static ZclStatus status(Component answer) {
    ZclFrame frame = ((Component.Plain) answer).frame();
    return ((ZclPayload.DefaultResponse) frame.payload()).status();
  }

  /** A top-up that reaches the meter over the SM WAN. */
  Component.Plain topUp(long originatorCounter, Octets digits) {
    GroupingHeader header =
        TestHome.header(home.supplier, originatorCounter, new MessageCode(0x0097));
    Octets payload =
        payload(
            "Consumer Top Up",
            fields -> fields.number("Originating Device", 0).octets("Top Up Code", digits));
    return received(home.nonCritical(header, payload));
  }

  /** A token of the supplier, of so many pence. */
  String token(long number, int pence) {
    return token(home.tokenIssuer, number, pence);
  }

  /** A token of somebody whom the meter does not know. */
  String tokenOfAnother(long number, int pence) {
    return token(home.stranger, number, pence);
  }

  private String token(Party issuer, long number, int pence) {
    SharedSecret secret = issuer.agreement().agree(home.keys.secrets().ownPublicKey());
    return Utrn.issue(
            secret,
            home.supplier.id(),
            TestHome.METER,
            new TokenCounter(number),
            TokenValue.ofPence(pence))
        .digits();
  }

  /** What the meter says to a command that it must not carry out. */
  Step<GsmeState> refused(Octets command) {
    Step<GsmeState> step = machine.receive(meter, command, now);
    assertThat(step.events()).anyMatch(DeviceEvent.Refused.class::isInstance);
    return step;
  }

  Octets unsigned(int code, String name, Consumer<ZclFieldsBuilder> fields) {
    GroupingHeader header = TestHome.header(home.supplier, counter++, new MessageCode(code));
    return home.nonCritical(header, payload(name, fields));
  }

  /** What the meter answers to a command that carries no ZigBee commands, signed or not. */
  Asn1Content meterAnswers(int code, Asn1Content command, boolean signed) {
    GroupingHeader header = TestHome.header(home.supplier, counter++, new MessageCode(code));
    Octets payload = Asn1Payload.of(command).encode();
    Step<GsmeState> step =
        machine.receive(
            meter,
            signed
                ? home.critical(header, payload, home.supplier)
                : home.nonCritical(header, payload),
            now);
    took(step);
    return content(step.message().orElseThrow());
  }

  /** What the gas proxy function answers to a party's command without ZigBee commands. */
  Asn1Content proxyAnswers(Party from, int code, Asn1Content command) {
    GroupingHeader header = TestHome.header(from, counter++, new MessageCode(code));
    Step<GpfState> step =
        proxyMachine.receive(
            proxy, home.nonCritical(header, Asn1Payload.of(command).encode()), now);
    proxyTold.clear();
    step.message().ifPresent(ShownMessages::fromDevice);
    step.state().unacknowledged().forEach(told -> ShownMessages.fromDevice(told.message()));
    step.state().unacknowledged().forEach(outgoing -> proxyTold.add(outgoing.message()));
    proxy = step.state().withoutOutgoing();
    return content(step.message().orElseThrow());
  }

  /** The alerts that the gas proxy function sent with its last answer. */
  List<Asn1Content> proxyAlerts() {
    return proxyTold.stream()
        .filter(message -> decoded(message) instanceof GbcsMessage.Alert)
        .map(GasHomeDevices::content)
        .toList();
  }

  private static Asn1Content content(Octets message) {
    GbcsMessage decoded = decoded(message);
    try {
      return Asn1Payload.decode(
              decoded.content().payload(),
              decoded.content().header().messageCode(),
              decoded.content().header().craFlag())
          .content();
    } catch (DecodeException e) {
      throw new IllegalStateException(e);
    }
  }

  private static GbcsMessage decoded(Octets message) {
    try {
      return GbcsMessage.decode(message);
    } catch (DecodeException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The gas proxy function's answer to a command of the supplier that it need not sign. */
  List<Component> proxy(int code, Component.Plain... parts) {
    GroupingHeader header = TestHome.header(home.supplier, counter++, new MessageCode(code));
    Step<GpfState> step =
        proxyMachine.receive(proxy, home.nonCritical(header, payload(parts)), now);
    proxy = step.state().withoutOutgoing();
    return components(step);
  }

  DeviceState<GpfState> proxy() {
    return proxy;
  }

  /** What the gas proxy function answers to a read of attributes. */
  List<Component> readProxy(int code, ZclFrame... reads) {
    GroupingHeader header = TestHome.header(home.supplier, counter++, new MessageCode(code));
    Octets payload =
        new GbzMessage(List.of(reads).stream().<Component>map(Component.Plain::of).toList())
            .encode();
    return components(proxyMachine.receive(proxy, home.nonCritical(header, payload), now));
  }

  private static Octets payload(String name, Consumer<ZclFieldsBuilder> fill) {
    return payload(part(name, fill));
  }

  private static Octets payload(Component.Plain... parts) {
    return new GbzMessage(List.<Component>of(parts)).encode();
  }

  private static int frameControl(ZclCommand command) {
    return command.direction() == ZclCommand.Direction.FROM_SERVER ? REQUEST | 0x08 : REQUEST;
  }

  private Component.Plain received(Octets command) {
    return (Component.Plain) take(command).getFirst();
  }

  private List<Component> take(Octets command) {
    Step<GsmeState> step = machine.receive(meter, command, now);
    took(step);
    return components(step);
  }

  private static List<Component> components(Step<?> step) {
    try {
      GbcsMessage response = GbcsMessage.decode(step.message().orElseThrow());
      return GbzMessage.decode(response.content().payload()).components();
    } catch (DecodeException e) {
      throw new IllegalStateException(e);
    }
  }

  private void took(Step<GsmeState> step) {
    for (DeviceEvent event : step.events()) {
      if (event instanceof DeviceEvent.Logged(int code)) {
        codes.add(code);
      }
    }
    step.message().ifPresent(ShownMessages::fromDevice);
    for (Outgoing outgoing : step.state().unacknowledged()) {
      ShownMessages.fromDevice(outgoing.message());
      try {
        if (GbcsMessage.decode(outgoing.message()) instanceof GbcsMessage.Alert alert) {
          alerts.add(
              GbzAlert.decode(alert.content().payload(), alert.content().header().messageCode()));
        }
      } catch (DecodeException e) {
        throw new IllegalStateException(e);
      }
    }
    // What the meter told has arrived.
    meter = step.state().withoutOutgoing();
  }
}
