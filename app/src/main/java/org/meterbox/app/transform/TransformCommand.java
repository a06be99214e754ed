// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.transform;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.meterbox.app.files.InputFile;
import org.meterbox.app.files.InputPath;
import org.meterbox.app.files.OutputPath;
import org.meterbox.app.files.Progress;
import org.meterbox.app.keys.KeyFiles;
import org.meterbox.app.keys.KeyOption;
import org.meterbox.app.transform.RequestTranslator.Translated;
import org.meterbox.app.transform.RequestTranslator.UntranslatedException;
import org.meterbox.dsp.commands.CommandPolicy;
import org.meterbox.gbcs.decode.KeyRing;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Translates request files into GBCS, as the DSP does, with files in the place of its inventory.
 */
@Command(
    name = "transform",
    description = {
      "Translate Service Requests into GBCS.",
      "Writes upper-case hexadecimal text: STEM.PRECOMMAND.HEX for critical requests, STEM.COMMAND.HEX for others, where STEM is the"
          + " file's name without _REQUEST_DUIS.XML or .xml.",
      "A command carries the broker's MAC where the private key of the broker or the device and the"
          + " other's public key are there, and twelve zero octets in its place where they are not."
          + " Signatures of requests are not verified: see 'duis verify'."
    },
    footerHeading = "%nExample:%n",
    footer = "  ./meterbox transform docs/examples --out /tmp/gbcs --keys keys/",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every request was translated",
      "1:a request could not be read or translated, or there is none",
      "2:wrong arguments"
    })
public final class TransformCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "FILE|DIR",
      description = {
        "Service Requests; of a directory all files *.xml below it. Where a name begins with a use"
            + " case (as in ECS26k_6.2.1_SUCCESS.xml), it decides between the use cases that the"
            + " request can become."
      })
  @InputPath(purpose = "the Service Requests to translate")
  private List<Path> paths = List.of();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where to write; below a directory the relative paths are kept.")
  @OutputPath
  private Path out = Path.of(".");

  @Mixin private KeyOption keys = new KeyOption();

  @Option(
      names = "--broker",
      paramLabel = "EUI",
      converter = EuiConverter.class,
      description = "The Access Control Broker (default: whose certificate in --keys says so).")
  private @Nullable Eui64 broker;

  @Option(
      names = "--broker-counter",
      paramLabel = "N",
      converter = CounterConverter.class,
      description = {
        "The counter of commands that the DCC sends in its own name (default: the request's plus "
            + FileParties.COUNTER_AHEAD
            + ", as in most published messages)."
      })
  private @Nullable OriginatorCounter brokerCounter;

  @Option(
      names = "--unknown-parties",
      description = {
        "The devices hold no certificates of the users: the broker sends all that is not critical,"
            + " and what is critical is refused (default: the broker sends only what the user's"
            + " role may not send, and what brings a key agreement certificate)."
      })
  private boolean unknownParties;

  @Option(
      names = "--devices",
      paramLabel = "FILE",
      description = {
        "What devices are: one a line, EUI-64, type, and any of twin, polyphase and earlier (takes"
            + " use cases that GBCS has replaced). The devices of the published messages are known."
      })
  @InputPath(purpose = "what devices are")
  private @Nullable Path devices;

  @Option(
      names = "--device-type",
      paramLabel = "TYPE",
      description = {
        "The type of devices that are not known (default: by the file's name, else the first of"
            + " ${COMPLETION-CANDIDATES} that the request may go to)."
      })
  private @Nullable DeviceType deviceType;

  @Option(
      names = "--device-logs",
      paramLabel = "FILE",
      description = {
        "The logs that replaced hubs have reported, for service requests 8.12.1 and 8.12.2: one hub"
            + " part a line, EUI-64 and its last CS14 or GCS62 alert in hexadecimal."
      })
  @InputPath(purpose = "what replaced hubs have reported")
  private @Nullable Path deviceLogs;

  @Option(
      names = "--customer-number",
      paramLabel = "DIGITS",
      defaultValue = "1234",
      description = "Four digits for service request 9.1 (default: ${DEFAULT-VALUE}).")
  private String customerNumber = "1234";

  @Option(
      names = "--time",
      paramLabel = "INSTANT",
      defaultValue = "2015-01-01T00:00:00Z",
      description = {
        "The time of translation, which some ZigBee commands carry (default: ${DEFAULT-VALUE}, that"
            + " of the published messages, so that a request always gives the same octets)."
      })
  private Instant time = Instant.EPOCH;

  @Spec private @Nullable CommandSpec spec;

  /** Sixteen hexadecimal digits, with dashes or without. */
  static final class EuiConverter implements ITypeConverter<Eui64> {
    @Override
    public Eui64 convert(String text) {
      return Eui64.parse(text);
    }
  }

  /** A decimal number of 64 bits. */
  static final class CounterConverter implements ITypeConverter<OriginatorCounter> {
    @Override
    public OriginatorCounter convert(String text) {
      return OriginatorCounter.parse(text);
    }
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    KeyFiles keyFiles = keys.read(err);
    RequestTranslator translator = translator(keyFiles);
    List<RequestFile> files = new ArrayList<>();
    int failed = keyFiles.faults().size();
    for (Path path : paths) {
      List<InputFile> found = InputFile.of(path, ".xml");
      if (found.isEmpty()) {
        err.println(path + ": there is no file named *.xml in it");
        failed++;
      }
      found.stream().map(RequestFile::of).forEach(files::add);
    }
    Progress progress = new Progress(err, "requests", files.size());
    Set<Path> written = new HashSet<>();
    for (RequestFile file : files) {
      try {
        write(translator.translate(file), written);
      } catch (UntranslatedException | IOException failure) {
        err.println(file.file().name() + ": " + failure.getMessage());
        failed++;
      }
      progress.step();
    }
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "%d translated to %s, %d not%n",
            written.size(),
            out,
            files.size() - written.size());
    spec.commandLine().getOut().flush();
    err.flush();
    return failed == 0 ? 0 : 1;
  }

  private RequestTranslator translator(KeyFiles keyFiles) throws IOException {
    Optional<Eui64> party = Optional.ofNullable(broker).or(() -> onlyBroker(keyFiles.keys()));
    KnownDevices known = KnownDevices.read(devices);
    return new RequestTranslator(
        new FileInventory(known, keyFiles, Optional.ofNullable(deviceType), unknownParties),
        new CommandPolicy(
            new FileParties(keyFiles, party, Optional.ofNullable(brokerCounter)),
            new FileFacts(known, keyFiles, DeviceLogFile.read(deviceLogs), digits()),
            () -> time));
  }

  private Octets digits() {
    if (!customerNumber.matches("[0-9]{4}")) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), "--customer-number takes four digits");
    }
    return Octets.of(customerNumber.getBytes(StandardCharsets.US_ASCII));
  }

  private static Optional<Eui64> onlyBroker(KeyRing ring) {
    List<KeyRing.Broker> certified =
        ring.brokers().stream().filter(KeyRing.Broker::certified).toList();
    return certified.size() == 1 ? Optional.of(certified.getFirst().id()) : Optional.empty();
  }

  private void write(Translated translated, Set<Path> written)
      throws IOException, UntranslatedException {
    Path target = out.resolve(translated.target());
    if (!written.add(target)) {
      throw new UntranslatedException("another request of this run was written to " + target);
    }
    Path directory = target.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    Files.writeString(target, translated.message().hex(), StandardCharsets.US_ASCII);
  }
}
