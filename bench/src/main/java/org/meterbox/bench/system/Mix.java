// SPDX-License-Identifier: Apache-2.0
package org.meterbox.bench.system;

import java.util.Locale;

/** What the clients ask for. */
enum Mix {
  /** Read Instantaneous Import Registers (4.1.1), on demand, answered encrypted. */
  READS,
  /** Disable and Enable Supply (7.2, 7.1) in turn: transformed, correlated, signed, sent. */
  CRITICAL,
  /** Top Up Device (2.2), each with a fresh token. */
  TOP_UPS,
  /** A meter's cover is opened: a signed alert, pushed to its supplier. */
  ALERTS,
  /** Six reads in ten, two critical commands, one top-up and one alert. */
  NATION;

  /** One pair's kind. */
  enum Kind {
    READ,
    CRITICAL,
    TOP_UP,
    ALERT
  }

  /** What the pair of this number is. */
  Kind kind(long pair) {
    return switch (this) {
      case READS -> Kind.READ;
      case CRITICAL -> Kind.CRITICAL;
      case TOP_UPS -> Kind.TOP_UP;
      case ALERTS -> Kind.ALERT;
      case NATION ->
          switch (Math.floorMod(pair, 10)) {
            case 3, 8 -> Kind.CRITICAL;
            case 5 -> Kind.TOP_UP;
            case 9 -> Kind.ALERT;
            default -> Kind.READ;
          };
    };
  }

  /** The name on the command line and in results. */
  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String toString() {
    return title();
  }
}
