// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.coverage;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * How much of the specifications' tables tests have shown. What tests have recorded in this
 * checkout takes the place of what the list of the sources says about their classes.
 */
@Command(
    name = "coverage",
    description = "Say what of the specifications the tests show, and what not.",
    footer = {
      "",
      "An entry counts only where a test observed it in running code and succeeded. The list comes",
      "with the sources; what ./meterbox test records in this checkout replaces it class by class."
    },
    mixinStandardHelpOptions = true)
public final class CoverageCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--json", description = "write one JSON object, with the tests of each entry")
  private boolean json;

  @Option(names = "--tests", description = "name a test for each entry too")
  private boolean tests;

  @Option(
      names = "--update",
      description = "write what tests have recorded in this checkout into its sources' list")
  private boolean update;

  @Override
  public Integer call() throws IOException {
    CommandLine line = Optional.ofNullable(spec).orElseThrow().commandLine();
    Path checkout = Path.of(System.getProperty("meterbox.home", "."));
    CoverageList recorded = CoverageList.recorded(checkout);
    CoverageList list = CoverageList.published().updatedBy(recorded);
    if (update) {
      return update(checkout, list, line);
    }
    PrintWriter out = line.getOut();
    CoverageReport report = new CoverageReport(list);
    if (json) {
      out.println(report.json());
    } else {
      report.print(out);
      if (tests) {
        report.printTests(out);
      }
      out.println();
      out.println(source(recorded));
    }
    out.flush();
    return CommandLine.ExitCode.OK;
  }

  private static String source(CoverageList recorded) {
    return recorded.ran().isEmpty()
        ? "No test has run in this checkout; this is the list that came with the sources."
            + " ./meterbox test makes it anew."
        : String.format(
            Locale.ROOT,
            "From the records of %d tests in this checkout; the rest as listed with the sources.",
            recorded.ran().size());
  }

  private static int update(Path checkout, CoverageList list, CommandLine line) throws IOException {
    if (list.ran().isEmpty()) {
      line.getErr()
          .println("meterbox: no test has recorded anything here: run ./meterbox test first");
      return CommandLine.ExitCode.SOFTWARE;
    }
    Files.write(checkout.resolve(CoverageList.FILE), list.lines());
    line.getOut().printf(Locale.ROOT, "%s: %d entries%n", CoverageList.FILE, list.shown().size());
    line.getOut().flush();
    return CommandLine.ExitCode.OK;
  }
}
