// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The main job, through every room and over real sockets. */
class DemoCommandTest {
  @Test
  void everyStepGoesAsItShouldOnAFirstAndOnALaterStart(@TempDir Path folder) throws Exception {
    // As root the database runs under another account, which has to get through here.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    String first = demo(folder);
    String later = demo(folder);

    assertThat(first).endsWith("demo: 16 steps, 16 as expected\n");
    assertThat(later).endsWith("demo: 16 steps, 16 as expected\n");
    assertThat(first).doesNotContain("NOT AS EXPECTED").contains("as expected: E4");
  }

  private static String demo(Path folder) {
    StringWriter told = new StringWriter();
    int exitCode =
        new CommandLine(new DemoCommand())
            .setOut(new PrintWriter(told, true))
            .execute("--data", folder.resolve("data").toString());
    assertThat(exitCode).as(told.toString()).isZero();
    return told.toString();
  }
}
