// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.gbcs;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands for GBCS messages in files. */
@Command(
    name = "gbcs",
    description = "Read, check, sign and write GBCS messages.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DecodeCommand.class,
      ReencodeCommand.class,
      SignCommand.class,
      UtrnCommand.class
    })
public final class GbcsCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  /** Without a command: says which there are. */
  @Override
  public Integer call() {
    Optional.ofNullable(spec)
        .ifPresent(given -> given.commandLine().usage(given.commandLine().getErr()));
    return CommandLine.ExitCode.USAGE;
  }
}
