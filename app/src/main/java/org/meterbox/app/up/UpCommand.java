// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.up;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.meterbox.app.boxed.OrganisationKeysArchive;
import org.meterbox.app.files.InputPath;
import org.meterbox.app.system.Binding;
import org.meterbox.app.system.DataDirectory;
import org.meterbox.app.system.DataOption;
import org.meterbox.app.system.Home;
import org.meterbox.app.system.MeterboxSystem;
import org.meterbox.app.system.Participant;
import org.meterbox.app.system.SamplePerson;
import org.meterbox.app.system.SystemConfiguration;
import org.meterbox.app.system.SystemConfiguration.Boxed;
import org.meterbox.app.system.SystemConfiguration.Ports;
import org.meterbox.app.system.SystemObserver;
import org.meterbox.crypto.CryptoProviders;
import org.meterbox.devices.esme.state.EsmeVariant;
import org.meterbox.devices.memory.MemoryFailureException;
import org.meterbox.dsp.DspConfiguration;
import org.meterbox.dsp.gateway.Gateway;
import org.meterbox.kernel.ListenException;
import org.meterbox.portal.operations.OperationsService;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts the whole system and leaves it running until it is told to end. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Start the whole system and leave it running; Ctrl-C ends it.",
      "",
      "With --boxed it also opens the plain HTTP endpoints that client tools of the commercial",
      "emulator speak, with published test keys. Those certificates have expired: in this mode,",
      "and only in it, validity dates are not enforced.",
      ""
    })
public final class UpCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      description = "an external PostgreSQL instead of the embedded one")
  private @Nullable String databaseUrl;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8443",
      description = "port of the DCC User gateway, HTTPS (default: ${DEFAULT-VALUE})")
  private int port = DspConfiguration.SECURE_PORT;

  @Option(
      names = "--management-port",
      paramLabel = "PORT",
      defaultValue = "9079",
      description = "port for health and metrics (default: ${DEFAULT-VALUE})")
  private int managementPort = DspConfiguration.MANAGEMENT_PORT;

  @Option(
      names = "--smki-port",
      paramLabel = "PORT",
      defaultValue = "8083",
      description = "port of the SMKI Repository's query interface (default: ${DEFAULT-VALUE})")
  private int smkiPort = 8083;

  @Option(
      names = "--portal-port",
      paramLabel = "PORT",
      defaultValue = "8444",
      description = "port of the SMKI Portal and its API, HTTPS (default: ${DEFAULT-VALUE})")
  private int portalPort = 8444;

  @Option(
      names = "--meter",
      paramLabel = "KIND",
      defaultValue = "single_element",
      description = {
        "what the meter of a new home measures: single_element, twin_element or polyphase",
        "(default: ${DEFAULT-VALUE})"
      })
  private EsmeVariant meter = EsmeVariant.SINGLE_ELEMENT;

  @Option(
      names = "--operations-port",
      paramLabel = "PORT",
      defaultValue = "9080",
      description = "port of the operations pages and their API (default: ${DEFAULT-VALUE})")
  private int operationsPort = OperationsService.PORT;

  @Option(
      names = "--adapter-port",
      paramLabel = "PORT",
      defaultValue = "8445",
      description = {
        "port of the adapter's JSON service on the loopback interface, 0 for any free one",
        "(default: ${DEFAULT-VALUE})"
      })
  private int adapterPort = Ports.USUAL.adapter();

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = {
        "the address of this machine to listen on, 0.0.0.0 for all of them, so that other",
        "machines and containers are served (default: ${DEFAULT-VALUE}, this machine only)"
      })
  private String bind = "127.0.0.1";

  @Option(
      names = "--host-name",
      paramLabel = "NAME",
      description =
          "a name under which others reach this machine, for the certificates of its"
              + " servers; may be repeated")
  private List<String> hostNames = List.of();

  @Option(
      names = "--management-bind",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = {
        "the address to listen on for health, metrics, diagnostics and the operations pages, which",
        "ask nobody who they are (default: ${DEFAULT-VALUE})"
      })
  private String managementBind = "127.0.0.1";

  @Option(
      names = "--boxed",
      description = "also serve client tools of the commercial emulator; needs --keystore")
  private boolean boxed;

  @Option(
      names = "--boxed-port",
      paramLabel = "PORT",
      defaultValue = "8079",
      description = "plain HTTP port of the DUIS services (default: ${DEFAULT-VALUE})")
  private int boxedPort = DspConfiguration.PLAIN_PORT;

  @Option(
      names = "--boxed-keys-port",
      paramLabel = "PORT",
      description = {
        "plain HTTP port of the archive of organisations' keys and of response addresses",
        "(default: 80, where client tools look for it, if this process may use it, else 8081)"
      })
  private @Nullable Integer boxedKeysPort;

  @Option(
      names = "--keystore",
      paramLabel = "FILE",
      description = "the published test keys (JSON), with --boxed")
  @InputPath(
      purpose = "the published test keys",
      hint = "name the key store (JSON) that the client tools use")
  private @Nullable Path keyStore;

  @Option(
      names = "--receiver",
      paramLabel = "USER=URL",
      description = {
        "where a user's responses are pushed instead of to a receiver of this system, e.g.",
        "supplier1=http://127.0.0.1:9000/smartdcc/duis; may be repeated"
      })
  private Map<String, URI> receivers = new HashMap<>();

  @Option(
      names = "--connections-per-address",
      paramLabel = "N",
      defaultValue = "1024",
      description = {
        "TCP connections that the gateway holds from one IP address at most",
        "(default: ${DEFAULT-VALUE})"
      })
  private int connectionsPerAddress = Gateway.CONNECTIONS.perAddressMax();

  @Mixin private DataOption data = new DataOption();

  @Override
  public Integer call() throws IOException, InterruptedException, MemoryFailureException {
    PrintWriter out = commandSpec().commandLine().getOut();
    SystemConfiguration configuration =
        new SystemConfiguration(
                data.directory(boxed ? "boxed" : "up"),
                Optional.ofNullable(databaseUrl),
                new Ports(port, managementPort, smkiPort, portalPort, operationsPort, adapterPort),
                new Binding(
                    Binding.address(bind), Binding.address(managementBind), List.copyOf(hostNames)),
                receivers(),
                boxed(),
                Gateway.CONNECTIONS.withPerAddress(connectionsPerAddress),
                step -> say(out, "  " + step))
            .withMeter(meter);
    CountDownLatch ended = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    AtomicReference<Optional<String>> databaseFault = new AtomicReference<>(Optional.empty());
    try (MeterboxSystem system =
        MeterboxSystem.start(configuration, InstantSource.system(), SystemObserver.NONE)) {
      Thread hook = Thread.ofPlatform().unstarted(() -> end(ended, closed));
      Runtime.getRuntime().addShutdownHook(hook);
      describe(system, configuration.binding(), out);
      CompletionStage<Void> _ =
          system
              .databaseLost()
              .thenAccept(fault -> {
                databaseFault.set(Optional.of(String.valueOf(fault.getMessage())));
                ended.countDown();
              });
      ended.await();
      say(out, "ending");
    } catch (ListenException refused) {
      throw new IOException(listening(refused), refused);
    } finally {
      closed.countDown();
    }
    return databaseFault.get().map(this::sayDatabaseLost).orElse(0);
  }

  private int sayDatabaseLost(String fault) {
    commandSpec().commandLine().getErr().println("meterbox: " + fault);
    commandSpec()
        .commandLine()
        .getErr()
        .println(
            "What was acknowledged is on the disk. Mend the cause (a full disk, memory), then start"
                + " 'up' again.");
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** Lets the main thread close the system, and the JVM wait for it. */
  private static void end(CountDownLatch ended, CountDownLatch closed) {
    ended.countDown();
    try {
      closed.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** What cannot listen, and which option moves it. */
  private String listening(ListenException refused) {
    int taken = refused.address().getPort();
    Map<String, Integer> ports = new LinkedHashMap<>();
    ports.put("--port", port);
    ports.put("--management-port", managementPort);
    ports.put("--smki-port", smkiPort);
    ports.put("--portal-port", portalPort);
    ports.put("--operations-port", operationsPort);
    ports.put("--adapter-port", adapterPort);
    if (boxed) {
      ports.put("--boxed-port", boxedPort);
    }
    List<String> options =
        ports.entrySet().stream()
            .filter(option -> option.getValue() == taken)
            .map(Map.Entry::getKey)
            .toList();
    return options.size() == 1
        ? String.format(
            Locale.ROOT,
            "%s; end what holds it, or give another port with %s PORT (0: any free one)",
            refused.getMessage(),
            options.getFirst())
        : String.format(
            Locale.ROOT,
            "%s; it was given to %s: give each a port of its own",
            refused.getMessage(),
            String.join(" and ", options));
  }

  private void describe(MeterboxSystem system, Binding binding, PrintWriter out) {
    say(out, "");
    say(out, "  gateway     " + system.addresses().gateway() + "  (HTTPS, mutual TLS)");
    say(out, "  repository  " + system.addresses().repository() + "  (SMKI queries)");
    say(out, "  portal      " + system.addresses().portal() + "  (SMKI Portal and API)");
    say(out, "  adapter     " + system.adapter() + "  (JSON; docs/adapter.md)");
    say(out, "  operators   " + system.addresses().operators() + "  (health, metrics)");
    say(out, "  pages       " + system.addresses().operations() + "  (requests, devices, homes)");
    system
        .dsp()
        .gateway()
        .plainPort()
        .ifPresent(plain ->
            say(
                out,
                String.format(
                    Locale.ROOT,
                    "  boxed       http://%s:%s/api/v1/serviceS|T|D",
                    Binding.host(binding.users()),
                    plain)));
    system
        .clientTools()
        .ifPresent(tools -> {
          say(out, "  keys        " + tools + OrganisationKeysArchive.PATH);
          say(out, "  responses   " + tools + "/users/USER/response-address  (GET, PUT, DELETE)");
        });
    Exposure.of(binding, system).lines().forEach(line -> say(out, "  " + line));
    say(out, "  database    " + system.databaseDescription());
    say(out, "  crypto      " + CryptoProviders.description());
    for (Participant participant : Participant.ALL) {
      say(
          out,
          String.format(
              Locale.ROOT,
              "  user        %-10s %s  %s",
              participant.name(),
              participant.id(),
              new TreeSet<>(participant.roles())));
    }
    for (SamplePerson person : SamplePerson.SIGNING_IN) {
      say(out, String.format(Locale.ROOT, "  person      %-12s %s", person.file(), person.name()));
      say(out, String.format(Locale.ROOT, "              %-12s %s", "", person.title()));
    }
    say(
        out,
        String.format(
            Locale.ROOT,
            "  home        ESME %s, CHF %s,",
            Home.FIRST.electricityMeter(),
            Home.FIRST.hub()));
    say(
        out,
        String.format(
            Locale.ROOT,
            "              GSME %s, GPF %s",
            Home.FIRST.gasMeter(),
            Home.FIRST.gasProxy()));
    say(out, "              (the gas meter is awake at each full and half hour)");
    say(out, "");
    if (boxed) {
      say(out, "BOXED: certificate validity dates are NOT enforced, and the keys are public.");
      say(
          out,
          "send a request:  ./meterbox send REQUEST.xml --as supplier1 --data "
              + data.directory("boxed").root());
    } else {
      say(out, "send a request:  ./meterbox send REQUEST.xml --as supplier1");
    }
    DataDirectory files = data.directory(boxed ? "boxed" : "up");
    describeAdapter(system, files, out);
    say(
        out,
        "open the portal: import a person's .p12 (its password is in the file beside it) from");
    say(out, "  " + files.people().toAbsolutePath());
    say(out, "Ctrl-C ends it");
  }

  private static void describeAdapter(MeterboxSystem system, DataDirectory files, PrintWriter out) {
    say(out, "read the meter through the adapter, as its client operator:");
    say(
        out,
        "  curl -H \"Authorization: Bearer $(cat "
            + files.adapterToken("operator").toAbsolutePath()
            + ")\" \\");
    say(
        out,
        String.format(
            Locale.ROOT,
            "    --json '{\"user\":\"supplier1\",\"device\":\"%s\"}' %s/v1/services/4.1.1",
            Home.FIRST.electricityMeter().dashed(),
            system.adapter()));
  }

  private Optional<Boxed> boxed() {
    if (!boxed) {
      if (keyStore != null) {
        throw usage("--keystore goes with --boxed");
      }
      return Optional.empty();
    }
    if (keyStore == null) {
      throw usage("--boxed needs --keystore FILE with the published test keys");
    }
    return Optional.of(new Boxed(keyStore, boxedPort, Optional.ofNullable(boxedKeysPort)));
  }

  private Map<Participant, URI> receivers() {
    Map<Participant, URI> byParticipant = new HashMap<>();
    receivers.forEach((name, uri) ->
        byParticipant.put(
            Participant.named(name).orElseThrow(() -> usage("there is no user " + name)), uri));
    return byParticipant;
  }

  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }

  private ParameterException usage(String message) {
    return new ParameterException(commandSpec().commandLine(), message);
  }

  private CommandSpec commandSpec() {
    return Objects.requireNonNull(spec, "picocli sets the specification");
  }
}
