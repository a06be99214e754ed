// SPDX-License-Identifier: Apache-2.0
package org.meterbox.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Fresh, empty databases for the tests of any room, on one real PostgreSQL per JVM that starts with
 * the first of them (about a second) and ends with the JVM. It does not wait for the disk: tests of
 * durability open a {@link Store} of their own.
 *
 * <pre>{@code
 * try (Store store = TestStore.fresh()) {
 *   store.migrate("smki", "org/meterbox/smki/schema");
 * }
 * }</pre>
 */
public final class TestStore {
  private static final int SERVER_CONNECTIONS_MAX = 200;
  private static final int CONNECTIONS_MAX = 8;
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private TestStore() {}

  /** A store on a new, empty database; closing it gives back its connections only. */
  public static Store fresh() {
    EmbeddedServer server = SharedServer.INSTANCE;
    String database = freshDatabase();
    return Store.open(
        new StoreConfiguration.External(
            server.url(database),
            Optional.of(EmbeddedServer.OWNER),
            Optional.of(server.password()),
            CONNECTIONS_MAX,
            step -> {}));
  }

  /** The URL of a new, empty database, user and password in it, for what opens its own store. */
  public static String freshUrl() {
    EmbeddedServer server = SharedServer.INSTANCE;
    String userAndPassword = EmbeddedServer.OWNER + ":" + server.password().reveal();
    return server
        .url(freshDatabase())
        .replace("jdbc:postgresql://", "postgresql://" + userAndPassword + "@");
  }

  private static String freshDatabase() {
    EmbeddedServer server = SharedServer.INSTANCE;
    String database = "test_" + DATABASES.incrementAndGet();
    try (Connection connection = server.connectAsAdministrator();
        Statement statement = connection.createStatement()) {
      statement.execute(
          String.format(
              Locale.ROOT, "CREATE DATABASE %s OWNER %s", database, EmbeddedServer.OWNER));
    } catch (SQLException e) {
      throw new StoreException("the test database cannot be made: " + e.getMessage(), e);
    }
    return database;
  }

  /** Started at first use and once. */
  private static final class SharedServer {
    static final EmbeddedServer INSTANCE = start();

    private static EmbeddedServer start() {
      try {
        Path directory = Files.createTempDirectory("meterbox-test-store");
        // As root the server runs under another account, which has to get through here.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        EmbeddedServer server =
            EmbeddedServer.start(
                new StoreConfiguration.Embedded(
                    directory, SERVER_CONNECTIONS_MAX, false, step -> {}));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, directory)));
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException("no directory for the test database", e);
      }
    }

    private static void end(EmbeddedServer server, Path directory) {
      server.close();
      try {
        Directories.delete(directory);
      } catch (IOException e) {
        throw new UncheckedIOException("the test database was not deleted", e);
      }
    }
  }
}
