// SPDX-License-Identifier: Apache-2.0
package org.meterbox.store;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Where the store's PostgreSQL is, and how much of it one process may use. */
public sealed interface StoreConfiguration {
  /** Connections of one process to the database at most, unless said otherwise. */
  int DEFAULT_MAX_CONNECTIONS = 16;

  /** Connections of the pool at most. */
  int maxConnections();

  /** Told in a few words of each step that may take a person's time. */
  Consumer<String> progress();

  /**
   * A PostgreSQL of the project's own, started as a child process.
   *
   * @param directory belongs to the store alone; made where it is missing
   * @param durable whether a commit waits until it is on the disk; false only for tests
   */
  record Embedded(Path directory, int maxConnections, boolean durable, Consumer<String> progress)
      implements StoreConfiguration {
    /** Refuses a pool without connections. */
    public Embedded {
      requirePositive(maxConnections);
      directory = directory.toAbsolutePath().normalize();
    }
  }

  /**
   * A PostgreSQL that somebody else runs.
   *
   * @param url {@code jdbc:postgresql://host:port/database}, without a password
   * @param user the role; the driver's default where empty
   * @param password the role's password; where empty the driver asks the operator's {@code .pgpass}
   */
  record External(
      String url,
      Optional<String> user,
      Optional<Password> password,
      int maxConnections,
      Consumer<String> progress)
      implements StoreConfiguration {
    /** Refuses a pool without connections. */
    public External {
      requirePositive(maxConnections);
    }
  }

  /** A durable embedded PostgreSQL with the default pool. */
  static StoreConfiguration embedded(Path directory, Consumer<String> progress) {
    return new Embedded(directory, DEFAULT_MAX_CONNECTIONS, true, progress);
  }

  /**
   * An external PostgreSQL with the default pool.
   *
   * @param url {@code postgresql://user:password@host:port/database}, or the driver's own form
   *     {@code jdbc:postgresql:...}
   * @throws StoreException where the text is neither
   */
  static StoreConfiguration external(String url, Consumer<String> progress) {
    return DatabaseUrl.parse(url).configuration(DEFAULT_MAX_CONNECTIONS, progress);
  }

  private static void requirePositive(int maxConnections) {
    if (maxConnections < 1) {
      throw new IllegalArgumentException("a pool has at least one connection");
    }
  }
}
