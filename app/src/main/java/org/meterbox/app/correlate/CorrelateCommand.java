// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.correlate;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.meterbox.app.files.InputPath;
import org.meterbox.app.keys.PartyKeysOption;
import org.meterbox.correlate.Correlation;
import org.meterbox.correlate.Difference;
import org.meterbox.correlate.ParseAndCorrelate;
import org.meterbox.correlate.check.DeviceTypes;
import org.meterbox.correlate.check.SenderTimes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says whether a Pre-Command is what its request asks for, and nothing else. */
@Command(
    name = "correlate",
    description = "Compare Pre-Commands with the requests that they carry out.",
    mixinStandardHelpOptions = true,
    customSynopsis = {
      "meterbox correlate [--keys=DIR] [--made-at=TIME] REQUEST PRECOMMAND",
      "meterbox correlate [--keys=DIR] [--made-at=TIME] --pairs=FILE.tsv"
    },
    footerHeading = "Example:%n",
    footer = "  ./meterbox correlate request.xml precommand.hex && sign it",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every octet is what the request asks for",
      "1:it is not: what differs is said, or of --pairs one does not match",
      "2:they cannot be compared, or wrong arguments"
    })
public final class CorrelateCommand implements Callable<Integer> {
  private static final int MATCH = 0;
  private static final int MISMATCH = 1;
  private static final int UNUSABLE = 2;

  @Parameters(
      arity = "0..2",
      paramLabel = "FILE",
      description = {
        "A Service Request (DUIS XML), and its Pre-Command in hexadecimal text or octets."
      })
  @InputPath(purpose = "the request and its Pre-Command")
  private List<Path> files = List.of();

  @Option(
      names = "--pairs",
      paramLabel = "FILE",
      description = {
        "Pairs, one a line: the request's path, a tab, the Pre-Command's path. Prints a line of JSON"
            + " for each with request, precommand, match and differences. What is not found from"
            + " the working directory is looked for beside FILE."
      })
  @InputPath(purpose = "the list of pairs")
  private @Nullable Path pairs;

  @Mixin private IssuerTimeOption issuerTime = new IssuerTimeOption();

  @Mixin private PartyKeysOption keys = new PartyKeysOption();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    boolean wellCalled = pairs == null ? files.size() == 2 : files.isEmpty();
    if (!wellCalled) {
      throw new ParameterException(
          spec.commandLine(), "a request and a Pre-Command are needed, or --pairs FILE alone");
    }
    SenderTimes times = acceptedTimes(spec);
    try (PartyKeysOption.Opened opened = keys.open(err)) {
      Pair pair =
          new Pair(
              new ParseAndCorrelate(
                  opened.keys(),
                  ParseAndCorrelate.DEFAULT_MAX_DEVICES,
                  times,
                  DeviceTypes.unknown()));
      if (pairs != null) {
        return new PairList(pairs, pair, issuerTime).correlate(out) ? MATCH : MISMATCH;
      }
      return report(pair.correlate(files.get(0), files.get(1)), out, err);
    }
  }

  private SenderTimes acceptedTimes(CommandSpec command) {
    try {
      return issuerTime.accepted(InstantSource.system());
    } catch (IllegalArgumentException malformed) {
      throw new ParameterException(
          command.commandLine(), String.valueOf(malformed.getMessage()), malformed);
    }
  }

  private int report(Correlation correlation, PrintWriter out, PrintWriter err) {
    int exitCode =
        switch (correlation) {
          case Correlation.Match(var useCase, var time) -> {
            out.println(
                String.format(
                    Locale.ROOT,
                    "match: the Pre-Command (use case %s) is what was asked",
                    useCase));
            issuerTime.unchecked(time).ifPresent(out::println);
            yield MATCH;
          }
          case Correlation.Mismatch(List<Difference> differences) -> {
            out.println("mismatch: do not sign this Pre-Command");
            differences.forEach(difference -> out.println("  " + difference));
            yield MISMATCH;
          }
          case Correlation.Unusable(String reason) -> {
            err.println("meterbox: " + reason);
            yield UNUSABLE;
          }
        };
    out.flush();
    return exitCode;
  }
}
