// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.meterbox.conformance.ReferenceData;
import org.meterbox.devices.esme.EsmeModel;
import org.meterbox.devices.esme.log.SampleLog;
import org.meterbox.devices.esme.payment.Account;
import org.meterbox.devices.esme.payment.PaymentLogs;
import org.meterbox.devices.esme.payment.PrepaymentRead;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.EsmeVariant;
import org.meterbox.devices.esme.supply.SupplyState;
import org.meterbox.devices.esme.supply.SupplyState.Cause;
import org.meterbox.devices.esme.supply.SupplyState.Position;
import org.meterbox.devices.machine.DeviceEvent;
import org.meterbox.devices.machine.DeviceMachine;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.devices.machine.Step;
import org.meterbox.devices.security.KeyUse;
import org.meterbox.gbcs.catalogue.Equipment;
import org.meterbox.gbcs.catalogue.UseCase;
import org.meterbox.gbcs.catalogue.UseCaseCatalogue;
import org.meterbox.gbcs.dlms.AccessRequest;
import org.meterbox.gbcs.dlms.AccessResponse;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.LogTimestamp;
import org.meterbox.gbcs.dlms.ProtectedAttributes;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.testsupport.Shown;

/** The electricity meter receives every official command that is addressed to it. */
class ReferenceCommandsTest {
  private static final Eui64 METER = Eui64.parse("00DB1234567890A0");
  private static final Instant NEW_YEAR = Instant.parse("2015-01-01T00:00:00Z");
  private static final Instant MANUFACTURED = NEW_YEAR;

  private static final int SIGNATURE_OCTETS = 64;

  private final DeviceMachine<EsmeState> machine = new DeviceMachine<>(new EsmeModel());

  /** One reference exchange; files that are no pair of command and response are left out. */
  private record Exchange(String name, Octets command, Octets response) {}

  /** None may fail a check: all are authentic, and what is supported is carried out. */
  @Test
  void everyAuthenticCommandIsCarriedOutOrKnownToBeUnsupported() {
    Map<String, Integer> outcomes = new TreeMap<>();
    Set<String> refused = new TreeSet<>();
    for (Exchange exchange : exchanges()) {
      DeviceState<EsmeState> meter = meter(variant(exchange), Map.of());
      Step<EsmeState> step = machine.receive(meter, exchange.command(), NEW_YEAR);
      for (DeviceEvent event : step.events()) {
        outcomes.merge(event.getClass().getSimpleName(), 1, Integer::sum);
        switch (event) {
          case DeviceEvent.Refused _ -> refused.add(exchange.name());
          case DeviceEvent.CarriedOut done -> Shown.useCase(done.code().value());
          case DeviceEvent _ -> {}
        }
      }
    }
    assertThat(refused).isEmpty();
    System.out.println("reference commands at the meter: " + outcomes);
    assertThat(outcomes.getOrDefault("CarriedOut", 0)).isGreaterThan(100);
  }

  /** By message code; what is missing is answered with an alert and named here. */
  @Test
  void answersItsUseCases() {
    EsmeModel model = new EsmeModel();
    Set<String> missing = new TreeSet<>();
    int answered = 0;
    for (UseCase useCase : UseCaseCatalogue.standard().all()) {
      if (useCase.kind() == UseCase.Kind.COMMAND && useCase.devices().contains(Equipment.ESME)) {
        boolean supported = model.supported(useCase.code()).isPresent();
        answered += supported ? 1 : 0;
        if (!supported) {
          missing.add(useCase.code() + " " + useCase.name());
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "use cases of the electricity meter: %d of %d answered, not: %s%n",
        answered,
        answered + missing.size(),
        missing);
    assertThat(answered).isGreaterThanOrEqualTo(120);
  }

  /**
   * Every official exchange in which nothing is refused is answered as published, octet for octet
   * up to a signature, where the answer carries no measured value: what commands change.
   */
  @Test
  void carriesOutCommandsAsPublished() {
    Set<String> compared = new TreeSet<>();
    Set<String> different = new TreeSet<>();
    for (Exchange exchange : exchanges()) {
      if (exchange.name().contains("ERROR")) {
        continue;
      }
      DeviceState<EsmeState> meter = meter(variant(exchange), Map.of());
      if (exchange.name().startsWith("ECS44")) {
        // Only what is disabled can be armed.
        SupplyState disabled = new SupplyState(Position.DISABLED, Set.of(Cause.REMOTE));
        meter = meter.withFunction(meter.function().with(disabled));
      }
      if (exchange.name().startsWith("CS01a") || exchange.name().startsWith("ECS09")) {
        // Tokens and emergency credit are for prepayment mode.
        meter = inPrepaymentMode(meter);
      }
      Step<EsmeState> step = machine.receive(meter, exchange.command(), NEW_YEAR);
      boolean carriedOut =
          step.events().stream().anyMatch(DeviceEvent.CarriedOut.class::isInstance);
      if (carriedOut && onlyChanges(exchange.command())) {
        Octets expected = exchange.response();
        Octets answer = step.message().orElseThrow();
        int compare = expected.length() - (isSigned(exchange.response()) ? SIGNATURE_OCTETS : 0);
        (answer.length() == expected.length()
                    && answer.slice(0, compare).equals(expected.slice(0, compare))
                ? compared
                : different)
            .add(exchange.name());
      }
    }
    System.out.println("changes answered as published: " + compared.size() + ", not: " + different);
    assertThat(different).isEmpty();
    assertThat(compared).hasSizeGreaterThan(60);
  }

  /** After the official commands for it. */
  private DeviceState<EsmeState> inPrepaymentMode(DeviceState<EsmeState> meter) {
    DeviceState<EsmeState> set = meter;
    for (String name :
        List.of("ECS08_2.1_IMMEDIATE_SUCCESS", "ECS03_1.6_IMMEDIATE_SINGLE_SUCCESS")) {
      // Their counters come in another order, so each is received by a meter that knows none.
      set =
          meter.withFunction(
              machine
                  .receive(meter.withFunction(set.function()), command(name), NEW_YEAR)
                  .state()
                  .function());
    }
    return set;
  }

  private static Octets command(String name) {
    return exchanges().stream()
        .filter(exchange -> exchange.name().equals(name))
        .findFirst()
        .orElseThrow()
        .command();
  }

  /** Balances and what was paid: a meter that holds the published amounts answers as published. */
  @Test
  void answersReadsOfMoneyOctetForOctet() throws Exception {
    Set<String> compared = new TreeSet<>();
    for (Exchange exchange : exchanges()) {
      String useCase = exchange.name().substring(0, exchange.name().indexOf('_'));
      if (!Set.of("ECS19", "ECS20a", "ECS20d", "ECS21b", "ECS82").contains(useCase)
          || exchange.name().contains("ERROR")
          || exchange.name().contains("URP")) {
        continue;
      }
      DeviceState<EsmeState> meter = meter(EsmeVariant.SINGLE_ELEMENT, Map.of());
      EsmeState esme = withMoney(meter.function(), useCase, published(exchange));
      Step<EsmeState> step =
          machine.receive(meter.withFunction(esme), exchange.command(), NEW_YEAR);
      assertThat(step.message()).as(exchange.name()).contains(exchange.response());
      compared.add(useCase);
    }
    assertThat(compared).containsExactly("ECS19", "ECS20a", "ECS20d", "ECS21b", "ECS82");
  }

  /** What an answer says, decrypted where it is. */
  private static DlmsValue published(Exchange exchange) throws Exception {
    GbcsMessage response = GbcsMessage.decode(exchange.response());
    DlmsValue data = AccessResponse.decode(response.content().payload()).items().getFirst().data();
    Optional<ProtectedAttributes.Response> hidden = ProtectedAttributes.Response.of(data);
    return hidden.isEmpty()
        ? data
        : MessageProtection.reveal(
                response.header(),
                hidden.get(),
                ReferenceKeys.device(METER)
                    .secrets()
                    .with(
                        ReferenceKeys.anchors()
                            .of(RemotePartyRole.SUPPLIER, KeyUse.KEY_AGREEMENT)
                            .orElseThrow()
                            .key()))
            .getFirst();
  }

  private static EsmeState withMoney(EsmeState esme, String useCase, DlmsValue value) {
    PaymentLogs logs = esme.part(PaymentLogs.class);
    return switch (useCase) {
      case "ECS82" -> esme.with(Account.EMPTY.withMeterBalance(number(value)));
      case "ECS19" -> {
        List<Long> balances = numbers(value);
        yield esme.withValue(
                CosemAttribute.of(112, "0-0:19.10.1.255", 9),
                new DlmsValue.Int32(balances.get(1).intValue()))
            .with(
                new Account(
                    balances.get(0),
                    0,
                    false,
                    balances.get(2),
                    balances.get(5),
                    balances.get(3),
                    balances.get(4)));
      }
      case "ECS20a" -> esme.with(new PaymentLogs(logs.daily(), logs.credits(), log(10, value)));
      case "ECS20d" -> esme.with(new PaymentLogs(logs.daily(), log(5, value), logs.debtPayments()));
      case "ECS21b" -> {
        List<PrepaymentRead> daily = new ArrayList<>();
        for (DlmsValue entry : ((DlmsValue.CompactArray) value).elements()) {
          List<Long> fields = numbers(entry);
          daily.add(
              new PrepaymentRead(
                  new LogTimestamp(fields.getFirst()).instant(),
                  fields.subList(1, fields.size()).stream().map(Long::intValue).toList()));
        }
        yield esme.with(new PaymentLogs(daily, logs.credits(), logs.debtPayments()));
      }
      default -> throw new IllegalArgumentException(useCase);
    };
  }

  private static SampleLog log(int capacity, DlmsValue entries) {
    SampleLog log = SampleLog.empty(1, capacity);
    for (DlmsValue entry : ((DlmsValue.CompactArray) entries).elements()) {
      List<Long> fields = numbers(entry);
      log = log.with(new LogTimestamp(fields.get(0)).instant(), fields.get(1));
    }
    return log;
  }

  private static List<Long> numbers(DlmsValue structure) {
    return ((DlmsValue.Structure) structure)
        .elements().stream().map(ReferenceCommandsTest::number).toList();
  }

  private static long number(DlmsValue value) {
    return value instanceof DlmsValue.Int32(int signed)
        ? signed
        : ((DlmsValue.UInt32) value).value();
  }

  private static boolean isSigned(Octets response) {
    try {
      return ((GbcsMessage.Response) GbcsMessage.decode(response)).mac().isEmpty();
    } catch (DecodeException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean onlyChanges(Octets command) {
    try {
      Octets payload = GbcsMessage.decode(command).content().payload();
      return payload.at(0) == AccessRequest.TAG
          && AccessRequest.decode(payload).items().stream()
              .allMatch(item ->
                  item instanceof AccessRequest.Item.Set
                      || (item instanceof AccessRequest.Item.Action action
                          && !ProtectedAttributes.isMethod(action.target())));
    } catch (DecodeException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads of what the meter only keeps: with the official values in it, the official octets. */
  @Test
  void answersReadsOfStoredValuesOctetForOctet() throws Exception {
    Set<String> compared = new TreeSet<>();
    for (Exchange exchange : exchanges()) {
      Optional<DeviceState<EsmeState>> meter = meterWithValuesOf(exchange);
      if (meter.isPresent()) {
        Step<EsmeState> step = machine.receive(meter.get(), exchange.command(), NEW_YEAR);
        if (step.events().stream().anyMatch(DeviceEvent.CarriedOut.class::isInstance)) {
          assertThat(step.message()).as(exchange.name()).contains(exchange.response());
          compared.add(exchange.name());
        }
      }
    }
    assertThat(compared).hasSizeGreaterThanOrEqualTo(15);
  }

  /** A meter that holds what the response says, where it is a plain read of stored values. */
  private static Optional<DeviceState<EsmeState>> meterWithValuesOf(Exchange exchange)
      throws Exception {
    GbcsMessage command = GbcsMessage.decode(exchange.command());
    Octets payload = command.content().payload();
    if (payload.at(0) != AccessRequest.TAG || exchange.name().contains("ERROR")) {
      return Optional.empty();
    }
    List<AccessRequest.Item> items = AccessRequest.decode(payload).items();
    List<AccessResponse.Item> results =
        AccessResponse.decode(GbcsMessage.decode(exchange.response()).content().payload()).items();
    Map<CosemAttribute, DlmsValue> values = new HashMap<>();
    Map<CosemAttribute, DlmsValue> held = meter(variant(exchange), Map.of()).function().values();
    for (int i = 0; i < items.size(); i++) {
      boolean stored =
          items.get(i) instanceof AccessRequest.Item.Get get && held.containsKey(get.target());
      if (!stored) {
        return Optional.empty();
      }
      values.put(items.get(i).target(), results.get(i).data());
    }
    return Optional.of(meter(variant(exchange), values));
  }

  private static EsmeVariant variant(Exchange exchange) {
    boolean twin =
        exchange.name().contains("TWIN")
            || exchange.name().startsWith("ECS24b")
            || exchange.name().startsWith("ECS01c")
            || exchange.name().startsWith("ECS01d");
    boolean polyphase =
        Set.of("ECS23b", "ECS26k", "ECS29b", "ECS29d", "ECS29f").stream()
            .anyMatch(name -> exchange.name().startsWith(name));
    EsmeVariant other = polyphase ? EsmeVariant.POLYPHASE : EsmeVariant.SINGLE_ELEMENT;
    return twin ? EsmeVariant.TWIN_ELEMENT : other;
  }

  private static DeviceState<EsmeState> meter(
      EsmeVariant variant, Map<CosemAttribute, DlmsValue> values) {
    EsmeState made = EsmeModel.manufactured(variant, 1, MANUFACTURED);
    EsmeState esme = made.withSettings(made.settings().with(values));
    return DeviceState.manufactured(
        METER,
        DeviceType.ESME,
        ReferenceKeys.device(METER),
        Map.of(),
        ReferenceKeys.anchors(),
        esme);
  }

  private static List<Exchange> exchanges() {
    List<Exchange> exchanges = new ArrayList<>();
    for (Path file : ReferenceData.messages("_COMMAND_GBCS.HEX")) {
      Path response =
          file.resolveSibling(file.getFileName().toString().replace("_COMMAND_", "_RESPONSE_"));
      Octets command = ReferenceData.hex(file);
      if (isForTheMeter(command) && response.toFile().exists()) {
        exchanges.add(
            new Exchange(
                file.getFileName().toString().replace("_COMMAND_GBCS.HEX", ""),
                command,
                ReferenceData.hex(response)));
      }
    }
    assertThat(exchanges).hasSizeGreaterThan(100);
    return exchanges;
  }

  private static boolean isForTheMeter(Octets command) {
    try {
      return GbcsMessage.decode(command) instanceof GbcsMessage.Command decoded
          && decoded.header().messageId().target().equals(METER);
    } catch (DecodeException e) {
      throw new IllegalStateException(e);
    }
  }
}
