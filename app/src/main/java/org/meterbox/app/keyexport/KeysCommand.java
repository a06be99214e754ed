// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.keyexport;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands for the keys that a system made. */
@Command(
    name = "keys",
    description = "Take out the keys that a system made, for use in files.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {KeysExportCommand.class})
public final class KeysCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  /** Without a command: says which there are. */
  @Override
  public Integer call() {
    Optional.ofNullable(spec)
        .ifPresent(given -> given.commandLine().usage(given.commandLine().getErr()));
    return CommandLine.ExitCode.USAGE;
  }
}
