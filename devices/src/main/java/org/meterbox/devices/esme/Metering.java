// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What an electricity meter measures, at any instant up to now. Energy in Wh and varh. */
public interface Metering {
  /** Active import of all elements. */
  long activeImport(Instant at);

  /** Active import of the secondary element. */
  long secondaryActiveImport(Instant at);

  /** Reactive import. */
  long reactiveImport(Instant at);

  /** Active export. */
  long activeExport(Instant at);

  /** Reactive export. */
  long reactiveExport(Instant at);

  /** Active power of all elements now, in W. */
  int activePower(Instant at);

  /** Active power of the primary element now, in W. */
  int primaryActivePower(Instant at);

  /** The average RMS voltage over the period that ends at an instant, in V. */
  int averageVolts(Instant end, Duration period);

  /** Snapshots of all import registers, at instants in ascending order. */
  List<RegisterRead> registerReads(List<Instant> at);
}
