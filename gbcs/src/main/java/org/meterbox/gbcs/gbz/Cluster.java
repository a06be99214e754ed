// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.gbz;

import java.util.Locale;

/**
 * A ZigBee cluster.
 *
 * @param id 0 to 65535
 */
public record Cluster(int id) {
  /** Device identity. */
  public static final Cluster BASIC = new Cluster(0x0000);

  /** Tariffs and billing periods. */
  public static final Cluster PRICE = new Cluster(0x0700);

  /** Registers, logs and supply control. */
  public static final Cluster METERING = new Cluster(0x0702);

  /** Text to the consumer. */
  public static final Cluster MESSAGING = new Cluster(0x0703);

  /** Messages of another protocol over ZigBee. */
  public static final Cluster TUNNELING = new Cluster(0x0704);

  /** Credit, debt and top-ups. */
  public static final Cluster PREPAYMENT = new Cluster(0x0705);

  /** Switching times. */
  public static final Cluster CALENDAR = new Cluster(0x0707);

  /** Identity of site and customer, event behaviour. */
  public static final Cluster DEVICE_MANAGEMENT = new Cluster(0x0708);

  /** Event logs. */
  public static final Cluster EVENTS = new Cluster(0x0709);

  /** Refuses what does not fit two octets. */
  public Cluster {
    if (id < 0 || id > 0xFFFF) {
      throw new IllegalArgumentException("a cluster identifier has two octets");
    }
  }

  /** The cluster's name, or its number where GBCS does not use it. */
  public String name() {
    return ZclCatalogue.clusterName(this)
        .orElseGet(() -> String.format(Locale.ROOT, "cluster 0x%04X", id));
  }

  @Override
  public String toString() {
    return name();
  }
}
