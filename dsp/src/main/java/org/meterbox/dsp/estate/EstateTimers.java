// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.estate;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.meterbox.dsp.delivery.DeliveryLedger;
import org.meterbox.dsp.delivery.DeliveryLedger.Pending;
import org.meterbox.dsp.delivery.Notice;
import org.meterbox.dsp.estate.ConsequenceWriter.Written;
import org.meterbox.dsp.estate.DeviceJoins.LogUpdate;
import org.meterbox.dsp.inventory.InventoryEntry;
import org.meterbox.dsp.inventory.InventorySearch;
import org.meterbox.dsp.requests.StaleFactsException;
import org.meterbox.dsp.requests.StoredChange;
import org.meterbox.kernel.Eui64;
import org.meterbox.store.Store;

/**
 * What the passing of time does in the estate of devices: a device that is never installed is
 * removed, a hub that does not report a change of its log is given up. Each is one transaction.
 */
public final class EstateTimers {
  /** Devices or changes that one look takes up at most. */
  private static final int AT_ONCE_MAX = 500;

  private static final String NEVER_INSTALLED =
      """
      SELECT d.eui FROM dsp.device d
      WHERE d.status = 'PENDING' AND d.notified_at < ? ORDER BY d.notified_at LIMIT ?
      """;

  private final Store store;
  private final DeviceJoins joins;
  private final InventorySearch search;
  private final ConsequenceWriter writer;
  private final Consumer<Pending> push;
  private final InstantSource clock;

  /**
   * Looks after this store.
   *
   * @param push takes stored notices to their users
   */
  public EstateTimers(
      Store store,
      DeviceJoins joins,
      InventorySearch search,
      ConsequenceWriter writer,
      Consumer<Pending> push,
      InstantSource clock) {
    this.store = store;
    this.joins = joins;
    this.search = search;
    this.writer = writer;
    this.push = push;
    this.clock = clock;
  }

  /** Looks after what is due. */
  public void lookAfterDue() {
    Instant now = clock.instant();
    for (LogUpdate update : joins.overdue(now, AT_ONCE_MAX)) {
      carryOut(LifecycleRules.hubDidNotReport(update), now);
    }
    for (Eui64 device : neverInstalled(now)) {
      Optional<InventoryEntry> entry = search.entry(device);
      entry.ifPresent(found ->
          carryOut(LifecycleRules.neverInstalled(found.device(), found.notifiedBy()), now));
    }
  }

  private List<Eui64> neverInstalled(Instant now) {
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(NEVER_INSTALLED)) {
        statement.setObject(1, LifecycleRules.givenUpBefore(now).atOffset(ZoneOffset.UTC));
        statement.setInt(2, AT_ONCE_MAX);
        try (ResultSet row = statement.executeQuery()) {
          List<Eui64> found = new ArrayList<>();
          while (row.next()) {
            found.add(new Eui64(row.getLong(1)));
          }
          return found;
        }
      }
    });
  }

  private void carryOut(List<Consequence> consequences, Instant now) {
    Written written = writer.write(consequences, Optional.empty(), now);
    try {
      List<Pending> stored =
          store.transact(connection -> {
            for (StoredChange change : written.changes()) {
              change.store(connection);
            }
            List<Pending> pending = new ArrayList<>();
            for (Notice notice : written.notices()) {
              pending.add(DeliveryLedger.insert(connection, notice));
            }
            return pending;
          });
      stored.forEach(push);
    } catch (StaleFactsException changedMeanwhile) {
      // The next look sees what became of it.
      return;
    }
  }
}
