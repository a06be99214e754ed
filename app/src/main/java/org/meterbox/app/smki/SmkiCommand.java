// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.smki;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands of the Trusted Service Provider. */
@Command(
    name = "smki",
    description = {
      "Run the key infrastructures: issue, revoke, find, check.",
      "",
      "For example:",
      "  smki init",
      "  smki enrol 90-B3-D5-1F-30-01-00-00 --name 'Supplier One' --role supplier \\",
      "       --devices 00-DB-12-34-56-78-00-00..00-DB-12-34-56-78-FF-FF",
      "  smki issue device.csr --for 90-B3-D5-1F-30-01-00-00 --out device.pem",
      "  smki find --eui 00-DB-12-34-56-78-90-A0 --json",
      "  smki verify device.pem",
      ""
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      InitCommand.class,
      EnrolCommand.class,
      IssueCommand.class,
      RevokeCommand.class,
      CrlCommand.class,
      FindCommand.class,
      CeremonyCommand.class,
      VerifyCommand.class
    })
public final class SmkiCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  /** Without a command: says which there are. */
  @Override
  public Integer call() {
    Optional.ofNullable(spec)
        .ifPresent(given -> given.commandLine().usage(given.commandLine().getErr()));
    return CommandLine.ExitCode.USAGE;
  }
}
