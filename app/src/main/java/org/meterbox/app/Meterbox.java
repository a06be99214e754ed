// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.meterbox.app.correlate.CorrelateCommand;
import org.meterbox.app.demo.DemoCommand;
import org.meterbox.app.duis.DuisCommand;
import org.meterbox.app.gbcs.GbcsCommand;
import org.meterbox.app.parse.ParseCommand;
import org.meterbox.app.parsecorrelate.ParseCorrelateCommand;
import org.meterbox.app.send.SendCommand;
import org.meterbox.app.smki.SmkiCommand;
import org.meterbox.app.transform.TransformCommand;
import org.meterbox.app.up.UpCommand;
import org.meterbox.smki.keystore.KeyStoreException;
import org.meterbox.store.StoreException;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * The command line. Each command is a class of its own, registered here, and stands with the same
 * words in the help of the launcher.
 */
@Command(
    name = "meterbox",
    description = "The GB smart metering system in a box.",
    mixinStandardHelpOptions = true,
    versionProvider = Meterbox.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      SendCommand.class,
      GbcsCommand.class,
      DuisCommand.class,
      TransformCommand.class,
      ParseCommand.class,
      CorrelateCommand.class,
      ParseCorrelateCommand.class,
      SmkiCommand.class
    })
public final class Meterbox implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  /** Runs one command and ends the process with its exit code: 0 only if all went well. */
  public static void main(String[] arguments) {
    // Libraries that log through the JDK's logger go where everything else goes.
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    System.exit(commandLine().execute(arguments));
  }

  /** All commands with their options. */
  static CommandLine commandLine() {
    return new CommandLine(new Meterbox())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Meterbox::explain);
  }

  /**
   * What a person can mend (files, ports, a system that does not run) is said in one sentence; a
   * fault of our own is passed on with its trace.
   */
  private static int explain(Exception fault, CommandLine command, ParseResult parsed)
      throws Exception {
    boolean mendable =
        fault instanceof IOException
            || fault instanceof UncheckedIOException
            || fault instanceof StoreException
            || fault instanceof KeyStoreException;
    if (!mendable) {
      throw fault;
    }
    command.getErr().println("meterbox: " + fault.getMessage());
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** Without a command: says which there are. */
  @Override
  public Integer call() {
    Optional.ofNullable(spec)
        .ifPresent(given -> given.commandLine().usage(given.commandLine().getErr()));
    return CommandLine.ExitCode.USAGE;
  }

  /** The version that the build wrote into the manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      @Nullable String built = Meterbox.class.getPackage().getImplementationVersion();
      return new String[] {
        "meterbox " + Optional.ofNullable(built).orElse("(not packaged)"),
        "Java " + Runtime.version() + " on " + System.getProperty("os.arch")
      };
    }
  }
}
