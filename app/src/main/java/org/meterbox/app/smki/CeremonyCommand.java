// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.smki;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Key ceremonies. */
@Command(
    name = "ceremony",
    description = {
      "Seal the recovery and the contingency key, and use them when enough custodians meet.",
      "",
      "For example, any three of five:",
      "  smki ceremony prepare --threshold 3 --custodian ann,bob,cat,dan,eve --out shares",
      "  smki ceremony recover --share shares/ann.share --share shares/cat.share \\",
      "       --share shares/eve.share --decision 'PMA 12/2026' \\",
      "       --device 00-DB-12-34-56-78-90-A0 --replace supplier.pem --out commands",
      ""
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {PrepareCommand.class, RecoverCommand.class, ContingencyCommand.class})
final class CeremonyCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  /** Without a command: says which there are. */
  @Override
  public Integer call() {
    Optional.ofNullable(spec)
        .ifPresent(given -> given.commandLine().usage(given.commandLine().getErr()));
    return CommandLine.ExitCode.USAGE;
  }
}
