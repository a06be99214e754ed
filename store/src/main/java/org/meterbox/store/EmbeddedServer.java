// SPDX-License-Identifier: Apache-2.0
package org.meterbox.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server that lives and dies with this process.
 *
 * <p>Between the two stands a small shell that waits on a pipe from this process. However this
 * process ends, kill -9 included, the operating system closes the pipe, and the shell tells the
 * server to stop in order. The shell has a session of its own, so that Ctrl-C on a terminal reaches
 * this process alone, which then stops the server last.
 */
final class EmbeddedServer implements AutoCloseable {
  /** The database of the system. */
  static final String DATABASE = "meterbox";

  /** The role that owns the database; no superuser. */
  static final String OWNER = "meterbox";

  private static final Duration START_MAX = Duration.ofMinutes(5);
  private static final Duration STOP_MAX = Duration.ofSeconds(90);
  private static final Duration FORMER_STOP_MAX = Duration.ofMinutes(2);
  private static final Duration PROGRESS_EVERY = Duration.ofSeconds(5);
  private static final int LOOK_EVERY_MILLIS = 20;
  private static final int START_ATTEMPTS_MAX = 3;
  private static final int CONNECTIONS_BESIDE_POOL = 10;
  private static final long LOG_OCTETS_MAX = 4L * 1024 * 1024;

  /** The server is not there yet, or is starting up: worth another look. */
  private static final Set<String> NOT_YET = Set.of("08001", "08006", "57P03");

  private static final String SUPERVISOR =
      """
      exec 3<&0
      "$@" </dev/null 3<&- &
      server=$!
      (
        read -r nothing <&3
        kill -INT "$server"
        seconds=0
        while [ "$seconds" -lt 60 ] && kill -0 "$server"; do
          sleep 1
          seconds=$((seconds + 1))
        done
        kill -QUIT "$server"
      ) 2>/dev/null &
      watcher=$!
      exec 3<&-
      wait "$server"
      code=$?
      kill "$watcher" 2>/dev/null
      exit "$code"
      """;

  private final StoreConfiguration.Embedded configuration;
  private final DirectoryLock lock;
  private final Cluster cluster;
  private final ServerBinaries binaries;
  private final Process supervisor;
  private final int port;

  private EmbeddedServer(
      StoreConfiguration.Embedded configuration,
      DirectoryLock lock,
      Cluster cluster,
      ServerBinaries binaries,
      Process supervisor,
      int port) {
    this.configuration = configuration;
    this.lock = lock;
    this.cluster = cluster;
    this.binaries = binaries;
    this.supervisor = supervisor;
    this.port = port;
  }

  /** Starts the server and returns when its database answers. */
  static EmbeddedServer start(StoreConfiguration.Embedded configuration) {
    try {
      Files.createDirectories(configuration.directory());
      DirectoryLock lock = DirectoryLock.take(configuration.directory());
      boolean started = false;
      try {
        EmbeddedServer server = startLocked(configuration, lock);
        started = true;
        return server;
      } finally {
        if (!started) {
          lock.close();
        }
      }
    } catch (IOException e) {
      throw new StoreException(
          String.format(
              Locale.ROOT,
              "the database in %s cannot be started: %s",
              configuration.directory(),
              e),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while the database was starting", e);
    }
  }

  private static EmbeddedServer startLocked(
      StoreConfiguration.Embedded configuration, DirectoryLock lock)
      throws IOException, InterruptedException {
    Consumer<String> progress = configuration.progress();
    OperatingAccount account = OperatingAccount.find();
    ServerBinaries binaries = ServerBinaries.unpacked(BinariesCache.directory(account), progress);
    Cluster cluster = Cluster.in(configuration.directory(), account, binaries, progress);
    awaitFormerServer(cluster, progress);
    Path log = logFile(configuration.directory());
    for (int attempt = 1; ; attempt++) {
      int port = freePort();
      Process supervisor =
          new ProcessBuilder(account.runs(command(configuration, binaries, cluster, port)))
              .directory(cluster.directory().toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      EmbeddedServer server =
          new EmbeddedServer(configuration, lock, cluster, binaries, supervisor, port);
      if (server.becomesReady()) {
        return server;
      }
      // Most likely another program took the port between our look and the server's.
      if (attempt == START_ATTEMPTS_MAX) {
        throw new StoreException(
            String.format(
                Locale.ROOT,
                "the database in %s did not start; its log %s ends with:%n%s",
                cluster.directory(),
                log,
                LogTail.of(log)));
      }
    }
  }

  private static List<String> command(
      StoreConfiguration.Embedded configuration,
      ServerBinaries binaries,
      Cluster cluster,
      int port) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("setsid", "--wait", "sh", "-c", SUPERVISOR, "meterbox-store"));
    command.addAll(List.of(binaries.postgres(), "-D", cluster.directory().toString()));
    String onlyForTests = configuration.durable() ? "on" : "off";
    for (String setting :
        List.of(
            "port=" + port,
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=" + (configuration.maxConnections() + CONNECTIONS_BESIDE_POOL),
            "fsync=" + onlyForTests,
            "synchronous_commit=" + onlyForTests,
            "full_page_writes=" + onlyForTests,
            "wal_level=minimal",
            "max_wal_senders=0",
            "jit=off",
            "timezone=UTC",
            "log_timezone=UTC",
            "log_checkpoints=off",
            // Statements and row values may be personal data; the log says only what kind of fault.
            "log_min_error_statement=panic",
            "log_error_verbosity=terse")) {
      command.add("-c");
      command.add(setting);
    }
    return command;
  }

  /** Whether the database came to answer; false where the server ended instead. */
  private boolean becomesReady() throws InterruptedException {
    long begin = System.nanoTime();
    long nextWord = PROGRESS_EVERY.toNanos();
    while (true) {
      @Nullable SQLException notYet = tryToPrepare();
      if (notYet == null) {
        return true;
      }
      if (supervisor.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
        return false;
      }
      long elapsed = System.nanoTime() - begin;
      if (elapsed > START_MAX.toNanos()) {
        close();
        throw new StoreException("the database did not answer within " + START_MAX, notYet);
      }
      if (elapsed > nextWord) {
        configuration
            .progress()
            .accept(
                String.format(
                    Locale.ROOT,
                    "the database is starting, after a crash it replays its log: %d s",
                    Duration.ofNanos(elapsed).toSeconds()));
        nextWord = elapsed + PROGRESS_EVERY.toNanos();
      }
    }
  }

  private @Nullable SQLException tryToPrepare() {
    try (Connection connection = connectAsAdministrator()) {
      prepareDatabase(connection);
      return null;
    } catch (SQLException e) {
      if (e.getSQLState() != null && NOT_YET.contains(e.getSQLState())) {
        return e;
      }
      close();
      throw new StoreException("the database refuses its administrator: " + e.getMessage(), e);
    }
  }

  /** Makes role and database where they are missing: at the first start, or after a crash in it. */
  private void prepareDatabase(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (isMissing(statement, "SELECT FROM pg_roles WHERE rolname = '" + OWNER + "'")) {
        // The password is hexadecimal digits of our own making.
        statement.execute(
            String.format(
                Locale.ROOT, "CREATE ROLE %s LOGIN PASSWORD '%s'", OWNER, password().reveal()));
      }
      if (isMissing(statement, "SELECT FROM pg_database WHERE datname = '" + DATABASE + "'")) {
        statement.execute(
            String.format(Locale.ROOT, "CREATE DATABASE %s OWNER %s", DATABASE, OWNER));
      }
    }
  }

  private static boolean isMissing(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return !rows.next();
    }
  }

  Connection connectAsAdministrator() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", Cluster.ADMINISTRATOR);
    properties.setProperty("password", password().reveal());
    properties.setProperty("connectTimeout", "5");
    return DriverManager.getConnection(url("postgres"), properties);
  }

  /**
   * After a kill -9 of the former process its server may still be shutting down. Nobody else may
   * use the directory, since we hold its lock, so the server is told to stop and waited for.
   */
  private static void awaitFormerServer(Cluster cluster, Consumer<String> progress)
      throws IOException, InterruptedException {
    OptionalLong process = cluster.serverProcess();
    Optional<ProcessHandle> alive =
        process.isPresent() ? ProcessHandle.of(process.getAsLong()) : Optional.empty();
    if (alive.isEmpty()) {
      return;
    }
    ProcessHandle former = alive.get();
    if (former.info().command().filter(command -> command.endsWith("/postgres")).isEmpty()) {
      cluster.forgetServerProcess();
      return;
    }
    new ProcessBuilder("sh", "-c", "kill -INT \"$0\"", Long.toString(former.pid()))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
    long slices = FORMER_STOP_MAX.dividedBy(PROGRESS_EVERY);
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
            FORMER_STOP_MAX.toSeconds(),
            former.pid()));
  }

  private static Path logFile(Path directory) throws IOException {
    Path log = directory.resolve("postgresql.log");
    if (Files.exists(log) && Files.size(log) > LOG_OCTETS_MAX) {
      Files.move(log, directory.resolve("postgresql.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
    return log;
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  Password password() {
    return cluster.password();
  }

  String description() {
    return String.format(
        Locale.ROOT,
        "PostgreSQL %s on 127.0.0.1:%d, data in %s",
        binaries.version(),
        port,
        cluster.directory());
  }

  /** The server's process, for tests that end it the hard way. */
  OptionalLong process() throws IOException {
    return cluster.serverProcess();
  }

  /** Stops the server in order and waits until its data is on the disk. */
  @Override
  public void close() {
    try {
      supervisor.getOutputStream().close();
      if (!supervisor.waitFor(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
        // Its log is on the disk; the next start replays it.
        supervisor.descendants().forEach(ProcessHandle::destroyForcibly);
        supervisor.destroyForcibly();
        configuration.progress().accept("the database did not stop in time and was ended");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the database cannot be told to stop", e);
    } catch (InterruptedException e) {
      // The closed pipe stops the server in any case.
      Thread.currentThread().interrupt();
    } finally {
      try {
        lock.close();
      } catch (IOException e) {
        configuration.progress().accept("the lock of the store could not be given back: " + e);
      }
    }
  }
}
