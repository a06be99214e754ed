// SPDX-License-Identifier: Apache-2.0
package org.meterbox.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * The one PostgreSQL of a running system, embedded or external, and its pool of connections. Every
 * room keeps its tables in a schema of its own. Safe for use by many threads.
 */
public final class Store implements AutoCloseable {
  /** How long a transaction waits for a free connection at most. */
  public static final Duration CONNECTION_WAIT_MAX = Duration.ofSeconds(10);

  /** How long one statement may run; longer work says so by {@code SET LOCAL}. */
  public static final Duration STATEMENT_MAX = Duration.ofSeconds(60);

  /** How often a transaction is tried when the database reports a conflict with another. */
  public static final int TRANSACTION_ATTEMPTS_MAX = 5;

  private static final Pattern SCHEMA_NAME = Pattern.compile("[a-z][a-z0-9_]{0,30}");
  private static final String SERIALIZATION_FAILURE = "40001";
  private static final String DEADLOCK_DETECTED = "40P01";

  /** Classes of SQLSTATE: insufficient resources, system error. */
  private static final Set<String> SHORTAGES = Set.of("53", "58");

  private record Shortage(String state, long nanos) {}

  private volatile Optional<Shortage> lastShortage = Optional.empty();
  private final HikariDataSource pool;
  private final Optional<EmbeddedServer> server;
  private final String description;

  private Store(HikariDataSource pool, Optional<EmbeddedServer> server, String description) {
    this.pool = pool;
    this.server = server;
    this.description = description;
  }

  /**
   * Opens the store: starts the embedded server where that is asked for, and connects.
   *
   * @throws StoreException where that fails; its message says why and what to do
   */
  public static Store open(StoreConfiguration configuration) {
    return switch (configuration) {
      case StoreConfiguration.Embedded embedded -> openEmbedded(embedded);
      case StoreConfiguration.External external -> openExternal(external);
    };
  }

  private static Store openEmbedded(StoreConfiguration.Embedded configuration) {
    EmbeddedServer server = EmbeddedServer.start(configuration);
    try {
      HikariConfig pool = poolConfiguration(configuration.maxConnections());
      pool.setJdbcUrl(server.url(EmbeddedServer.DATABASE));
      pool.setUsername(EmbeddedServer.OWNER);
      pool.setPassword(server.password().reveal());
      return new Store(connect(pool), Optional.of(server), server.description());
    } catch (StoreException e) {
      server.close();
      throw e;
    }
  }

  private static Store openExternal(StoreConfiguration.External configuration) {
    configuration.progress().accept("connecting to the database at " + configuration.url());
    HikariConfig pool = poolConfiguration(configuration.maxConnections());
    pool.setJdbcUrl(configuration.url());
    configuration.user().ifPresent(pool::setUsername);
    configuration.password().map(Password::reveal).ifPresent(pool::setPassword);
    return new Store(connect(pool), Optional.empty(), "PostgreSQL at " + configuration.url());
  }

  private static HikariConfig poolConfiguration(int maxConnections) {
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("store");
    pool.setMaximumPoolSize(maxConnections);
    pool.setMinimumIdle(Math.min(2, maxConnections));
    pool.setConnectionTimeout(CONNECTION_WAIT_MAX.toMillis());
    pool.addDataSourceProperty("ApplicationName", "meterbox");
    pool.addDataSourceProperty("tcpKeepAlive", "true");
    pool.addDataSourceProperty("reWriteBatchedInserts", "true");
    // Row values may be personal data: the driver keeps them out of its exceptions.
    pool.addDataSourceProperty("logServerErrorDetail", "false");
    pool.addDataSourceProperty("options", "-c statement_timeout=" + STATEMENT_MAX.toMillis());
    return pool;
  }

  private static HikariDataSource connect(HikariConfig configuration) {
    try {
      return new HikariDataSource(configuration);
    } catch (HikariPool.PoolInitializationException e) {
      throw new StoreException(
          "the database at " + configuration.getJdbcUrl() + " cannot be used: " + rootMessage(e),
          e);
    }
  }

  private static String rootMessage(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  /** The pool. A connection from it commits by itself unless told otherwise. */
  public DataSource dataSource() {
    return pool;
  }

  /** What database this is and where, for start-up messages; without secrets. */
  public String description() {
    return description;
  }

  /**
   * Brings a schema to the newest version, made where it is missing.
   *
   * @param schema lower case letters, digits and underscores, one per room
   * @param location the folder of Flyway migrations on the class path, for example {@code
   *     org/meterbox/smki/schema}
   * @return how many migrations were applied
   * @throws StoreException where a migration fails or an applied one was changed
   */
  public int migrate(String schema, String location) {
    if (!SCHEMA_NAME.matcher(schema).matches()) {
      throw new IllegalArgumentException("a schema's name is lower case: " + schema);
    }
    try {
      return Flyway.configure()
          .loggers("slf4j")
          .dataSource(pool)
          .schemas(schema)
          .defaultSchema(schema)
          .locations("classpath:" + location)
          .failOnMissingLocations(true)
          .load()
          .migrate()
          .migrationsExecuted;
    } catch (FlywayException e) {
      throw new StoreException("schema " + schema + " cannot be migrated: " + e.getMessage(), e);
    }
  }

  /**
   * Runs one transaction and returns when it is durable. Repeated, up to {@link
   * #TRANSACTION_ATTEMPTS_MAX} times, when the database reports a deadlock or a conflict of
   * serializable transactions.
   *
   * @throws StoreException where the database refuses or cannot be reached; nothing is stored then,
   *     save where the connection broke during the commit itself
   */
  public <T> T transact(Transaction<T> work) {
    return repeating(work, this::transactOnce);
  }

  /**
   * Runs one statement, which is a transaction by itself and durable when this returns. Saves the
   * round trips of {@link #transact}. Repeated like it.
   *
   * @param work runs exactly one statement
   * @throws StoreException as {@link #transact}
   */
  public <T> T statement(Transaction<T> work) {
    return repeating(work, this::statementOnce);
  }

  private interface Attempt {
    <T> T run(Transaction<T> work) throws SQLException;
  }

  private <T> T repeating(Transaction<T> work, Attempt way) {
    for (int attempt = 1; ; attempt++) {
      try {
        return way.run(work);
      } catch (SQLException e) {
        boolean repeatable =
            SERIALIZATION_FAILURE.equals(e.getSQLState())
                || DEADLOCK_DETECTED.equals(e.getSQLState());
        if (!repeatable || attempt == TRANSACTION_ATTEMPTS_MAX) {
          noteShortage(e.getSQLState());
          throw new StoreException(
              "a transaction failed in attempt " + attempt + ": " + e.getMessage(), e);
        }
      }
    }
  }

  private void noteShortage(@Nullable String state) {
    if (state != null && SHORTAGES.contains(state.substring(0, Math.min(2, state.length())))) {
      lastShortage = Optional.of(new Shortage(state, System.nanoTime()));
    }
  }

  /**
   * The SQLSTATE of the last statement that the database refused for want of resources, such as
   * disk space or memory, if that is not longer ago than this. A small write may still succeed
   * while larger ones are refused.
   */
  public Optional<String> shortageWithin(Duration time) {
    return lastShortage
        .filter(shortage -> System.nanoTime() - shortage.nanos() <= time.toNanos())
        .map(Shortage::state);
  }

  private <T> T statementOnce(Transaction<T> work) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      return work.run(connection);
    }
  }

  private <T> T transactOnce(Transaction<T> work) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      boolean committed = false;
      try {
        T result = work.run(connection);
        connection.commit();
        committed = true;
        return result;
      } finally {
        if (!committed) {
          // A broken connection refuses this too; the pool then throws it away, which rolls back.
          rollBackQuietly(connection);
        }
      }
    }
  }

  private static void rollBackQuietly(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException alreadyBroken) {
      // The first fault is the one to report.
    }
  }

  /** Closes the pool and stops the embedded server, waiting until its data is on the disk. */
  @Override
  public void close() {
    pool.close();
    server.ifPresent(EmbeddedServer::close);
  }

  /**
   * Completes when the database is gone for good: the embedded server ended and could not be
   * started again. Whoever runs the system then has nothing left to do but to end with the
   * exception's message. Never completes for an external database, which its operator watches.
   */
  public CompletionStage<StoreException> lost() {
    return server
        .map(EmbeddedServer::lost)
        .orElseGet(CompletableFuture::new)
        .minimalCompletionStage();
  }

  /** The embedded server, for tests that end it the hard way. */
  Optional<EmbeddedServer> embeddedServer() {
    return server;
  }
}
