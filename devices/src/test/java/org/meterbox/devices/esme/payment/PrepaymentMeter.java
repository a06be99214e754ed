// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.payment;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.devices.TestHome;
import org.meterbox.devices.cosem.ValueNotation;
import org.meterbox.devices.esme.EsmeModel;
import org.meterbox.devices.esme.home.Home;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.EsmeVariant;
import org.meterbox.devices.esme.supply.SupplyState;
import org.meterbox.devices.machine.DeviceEvent;
import org.meterbox.devices.machine.DeviceMachine;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.devices.machine.LocalEvent;
import org.meterbox.devices.machine.Step;
import org.meterbox.gbcs.dlms.AccessRequest.Item;
import org.meterbox.gbcs.dlms.AccessResponse;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.DlmsValue.Int32;
import org.meterbox.gbcs.dlms.DlmsValue.Int8;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.utrn.TokenCounter;
import org.meterbox.gbcs.utrn.TokenValue;
import org.meterbox.gbcs.utrn.Utrn;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;
import org.meterbox.testsupport.ShownMessages;

/** A meter whose supplier sends the commands of prepayment, and whose consumer types tokens in. */
final class PrepaymentMeter {
  /** Every day from 18:00 to 09:00 UTC. */
  static final String EVENINGS_AND_NIGHTS = schedule("32", "12000000", "33", "09000000");

  static final String NO_SCHEDULE = "[]";
  static final int POUND = 100_000;

  final TestHome home = new TestHome();
  private final DeviceMachine<EsmeState> machine = new DeviceMachine<>(new EsmeModel());
  private final List<Integer> codes = new ArrayList<>();
  private DeviceState<EsmeState> state;
  private Instant now = TestHome.NOW;
  private long counter = 100;

  PrepaymentMeter(EsmeVariant variant) {
    state = home.meter(variant);
  }

  static String schedule(String... scriptsAndTimes) {
    StringBuilder entries = new StringBuilder();
    for (int i = 0; i < scriptsAndTimes.length; i += 2) {
      entries
          .append(i == 0 ? "" : ", ")
          .append("{u16:" + (i / 2 + 1) + ", true, os:00000A006AFF, u16:" + scriptsAndTimes[i])
          .append(", os:" + scriptsAndTimes[i + 1])
          .append(", u16:65535, bits:1111111, bits:, os:FFFFFFFFFF, os:FFFFFFFFFF}");
    }
    return "[" + entries + "]";
  }

  Instant now() {
    return now;
  }

  EsmeState esme() {
    return state.function();
  }

  Account account() {
    return Account.of(esme());
  }

  SupplyState supply() {
    return esme().part(SupplyState.class);
  }

  DeviceState<EsmeState> state() {
    return state;
  }

  /** The codes of all that was logged or told since this was last asked. */
  List<Integer> codes() {
    List<Integer> since = List.copyOf(codes);
    codes.clear();
    return since;
  }

  /** A load that stays, all day in rate 1 at this price in thousandths of a penny per kWh. */
  void use(int watts, int price, int standingCharge) {
    EsmeState esme =
        esme()
            .withValue(
                CosemAttribute.of(20, "0-0:13.0.0.255", 5),
                ValueNotation.parse("[{u8:1, [{os:00000000, os:00000A0064FF, u16:1}]}]"))
            .withValue(
                CosemAttribute.of(113, "0-0:19.20.0.255", 5),
                ValueNotation.parse(
                    "{{i8:3, i8:-5}, {u16:3, os:0100010800FF, i8:2}, [{os:01, i16:"
                        + price
                        + "}]}"))
            .withValue(CosemAttribute.of(113, "0-0:19.20.4.255", 5), charge(standingCharge, -5));
    state = state.withFunction(esme);
    load(watts);
  }

  void load(int watts) {
    locally(t ->
        t.updateFunction(esme ->
            esme.with(
                esme.part(Home.class)
                    .withLoad(OptionalInt.of(watts))
                    .withGeneration(OptionalInt.of(0)))));
  }

  private static DlmsValue charge(int amount, int scale) {
    return ValueNotation.parse(
        "{{i8:0, i8:" + scale + "}, {u16:0, os:000000000000, i8:0}, [{os:, i16:" + amount + "}]}");
  }

  void waitUntil(Instant until) {
    Step<EsmeState> step = machine.advance(state, until);
    now = until;
    took(step);
  }

  void waitFor(long seconds) {
    waitUntil(now.plusSeconds(seconds));
  }

  Instant nextNoticeable(Instant horizon) {
    return machine.nextNoticeable(state, horizon);
  }

  void locally(LocalEvent<EsmeState> event) {
    took(machine.locally(state, event, now));
  }

  private void took(Step<EsmeState> step) {
    for (DeviceEvent event : step.events()) {
      if (event instanceof DeviceEvent.Logged(int code)) {
        codes.add(code);
      }
    }
    step.state().unacknowledged().forEach(outgoing -> ShownMessages.fromDevice(outgoing.message()));
    // What the meter told has arrived.
    state = step.state().withoutOutgoing();
  }

  /** The results of a critical command's items. */
  List<Integer> command(int code, Item... items) {
    GroupingHeader header = TestHome.header(home.supplier, counter++, new MessageCode(code));
    return received(home.critical(header, TestHome.request(header, items), home.supplier));
  }

  private List<Integer> received(Octets command) {
    Step<EsmeState> step = machine.receive(state, command, now);
    took(step);
    try {
      return AccessResponse.decode(
              GbcsMessage.decode(step.message().orElseThrow()).content().payload())
          .items()
          .stream()
          .map(AccessResponse.Item::resultCode)
          .toList();
    } catch (DecodeException e) {
      throw new IllegalStateException(e);
    }
  }

  /** ECS03. */
  List<Integer> prepaymentMode(
      int disablementThreshold,
      boolean suspendDisabled,
      boolean suspendEmergency,
      DlmsDateTime at) {
    DlmsValue when = at.toValue();
    return command(
        0x001B,
        new Item.Set(at(111, "0-1:19.0.0.255", 2), ValueNotation.parse("{enum:2, enum:1}")),
        new Item.Set(at(9000, "0-0:94.44.128.22", 4), new Int32(disablementThreshold)),
        new Item.Set(
            at(111, "0-1:19.0.0.255", 11),
            new PaymentConfiguration(PaymentMode.PREPAYMENT, suspendDisabled, suspendEmergency)
                .toValue(esme().variant())),
        new Item.Set(at(9000, "0-0:94.44.128.22", 6), when),
        new Item.Set(at(111, "0-1:19.0.0.255", 13), when));
  }

  /** ECS03, at once. */
  List<Integer> prepaymentMode(int disablementThreshold, boolean disabled, boolean emergency) {
    return prepaymentMode(disablementThreshold, disabled, emergency, DlmsDateTime.NOW);
  }

  /** ECS02, at once. */
  List<Integer> creditMode() {
    return command(
        0x001A,
        new Item.Set(at(111, "0-1:19.0.0.255", 2), ValueNotation.parse("{enum:1, enum:1}")),
        new Item.Set(
            at(111, "0-1:19.0.0.255", 11), PaymentConfiguration.CREDIT.toValue(esme().variant())),
        new Item.Set(at(111, "0-1:19.0.0.255", 13), DlmsDateTime.NOW.toValue()));
  }

  /** ECS08a, at once: up to 100 pounds, 50 at once, 5 a week of the payment debt. */
  List<Integer> configure(
      int lowCredit, int emergencyLimit, int emergencyThreshold, String schedule) {
    List<Item> items = new ArrayList<>();
    items.add(set(11, "0-1:11.0.2.255", 2, "[]"));
    items.add(set(9000, "0-0:94.44.2.20", 4, "i32:" + 100 * POUND));
    items.add(set(9000, "0-0:94.44.2.10", 4, "i32:" + 50 * POUND));
    items.add(set(10, "0-1:12.0.1.255", 2, schedule));
    items.add(set(9000, "0-0:94.44.128.12", 4, "u16:5"));
    items.add(set(9000, "0-0:94.44.128.13", 4, "i32:604800"));
    items.add(set(9000, "0-0:94.44.128.9", 4, "i32:" + lowCredit));
    items.add(set(9000, "0-0:94.44.128.2", 4, "i32:" + emergencyLimit));
    DlmsValue when = DlmsDateTime.NOW.toValue();
    items.add(new Item.Set(at(9000, "0-0:94.44.128.31", 6), when));
    items.add(set(9000, "0-0:94.44.128.3", 4, "i32:" + emergencyThreshold));
    Stream.of("2.20", "2.10", "128.12", "128.13", "128.9", "128.2", "128.3", "128.28")
        .forEach(object -> items.add(new Item.Set(at(9000, "0-0:94.44." + object, 6), when)));
    return command(0x00DE, items.toArray(Item[]::new));
  }

  /** ECS04a. */
  List<Integer> adjust(int amount) {
    return command(0x001C, new Item.Action(at(112, "0-0:19.10.0.255", 1), new Int32(amount)));
  }

  /** ECS04b. */
  List<Integer> reset() {
    return command(
        0x00B3,
        new Item.Action(at(112, "0-0:19.10.0.255", 2), new Int32(0)),
        new Item.Action(at(112, "0-0:19.10.1.255", 2), new Int32(0)),
        new Item.Action(at(112, "0-0:19.10.2.255", 2), new Int32(0)));
  }

  /** ECS07: rates in thousandths of a penny, the first each hour, the second each day. */
  List<Integer> debts(
      int rate1, int rate2, int perPayment, int paymentDebt, int timeDebt1, int timeDebt2) {
    return command(
        0x001E,
        new Item.Set(at(113, "0-0:19.20.1.255", 6), charge(rate1, -5)),
        new Item.Set(at(113, "0-0:19.20.2.255", 6), charge(rate2, -5)),
        set(113, "0-0:19.20.3.255", 13, "u16:" + perPayment),
        set(113, "0-0:19.20.1.255", 8, "u32:3600"),
        set(113, "0-0:19.20.2.255", 8, "u32:86400"),
        new Item.Action(at(113, "0-0:19.20.1.255", 2), new Int8(0)),
        new Item.Action(at(113, "0-0:19.20.2.255", 2), new Int8(0)),
        new Item.Action(at(113, "0-0:19.20.3.255", 4), new Int32(paymentDebt)),
        new Item.Action(at(113, "0-0:19.20.1.255", 4), new Int32(timeDebt1)),
        new Item.Action(at(113, "0-0:19.20.2.255", 4), new Int32(timeDebt2)));
  }

  /** ECS09. */
  List<Integer> activateEmergencyCredit() {
    return command(0x0020, new Item.Action(at(112, "0-0:19.10.1.255", 3), new Int8(0)));
  }

  /** A token of the supplier for this meter. */
  Utrn token(long number, int pence) {
    return token(TestHome.METER, number, pence);
  }

  Utrn token(Eui64 meter, long number, int pence) {
    SharedSecret secret = home.tokenIssuer.agreement().agree(home.keys.secrets().ownPublicKey());
    return Utrn.issue(
        secret, home.supplier.id(), meter, new TokenCounter(number), TokenValue.ofPence(pence));
  }

  /** CS01a: the result of its one item. */
  int topUp(long number, Utrn token) {
    GroupingHeader header =
        TestHome.header(
            home.supplier,
            new TokenCounter(number).originatorCounter().value(),
            new MessageCode(0x0007));
    Octets digits = Octets.of(token.digits().getBytes(StandardCharsets.US_ASCII));
    return received(
            home.nonCritical(
                header,
                TestHome.request(
                    header,
                    new Item.Action(
                        at(115, "0-0:19.40.0.255", 1), new DlmsValue.OctetString(digits)))))
        .getFirst();
  }

  /** A token typed in at the meter. */
  TokenResult enter(String digits) {
    List<TokenResult> result = new ArrayList<>();
    locally(t -> result.add(PaymentFunction.enterToken(t, digits)));
    return result.getFirst();
  }

  /** The power fails and comes back at once: what the meter knows comes from its memory. */
  void restart() {
    EsmeModel model = new EsmeModel();
    OctetWriter image = new OctetWriter();
    model.write(esme(), image);
    try {
      state = state.withFunction(model.read(image.toOctets().reader()));
    } catch (DecodeException e) {
      throw new IllegalStateException(e);
    }
  }

  static Item set(int classId, String object, int member, String value) {
    return new Item.Set(at(classId, object, member), ValueNotation.parse(value));
  }

  static CosemAttribute at(int classId, String object, int member) {
    return CosemAttribute.of(classId, object, member);
  }
}
