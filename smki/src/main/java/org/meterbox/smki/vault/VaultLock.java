// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.vault;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The right to change a vault's file, held by one thread of all processes: a lock on a file beside
 * it, since the file itself is replaced. It ends with its process.
 */
final class VaultLock implements AutoCloseable {
  /** File locks are the process's; within it threads take turns by this. */
  private static final ReentrantLock WITHIN_PROCESS = new ReentrantLock();

  private final FileChannel channel;
  private final FileLock lock;

  private VaultLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /** Waits until nobody else changes the vault. */
  @SuppressWarnings("LockNotBeforeTry") // it is released by close
  static VaultLock take(Path vault) throws IOException {
    Path file = vault.toAbsolutePath().resolveSibling(vault.getFileName() + ".lock");
    WITHIN_PROCESS.lock();
    boolean taken = false;
    try {
      Path folder = file.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      FileChannel channel =
          FileChannel.open(
              file,
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              PrivateFile.ownerOnly());
      VaultLock held = new VaultLock(channel, channel.lock());
      taken = true;
      return held;
    } finally {
      if (!taken) {
        WITHIN_PROCESS.unlock();
      }
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      lock.release();
    } finally {
      WITHIN_PROCESS.unlock();
    }
  }
}
