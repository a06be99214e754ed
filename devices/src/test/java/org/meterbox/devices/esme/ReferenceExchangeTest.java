// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterbox.devices.ReferenceParties;
import org.meterbox.devices.ReferenceParties.Exchange;
import org.meterbox.devices.TestHome;
import org.meterbox.devices.esme.log.SampleLog;
import org.meterbox.devices.esme.metering.DailyLogs;
import org.meterbox.devices.esme.metering.EnergyCounters;
import org.meterbox.devices.esme.metering.RegisterRead;
import org.meterbox.devices.esme.metering.Registers;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.EsmeVariant;
import org.meterbox.devices.esme.supply.SupplyState;
import org.meterbox.devices.esme.supply.SupplyState.Cause;
import org.meterbox.devices.esme.supply.SupplyState.Position;
import org.meterbox.devices.machine.DeviceMachine;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.devices.machine.Step;
import org.meterbox.gbcs.dlms.AccessResponse;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.LogTimestamp;
import org.meterbox.gbcs.dlms.ProtectedAttributes;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Octets;

/** The meter, set to the values of published exchanges, answers with the published octets. */
class ReferenceExchangeTest {
  private static final Instant NEW_YEAR = Instant.parse("2015-01-01T00:00:00Z");

  @Test
  void readsTheImportRegistersOctetForOctetWithMacAndEncryption() {
    Registers none = Registers.ZERO;
    Registers ten =
        new Registers(
            10 * Registers.JOULES,
            0,
            10 * Registers.JOULES,
            0,
            0,
            none.tou(),
            none.secondaryTou(),
            none.blocks(),
            none.blockCounters());
    answersExactly("ECS17b", meter(EsmeVariant.SINGLE_ELEMENT, NEW_YEAR).with(ten), NEW_YEAR);
  }

  @Test
  void readsTheFirmwareVersionOctetForOctet() {
    EsmeState meter =
        meter(EsmeVariant.SINGLE_ELEMENT, NEW_YEAR)
            .withValue(TestHome.FIRMWARE, DlmsValue.OctetString.ofHex("0123ABCD"));
    answersExactly("ECS52", meter, NEW_YEAR);
  }

  @Test
  void readsTheSupplyStatusOctetForOctet() {
    answersExactly("ECS45", meter(EsmeVariant.SINGLE_ELEMENT, NEW_YEAR), NEW_YEAR);
  }

  /** The entries come from the published plain text; the meter builds the log from them again. */
  @ParameterizedTest
  @CsvSource({"ECS21a, SINGLE_ELEMENT", "ECS21a-twin, TWIN_ELEMENT"})
  void readsTheDailyReadLogOctetForOctet(String name, EsmeVariant variant) throws Exception {
    List<RegisterRead> published = publishedEntries(name);
    assertThat(published).hasSize(3);
    Instant now = Instant.parse("2014-03-25T12:00:00Z");
    DailyLogs logs =
        new DailyLogs(
            published, SampleLog.empty(1, 31), SampleLog.empty(1, 731), OptionalLong.empty());
    answersExactly(name, meter(variant, now).with(logs), now);
  }

  /**
   * The device's private key is not published, so its signature differs; all before it is equal.
   */
  @ParameterizedTest
  @CsvSource({"ECS42, DISABLED, ENABLED", "ECS43, ENABLED, DISABLED", "ECS44, DISABLED, ARMED"})
  void carriesOutSupplyCommandsAsPublished(String name, Position before, Position after)
      throws Exception {
    Exchange exchange = ReferenceParties.exchange(name);
    SupplyState supply =
        before == Position.ENABLED
            ? SupplyState.ENABLED
            : new SupplyState(before, Set.of(Cause.REMOTE));
    EsmeState meter = meter(EsmeVariant.SINGLE_ELEMENT, NEW_YEAR).with(supply);
    DeviceState<EsmeState> state = state(meter);

    Step<EsmeState> step =
        new DeviceMachine<>(new EsmeModel()).receive(state, exchange.command(), NEW_YEAR);

    assertThat(step.state().function().part(SupplyState.class).position()).isEqualTo(after);
    Octets answer = step.message().orElseThrow();
    int signature = 64;
    assertThat(answer.slice(0, answer.length() - signature))
        .isEqualTo(exchange.response().slice(0, exchange.response().length() - signature));
    MessageProtection.verifySignature(
        GbcsMessage.decode(answer).content(), state.keys().signing().publicKey());
  }

  private static void answersExactly(String name, EsmeState meter, Instant now) {
    Exchange exchange = ReferenceParties.exchange(name);
    Step<EsmeState> step =
        new DeviceMachine<>(new EsmeModel()).receive(state(meter), exchange.command(), now);
    assertThat(step.events()).hasSize(1);
    assertThat(step.message()).contains(exchange.response());
  }

  /** A meter that has measured nothing yet. */
  private static EsmeState meter(EsmeVariant variant, Instant now) {
    return EsmeModel.manufactured(variant, 1, now);
  }

  private static DeviceState<EsmeState> state(EsmeState meter) {
    return DeviceState.manufactured(
        ReferenceParties.ESME,
        DeviceType.ESME,
        ReferenceParties.esmeKeys(),
        Map.of(),
        ReferenceParties.anchors(),
        meter);
  }

  private static List<RegisterRead> publishedEntries(String name) throws Exception {
    GbcsMessage response = GbcsMessage.decode(ReferenceParties.exchange(name).response());
    AccessResponse payload = AccessResponse.decode(response.content().payload());
    List<DlmsValue> attributes =
        MessageProtection.reveal(
            response.header(),
            ProtectedAttributes.Response.of(payload.items().getFirst().data()).orElseThrow(),
            ReferenceParties.supplierAndEsme());
    List<RegisterRead> entries = new ArrayList<>();
    for (DlmsValue element : ((DlmsValue.CompactArray) attributes.getFirst()).elements()) {
      entries.add(entry(((DlmsValue.Structure) element).elements()));
    }
    return entries;
  }

  private static RegisterRead entry(List<DlmsValue> fields) {
    boolean twin = fields.size() == 9;
    List<Long> blocks = new ArrayList<>();
    fields
        .subList(fields.size() - 4, fields.size())
        .forEach(block -> blocks.addAll(numbers(block)));
    return new RegisterRead(
        new LogTimestamp(number(fields.get(0))).instant(),
        number(fields.get(1)),
        EnergyCounters.of(numbers(fields.get(twin ? 3 : 2))),
        EnergyCounters.of(blocks),
        twin
            ? Optional.of(
                new RegisterRead.Secondary(
                    number(fields.get(2)), EnergyCounters.of(numbers(fields.get(4)))))
            : Optional.empty());
  }

  private static List<Long> numbers(DlmsValue array) {
    return ((DlmsValue.ArrayOf) array)
        .elements().stream().map(ReferenceExchangeTest::number).toList();
  }

  private static long number(DlmsValue value) {
    return ((DlmsValue.UInt32) value).value();
  }
}
