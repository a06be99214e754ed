// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * One call of the command line, as a person would type it.
 *
 * @param exitCode what the shell gets
 * @param output standard output
 * @param errors standard error
 */
public record CommandRun(int exitCode, String output, String errors) {
  /** Runs a command in this process. */
  public static CommandRun of(String... arguments) {
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    int exitCode =
        Meterbox.commandLine()
            .setOut(new PrintWriter(output, true))
            .setErr(new PrintWriter(errors, true))
            .execute(arguments);
    return new CommandRun(exitCode, output.toString(), errors.toString());
  }
}
