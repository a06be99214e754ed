// SPDX-License-Identifier: Apache-2.0
package org.meterbox.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the unpacked server programs are kept: in the folder that the environment variable {@code
 * METERBOX_CACHE} names, otherwise in {@code /var/cache/meterbox} for root and in the user's own
 * cache for everybody else.
 */
final class BinariesCache {
  private BinariesCache() {}

  static Path directory(OperatingAccount account) {
    @Nullable String chosen = System.getenv("METERBOX_CACHE");
    if (chosen != null && !chosen.isBlank()) {
      return Path.of(chosen).toAbsolutePath();
    }
    if (account.isOther()) {
      return Path.of("/var/cache/meterbox");
    }
    @Nullable String userCache = System.getenv("XDG_CACHE_HOME");
    Path base =
        userCache != null && !userCache.isBlank()
            ? Path.of(userCache)
            : Path.of(System.getProperty("user.home"), ".cache");
    return base.resolve("meterbox");
  }
}
