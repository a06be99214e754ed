// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The openssl command as an independent judge; tests that need it are skipped where it is absent.
 */
public final class OpenSsl {
  private static final int SECONDS_MAX = 120;

  /** What a run of the command gave. */
  public record Result(int exitCode, String output) {}

  private OpenSsl() {}

  /** Skips the test, with the reason, on a machine without the command. */
  public static void requireInstalled() {
    boolean installed;
    try {
      installed = run("version").exitCode() == 0;
    } catch (IOException notFound) {
      installed = false;
    }
    assumeTrue(installed, "openssl is not installed on this machine");
  }

  public static Result run(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
        throw new IOException("openssl did not end");
      }
      return new Result(process.exitValue(), output);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  public static Path writePem(Path file, String label, byte[] der) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return Files.writeString(
        file,
        String.format(
            Locale.ROOT, "-----BEGIN %s-----\n%s\n-----END %s-----\n", label, body, label));
  }
}
