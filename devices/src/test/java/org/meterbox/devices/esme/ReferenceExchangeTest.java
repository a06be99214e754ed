// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterbox.devices.ReferenceParties;
import org.meterbox.devices.ReferenceParties.Exchange;
import org.meterbox.devices.TestHome;
import org.meterbox.devices.energy.RateRegisters.Readings;
import org.meterbox.devices.esme.SupplyState.Cause;
import org.meterbox.devices.esme.SupplyState.Position;
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
    answersExactly(
        "ECS17b", new Fixed(10, 10, List.of()), meter(EsmeVariant.SINGLE_ELEMENT), NEW_YEAR);
  }

  @Test
  void readsTheFirmwareVersionOctetForOctet() {
    EsmeState meter =
        meter(EsmeVariant.SINGLE_ELEMENT)
            .withValue(TestHome.FIRMWARE, DlmsValue.OctetString.ofHex("0123ABCD"));
    answersExactly("ECS52", new Fixed(0, 0, List.of()), meter, NEW_YEAR);
  }

  @Test
  void readsTheSupplyStatusOctetForOctet() {
    answersExactly(
        "ECS45", new Fixed(0, 0, List.of()), meter(EsmeVariant.SINGLE_ELEMENT), NEW_YEAR);
  }

  /** The entries come from the published plain text; the meter builds the log from them again. */
  @ParameterizedTest
  @CsvSource({"ECS21a, SINGLE_ELEMENT", "ECS21a-twin, TWIN_ELEMENT"})
  void readsTheDailyReadLogOctetForOctet(String name, EsmeVariant variant) throws Exception {
    List<RegisterRead> published = publishedEntries(name);
    assertThat(published).hasSize(3);
    answersExactly(
        name, new Fixed(0, 0, published), meter(variant), Instant.parse("2014-03-25T12:00:00Z"));
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
            : SupplyState.ENABLED.with(before, Cause.REMOTE);
    EsmeState meter = meter(EsmeVariant.SINGLE_ELEMENT).withSupply(supply, NEW_YEAR);
    DeviceState<EsmeState> state = state(meter);

    Step<EsmeState> step =
        machine(new Fixed(0, 0, List.of())).receive(state, exchange.command(), NEW_YEAR);

    assertThat(step.state().function().supply().position()).isEqualTo(after);
    Octets answer = step.message().orElseThrow();
    int signature = 64;
    assertThat(answer.slice(0, answer.length() - signature))
        .isEqualTo(exchange.response().slice(0, exchange.response().length() - signature));
    MessageProtection.verifySignature(
        GbcsMessage.decode(answer).content(), state.keys().signing().publicKey());
  }

  private static void answersExactly(String name, Metering metering, EsmeState meter, Instant now) {
    Exchange exchange = ReferenceParties.exchange(name);
    Step<EsmeState> step = machine(metering).receive(state(meter), exchange.command(), now);
    assertThat(step.events()).hasSize(1);
    assertThat(step.message()).contains(exchange.response());
  }

  private static DeviceMachine<EsmeState> machine(Metering metering) {
    return new DeviceMachine<>(new EsmeModel(state -> metering));
  }

  private static EsmeState meter(EsmeVariant variant) {
    return EsmeModel.manufactured(variant, 1, Instant.parse("2014-01-01T00:00:00Z"));
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
        new Readings(numbers(fields.get(twin ? 3 : 2)), blocks),
        twin
            ? Optional.of(
                new RegisterRead.Secondary(
                    number(fields.get(2)), new Readings(numbers(fields.get(4)), List.of())))
            : Optional.empty());
  }

  private static List<Long> numbers(DlmsValue array) {
    return ((DlmsValue.ArrayOf) array)
        .elements().stream().map(ReferenceExchangeTest::number).toList();
  }

  private static long number(DlmsValue value) {
    return ((DlmsValue.UInt32) value).value();
  }

  /** A meter that shows what it is told. */
  private record Fixed(long active, long reactive, List<RegisterRead> reads) implements Metering {
    @Override
    public long activeImport(Instant at) {
      return active;
    }

    @Override
    public long secondaryActiveImport(Instant at) {
      return 0;
    }

    @Override
    public long activeExport(Instant at) {
      return 0;
    }

    @Override
    public long reactiveExport(Instant at) {
      return 0;
    }

    @Override
    public int activePower(Instant at) {
      return 0;
    }

    @Override
    public int primaryActivePower(Instant at) {
      return 0;
    }

    @Override
    public int averageVolts(Instant end, Duration period) {
      return 0;
    }

    @Override
    public long reactiveImport(Instant at) {
      return reactive;
    }

    @Override
    public List<RegisterRead> registerReads(List<Instant> at) {
      return reads.stream().filter(read -> at.contains(read.at())).toList();
    }
  }
}
