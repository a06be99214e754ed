// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.events;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.meterbox.store.Store;

/** The webhooks of clients and what is to be delivered to them. Safe for use by many threads. */
public final class Webhooks {
  /** Webhooks of one client at most. */
  public static final int PER_CLIENT_MAX = 20;

  private static final String CLAIM =
      """
      UPDATE adapter.delivery SET due = ?
      WHERE id IN (
        SELECT id FROM adapter.delivery WHERE due <= ? ORDER BY due, id LIMIT ?
        FOR UPDATE SKIP LOCKED)
      RETURNING id, url, secret, event, body, attempts, deadline
      """;

  private static final String END =
      """
      UPDATE adapter.delivery
      SET state = ?, attempts = attempts + 1, due = ?, last_error = ? WHERE id = ?
      """;

  /**
   * Where events go.
   *
   * @param secret the key of the signature, shown once to the client
   * @param kinds the kinds of events that are wanted
   * @param users of which DCC Users
   */
  public record Webhook(
      String id,
      String client,
      String url,
      String secret,
      Set<EventKind> kinds,
      Set<String> users,
      Instant created) {
    /** Copies the sets. */
    public Webhook {
      kinds = Set.copyOf(kinds);
      users = Set.copyOf(users);
    }

    /** Without the secret. */
    @Override
    public String toString() {
      return id + " of " + client + " to " + url;
    }
  }

  /** One event on its way to one address. */
  record Delivery(
      long id, String url, String secret, long event, String body, int attempts, Instant deadline) {
    @Override
    public String toString() {
      return "event " + event + " to " + url;
    }
  }

  /** How a delivery stands. */
  public enum DeliveryState {
    /** It is tried. */
    PENDING,
    /** The recipient took it. */
    DELIVERED,
    /** The time was up, or the recipient said that it is gone. */
    GIVEN_UP
  }

  private final Store store;

  /** The webhooks in this store. */
  public Webhooks(Store store) {
    this.store = store;
  }

  /**
   * Adds a webhook.
   *
   * @return whether the client had room for one more
   */
  public boolean add(Webhook webhook) {
    return store.transact(connection -> {
      try (PreparedStatement lock =
              connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtext(?))");
          PreparedStatement count =
              connection.prepareStatement("SELECT count(*) FROM adapter.webhook WHERE client = ?");
          PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO adapter.webhook (id, client, url, secret, kinds, users, created)"
                      + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
        lock.setString(1, webhook.client());
        lock.execute();
        count.setString(1, webhook.client());
        try (ResultSet row = count.executeQuery()) {
          row.next();
          if (row.getInt(1) >= PER_CLIENT_MAX) {
            return false;
          }
        }
        insert.setString(1, webhook.id());
        insert.setString(2, webhook.client());
        insert.setString(3, webhook.url());
        insert.setString(4, webhook.secret());
        insert.setArray(
            5,
            connection.createArrayOf(
                "text", webhook.kinds().stream().map(EventKind::word).toArray()));
        insert.setArray(6, connection.createArrayOf("text", webhook.users().toArray()));
        insert.setObject(7, webhook.created().atOffset(ZoneOffset.UTC));
        insert.executeUpdate();
        return true;
      }
    });
  }

  /** The webhooks of a client, the oldest first. */
  public List<Webhook> of(String client) {
    return store.statement(connection -> {
      try (PreparedStatement select =
          connection.prepareStatement(
              "SELECT id, client, url, secret, kinds, users, created FROM adapter.webhook"
                  + " WHERE client = ? ORDER BY created, id")) {
        select.setString(1, client);
        List<Webhook> found = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            found.add(read(row));
          }
        }
        return found;
      }
    });
  }

  private static Webhook read(ResultSet row) throws SQLException {
    Set<EventKind> kinds = new java.util.HashSet<>();
    for (String word : (String[]) row.getArray(5).getArray()) {
      EventKind.of(word).ifPresent(kinds::add);
    }
    return new Webhook(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        kinds,
        Set.of((String[]) row.getArray(6).getArray()),
        row.getObject(7, OffsetDateTime.class).toInstant());
  }

  /**
   * Removes a webhook with what was to be delivered to it.
   *
   * @return whether the client had it
   */
  public boolean remove(String client, String id) {
    return store.statement(connection -> {
      try (PreparedStatement delete =
          connection.prepareStatement("DELETE FROM adapter.webhook WHERE client = ? AND id = ?")) {
        delete.setString(1, client);
        delete.setString(2, id);
        return delete.executeUpdate() == 1;
      }
    });
  }

  /** Takes what is due; nobody else takes it before the lease ends. */
  List<Delivery> claim(Instant now, Instant leaseEnd, int limit) {
    return store.statement(connection -> {
      try (PreparedStatement claim = connection.prepareStatement(CLAIM)) {
        claim.setObject(1, leaseEnd.atOffset(ZoneOffset.UTC));
        claim.setObject(2, now.atOffset(ZoneOffset.UTC));
        claim.setInt(3, limit);
        List<Delivery> claimed = new ArrayList<>();
        try (ResultSet row = claim.executeQuery()) {
          while (row.next()) {
            claimed.add(
                new Delivery(
                    row.getLong(1),
                    row.getString(2),
                    row.getString(3),
                    row.getLong(4),
                    row.getString(5),
                    row.getInt(6),
                    row.getObject(7, OffsetDateTime.class).toInstant()));
          }
        }
        return claimed;
      }
    });
  }

  /** Notes how an attempt ended. */
  void note(
      Delivery delivery, DeliveryState state, Optional<Instant> next, Optional<String> error) {
    store.statement(connection -> {
      try (PreparedStatement update = connection.prepareStatement(END)) {
        update.setString(1, state.name());
        update.setObject(2, next.map(moment -> moment.atOffset(ZoneOffset.UTC)).orElse(null));
        update.setString(3, error.orElse(null));
        update.setLong(4, delivery.id());
        return update.executeUpdate();
      }
    });
  }
}
