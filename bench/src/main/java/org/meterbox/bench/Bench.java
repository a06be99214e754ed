// SPDX-License-Identifier: Apache-2.0
package org.meterbox.bench;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.meterbox.bench.correlate.CorrelateBench;
import org.meterbox.bench.duis.DuisBench;
import org.meterbox.bench.gbcs.GbcsBench;
import org.meterbox.bench.smki.SmkiBench;
import org.meterbox.bench.system.SystemBench;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The benchmarks of the rooms, each with the limits that were measured in the same run. */
@Command(
    name = "bench",
    description = "Measure a room beside the limits of this machine.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "ROOM",
    subcommands = {
      GbcsBench.class,
      DuisBench.class,
      CorrelateBench.class,
      SmkiBench.class,
      SystemBench.class
    })
public final class Bench implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  /** Runs one benchmark and ends the process; exit code 1 where a limit was missed. */
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Bench()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
  }

  @Override
  public Integer call() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getErr());
    }
    return CommandLine.ExitCode.USAGE;
  }
}
