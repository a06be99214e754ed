// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.duis;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.meterbox.app.files.InputPath;
import org.meterbox.duis.DocumentCheck;
import org.meterbox.duis.DuisReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says of each document whether it is valid, and if not, where and why. */
@Command(
    name = "validate",
    description = {
      "Check documents against the schema of DUIS 5.4: one line for each file.",
      "With --json a line is an object with file, valid and error; error is null or has line,"
          + " column, rule and message. Signatures are not verified: see 'duis verify'."
    },
    footerHeading = "%nExample:%n",
    footer = "  ./meterbox duis validate docs/examples --json",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every document is valid",
      "1:a document is not valid or could not be read, or there is none",
      "2:wrong arguments"
    })
final class ValidateCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "FILE|DIR",
      description = "Requests, responses or alerts; of a directory all files *.xml below it.")
  @InputPath(purpose = "the documents to validate")
  private List<Path> paths = List.of();

  @Option(names = "--json", description = "Print one line of JSON for each file.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    DocumentCheck check = new DocumentCheck(new DuisReader());
    return new VerdictLines(json, out, err).print(paths, check::validate) ? 0 : 1;
  }
}
