// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.users;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.meterbox.kernel.Eui64;
import org.meterbox.portal.page.PageStore;
import org.meterbox.portal.page.Rows;

/** Finds DCC Users. There are a few hundred at most. */
public final class UserSearch {
  /** Users of one list; more than the industry has. */
  public static final int USERS_MAX = 1_000;

  private static final String COLUMNS =
      "SELECT eui, name, status, roles, receive_response, duis_version FROM dsp.dcc_user";

  private final PageStore store;

  /** The users in this store. */
  public UserSearch(PageStore store) {
    this.store = store;
  }

  /** All of them by name. */
  public List<UserSummary> all() {
    return store.read(connection -> {
      try (PreparedStatement query =
          connection.prepareStatement(COLUMNS + " ORDER BY name LIMIT " + USERS_MAX)) {
        return Rows.all(query, UserSearch::user);
      }
    });
  }

  /** The user with this identifier. */
  public Optional<UserSummary> find(Eui64 id) {
    return store.read(connection -> {
      try (PreparedStatement query = connection.prepareStatement(COLUMNS + " WHERE eui = ?")) {
        Rows.set(query, id);
        return Rows.all(query, UserSearch::user).stream().findFirst();
      }
    });
  }

  private static UserSummary user(ResultSet row) throws SQLException {
    String[] roles = (String[]) row.getArray("roles").getArray();
    return new UserSummary(
        Rows.eui(row, "eui"),
        row.getString("name"),
        row.getString("status"),
        Arrays.stream(roles).sorted().toList(),
        Rows.findText(row, "receive_response"),
        row.getString("duis_version"));
  }
}
