// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.users;

import java.net.URI;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.UserRole;
import org.meterbox.store.Store;

/**
 * All DCC Users. There are a few hundred, so they are read once and kept in memory; a change is
 * stored first and then seen by every request that comes after it. Safe for use by many threads.
 */
public final class UserDirectory {
  private static final String SELECT =
      "SELECT eui, name, status, roles, tls_identities, receive_response, duis_version"
          + " FROM dsp.dcc_user";
  private static final String UPSERT =
      """
      INSERT INTO dsp.dcc_user
        (eui, name, status, roles, tls_identities, receive_response, duis_version)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (eui) DO UPDATE SET
        name = excluded.name, status = excluded.status, roles = excluded.roles,
        tls_identities = excluded.tls_identities, receive_response = excluded.receive_response,
        duis_version = excluded.duis_version
      """;

  private final Store store;
  private volatile Map<Eui64, DccUser> users;

  private UserDirectory(Store store, Map<Eui64, DccUser> users) {
    this.store = store;
    this.users = users;
  }

  /** The users that the store holds. */
  public static UserDirectory open(Store store) {
    return new UserDirectory(store, load(store));
  }

  /** The user with this identifier. */
  public Optional<DccUser> find(Eui64 id) {
    return Optional.ofNullable(users.get(id));
  }

  /** Every user, in no particular order. */
  public Collection<DccUser> all() {
    return users.values();
  }

  /** Makes a user known, or changes what is known about it. */
  public synchronized void put(DccUser user) {
    store.statement(connection -> upsert(connection, user));
    users = load(store);
  }

  private static int upsert(Connection connection, DccUser user) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(UPSERT)) {
      statement.setLong(1, user.id().value());
      statement.setString(2, user.name());
      statement.setString(3, user.status().name());
      statement.setArray(
          4, connection.createArrayOf("text", user.roles().stream().map(Enum::name).toArray()));
      statement.setArray(
          5,
          connection.createArrayOf(
              "bigint", user.tlsIdentities().stream().map(Eui64::value).toArray()));
      statement.setString(6, user.receiveResponse().map(URI::toString).orElse(null));
      statement.setString(7, user.duisVersion());
      return statement.executeUpdate();
    }
  }

  private static Map<Eui64, DccUser> load(Store store) {
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(SELECT);
          ResultSet row = statement.executeQuery()) {
        Map<Eui64, DccUser> loaded = new HashMap<>();
        while (row.next()) {
          DccUser user = user(row);
          loaded.put(user.id(), user);
        }
        return Map.copyOf(loaded);
      }
    });
  }

  private static DccUser user(ResultSet row) throws SQLException {
    return new DccUser(
        new Eui64(row.getLong(1)),
        row.getString(2),
        UserStatus.valueOf(row.getString(3)),
        elements(row.getArray(4), name -> UserRole.valueOf((String) name)),
        elements(row.getArray(5), eui -> new Eui64((Long) eui)),
        Optional.ofNullable(row.getString(6)).map(URI::create),
        row.getString(7));
  }

  private static <T> Set<T> elements(Array array, java.util.function.Function<Object, T> element)
      throws SQLException {
    return Arrays.stream((Object[]) array.getArray())
        .map(element)
        .collect(Collectors.toUnmodifiableSet());
  }
}
