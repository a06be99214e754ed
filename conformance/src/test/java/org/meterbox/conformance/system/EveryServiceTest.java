// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.app.send.SendCommand;
import org.meterbox.app.system.DataDirectory;
import org.meterbox.app.system.Home;
import org.meterbox.app.system.MeterboxSystem;
import org.meterbox.app.system.Participant;
import org.meterbox.app.system.SystemConfiguration;
import org.meterbox.app.system.SystemConfiguration.Ports;
import org.meterbox.app.system.SystemObserver;
import org.meterbox.conformance.ReferenceData;
import org.meterbox.devices.esme.state.EsmeVariant;
import org.meterbox.devices.machine.DeviceObserver;
import org.meterbox.devices.memory.MemoryFailureException;
import org.meterbox.dsp.gateway.Gateway;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.catalogue.ServiceRequestCatalogue;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;
import org.meterbox.testsupport.Shown;
import org.meterbox.testsupport.ShownMessages;
import org.meterbox.wan.SmWan;
import org.meterbox.wan.Uplink;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends every official example request through a running system to each device of the home that the
 * service is for, as a user would with the command line, and compares what works with a list. A
 * pair of service and device that begins to work, or ceases to, has to be said there.
 */
class EveryServiceTest {
  private static final Pattern SERVICE =
      Pattern.compile("<sr:ServiceReferenceVariant>([^<]+)</sr:ServiceReferenceVariant>");
  private static final Map<DeviceType, Eui64> HOME =
      Map.of(
          DeviceType.ESME, Home.FIRST.electricityMeter(),
          DeviceType.GPF, Home.FIRST.gasProxy(),
          DeviceType.GSME, Home.FIRST.gasMeter(),
          DeviceType.CHF, Home.FIRST.hub());

  /** What answers or refuses everything it is sent. */
  private static final Set<DeviceType> COMPLETE =
      Set.of(DeviceType.ESME, DeviceType.GPF, DeviceType.GSME);

  /**
   * What a gas proxy function refuses, which tells only the broker (ECS100 is for meters): the
   * handover, where supplier and network operator have their cells already.
   */
  private static final Set<String> REFUSED_IN_SILENCE = Set.of("6.21 GPF");

  /** How often the gas meter's button is pressed that makes it fetch its commands. */
  private static final Duration BUTTON_PERIOD = Duration.ofMillis(50);

  /** For devices that answer within a second: generous, so that a busy machine does not matter. */
  private static final String PATIENT_SECONDS = "30";

  /** For the hub, of which few answers are expected yet. */
  private static final String SHORT_SECONDS = "1";

  /** Puts the meter in prepayment mode without credit: what follows is answered accordingly. */
  private static final Set<String> LATE = Set.of("1.5", "1.6", "2.1", "2.2", "2.3", "2.5");

  /** Changes keys and trust anchors: what follows may get no answer at all. */
  private static final Set<String> LAST =
      Set.of("6.15", "6.17", "6.21", "6.23", "6.24", "8.5", "8.8", "8.9", "8.13");

  /** Takes meter and hub out of service: nothing can be sent to them after that. */
  private static final Set<String> VERY_LAST = Set.of("8.3", "8.14");

  /**
   * How the DSP answers the examples of the services that it carries out by itself. The examples
   * name things that are there already, are in another state or are nobody's: each has its code.
   */
  private static final Map<String, Set<String>> DSP_ANSWERS =
      Map.ofEntries(
          Map.entry("5.1", Set.of("I0")),
          Map.entry("5.2", Set.of("E050201")),
          Map.entry("5.3", Set.of("E050301")),
          Map.entry("8.2", Set.of("I0")),
          Map.entry("8.3", Set.of("I0")),
          Map.entry("8.4", Set.of("E080411")),
          Map.entry("8.6", Set.of("E080601")),
          Map.entry("8.13", Set.of("E081302")),
          Map.entry("8.14.1", Set.of("E081405")),
          Map.entry("8.14.2", Set.of("E081405")),
          Map.entry("8.14.3", Set.of("I0")),
          Map.entry("8.14.4", Set.of("E081402")),
          Map.entry("11.1", Set.of("E100")),
          Map.entry("11.4", Set.of("E100")),
          Map.entry("12.1", Set.of("I0")),
          Map.entry("12.2", Set.of("E120201")));

  /** Services of which a meter of a single element can do nothing. */
  private static final Set<String> SECOND_ELEMENT = Set.of("1.1.2", "1.2.2", "4.11.2");

  private final JsonMapper json = new JsonMapper();
  @TempDir private Path folder = Path.of("");

  /** Of the system that runs now. */
  private Path data = Path.of("");

  /** The way in which one example request ended. */
  private record Ending(String outcome, String detail) {
    boolean answered() {
      return outcome.equals("answered");
    }
  }

  /** An official example request. */
  private record Example(Path file, ServiceRequestEntry service) {
    boolean isFor(DeviceType device) {
      String name = file.getFileName().toString();
      boolean fits =
          switch (device) {
            case ESME -> !name.startsWith("G");
            case GSME, GPF -> !name.startsWith("E");
            default -> true;
          };
      return service.targets().contains(device) && fits;
    }

    int rank() {
      if (VERY_LAST.contains(service.serviceReference())) {
        return 3;
      }
      if (LAST.contains(service.serviceReference())) {
        return 2;
      }
      return LATE.contains(service.serviceReference()) ? 1 : 0;
    }
  }

  @Test
  void whatWorksIsWhatTheListSays() throws Exception {
    List<Example> examples = examples();
    // As root the database runs under another account, which has to get through here.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    Set<String> listed = listed();
    Map<String, Map<Ending, Integer>> endings = new TreeMap<>();
    Map<String, Set<String>> dspAnswers = new TreeMap<>();
    try (MeterboxSystem system = start(EsmeVariant.SINGLE_ELEMENT);
        ScheduledExecutorService consumer = Executors.newSingleThreadScheduledExecutor()) {
      Future<?> _ =
          consumer.scheduleWithFixedDelay(
              () -> pressButton(system), 0, BUTTON_PERIOD.toMillis(), TimeUnit.MILLISECONDS);
      // Service by service: later ones change the home.
      for (List<Example> ofOne : byService(examples)) {
        if (ofOne.getFirst().service().nonDevice()) {
          dspAnswers.put(ofOne.getFirst().service().variant().value(), answersOfDsp(ofOne));
          continue;
        }
        new TreeMap<>(HOME)
            .forEach((type, device) -> {
              List<Example> sent = ofOne.stream().filter(example -> example.isFor(type)).toList();
              if (!sent.isEmpty()) {
                String pair = ofOne.getFirst().service().variant().value() + " " + type;
                endings.put(pair, sendAll(sent, device, waitSeconds(type)));
              }
            });
      }
    }
    sendToATwinElementMeter(examples, endings);
    Set<String> working = new TreeSet<>();
    endings.forEach((pair, ways) -> {
      System.out.printf(Locale.ROOT, "%-12s %s%n", pair, words(ways));
      if (ways.keySet().stream().anyMatch(Ending::answered)) {
        working.add(pair);
        String[] words = pair.split(" ", -1);
        Shown.service(new ServiceReferenceVariant(words[0]), DeviceType.valueOf(words[1]));
      }
    });
    System.out.printf(
        Locale.ROOT,
        "%d of %d pairs of service and device are answered%n",
        working.size(),
        endings.size());
    dspAnswers.forEach((service, codes) ->
        System.out.printf(Locale.ROOT, "%-12s %s%n", service + " DSP", String.join(" ", codes)));
    assertThat(dspAnswers).isEqualTo(DSP_ANSWERS);
    assertThat(working).isEqualTo(listed);
    assertThat(acknowledgedAndNothingMore(endings)).isEmpty();
  }

  /** Services for a second element, which the meter of the first home does not have. */
  private void sendToATwinElementMeter(
      List<Example> examples, Map<String, Map<Ending, Integer>> endings) throws Exception {
    try (MeterboxSystem _ = start(EsmeVariant.TWIN_ELEMENT)) {
      for (List<Example> ofOne : byService(examples)) {
        String service = ofOne.getFirst().service().variant().value();
        if (SECOND_ELEMENT.contains(service)) {
          endings.put(
              service + " ESME", sendAll(ofOne, Home.FIRST.electricityMeter(), PATIENT_SECONDS));
        }
      }
    }
  }

  /** The response codes with which the DSP answers what it carries out by itself. */
  private Set<String> answersOfDsp(List<Example> examples) {
    Set<String> codes = new TreeSet<>();
    for (Example example : examples) {
      codes.add(
          json.readTree(run(example, List.of()))
              .path("acknowledgement")
              .path("code")
              .asString("none"));
    }
    return codes;
  }

  /** The gas meter does not wait for the half hour to fetch its commands. */
  private static void pressButton(MeterboxSystem system) {
    try {
      system.premises().gas().orElseThrow().checkForCommands();
    } catch (MemoryFailureException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Collection<List<Example>> byService(List<Example> examples) {
    Map<String, List<Example>> byService = new LinkedHashMap<>();
    examples.stream()
        .sorted(Comparator.comparingInt(Example::rank))
        .forEach(example ->
            byService
                .computeIfAbsent(example.service().variant().value(), _ -> new ArrayList<>())
                .add(example));
    return byService.values();
  }

  /** The meters and the gas proxy function answer or refuse everything; the hub does not yet. */
  private static List<String> acknowledgedAndNothingMore(
      Map<String, Map<Ending, Integer>> endings) {
    return endings.entrySet().stream()
        .filter(
            pair -> COMPLETE.stream().anyMatch(type -> pair.getKey().endsWith(" " + type.name())))
        .filter(pair ->
            pair.getValue().keySet().stream().anyMatch(way -> way.outcome().equals("no-answer")))
        .map(Map.Entry::getKey)
        .filter(pair -> !REFUSED_IN_SILENCE.contains(pair))
        .toList();
  }

  private static String waitSeconds(DeviceType device) {
    return COMPLETE.contains(device) ? PATIENT_SECONDS : SHORT_SECONDS;
  }

  private Map<Ending, Integer> sendAll(List<Example> examples, Eui64 device, String waitSeconds) {
    Map<Ending, Integer> ways = new HashMap<>();
    examples.forEach(example -> ways.merge(send(example, device, waitSeconds), 1, Integer::sum));
    return ways;
  }

  private static String words(Map<Ending, Integer> ways) {
    return ways.entrySet().stream()
        .map(way ->
            (way.getValue() + " " + way.getKey().outcome() + " " + way.getKey().detail()).strip())
        .sorted()
        .collect(Collectors.joining("; "));
  }

  /** A system of its own for each kind of meter. */
  private MeterboxSystem start(EsmeVariant meter) throws Exception {
    data = folder.resolve(meter.name());
    return MeterboxSystem.start(
        new SystemConfiguration(
                new DataDirectory(data),
                Optional.empty(),
                Ports.FREE,
                Map.of(),
                Optional.empty(),
                Gateway.CONNECTIONS,
                _ -> {})
            .withMeter(meter),
        InstantSource.system(),
        new WhatDevicesSend());
  }

  /** Watches the SM WAN. */
  private static final class WhatDevicesSend implements SystemObserver {
    @Override
    public SmWan watching(SmWan wan) {
      return wan;
    }

    @Override
    public Uplink watching(Uplink uplink) {
      return (device, message) -> {
        uplink.received(device, message);
        ShownMessages.fromDevice(message);
      };
    }

    @Override
    public DeviceObserver devices() {
      return DeviceObserver.NONE;
    }
  }

  private static List<Example> examples() throws IOException {
    try (Stream<Path> files = Files.list(ReferenceData.path("rtds/duis"))) {
      List<Example> found = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        service(Files.readString(file)).ifPresent(service -> found.add(new Example(file, service)));
      }
      return found;
    }
  }

  private static Optional<ServiceRequestEntry> service(String document) {
    Matcher variant = SERVICE.matcher(document);
    return variant.find()
        ? ServiceRequestCatalogue.current()
            .find(new ServiceReferenceVariant(variant.group(1).strip()))
        : Optional.empty();
  }

  private static Optional<Participant> sender(Example example) {
    return Participant.ALL.stream()
        .filter(user -> user.roles().stream().anyMatch(example.service().eligibleRoles()::contains))
        .findFirst();
  }

  /** What the command line prints in JSON; empty where the request could not be sent. */
  private String run(Example example, List<String> options) {
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    List<String> arguments = new ArrayList<>(List.of("--data", data.toString(), "--json", "--as"));
    arguments.add(sender(example).orElseThrow().name());
    arguments.addAll(options);
    arguments.add(example.file().toString());
    int exitCode =
        new CommandLine(new SendCommand())
            .setOut(new PrintWriter(output, true))
            .setErr(new PrintWriter(errors, true))
            .execute(arguments.toArray(String[]::new));
    if (exitCode == 1 || exitCode == 2) {
      throw new IllegalStateException(errors.toString().lines().findFirst().orElse(""));
    }
    return output.toString();
  }

  private Ending send(Example example, Eui64 device, String waitSeconds) {
    if (sender(example).isEmpty()) {
      return new Ending("nobody", "no user has such a role");
    }
    JsonNode report;
    try {
      report =
          json.readTree(
              run(example, List.of("--wait", waitSeconds, "--device", device.toString())));
    } catch (IllegalStateException notSent) {
      return new Ending("error", String.valueOf(notSent.getMessage()));
    }
    JsonNode said = report.path("acknowledgement");
    String outcome = report.path("outcome").asString("");
    return new Ending(
        outcome,
        switch (outcome) {
          case "refused" -> said.path("code").asString("") + " " + said.path("rule").asString("");
          case "failed" -> report.path("reply").path("summary").asString("");
          default -> "";
        });
  }

  private static Set<String> listed() throws IOException {
    try (InputStream list = EveryServiceTest.class.getResourceAsStream("services-that-work.txt")) {
      if (list == null) {
        throw new IOException("the list of services is missing");
      }
      return new String(list.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
