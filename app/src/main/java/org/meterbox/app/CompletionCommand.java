// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app;

import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the script by which a shell completes commands, options and file names. */
@Command(
    name = "completion",
    description = "Print a script that completes commands in a shell.",
    mixinStandardHelpOptions = true,
    footerHeading = "Example:%n",
    footer = {
      "  source <(./meterbox completion bash)",
      "zsh takes the same script after 'autoload -U bashcompinit; bashcompinit'."
    })
final class CompletionCommand implements Callable<Integer> {
  /** What the launcher does by itself. */
  private static final List<String> OF_THE_LAUNCHER = List.of("bench", "test", "help");

  /** The shells for which there is a script. */
  enum Shell {
    /** Also for zsh. */
    bash
  }

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
  private Shell shell = Shell.bash;

  @Override
  public Integer call() {
    CommandLine commands = Meterbox.commandLine();
    OF_THE_LAUNCHER.forEach(name -> commands.addSubcommand(name, CommandSpec.create().name(name)));
    String script =
        switch (shell) {
          case bash -> AutoComplete.bash("meterbox", commands);
        };
    PrintWriter out = Objects.requireNonNull(spec, "set by picocli").commandLine().getOut();
    out.print(script);
    out.flush();
    return CommandLine.ExitCode.OK;
  }
}
