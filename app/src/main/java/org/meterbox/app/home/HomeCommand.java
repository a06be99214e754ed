// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.home;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands for whoever stands before the meter of a running system. */
@Command(
    name = "home",
    description = "Look at the home of a running system, and do things in it.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      HomeListCommand.class,
      HomeShowCommand.class,
      ActionCommands.Load.class,
      ActionCommands.Generation.class,
      ActionCommands.Reactive.class,
      ActionCommands.Voltage.class,
      ActionCommands.Outage.class,
      ActionCommands.Cover.class,
      ActionCommands.Magnet.class,
      ActionCommands.Fault.class,
      ActionCommands.SignalCommand.class,
      ActionCommands.Token.class,
      ActionCommands.Button.class,
      ActionCommands.Drift.class,
      ActionCommands.Setting.class,
      HomeClockCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./meterbox home show",
      "  ./meterbox home load 3kW",
      "  ./meterbox home voltage 258",
      "  ./meterbox home outage on",
      "  ./meterbox home button emergency-credit",
      "  ./meterbox home clock +7d"
    })
public final class HomeCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  /** Without a command: says which there are. */
  @Override
  public Integer call() {
    Optional.ofNullable(spec)
        .ifPresent(given -> given.commandLine().usage(given.commandLine().getErr()));
    return CommandLine.ExitCode.USAGE;
  }
}
