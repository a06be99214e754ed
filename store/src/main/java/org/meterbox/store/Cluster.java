// SPDX-License-Identifier: Apache-2.0
package org.meterbox.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The files of the embedded database, and the password of its two roles.
 *
 * <p>They lie in {@code cluster} in the store's own directory. Where we are root and that directory
 * can't be entered by the account that runs the server (below {@code /root}, for example), they lie
 * below {@code /var/lib/meterbox}, and the store's directory holds the place's name.
 *
 * @param directory PostgreSQL's data directory
 */
record Cluster(Path directory, Password password) {
  /** Superuser, for the store's own housekeeping. */
  static final String ADMINISTRATOR = "meterbox_admin";

  private static final Path PLACE_FOR_ROOT = Path.of("/var/lib/meterbox");
  private static final Pattern PROCESS_NUMBER = Pattern.compile("[1-9][0-9]{0,9}");
  private static final int INITDB_SECONDS_MAX = 120;
  private static final int PASSWORD_OCTETS = 24;
  private static final FileAttribute<?> FOR_OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> DIRECTORY_FOR_OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /** Finds the cluster of a store's directory, or makes it. A half-made one is made anew. */
  static Cluster in(
      Path storeDirectory,
      OperatingAccount account,
      ServerBinaries binaries,
      Consumer<String> progress)
      throws IOException, InterruptedException {
    Path directory = place(storeDirectory, account);
    Path passwordFile = storeDirectory.resolve("password");
    if (Files.exists(directory.resolve("PG_VERSION"))) {
      requireVersion(directory, binaries);
      return new Cluster(directory, new Password(Files.readString(passwordFile).strip()));
    }
    progress.accept("making the database in " + directory);
    Password password = makePassword(passwordFile);
    initialise(directory, password, account, binaries);
    return new Cluster(directory, password);
  }

  /** The process number in the note of the server that runs on these files, or ran. */
  OptionalLong serverProcess() throws IOException {
    Path note = note();
    if (!Files.exists(note)) {
      return OptionalLong.empty();
    }
    String first =
        Files.readString(note, StandardCharsets.ISO_8859_1).lines().findFirst().orElse("").strip();
    return PROCESS_NUMBER.matcher(first).matches()
        ? OptionalLong.of(Long.parseLong(first))
        : OptionalLong.empty();
  }

  /**
   * Deletes the note of a server that is known not to run, where PostgreSQL would refuse to start
   * because of it: the note is damaged, or its number now belongs to some other program.
   */
  void forgetForeignProcess() throws IOException {
    OptionalLong process = serverProcess();
    if (process.isEmpty() || ProcessHandle.of(process.getAsLong()).isPresent()) {
      Files.deleteIfExists(note());
    }
  }

  private Path note() {
    return directory.resolve("postmaster.pid");
  }

  private static Path place(Path storeDirectory, OperatingAccount account) throws IOException {
    Path note = storeDirectory.resolve("cluster.place");
    if (Files.exists(note)) {
      Path elsewhere = Path.of(Files.readString(note).strip());
      if (!Files.isDirectory(elsewhere)) {
        throw new StoreException(
            String.format(
                Locale.ROOT,
                "the database of %s was in %s and is gone; delete %s to begin with an empty one",
                storeDirectory,
                elsewhere,
                storeDirectory));
      }
      return elsewhere.resolve("cluster");
    }
    if (!account.isOther() || Directories.isTraversableByAll(storeDirectory)) {
      return storeDirectory.resolve("cluster");
    }
    // Named by chance, not by path: a store that was deleted and made anew must not find old data.
    byte[] name = new byte[8];
    new SecureRandom().nextBytes(name);
    Path elsewhere = PLACE_FOR_ROOT.resolve(HexFormat.of().formatHex(name));
    Files.createDirectories(elsewhere);
    Path unfinished = storeDirectory.resolve("cluster.place.unfinished");
    Files.writeString(unfinished, elsewhere + "\n");
    Files.move(unfinished, note, StandardCopyOption.ATOMIC_MOVE);
    return elsewhere.resolve("cluster");
  }

  private static void requireVersion(Path directory, ServerBinaries binaries) throws IOException {
    String found = Files.readString(directory.resolve("PG_VERSION")).strip();
    if (!found.equals(binaries.majorVersion())) {
      throw new StoreException(
          String.format(
              Locale.ROOT,
              "the database in %s is of PostgreSQL %s, this program brings PostgreSQL %s: dump and restore it",
              directory,
              found,
              binaries.majorVersion()));
    }
  }

  private static Password makePassword(Path file) throws IOException {
    byte[] octets = new byte[PASSWORD_OCTETS];
    new SecureRandom().nextBytes(octets);
    String password = HexFormat.of().formatHex(octets);
    Files.deleteIfExists(file);
    writeForOwnerOnly(file, password);
    return new Password(password);
  }

  private static void writeForOwnerOnly(Path file, String text) throws IOException {
    Files.createFile(file, FOR_OWNER_ONLY);
    Files.writeString(file, text + "\n", StandardOpenOption.SYNC);
  }

  private static void initialise(
      Path directory, Password password, OperatingAccount account, ServerBinaries binaries)
      throws IOException, InterruptedException {
    Path unfinished = directory.resolveSibling("cluster.unfinished");
    Path passwordFile = directory.resolveSibling("cluster.password");
    Directories.delete(unfinished);
    Files.deleteIfExists(passwordFile);
    Files.createDirectory(unfinished, DIRECTORY_FOR_OWNER_ONLY);
    account.own(unfinished);
    writeForOwnerOnly(passwordFile, password.reveal());
    try {
      account.own(passwordFile);
      runInitdb(unfinished, passwordFile, account, binaries);
    } finally {
      Files.deleteIfExists(passwordFile);
    }
    Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void runInitdb(
      Path directory, Path passwordFile, OperatingAccount account, ServerBinaries binaries)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile("meterbox-initdb", ".log");
    List<String> command =
        List.of(
            binaries.initdb(),
            "--pgdata=" + directory,
            "--username=" + ADMINISTRATOR,
            "--pwfile=" + passwordFile,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8");
    try {
      Process initdb =
          new ProcessBuilder(account.runs(command))
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      initdb.getOutputStream().close();
      if (!initdb.waitFor(INITDB_SECONDS_MAX, TimeUnit.SECONDS) || initdb.exitValue() != 0) {
        initdb.destroyForcibly();
        throw new StoreException(
            String.format(
                Locale.ROOT,
                "the database could not be made in %s:%n%s",
                directory,
                LogTail.of(log)));
      }
    } finally {
      Files.deleteIfExists(log);
    }
  }
}
