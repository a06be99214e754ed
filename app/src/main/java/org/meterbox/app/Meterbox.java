// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.meterbox.app.anomaly.AnomalyCommand;
import org.meterbox.app.correlate.CorrelateCommand;
import org.meterbox.app.coverage.CoverageCommand;
import org.meterbox.app.demo.DemoCommand;
import org.meterbox.app.duis.DuisCommand;
import org.meterbox.app.files.InputPaths;
import org.meterbox.app.gbcs.GbcsCommand;
import org.meterbox.app.home.HomeCommand;
import org.meterbox.app.keyexport.KeysCommand;
import org.meterbox.app.operations.AlertsCommand;
import org.meterbox.app.operations.DevicesCommand;
import org.meterbox.app.operations.RequestsCommand;
import org.meterbox.app.operations.UsersCommand;
import org.meterbox.app.parse.ParseCommand;
import org.meterbox.app.parsecorrelate.ParseCorrelateCommand;
import org.meterbox.app.registration.RegistrationCommand;
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
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

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
      HomeCommand.class,
      RequestsCommand.class,
      DevicesCommand.class,
      AlertsCommand.class,
      UsersCommand.class,
      GbcsCommand.class,
      DuisCommand.class,
      TransformCommand.class,
      ParseCommand.class,
      CorrelateCommand.class,
      ParseCorrelateCommand.class,
      SmkiCommand.class,
      KeysCommand.class,
      RegistrationCommand.class,
      CoverageCommand.class,
      AnomalyCommand.class,
      CompletionCommand.class
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
        .setParameterExceptionHandler(Meterbox::correct)
        .setExecutionStrategy(Meterbox::run)
        .setExecutionExceptionHandler(Meterbox::explain);
  }

  /** Wrong arguments: what is wrong comes last, where a person looks, and no page of help above. */
  private static int correct(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("meterbox: " + wrong.getMessage());
    UnmatchedArgumentException.printSuggestions(wrong, err);
    err.println(
        String.format(
            Locale.ROOT,
            "./%s --help shows what it takes",
            command.getCommandSpec().qualifiedName()));
    err.flush();
    return CommandLine.ExitCode.USAGE;
  }

  /** Nothing begins before all that it is to read is there. */
  private static int run(ParseResult parsed) {
    List<String> missing = InputPaths.missing(parsed);
    if (missing.isEmpty()) {
      return new RunLast().execute(parsed);
    }
    PrintWriter err = parsed.commandSpec().commandLine().getErr();
    missing.forEach(line -> err.println("meterbox: " + line));
    err.flush();
    return CommandLine.ExitCode.USAGE;
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
    command.getErr().println("meterbox: " + sentence(fault));
    command.getErr().flush();
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** The JDK says of files only their names, and of connections often nothing at all. */
  private static String sentence(Exception fault) {
    return switch (fault) {
      case NoSuchFileException missing -> "there is no " + missing.getFile();
      case AccessDeniedException denied ->
          String.format(
              Locale.ROOT,
              "%s may not read or write %s",
              System.getProperty("user.name"),
              denied.getFile());
      case FileAlreadyExistsException there -> there.getFile() + " is there already";
      case FileSystemException other when other.getReason() != null ->
          other.getFile() + ": " + other.getReason();
      case ConnectException refused ->
          Optional.ofNullable(refused.getMessage())
              .orElse("nobody answers where the system should be; is it running?");
      default ->
          Optional.ofNullable(fault.getMessage()).orElseGet(() -> fault.getClass().getSimpleName());
    };
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
