// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.parse;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
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
import org.meterbox.app.files.MessageFile;
import org.meterbox.app.files.OutputPath;
import org.meterbox.app.keys.PartyKeysOption;
import org.meterbox.correlate.ParseAndCorrelate;
import org.meterbox.kernel.ServiceReferenceVariant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Turns files with device messages into files with MMC XML. */
@Command(
    name = "parse",
    description = "Turn device messages into MMC XML; check MACs and signatures.",
    mixinStandardHelpOptions = true,
    footerHeading = "Example:%n",
    footer = {
      "  ./meterbox parse messages --keys keystore --out documents",
      "writes documents/a/b.XML for messages/a/b.HEX."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every message became a document",
      "1:a message could not be read, or its MAC, signature or encrypted part refutes it",
      "2:wrong arguments"
    })
public final class ParseCommand implements Callable<Integer> {
  private static final int PROGRESS_EVERY = 500;

  @Parameters(
      paramLabel = "FILE|DIR",
      description = {
        "A message in hexadecimal text or octets; of a directory all files named *.HEX below it."
      })
  @InputPath(purpose = "the device messages")
  private Path path = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description =
          "Where to write NAME.XML for each NAME.HEX, below a directory at the same path.")
  @OutputPath
  private Path out = Path.of("");

  @Option(
      names = "--service",
      paramLabel = "VARIANT",
      description = {
        "The Service Reference Variant of the requests that the messages answer, e.g. 8.1.1. Needed"
            + " only where an answer does not tell it: for 6.11 and 8.1.1, for 7.5 and 7.6, and for"
            + " 7.9 and 7.10. Without it the names of file and folder are looked at, and then the"
            + " first of them is taken."
      })
  private @Nullable String service;

  @Mixin private PartyKeysOption keys = new PartyKeysOption();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    Optional<ServiceReferenceVariant> asked = Optional.ofNullable(service).map(this::variant);
    List<InputFile> sources = InputFile.of(path, MessageFile.ENDING);
    if (sources.isEmpty()) {
      err.println(path + ": there is no file named *.HEX in it");
      return 1;
    }
    int failures;
    try (PartyKeysOption.Opened opened = keys.open(err)) {
      FileParser parser = new FileParser(new ParseAndCorrelate(opened.keys()), asked);
      failures = parseAll(sources, parser, err);
    }
    PrintWriter summary = spec.commandLine().getOut();
    summary.printf(Locale.ROOT, "%d messages, %d failed%n", sources.size(), failures);
    summary.flush();
    return failures == 0 ? 0 : 1;
  }

  /** Every message, and says how many failed. */
  private int parseAll(List<InputFile> sources, FileParser parser, PrintWriter err) {
    Set<Path> written = new HashSet<>();
    int failures = 0;
    for (int i = 0; i < sources.size(); i++) {
      InputFile source = sources.get(i);
      Path target = target(source);
      Optional<String> failure =
          written.add(target)
              ? parser.parse(source.path(), target)
              : Optional.of("another file of that name was written to " + target);
      if (failure.isPresent()) {
        failures++;
        err.println(source.name() + ": " + failure.get());
      }
      if ((i + 1) % PROGRESS_EVERY == 0) {
        err.printf(Locale.ROOT, "  %d of %d messages%n", i + 1, sources.size());
        err.flush();
      }
    }
    return failures;
  }

  /** NAME.HEX becomes NAME.XML, whatever the case of its letters; any other name gets it behind. */
  private Path target(InputFile source) {
    Path place = out.resolve(source.relative());
    String name = String.valueOf(place.getFileName());
    boolean hex = name.toLowerCase(Locale.ROOT).endsWith(MessageFile.ENDING);
    String stem = hex ? name.substring(0, name.length() - MessageFile.ENDING.length()) : name;
    return place.resolveSibling(stem + ".XML");
  }

  private ServiceReferenceVariant variant(String text) {
    try {
      return new ServiceReferenceVariant(text);
    } catch (IllegalArgumentException malformed) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "--service: " + malformed.getMessage(),
          malformed);
    }
  }
}
