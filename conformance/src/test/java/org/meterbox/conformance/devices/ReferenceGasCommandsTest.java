// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.meterbox.conformance.ReferenceData;
import org.meterbox.devices.gas.GpfModel;
import org.meterbox.devices.gas.GsmeModel;
import org.meterbox.devices.gas.mirror.GpfState;
import org.meterbox.devices.gas.state.GasManufacture;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.devices.machine.DeviceEvent;
import org.meterbox.devices.machine.DeviceMachine;
import org.meterbox.devices.machine.DeviceModel;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.devices.machine.Step;
import org.meterbox.gbcs.asn1.Asn1Payload;
import org.meterbox.gbcs.catalogue.Equipment;
import org.meterbox.gbcs.catalogue.UseCase;
import org.meterbox.gbcs.catalogue.UseCaseCatalogue;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.gbz.Component;
import org.meterbox.gbcs.gbz.GbzMessage;
import org.meterbox.gbcs.gbz.ZclFrame;
import org.meterbox.gbcs.gbz.ZclPayload;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.testsupport.Shown;

/**
 * The gas meter and the gas proxy function receive every official command that is addressed to
 * them.
 */
class ReferenceGasCommandsTest {
  private static final Eui64 METER = Eui64.parse("00DB1234567890A1");
  private static final Eui64 PROXY = Eui64.parse("00DB1234567890A3");
  private static final Instant NEW_YEAR = Instant.parse("2015-01-01T00:00:00Z");

  /** The official certificates begin after the time in the official answers' headers. */
  private static final Instant CERTIFICATES_VALID = Instant.parse("2016-06-01T00:00:00Z");

  private static final int SIGNATURE_OCTETS = 64;

  /** How long the meter has measured: there are snapshots and logs to be read. */
  private static final Duration AGE = Duration.ofDays(40);

  /** Use cases between a PPMID and a meter within the home, which no remote party sends. */
  private static final String LOCAL = "PCS";

  /** What makes a meter hold what is read, or brings it into the state for a command. */
  private static final Map<String, String> PREPARED_BY =
      Map.of(
          "GCS21b", "GCS05_2.1_IMMEDIATE_SUCCESS",
          "GCS21d", "GCS25_6.8_SUCCESS",
          "GCS21f", "GCS01a_1.1.1_IMMEDIATE_TOU_SUCCESS",
          "GCS21k", "GCS25_6.8_SUCCESS",
          "GCS39", "GCS32_7.2_SUCCESS");

  /**
   * Exchanges about what this meter has not: entries in logs of events and payments, joined
   * devices, a span of time that it lies within. It answers that there are none.
   */
  private static final Set<String> OTHER_DATA =
      Set.of(
          "CS04B_8.8.2_SUCCESS",
          "CS07_8.9_SUCCESS",
          "CS10a_6.13_SUCCESS",
          "CS10b_6.13_SUCCESS",
          "GCS06_2.5_SUCCESS",
          "GCS15b_4.4.2_SUCCESS",
          "GCS15c_4.4.3_SUCCESS",
          "GCS15d_4.4.4_SUCCESS",
          "GCS15e_4.4.5_SUCCESS",
          "GCS16b_4.14_KRP_SUCCESS",
          "GCS18_4.10_SUCCESS",
          "GCS28Commission_8.1.1_SUCCESS",
          "GCS28_6.11_SUCCESS");

  private final DeviceState<GsmeState> meter = livedInMeter();

  /** One reference exchange. */
  private record Exchange(String name, Eui64 device, Octets command, Octets response) {
    boolean isError() {
      return name.contains("ERROR");
    }
  }

  /** One exchange's outcome at a device of ours. */
  private record Outcome(List<DeviceEvent> events, List<Octets> answers) {}

  /** None may fail a check: all are authentic, and what is supported is carried out. */
  @Test
  void everyAuthenticCommandIsCarriedOut() {
    Map<String, Integer> outcomes = new TreeMap<>();
    Set<String> notDone = new TreeSet<>();
    for (Exchange exchange : exchanges()) {
      Outcome outcome = carryOut(exchange);
      for (DeviceEvent event : outcome.events()) {
        outcomes.merge(event.getClass().getSimpleName(), 1, Integer::sum);
        if (event instanceof DeviceEvent.Refused) {
          notDone.add(exchange.name() + " " + event);
        }
      }
      if (outcome.answers().isEmpty()) {
        notDone.add(exchange.name());
      }
    }
    System.out.println("reference commands at the gas meter and the gas proxy: " + outcomes);
    System.out.println("not carried out: " + notDone);
    assertThat(notDone).isEmpty();
    assertThat(outcomes.getOrDefault("CarriedOut", 0)).isGreaterThanOrEqualTo(100);
  }

  /** By message code; what is missing is refused and named here. */
  @Test
  void answersTheirUseCases() {
    assertThat(answered(Equipment.GSME, new GsmeModel())).isGreaterThanOrEqualTo(74);
    assertThat(answered(Equipment.GPF, new GpfModel())).isGreaterThanOrEqualTo(41);
  }

  private static int answered(Equipment equipment, DeviceModel<?> model) {
    Set<String> missing = new TreeSet<>();
    int answered = 0;
    for (UseCase useCase : UseCaseCatalogue.standard().all()) {
      if (useCase.kind() == UseCase.Kind.COMMAND && useCase.devices().contains(equipment)) {
        if (model.supported(useCase.code()).isPresent()) {
          answered++;
        } else {
          missing.add(useCase.code() + " " + useCase.name());
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "use cases of the %s: %d of %d answered, not: %s%n",
        equipment,
        answered,
        answered + missing.size(),
        missing);
    return answered;
  }

  /**
   * Every official exchange in which nothing is refused is answered in the published form: the same
   * commands and attributes of the same types, encrypted where they are.
   */
  @Test
  void answersInTheFormOfThePublishedResponses() throws Exception {
    Set<String> compared = new TreeSet<>();
    Set<String> different = new TreeSet<>();
    int equal = 0;
    for (Exchange exchange : exchanges()) {
      if (exchange.isError()) {
        continue;
      }
      List<Octets> answers = carryOut(exchange).answers();
      if (answers.isEmpty()) {
        continue;
      }
      Octets answer = answers.getLast();
      List<String> expected = form(exchange.response());
      List<String> found = form(answer);
      if (found.equals(expected)) {
        compared.add(exchange.name());
        equal += isEqual(answer, exchange.response()) ? 1 : 0;
      } else {
        different.add(exchange.name());
        if (!OTHER_DATA.contains(exchange.name())) {
          System.out.printf(
              Locale.ROOT,
              "%s%n  published %s%n  ours      %s%n",
              exchange.name(),
              expected,
              found);
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "answered in the published form: %d, of these octet for octet: %d, not: %s%n",
        compared.size(),
        equal,
        different);
    assertThat(different).isEqualTo(OTHER_DATA);
    assertThat(equal).isGreaterThanOrEqualTo(30);
  }

  private static boolean isEqual(Octets answer, Octets expected) {
    boolean signed;
    try {
      signed = ((GbcsMessage.Response) GbcsMessage.decode(expected)).mac().isEmpty();
    } catch (DecodeException e) {
      throw new IllegalStateException(e);
    }
    int compare = expected.length() - (signed ? SIGNATURE_OCTETS : 0);
    return answer.length() == expected.length()
        && answer.slice(0, compare).equals(expected.slice(0, compare));
  }

  /** What a response is made of; how often one part follows its like depends on the data. */
  private static List<String> form(Octets message) throws DecodeException {
    GbcsMessage decoded = GbcsMessage.decode(message);
    Octets payload = decoded.content().payload();
    List<String> form = new ArrayList<>();
    if (payload.slice(0, 2).equals(Octets.ofHex("0109"))) {
      for (Component component : GbzMessage.decode(payload).components()) {
        String part = part(component);
        if (form.isEmpty() || !form.getLast().equals(part)) {
          form.add(part);
        }
      }
    } else {
      // Published responses also write lengths in more octets than they need.
      form.add(
          Asn1Payload.decode(payload, decoded.header().messageCode(), decoded.header().craFlag())
              .content()
              .toString());
    }
    return form;
  }

  private static String part(Component component) {
    String content =
        switch (component) {
          case Component.Encrypted _ -> "encrypted";
          case Component.Plain(var _, ZclFrame frame) -> content(frame.payload());
        };
    return String.format(
        Locale.ROOT,
        "%s/%s %02X seq %d %s",
        component.cluster(),
        component.name(),
        component.header().frameControl(),
        component.header().sequenceNumber(),
        content);
  }

  private static String content(ZclPayload payload) {
    return switch (payload) {
      case ZclPayload.AttributeReadings(var readings) ->
          readings.stream()
              .map(reading ->
                  reading.attribute()
                      + " "
                      + reading.status()
                      + " "
                      + reading
                          .value()
                          .map(value -> Integer.toHexString(value.typeCode()))
                          .orElse(""))
              .toList()
              .toString();
      case ZclPayload.DefaultResponse answer -> answer.toString();
      case ZclPayload.WriteResults results -> results.toString();
      default -> "";
    };
  }

  private Outcome carryOut(Exchange exchange) {
    return exchange.device().equals(METER)
        ? receive(new GsmeModel(), preparedFor(exchange), exchange.command(), NEW_YEAR)
        : receive(
            new GpfModel(),
            proxy(exchange),
            exchange.command(),
            isHandover(exchange) ? CERTIFICATES_VALID : NEW_YEAR);
  }

  /** The meter after the official command that brings what the exchange is about. */
  private DeviceState<GsmeState> preparedFor(Exchange exchange) {
    String useCase = exchange.name().substring(0, exchange.name().indexOf('_'));
    String before = PREPARED_BY.get(useCase);
    if (before == null || exchange.isError() || exchange.name().endsWith("NOT_FOUND")) {
      return meter;
    }
    // The command's counter may be later than that of the exchange: only what it did is kept.
    Octets command =
        ReferenceData.hex(ReferenceData.messages(before + "_COMMAND_GBCS.HEX").getFirst());
    Step<GsmeState> step = new DeviceMachine<>(new GsmeModel()).receive(meter, command, NEW_YEAR);
    assertThat(step.events()).as(before).anyMatch(DeviceEvent.CarriedOut.class::isInstance);
    return meter.withFunction(step.state().function());
  }

  private static <F> Outcome receive(
      DeviceModel<F> model, DeviceState<F> state, Octets command, Instant at) {
    Step<F> step = new DeviceMachine<>(model).receive(state, command, at);
    for (DeviceEvent event : step.events()) {
      if (event instanceof DeviceEvent.CarriedOut done) {
        Shown.useCase(done.code().value());
      }
    }
    List<Octets> answers = new ArrayList<>();
    step.message().ifPresent(answers::add);
    return new Outcome(step.events(), answers);
  }

  private static DeviceState<GsmeState> livedInMeter() {
    DeviceState<GsmeState> made =
        DeviceState.manufactured(
            METER,
            DeviceType.GSME,
            ReferenceKeys.device(METER),
            Map.of(),
            ReferenceKeys.anchors(),
            GsmeModel.manufactured(new GasManufacture(1, NEW_YEAR.minus(AGE))));
    // Its counters begin with the test.
    return made.withFunction(
        new DeviceMachine<>(new GsmeModel()).advance(made, NEW_YEAR).state().function());
  }

  private static boolean isHandover(Exchange exchange) {
    return exchange.name().contains("Handover");
  }

  private DeviceState<GpfState> proxy(Exchange exchange) {
    return DeviceState.manufactured(
        PROXY,
        DeviceType.GPF,
        ReferenceKeys.device(PROXY),
        Map.of(),
        isHandover(exchange) ? ReferenceKeys.anchorsBeforeHandover() : ReferenceKeys.anchors(),
        GpfState.manufactured().learned(preparedFor(exchange), NEW_YEAR));
  }

  private static List<Exchange> exchanges() {
    List<Exchange> exchanges = new ArrayList<>();
    for (Path file : ReferenceData.messages("_COMMAND_GBCS.HEX")) {
      Path response =
          file.resolveSibling(file.getFileName().toString().replace("_COMMAND_", "_RESPONSE_"));
      if (file.getFileName().toString().startsWith(LOCAL)) {
        continue;
      }
      Octets command = ReferenceData.hex(file);
      Eui64 device = target(command);
      if (Set.of(METER, PROXY).contains(device) && response.toFile().exists()) {
        exchanges.add(
            new Exchange(
                file.getFileName().toString().replace("_COMMAND_GBCS.HEX", ""),
                device,
                command,
                ReferenceData.hex(response)));
      }
    }
    return exchanges;
  }

  private static Eui64 target(Octets command) {
    try {
      return GbcsMessage.decode(command).header().messageId().target();
    } catch (DecodeException e) {
      throw new IllegalStateException(e);
    }
  }
}
