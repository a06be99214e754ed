// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterbox.devices.TestHome.header;
import static org.meterbox.devices.TestHome.request;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.meterbox.devices.Party;
import org.meterbox.devices.TestHome;
import org.meterbox.devices.esme.log.SampleLog;
import org.meterbox.devices.esme.metering.Profiles;
import org.meterbox.devices.esme.metering.Registers;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.EsmeVariant;
import org.meterbox.devices.machine.DeviceMachine;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.devices.machine.Step;
import org.meterbox.gbcs.dlms.AccessRequest.Item;
import org.meterbox.gbcs.dlms.AccessResponse;
import org.meterbox.gbcs.dlms.AccessResult;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.DlmsValue.UInt32;
import org.meterbox.gbcs.dlms.LogTimestamp;
import org.meterbox.gbcs.dlms.ProtectedAttributes;
import org.meterbox.gbcs.dlms.ProtectedAttributes.Selection;
import org.meterbox.gbcs.dlms.SelectiveAccess;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.Octets;

/** What the meter answers agrees with what it measures, whichever way it is asked. */
class EsmeReadsTest {
  private static final CosemAttribute PROFILE = CosemAttribute.of(7, "0-0:99.1.0.255", 2);
  private static final CosemAttribute CONSUMPTION = CosemAttribute.of(7, "0-0:99.1.3.255", 2);
  private static final CosemAttribute EVENTS = CosemAttribute.of(7, "0-0:99.98.0.255", 2);
  private static final CosemAttribute SECURITY = CosemAttribute.of(7, "0-0:99.98.1.255", 2);
  private static final CosemAttribute MESSAGE = CosemAttribute.of(1, "0-2:96.13.1.255", 2);

  private final TestHome home = new TestHome();
  private final DeviceMachine<EsmeState> machine = new DeviceMachine<>(new EsmeModel());
  private long counter = 100;

  @ParameterizedTest
  @EnumSource(EsmeVariant.class)
  void halfHoursAddUpToTheRegisters(EsmeVariant variant) throws Exception {
    DeviceState<EsmeState> meter = home.meter(variant);
    Instant from = Instant.parse("2026-02-01T00:30:00Z");
    Instant to = Instant.parse("2026-02-11T00:00:00Z");
    List<List<DlmsValue>> entries = protectedLog(meter, 0x0037, 7, PROFILE, from, to);
    assertThat(entries).hasSize(480);
    assertThat(time(entries.getFirst())).isEqualTo(from);
    assertThat(time(entries.getLast())).isEqualTo(to);
    long before = registersAt(variant, from.minus(Duration.ofMinutes(30))).importWattHours();
    assertThat(sum(entries, 1) + (variant == EsmeVariant.TWIN_ELEMENT ? sum(entries, 2) : 0))
        .isPositive()
        .isEqualTo(registersAt(variant, to).importWattHours() - before);
  }

  @Test
  void daysAddUpToTheRegister() throws Exception {
    DeviceState<EsmeState> meter = home.meter();
    Instant from = Instant.parse("2026-01-12T00:00:00Z");
    List<List<DlmsValue>> entries =
        protectedLog(
            meter, 0x0060, 4, CONSUMPTION, Instant.parse("2025-01-01T00:00:00Z"), TestHome.NOW);
    assertThat(time(entries.getFirst())).as("the first whole day").isEqualTo(from);
    Instant last = Instant.parse("2026-02-14T00:00:00Z");
    assertThat(time(entries.getLast())).isEqualTo(last);
    EsmeVariant variant = EsmeVariant.SINGLE_ELEMENT;
    assertThat(sum(entries, 1))
        .isEqualTo(
            registersAt(variant, last).importWattHours()
                - registersAt(variant, from.minus(Duration.ofDays(1))).importWattHours());
  }

  @Test
  void theDailyReadLogHoldsThirtyOneMidnightsAndTheSpanIsInclusive() throws Exception {
    Instant from = Instant.parse("2026-02-10T00:00:00Z");
    Instant to = Instant.parse("2026-02-12T00:00:00Z");
    assertThat(protectedLog(home.meter(), 0x0033, 5, TestHome.DAILY_LOG, from, to)).hasSize(3);
    assertThat(
            protectedLog(
                home.meter(), 0x0033, 5, TestHome.DAILY_LOG, TestHome.MANUFACTURED, TestHome.NOW))
        .hasSize(31);
    assertThat(
            protectedLog(
                home.meter(), 0x0033, 5, TestHome.DAILY_LOG, to.plusSeconds(1), to.plusSeconds(2)))
        .isEmpty();
  }

  /** SMETS 5.7.5.27: 397 days, also of a meter with two columns. */
  @Test
  void thirteenMonthsOfHalfHoursAreOneAnswer() throws Exception {
    Instant later = TestHome.NOW.plus(Duration.ofDays(400));
    for (EsmeVariant variant : List.of(EsmeVariant.SINGLE_ELEMENT, EsmeVariant.TWIN_ELEMENT)) {
      DeviceState<EsmeState> meter = machine.advance(home.meter(variant), later).state();
      List<List<DlmsValue>> entries =
          protectedLog(meter, 0x0037, 7, PROFILE, TestHome.MANUFACTURED, later);
      assertThat(entries).hasSize(397 * 48);
    }
  }

  @Test
  void maximumDemandIsTheHighestHalfHourSinceTheReset() throws Exception {
    DeviceState<EsmeState> meter = home.meter();
    SampleLog halfHours = meter.function().part(Profiles.class).activeImport();
    long highest = 0;
    for (int entry = 0; entry < halfHours.size(); entry++) {
      highest = Math.max(highest, 2 * halfHours.number(entry, 0));
    }
    assertThat(maximumDemand(meter, "1-0:1.6.0.255")).isEqualTo(highest).isPositive();
    assertThat(maximumDemand(meter, "1-0:1.6.1.255"))
        .as("within a window of the evening")
        .isLessThanOrEqualTo(highest)
        .isPositive();

    Octets reset =
        command(
            home.operator,
            0x005A,
            new Item.Action(CosemAttribute.of(4, "1-0:1.6.0.255", 1), new DlmsValue.Int8(0)));
    DeviceState<EsmeState> after = machine.receive(meter, reset, TestHome.NOW).state();
    assertThat(maximumDemand(after, "1-0:1.6.0.255")).isZero();
    assertThat(maximumDemand(after, "1-0:1.6.1.255")).isPositive();
  }

  @Test
  void whatIsWrittenIsReadBack() throws Exception {
    DlmsValue window = DlmsValue.array(new UInt32(700), new UInt32(1900));
    CosemAttribute thresholds = CosemAttribute.of(21, "0-0:16.0.0.255", 2);
    Step<EsmeState> written =
        receive(home.meter(), command(home.supplier, 0x0047, new Item.Set(thresholds, window)));
    assertThat(items(written).getFirst().successful()).isTrue();
    Step<EsmeState> read =
        receive(written.state(), command(home.supplier, 0x0040, new Item.Get(thresholds)));
    assertThat(items(read).getFirst().data()).isEqualTo(window);
  }

  @Test
  void aValueOfAnotherKindIsRefusedAndEndsTheCommand() throws Exception {
    CosemAttribute phone = CosemAttribute.of(9000, "0-0:96.13.0.255", 2);
    CosemAttribute name = CosemAttribute.of(9000, "0-0:96.13.1.255", 2);
    Step<EsmeState> step =
        receive(
            home.meter(),
            command(
                home.supplier,
                0x0025,
                new Item.Set(phone, new UInt32(1)),
                new Item.Set(name, DlmsValue.OctetString.ofHex("41"))));
    assertThat(items(step).stream().map(AccessResponse.Item::resultCode))
        .containsExactly(AccessResult.TYPE_UNMATCHED.code(), AccessResult.OTHER_REASON.code());
    assertThat(step.state().function()).isEqualTo(home.meter().function());
  }

  @Test
  void aMessageLongerThanTheDisplayIsRefused() throws Exception {
    Octets tooLong = Octets.of(new byte[117]);
    Octets longest = Octets.of(new byte[116]);
    assertThat(items(receive(home.meter(), message(longest))).getFirst().successful()).isTrue();
    assertThat(items(receive(home.meter(), message(tooLong))).getFirst().resultCode())
        .isEqualTo(AccessResult.SCOPE_OF_ACCESS_VIOLATED.code());
  }

  @Test
  void whatOnlyTwinElementMetersHaveDoesNotExistOnOthers() throws Exception {
    CosemAttribute prices = CosemAttribute.of(113, "0-0:19.20.5.255", 5);
    Octets read = command(home.supplier, 0x00BD, new Item.Get(prices));
    assertThat(items(receive(home.meter(), read)).getFirst().resultCode())
        .isEqualTo(AccessResult.OBJECT_UNDEFINED.code());
    assertThat(items(receive(home.meter(EsmeVariant.TWIN_ELEMENT), read)).getFirst().successful())
        .isTrue();
  }

  @Test
  void eventsAndRefusalsAreLoggedAndOnlyEventsCanBeCleared() throws Exception {
    DeviceState<EsmeState> meter = home.meter();
    meter = receive(meter, home.supplyCommand(TestHome.DISABLE, 52, 1)).state();
    meter = receive(meter, home.supplyCommand(TestHome.ARM, 54, 2)).state();
    meter = receive(meter, home.supplyCommand(TestHome.ARM, 54, 2)).state();
    assertThat(log(meter, 0x0048, EVENTS)).containsExactly(0x8F32);
    assertThat(log(meter, 0x0049, SECURITY)).containsExactly(0x8F53);

    CosemAttribute clear = CosemAttribute.of(7, "0-0:99.98.0.255", 1);
    meter =
        receive(
                meter,
                command(home.supplier, 0x0024, new Item.Action(clear, new DlmsValue.Int8(0))))
            .state();
    assertThat(log(meter, 0x0048, EVENTS)).containsExactly(0x8F52);
    assertThat(log(meter, 0x0049, SECURITY)).containsExactly(0x8F53);
  }

  /** A mask says which bits change, the second half to what. */
  @Test
  void alertBehaviourChangesWhereTheMaskSays() throws Exception {
    CosemAttribute write = CosemAttribute.of(1, "0-30:97.98.11.255", 2);
    CosemAttribute read = CosemAttribute.of(1, "0-30:97.98.15.255", 2);
    DeviceState<EsmeState> meter = home.meter();
    for (String maskAndAction : List.of("F0" + "A5", "0F" + "A5", "30" + "00")) {
      Octets octets =
          Octets.ofHex(maskAndAction.substring(0, 2) + "00".repeat(31))
              .concat(Octets.ofHex(maskAndAction.substring(2) + "00".repeat(31)));
      DlmsValue value = new DlmsValue.BitString(512, octets);
      Step<EsmeState> step =
          receive(meter, command(home.supplier, 0x00AC, new Item.Set(write, value)));
      assertThat(items(step).getFirst().successful()).isTrue();
      meter = step.state();
    }
    Octets factory = bits(home.meter(), read);
    assertThat(bits(meter, read))
        .isEqualTo(Octets.ofHex("85").concat(factory.slice(1, factory.length())));
  }

  private static Octets bits(DeviceState<EsmeState> meter, CosemAttribute attribute) {
    return ((DlmsValue.BitString) meter.function().settings().get(attribute).orElseThrow())
        .octets();
  }

  /** Offset = number x limit x 0.0001, rounded. */
  @Test
  void theRandomisedOffsetFollowsItsLimit() throws Exception {
    CosemAttribute number = CosemAttribute.of(1, "0-0:94.44.0.2", 2);
    CosemAttribute limit = CosemAttribute.of(1, "0-0:94.44.0.1", 2);
    CosemAttribute offset = CosemAttribute.of(1, "0-0:94.44.0.0", 2);
    EsmeState esme =
        home.meter()
            .function()
            .withValue(number, new DlmsValue.UInt16(2000))
            .withValue(limit, new DlmsValue.UInt16(1000));
    Octets read = command(home.supplier, 0x003D, new Item.Get(offset), new Item.Get(limit));
    assertThat(items(receive(home.meter().withFunction(esme), read)).getFirst().data())
        .isEqualTo(new DlmsValue.UInt16(200));
  }

  /** The supplier says between which times the meter may believe the hub. */
  @Test
  void theClockIsReliableWhereTheHubsTimeLiesInTheSpan() throws Exception {
    Instant now = TestHome.NOW;
    assertThat(clockStatus(now.minusSeconds(10), now.plusSeconds(10))).isEqualTo(0);
    assertThat(clockStatus(now, now)).isEqualTo(0);
    assertThat(clockStatus(now.plusSeconds(1), now.plusSeconds(10))).isEqualTo(2);
    assertThat(clockStatus(now.minusSeconds(10), now.minusSeconds(1))).isEqualTo(2);
  }

  private Registers registersAt(EsmeVariant variant, Instant at) {
    DeviceState<EsmeState> made =
        home.meter().withFunction(EsmeModel.manufactured(variant, 42, TestHome.MANUFACTURED));
    return Registers.of(machine.advance(made, at).state().function());
  }

  private int clockStatus(Instant from, Instant to) throws Exception {
    DlmsValue span =
        DlmsValue.structure(
            DlmsDateTime.NEVER.toValue(),
            DlmsDateTime.of(from).toValue(),
            DlmsDateTime.of(to).toValue());
    GroupingHeader header = header(home.supplier, counter++, new MessageCode(0x0062));
    Octets payload =
        request(
            header,
            new Item.Set(clock(9), new DlmsValue.Enumerated(5)),
            new Item.Action(clock(5), span),
            new Item.Action(clock(4), new DlmsValue.Int8(0)),
            new Item.Get(clock(2)),
            new Item.Get(clock(4)));
    List<AccessResponse.Item> items =
        items(receive(home.meter(), home.critical(header, payload, home.supplier)));
    assertThat(items).allMatch(AccessResponse.Item::successful);
    assertThat(items.get(3).data()).isEqualTo(DlmsDateTime.of(TestHome.NOW).toValue());
    return ((DlmsValue.UInt8) items.get(4).data()).value();
  }

  private static CosemAttribute clock(int member) {
    return CosemAttribute.of(8, "0-0:1.0.0.255", member);
  }

  private long maximumDemand(DeviceState<EsmeState> meter, String object) throws Exception {
    Octets read = command(home.operator, 0x002C, new Item.Get(CosemAttribute.of(4, object, 2)));
    return ((UInt32) items(receive(meter, read)).getFirst().data()).value();
  }

  private Octets message(Octets text) {
    return command(home.supplier, 0x0021, new Item.Set(MESSAGE, new DlmsValue.OctetString(text)));
  }

  private List<Integer> log(DeviceState<EsmeState> meter, int code, CosemAttribute log)
      throws Exception {
    SelectiveAccess all =
        new SelectiveAccess(LogTimestamp.of(TestHome.MANUFACTURED), LogTimestamp.of(TestHome.NOW));
    Step<EsmeState> step = receive(meter, command(home.supplier, code, all.read(log)));
    return elements(items(step).getFirst().data()).stream()
        .map(fields -> ((DlmsValue.UInt16) fields.get(1)).value())
        .toList();
  }

  private List<List<DlmsValue>> protectedLog(
      DeviceState<EsmeState> meter,
      int code,
      int instance,
      CosemAttribute log,
      Instant from,
      Instant to)
      throws Exception {
    Step<EsmeState> step = receive(meter, protectedRead(code, instance, log, from, to));
    GbcsMessage response = GbcsMessage.decode(step.message().orElseThrow());
    List<DlmsValue> revealed =
        MessageProtection.reveal(
            response.header(),
            ProtectedAttributes.Response.of(items(step).getFirst().data()).orElseThrow(),
            home.supplier.agreement().agree(home.keys.secrets().ownPublicKey()));
    return elements(revealed.getFirst());
  }

  private Octets protectedRead(
      int code, int instance, CosemAttribute log, Instant from, Instant to) {
    GroupingHeader header = header(home.supplier, counter++, new MessageCode(code));
    Selection span = Selection.between(log, DlmsDateTime.of(from), DlmsDateTime.of(to));
    return home.nonCritical(
        header, request(header, TestHome.protectedRead(header, instance, span)));
  }

  private Octets command(Party from, int code, Item... items) {
    GroupingHeader header = header(from, counter++, new MessageCode(code));
    return home.nonCritical(header, request(header, items));
  }

  private Step<EsmeState> receive(DeviceState<EsmeState> state, Octets message) {
    return machine.receive(state, message, TestHome.NOW);
  }

  private static List<AccessResponse.Item> items(Step<EsmeState> step) throws Exception {
    GbcsMessage response = GbcsMessage.decode(step.message().orElseThrow());
    assertThat(response).isInstanceOf(GbcsMessage.Response.class);
    return AccessResponse.decode(response.content().payload()).items();
  }

  private static List<List<DlmsValue>> elements(DlmsValue log) {
    return ((DlmsValue.CompactArray) log)
        .elements().stream().map(element -> ((DlmsValue.Structure) element).elements()).toList();
  }

  private static Instant time(List<DlmsValue> fields) {
    return new LogTimestamp(((UInt32) fields.getFirst()).value()).instant();
  }

  private static long sum(List<List<DlmsValue>> entries, int column) {
    return entries.stream().mapToLong(fields -> ((UInt32) fields.get(column)).value()).sum();
  }
}
