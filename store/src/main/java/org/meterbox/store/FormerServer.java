// SPDX-License-Identifier: Apache-2.0
package org.meterbox.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A server that still runs on our files: after a kill -9 of the former process it may be shutting
 * down. It is known by the data directory in its command line, never by a process number alone,
 * which may belong to another system's database by now.
 */
final class FormerServer {
  private static final Duration STOP_MAX = Duration.ofMinutes(2);
  private static final Duration PROGRESS_EVERY = Duration.ofSeconds(5);

  private FormerServer() {}

  /**
   * Tells it to stop and waits until it has. Nobody else may use the directory, since we hold its
   * lock.
   */
  static void await(Cluster cluster, Consumer<String> progress)
      throws IOException, InterruptedException {
    Optional<ProcessHandle> found = find(cluster.directory());
    if (found.isEmpty()) {
      cluster.forgetForeignProcess();
      return;
    }
    ProcessHandle former = found.get();
    new ProcessBuilder("sh", "-c", "kill -INT \"$0\"", Long.toString(former.pid()))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
    long slices = STOP_MAX.dividedBy(PROGRESS_EVERY);
    for (long slice = 0; slice < slices; slice++) {
      try {
        former.onExit().get(PROGRESS_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException stillRunning) {
        progress.accept(
            "waiting for the former database server, process " + former.pid() + ", to stop");
      } catch (ExecutionException e) {
        throw new StoreException("cannot wait for process " + former.pid(), e);
      }
    }
    throw new StoreException(
        String.format(
            Locale.ROOT,
            "the former database server, process %d, does not stop within %d s; end it by: kill -QUIT %d",
            former.pid(),
            STOP_MAX.toSeconds(),
            former.pid()));
  }

  /** The server on this data directory. Its own children may still bear its command line. */
  static Optional<ProcessHandle> find(Path directory) {
    return ProcessHandle.allProcesses()
        .filter(process -> serves(process, directory))
        .filter(process -> process.parent().filter(parent -> serves(parent, directory)).isEmpty())
        .findFirst();
  }

  private static boolean serves(ProcessHandle process, Path directory) {
    List<String> words = commandLine(process.pid());
    int option = words.indexOf("-D");
    return !words.isEmpty()
        && words.getFirst().endsWith("/postgres")
        && option >= 0
        && option + 1 < words.size()
        && isSame(words.get(option + 1), directory);
  }

  private static boolean isSame(String text, Path directory) {
    try {
      Path other = Path.of(text);
      return other.equals(directory)
          || (Files.isDirectory(other) && Files.isSameFile(other, directory));
    } catch (IOException | InvalidPathException notOurs) {
      return false;
    }
  }

  /** From the kernel: the JDK tells the arguments of the own account's processes only. */
  private static List<String> commandLine(long process) {
    try {
      byte[] line = Files.readAllBytes(Path.of("/proc", Long.toString(process), "cmdline"));
      return List.of(new String(line, StandardCharsets.UTF_8).split("\0"));
    } catch (IOException endedMeanwhile) {
      return List.of();
    }
  }
}
