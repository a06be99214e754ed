// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.meterbox.smki.desk.Refusal;

/**
 * Where batch files wait on disk until their requests are in the database. Memory stays flat
 * however long they are, and the disk holds a bounded number of bounded files.
 */
public final class BatchInbox {
  /** Longest batch file, in octets: the most requests, at some 450 characters each. */
  public static final int FILE_OCTETS_MAX = 128 * 1024 * 1024;

  /** Most files that come in at the same time. */
  public static final int FILES_MAX = 4;

  private static final int STEP = 64 * 1024;

  private final Path folder;
  private final Semaphore places = new Semaphore(FILES_MAX);

  /**
   * Keeps files in this folder, which is made where it is missing; what a crash left there goes.
   *
   * @throws IOException where the folder cannot be used
   */
  public BatchInbox(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder);
    try (var left = Files.newDirectoryStream(folder, "batch-*.csr")) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    }
  }

  /**
   * Takes in a file, has it used, and forgets it.
   *
   * @throws TurnedAwayException where it is too long or too many come at once
   */
  public <T> T receive(InputStream in, Function<Path, T> use)
      throws TurnedAwayException, IOException {
    if (!places.tryAcquire()) {
      throw new TurnedAwayException(
          Refusal.Kind.BUSY,
          "BATCHES",
          String.format(Locale.ROOT, "not more than %d batch files come in at once", FILES_MAX),
          "try again in a minute");
    }
    try {
      Path file = Files.createTempFile(folder, "batch-", ".csr");
      try {
        copy(in, file);
        return use.apply(file);
      } finally {
        Files.deleteIfExists(file);
      }
    } finally {
      places.release();
    }
  }

  private static void copy(InputStream in, Path file) throws TurnedAwayException, IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] buffer = new byte[STEP];
      long total = 0;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        total += read;
        if (total > FILE_OCTETS_MAX) {
          throw new TurnedAwayException(
              Refusal.Kind.TOO_LARGE,
              "SIZE",
              String.format(Locale.ROOT, "a batch file has at most %d octets", FILE_OCTETS_MAX),
              "more was sent");
        }
        out.write(buffer, 0, read);
      }
    }
  }
}
