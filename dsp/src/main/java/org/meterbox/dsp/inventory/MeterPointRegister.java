// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.inventory;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Types;
import java.util.Optional;
import org.meterbox.kernel.Mpxn;
import org.meterbox.store.Store;

/** Where meter points are. Safe for use by many threads. */
public final class MeterPointRegister {
  private static final String PUT =
      """
      INSERT INTO dsp.meter_point (mpxn, uprn, post_code, address_identifier) VALUES (?, ?, ?, ?)
      ON CONFLICT (mpxn) DO UPDATE SET uprn = excluded.uprn, post_code = excluded.post_code,
        address_identifier = excluded.address_identifier
      """;
  private static final String POST_CODE_OF =
      "SELECT post_code FROM dsp.meter_point WHERE uprn = ? AND post_code IS NOT NULL LIMIT 1";

  private final Store store;

  /** The meter points in this store. */
  public MeterPointRegister(Store store) {
    this.store = store;
  }

  /** Says where a meter point is. */
  public void put(Mpxn mpxn, Property property) {
    store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(PUT)) {
        statement.setString(1, mpxn.value());
        statement.setObject(2, property.uprn().orElse(null), Types.BIGINT);
        statement.setString(3, property.postCode().orElse(null));
        statement.setString(4, property.addressIdentifier().orElse(null));
        return statement.executeUpdate();
      }
    });
  }

  /** The post code of the premises with this Unique Property Reference Number. */
  public Optional<String> postCodeOf(long uprn) {
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(POST_CODE_OF)) {
        statement.setLong(1, uprn);
        try (ResultSet row = statement.executeQuery()) {
          return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
      }
    });
  }
}
