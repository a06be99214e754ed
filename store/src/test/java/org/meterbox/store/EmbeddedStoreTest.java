// SPDX-License-Identifier: Apache-2.0
package org.meterbox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real server in a directory of its own, with the disk's promise kept. */
final class EmbeddedStoreTest {
  @TempDir Path temporary;

  private Path directory = Path.of("");
  private final List<String> progress = new CopyOnWriteArrayList<>();

  @BeforeEach
  void openTheWay() throws IOException {
    // As root the server runs under another account, which has to get through here.
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx--x--x"));
    directory = temporary.resolve("a store");
  }

  private Store open() {
    return Store.open(StoreConfiguration.embedded(directory, progress::add));
  }

  // The plain life of a store: what was written is there at the next start.
  @Test
  void keepsItsDataFromOneStartToTheNext() {
    try (Store store = open()) {
      Notes.prepare(store);
      Notes.write(store, 1, "first");
    }
    try (Store store = open()) {
      assertThat(Notes.texts(store)).containsExactly("first");
    }
  }

  // Two processes on one directory would be two truths; the second must say who holds it.
  @Test
  void refusesASecondStartAndNamesTheHolder() {
    try (Store store = open()) {
      assertThat(store.description()).contains("127.0.0.1");
      assertThatThrownBy(this::open)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("in use by process " + ProcessHandle.current().pid());
    }
  }

  // What was acknowledged as stored must survive kill -9 of the program, while its server, told to
  // stop by the closed pipe, may still be at it when the next start comes.
  @Test
  void losesNothingWhenTheProgramIsKilled() throws Exception {
    int acknowledged = writeNotesUntil(20, this::killNow);
    try (Store store = open()) {
      assertThat(Notes.texts(store)).startsWith(notes(acknowledged));
    }
  }

  // Program and server killed at once, as by a power cut of the machine's processes.
  @Test
  void losesNothingWhenServerAndProgramAreKilled() throws Exception {
    int acknowledged =
        writeNotesUntil(
            20,
            program -> {
              killNow(serverProcess());
              killNow(program);
            });
    try (Store store = open()) {
      assertThat(Notes.texts(store)).startsWith(notes(acknowledged));
    }
  }

  // No orphan: a server without its program would hold port, memory and files for ever.
  @Test
  void stopsTheServerWhenTheProgramIsKilled() throws Exception {
    ProcessHandle[] server = new ProcessHandle[1];
    writeNotesUntil(
        1,
        program -> {
          server[0] = serverProcess();
          killNow(program);
        });
    assertThat(server[0].onExit().get(120, TimeUnit.SECONDS).isAlive()).isFalse();
  }

  // A former server that lost its supervisor as well is told to stop, not stumbled over.
  @Test
  void takesOverFromAServerWithoutSupervisor() throws Exception {
    int acknowledged =
        writeNotesUntil(
            5,
            program -> {
              ProcessHandle supervisor = serverProcess().parent().orElseThrow();
              supervisor.descendants().filter(EmbeddedStoreTest::isShell).forEach(this::killNow);
              killNow(supervisor);
              killNow(program);
            });
    assertThat(serverProcess().isAlive()).isTrue();
    try (Store store = open()) {
      assertThat(Notes.texts(store)).startsWith(notes(acknowledged));
    }
  }

  // After a reboot the number in a stale postmaster.pid may belong to any other program.
  @Test
  void startsThoughAnotherProgramHasTheFormerServersNumber() throws Exception {
    try (Store store = open()) {
      Notes.prepare(store);
    }
    Files.writeString(
        clusterFile("postmaster.pid"), ProcessHandle.current().pid() + "\n/nowhere\n0\n5432\n");
    try (Store store = open()) {
      assertThat(Notes.texts(store)).isEmpty();
    }
  }

  // The number may even belong to another system's database. That one must live.
  @Test
  void doesNotSignalAnotherSystemsDatabase() throws Exception {
    try (Store store = open()) {
      Notes.prepare(store);
    }
    Path elsewhere = temporary.resolve("another store");
    try (Store other = Store.open(StoreConfiguration.embedded(elsewhere, step -> {}))) {
      Notes.prepare(other);
      long process = other.embeddedServer().orElseThrow().process().getAsLong();
      Files.writeString(
          clusterFile("postmaster.pid"), process + "\n" + clusterFile("") + "\n0\n5432\n");
      try (Store store = open()) {
        assertThat(Notes.texts(store)).isEmpty();
      }
      assertThat(ProcessHandle.of(process)).isPresent();
      Notes.write(other, 1, "still there");
      assertThat(Notes.texts(other)).containsExactly("still there");
    }
  }

  // A note that a full disk or a crash cut short is no reason not to start, nor for a stack trace.
  @ParameterizedTest
  @ValueSource(
      strings = {"", "\n", "\n/nowhere\n0\n5432\n", "no number\n", "99999999999999999999\n"})
  void startsThoughTheFormerServersNoteIsDamaged(String note) throws Exception {
    open().close();
    Files.writeString(clusterFile("postmaster.pid"), note);
    try (Store store = open()) {
      Notes.prepare(store);
      assertThat(Notes.texts(store)).isEmpty();
    }
  }

  // The server alone is killed, as by the kernel when memory runs out: it comes back by itself.
  @Test
  void startsTheServerAgainWhenItIsKilled() throws Exception {
    try (Store store = open()) {
      Notes.prepare(store);
      Notes.write(store, 1, "before");
      ProcessHandle killed = serverProcess();
      killNow(killed);
      killed.onExit().get(60, TimeUnit.SECONDS);
      awaitWriting(store, 2, "after");
      assertThat(Notes.texts(store)).containsExactly("before", "after");
      assertThat(progress)
          .anyMatch(step -> step.contains("ended with code 137; starting it again in 1 s"))
          .contains("the database works again");
    }
    assertThat(FormerServer.find(clusterFile(""))).as("no server is left behind").isEmpty();
  }

  // The supervisor is killed and the server lives on without one: it is stopped and started anew.
  @Test
  void startsTheServerAgainWhenItsSupervisorIsKilled() throws Exception {
    try (Store store = open()) {
      Notes.prepare(store);
      ProcessHandle supervisor = serverProcess().parent().orElseThrow();
      supervisor.descendants().filter(EmbeddedStoreTest::isShell).forEach(this::killNow);
      killNow(supervisor);
      supervisor.onExit().get(60, TimeUnit.SECONDS);
      awaitWriting(store, 1, "after");
    }
  }

  // What cannot be started again is said to whoever runs the system, with the server's own words.
  @Test
  void saysThatTheServerIsLostWhereItDoesNotComeBack() throws Exception {
    RestartPlan impatient =
        new RestartPlan(List.of(Duration.ofMillis(10)), 2, Duration.ofMinutes(1));
    StoreConfiguration.Embedded configuration =
        new StoreConfiguration.Embedded(directory, 4, true, progress::add);
    EmbeddedServer server = EmbeddedServer.start(configuration, impatient);
    try {
      Files.writeString(clusterFile("postgresql.conf"), "no_such_setting = 1\n");
      killNow(serverProcess());
      assertThat(server.lost().get(60, TimeUnit.SECONDS))
          .hasMessageContaining("did not come back after 2 tries")
          .hasMessageContaining("no_such_setting");
    } finally {
      server.close();
    }
  }

  /** Writes as soon as the database takes it again. */
  private static void awaitWriting(Store store, int id, String text) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (true) {
      try {
        Notes.write(store, id, text);
        return;
      } catch (StoreException e) {
        assertThat(System.nanoTime()).as("still: %s", e.getMessage()).isLessThan(end);
        Thread.onSpinWait();
      }
    }
  }

  // A first start that was killed half-way leaves no database that half works.
  @Test
  void beginsAnewWhereAFirstStartWasCutOff() throws Exception {
    Files.createDirectories(directory.resolve("cluster.unfinished/base"));
    Files.writeString(directory.resolve("cluster.password"), "left behind");
    Files.writeString(directory.resolve("password"), "of no use");
    try (Store store = open()) {
      Notes.prepare(store);
      assertThat(Notes.texts(store)).isEmpty();
    }
  }

  // The promise on which acknowledgements stand.
  @Test
  void waitsForTheDisk() throws SQLException {
    try (Store store = open()) {
      assertThat(setting(store, "fsync")).isEqualTo("on");
      assertThat(setting(store, "synchronous_commit")).isEqualTo("on");
      assertThat(setting(store, "full_page_writes")).isEqualTo("on");
      assertThat(setting(store, "data_checksums")).isEqualTo("on");
    }
  }

  // Reachable from this machine with the password only, and with no more rights than needed.
  @Test
  void letsNobodyInWithoutThePassword() throws Exception {
    try (Store store = open()) {
      assertThat(setting(store, "listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(setting(store, "is_superuser")).isEqualTo("off");
      String url = store.embeddedServer().orElseThrow().url(EmbeddedServer.DATABASE);
      assertThatThrownBy(() -> DriverManager.getConnection(url, "meterbox", "guess"))
          .isInstanceOfSatisfying(
              SQLException.class, refused -> assertThat(refused.getSQLState()).isEqualTo("28P01"));
    }
    assertThat(Files.getPosixFilePermissions(directory.resolve("password")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.readString(directory.resolve("postgresql.log")))
        .doesNotContain(Files.readString(directory.resolve("password")).strip());
  }

  // A cluster of another PostgreSQL is left alone and the person told.
  @Test
  void refusesAClusterOfAnotherVersion() throws Exception {
    open().close();
    Files.writeString(clusterFile("PG_VERSION"), "15\n");
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is of PostgreSQL 15");
  }

  // When the server can't start, the person sees its own words at once.
  @Test
  void showsTheLogWhereTheServerDoesNotStart() throws Exception {
    open().close();
    Files.writeString(clusterFile("postgresql.conf"), "no_such_setting = 1\n");
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no_such_setting");
  }

  // As root: below a folder that only root may enter, the files lie elsewhere and are found again.
  @Test
  void worksBelowAFolderThatIsClosedToOthers() throws Exception {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx------"));
    try (Store store = open()) {
      Notes.prepare(store);
      Notes.write(store, 1, "first");
    }
    try (Store store = open()) {
      assertThat(Notes.texts(store)).containsExactly("first");
    } finally {
      Path place = directory.resolve("cluster.place");
      if (Files.exists(place)) {
        Directories.delete(Path.of(Files.readString(place).strip()));
      }
    }
  }

  private interface Blow {
    void strike(ProcessHandle program) throws IOException;
  }

  /** Starts the writing program, strikes after some notes, and says how many were acknowledged. */
  private int writeNotesUntil(int count, Blow blow) throws Exception {
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                System.getProperty("java.class.path"),
                NoteWriter.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int last = 0;
    try (BufferedReader acknowledgements = program.inputReader()) {
      String line;
      while ((line = acknowledgements.readLine()) != null) {
        last = Integer.parseInt(line);
        if (last == count) {
          blow.strike(program.toHandle());
        }
      }
    }
    assertThat(last).isGreaterThanOrEqualTo(count);
    assertThat(program.waitFor()).isNotZero();
    return last;
  }

  private static String[] notes(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(id -> "note " + id).toArray(String[]::new);
  }

  private Path clusterFile(String name) {
    return directory.resolve("cluster").resolve(name);
  }

  private ProcessHandle serverProcess() throws IOException {
    String first = Files.readAllLines(clusterFile("postmaster.pid")).getFirst();
    return ProcessHandle.of(Long.parseLong(first.strip())).orElseThrow();
  }

  private void killNow(ProcessHandle process) {
    assertThat(process.destroyForcibly()).isTrue();
  }

  private static boolean isShell(ProcessHandle process) {
    return process.info().command().filter(command -> command.endsWith("sh")).isPresent();
  }

  private static String setting(Store store, String name) throws SQLException {
    try (Connection connection = store.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW " + name)) {
      row.next();
      return row.getString(1);
    }
  }
}
