// SPDX-License-Identifier: Apache-2.0
package org.meterbox.bench.system;

import java.util.Locale;

/** What the clients ask for. */
enum Mix {
  /** Read Instantaneous Import Registers (4.1.1), on demand, answered encrypted. */
  READS,
  /** Disable and Enable Supply (7.2, 7.1) in turn: transformed, correlated, signed, sent. */
  CRITICAL,
  /** Six reads in ten, the others critical commands. */
  NATION;

  private static final int READS_OF_TEN_IN_THE_NATION = 6;

  /** Whether the pair of this number is a read. */
  boolean reads(long pair) {
    return switch (this) {
      case READS -> true;
      case CRITICAL -> false;
      case NATION -> Math.floorMod(pair, 10) < READS_OF_TEN_IN_THE_NATION;
    };
  }

  /** The name on the command line and in results. */
  String title() {
    return name().toLowerCase(Locale.ROOT);
  }
}
