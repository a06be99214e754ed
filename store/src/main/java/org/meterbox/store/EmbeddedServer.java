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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
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
  private final OperatingAccount account;
  private final Path log;
  private final RestartPlan restarts;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CompletableFuture<StoreException> lost = new CompletableFuture<>();
  private final ReentrantLock launching = new ReentrantLock();
  private volatile Running running;

  private EmbeddedServer(
      StoreConfiguration.Embedded configuration,
      DirectoryLock lock,
      OperatingAccount account,
      ServerBinaries binaries,
      Cluster cluster,
      RestartPlan restarts)
      throws IOException, InterruptedException {
    this.configuration = configuration;
    this.lock = lock;
    this.account = account;
    this.binaries = binaries;
    this.cluster = cluster;
    this.restarts = restarts;
    this.log = logFile(configuration.directory());
    this.running = launchOnFreePort();
  }

  /**
   * One life of the server.
   *
   * @param supervisor the shell, which ends when the server does
   */
  private record Running(Process supervisor, int port) {}

  /** Starts the server and returns when its database answers. */
  static EmbeddedServer start(StoreConfiguration.Embedded configuration) {
    return start(configuration, RestartPlan.STANDARD);
  }

  /** Starts the server, to be started again by this plan where it ends by itself. */
  static EmbeddedServer start(StoreConfiguration.Embedded configuration, RestartPlan restarts) {
    try {
      Files.createDirectories(configuration.directory());
      DirectoryLock lock = DirectoryLock.take(configuration.directory());
      boolean started = false;
      try {
        Consumer<String> progress = configuration.progress();
        OperatingAccount account = OperatingAccount.find();
        ServerBinaries binaries =
            ServerBinaries.unpacked(BinariesCache.directory(account), progress);
        Cluster cluster = Cluster.in(configuration.directory(), account, binaries, progress);
        EmbeddedServer server =
            new EmbeddedServer(configuration, lock, account, binaries, cluster, restarts);
        Thread.ofVirtual().name("store-watch").start(server::watch);
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

  private Running launchOnFreePort() throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      Optional<Running> ready = launch(freePort());
      if (ready.isPresent()) {
        return ready.get();
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

  /** A server that answers; none where it ended instead. */
  private Optional<Running> launch(int port) throws IOException, InterruptedException {
    FormerServer.await(cluster, configuration.progress());
    Process supervisor =
        new ProcessBuilder(account.runs(command(configuration, binaries, cluster, port)))
            .directory(cluster.directory().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    boolean ready = false;
    Running started = new Running(supervisor, port);
    try {
      ready = becomesReady(started);
    } finally {
      if (!ready) {
        stop(supervisor);
      }
    }
    return ready ? Optional.of(started) : Optional.empty();
  }

  /** Starts the server again whenever it ends by itself, until it is closed or given up. */
  private void watch() {
    int inARow = 0;
    try {
      while (true) {
        long since = System.nanoTime();
        int code = running.supervisor().waitFor();
        if (isClosing()) {
          return;
        }
        boolean lasted = System.nanoTime() - since > restarts.stableAfter().toNanos();
        inARow = restart(lasted ? 0 : inARow, "ended with code " + code);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (StoreException e) {
      lost.complete(e);
    } catch (IOException | RuntimeException e) {
      // The edge of the thread: whoever runs the system must learn that nobody watches any more.
      lost.complete(new StoreException("the database cannot be watched: " + e, e));
    }
  }

  /** Tries until the server answers; gives how many tries in a row there have been now. */
  private int restart(int triesBefore, String why) throws IOException, InterruptedException {
    int tries = triesBefore;
    String reason = why;
    while (tries < restarts.triesMax()) {
      Duration wait = restarts.waitBefore(tries);
      tries++;
      configuration
          .progress()
          .accept(
              String.format(
                  Locale.ROOT,
                  "the database server %s; starting it again in %d s (try %d of %d)",
                  reason,
                  wait.toSeconds(),
                  tries,
                  restarts.triesMax()));
      if (closing.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        return tries;
      }
      if (relaunch()) {
        return tries;
      }
      reason = "did not start";
    }
    throw new StoreException(
        String.format(
            Locale.ROOT,
            "the database in %s ended and did not come back after %d tries; its log %s ends with:%n%s",
            cluster.directory(),
            restarts.triesMax(),
            log,
            LogTail.of(log)));
  }

  private boolean relaunch() throws IOException, InterruptedException {
    launching.lockInterruptibly();
    try {
      // The pool knows the port.
      Optional<Running> again = isClosing() ? Optional.empty() : launch(running.port());
      if (again.isEmpty()) {
        return false;
      }
      running = again.get();
      configuration.progress().accept("the database works again");
      return true;
    } catch (StoreException e) {
      configuration.progress().accept(String.valueOf(e.getMessage()));
      return false;
    } finally {
      launching.unlock();
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  /** Completes when the server has ended and could not be started again. */
  CompletableFuture<StoreException> lost() {
    return lost.copy();
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
            // A plan made for an empty table reads all rows of a user when there are thousands: new
            // statistics, which are gathered that often, have it made anew.
            "autovacuum_naptime=5s",
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
  private boolean becomesReady(Running started) throws InterruptedException {
    long begin = System.nanoTime();
    long nextWord = PROGRESS_EVERY.toNanos();
    while (true) {
      @Nullable SQLException notYet = tryToPrepare(started.port());
      if (notYet == null) {
        return true;
      }
      if (started.supervisor().waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS) || isClosing()) {
        return false;
      }
      long elapsed = System.nanoTime() - begin;
      if (elapsed > START_MAX.toNanos()) {
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

  private @Nullable SQLException tryToPrepare(int port) {
    try (Connection connection = connectAsAdministrator(port)) {
      prepareDatabase(connection);
      return null;
    } catch (SQLException e) {
      if (e.getSQLState() != null && NOT_YET.contains(e.getSQLState())) {
        return e;
      }
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
    return connectAsAdministrator(running.port());
  }

  private Connection connectAsAdministrator(int port) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", Cluster.ADMINISTRATOR);
    properties.setProperty("password", password().reveal());
    properties.setProperty("connectTimeout", "5");
    return DriverManager.getConnection(url(port, "postgres"), properties);
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
    return url(running.port(), database);
  }

  private static String url(int port, String database) {
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
        running.port(),
        cluster.directory());
  }

  /** The server's process, for tests that end it the hard way. */
  OptionalLong process() throws IOException {
    return cluster.serverProcess();
  }

  /** Stops the server in order and waits until its data is on the disk. */
  @Override
  public void close() {
    closing.countDown();
    launching.lock();
    try {
      stop(running.supervisor());
    } catch (IOException e) {
      throw new UncheckedIOException("the database server could not be stopped", e);
    } catch (InterruptedException e) {
      // The closed pipe stops the server in any case.
      Thread.currentThread().interrupt();
    } finally {
      launching.unlock();
      try {
        lock.close();
      } catch (IOException e) {
        configuration.progress().accept("the lock of the store could not be given back: " + e);
      }
    }
  }

  private void stop(Process supervisor) throws IOException, InterruptedException {
    try {
      supervisor.getOutputStream().close();
    } finally {
      if (!supervisor.waitFor(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
        // Its log is on the disk; the next start replays it.
        supervisor.descendants().forEach(ProcessHandle::destroyForcibly);
        supervisor.destroyForcibly();
        configuration.progress().accept("the database did not stop in time and was ended");
      }
    }
  }
}
