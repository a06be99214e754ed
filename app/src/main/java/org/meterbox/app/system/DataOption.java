// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.system;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.meterbox.app.files.OutputPath;
import picocli.CommandLine.Option;

/** Where a system keeps its data: the same option for every command that needs it. */
public final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "where the system keeps its data (default: the folder data of the checkout)")
  @OutputPath
  private @Nullable Path folder;

  /**
   * The folder that was asked for, or else the default one.
   *
   * @param name which system, where several are kept side by side
   */
  public DataDirectory directory(String name) {
    Path root =
        Optional.ofNullable(folder)
            .orElseGet(() -> Path.of(System.getProperty("meterbox.home", "."), "data", name));
    return new DataDirectory(root.toAbsolutePath().normalize());
  }
}
